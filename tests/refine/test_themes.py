"""Every sentence under one theme or none; any themes, by their words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.config import themes_of
from briefing.config.settings import Settings, Theme
from briefing.model import Article, Reading
from briefing.refine.themes import classify

Write = Callable[..., Article]
Read = Callable[[Article], Reading]
USUAL = themes_of(Settings(base=Path()))
OWN = (
    Theme(
        key="harvest", title="Harvest", words=("wheat", "combine harvester", "barley", "урожай", "пшениця")
    ),
    Theme(key="trains", title="Trains", words=("railway", "locomotive", "timetable")),
)


@pytest.mark.parametrize(
    ("language", "text", "theme"),
    [
        ("en", "Artillery shelled the positions of the brigade, and drones struck its tanks.", "battlefield"),
        ("en", "Rescuers evacuated civilians, among them wounded children, to a hospital.", "humanitarian"),
        ("en", "Foreign ministers met the ambassador for talks on sanctions and a ceasefire.", "diplomacy"),
        ("uk", "Артилерія обстріляла позиції бригади, дрони атакували танки.", "battlefield"),
        ("uk", "Рятувальники евакуювали цивільних, поранені діти в лікарні.", "humanitarian"),
        ("uk", "Міністр закордонних справ і посол провели переговори про санкції.", "diplomacy"),
        ("en", "The choir of Riga sang old songs and the audience clapped for a long time.", ""),
        ("en", "The goalkeeper saved a penalty in the last minute of the cup match.", ""),
    ],
)
def test_the_usual_themes_bring_their_words_and_none_is_an_answer(
    write: Write, read: Read, language: str, text: str, theme: str
) -> None:
    (filed,) = classify(read(write(text, title="", language=language)), USUAL)
    assert filed.theme == theme


def test_configured_themes_work_from_their_title_and_words_alone(write: Write, read: Read) -> None:
    text = (
        "Farmers near Bila cut their wheat and barley with one combine harvester.\n\n"
        "The railway put a second locomotive on and printed a new timetable.\n\n"
        "The choir of Riga sang old songs and the audience clapped."
    )
    filed = classify(read(write(text, title="")), OWN)
    assert [t.theme for t in filed][:2] == ["harvest", "trains"]
    assert all(set(t.scores) == {"harvest", "trains"} for t in filed)


def test_a_theme_s_words_are_found_in_every_form_and_language(write: Write, read: Read) -> None:
    (english,) = classify(read(write("Harvests of the combine harvesters were good.", title="")), OWN)
    (ukrainian,) = classify(read(write("Урожаєм пшениці пишалися.", title="", language="uk")), OWN)
    assert (english.theme, ukrainian.theme) == ("harvest", "harvest")


def test_one_article_feeds_three_sections(write: Write, read: Read) -> None:
    text = (
        "Artillery shelled the brigade's positions, and drones struck its tanks at the front.\n\n"
        "Rescuers evacuated wounded civilians and children from a hospital to a shelter.\n\n"
        "Foreign ministers and ambassadors met for ceasefire talks and agreed on sanctions."
    )
    filed = classify(read(write(text, title="The day")), USUAL)
    assert [t.theme for t in filed] == ["battlefield", "humanitarian", "diplomacy"]


def test_no_themes_file_nothing(write: Write, read: Read) -> None:
    assert [t.theme for t in classify(read(write("Artillery shelled the front.")), ())] == [""]


@settings(max_examples=50, deadline=None)
@given(text=st.text(max_size=300), code=st.sampled_from(["en", "uk", "ru", "xx"]))
def test_every_sentence_is_filed_once_with_evidence_for_every_theme(text: str, code: str, read: Read) -> None:
    reading = read(Article("a", "s", "Talks", text, language=code))
    filed = classify(reading, USUAL)
    assert [t.sentence for t in filed] == list(reading.sentences)
    for one in filed:
        assert list(one.scores) == [t.key for t in USUAL]
        assert one.theme in {"", *one.scores}
        assert all(score >= 0 for score in one.scores.values())
        assert not one.theme or one.scores[one.theme] == max(one.scores.values())

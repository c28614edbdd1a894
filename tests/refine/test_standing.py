"""Which sentences can stand alone, and from where: nothing in an edition hangs in the air."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model import Article, Sentence
from briefing.refine.standing import familiar, named, standing, stranger
from briefing.refine.ties import taken_up

Case = dict[str, Any]
OPENINGS = ("However, ", "But ", "- ", "", "Meanwhile, ", "And so ", "Однак ", "“")


def test_a_line_stands_alone_from_a_certain_word_on_or_not_at_all(
    line: Case, sentence: Callable[..., Sentence]
) -> None:
    span = standing(sentence(line["text"]), line.get("language", "en"))
    assert (line["text"][span.start : span.end] if span else None) == line.get("stands")


def test_the_offsets_are_the_article_s(
    write: Callable[..., Article], sentence: Callable[..., Sentence]
) -> None:
    article = write("Dawn came late. However, Roman Hlushko closed the bridge at Vilkhova on Tuesday.")
    line = sentence(article.text[16:], article)
    span = standing(line, "en")
    assert span
    assert article.text[span.start : span.end] == "Roman Hlushko closed the bridge at Vilkhova on Tuesday."


@pytest.mark.parametrize(
    ("elsewhere", "stands"), [("On Monday Hlushko stayed.", True), ("The hlushko stayed.", False)]
)
def test_a_first_word_is_a_name_where_the_article_has_it_as_one(
    elsewhere: str, stands: bool, write: Callable[..., Article]
) -> None:
    article = write(f"Hlushko refused to close the bridge. {elsewhere}")
    line = Sentence(article.id, 0, 36, article.text[:36], 0, index=1)
    assert bool(standing(line, "en", named(article.text))) is stands


@given(
    st.sampled_from(OPENINGS), st.text(max_size=120), st.integers(0, 50), st.sampled_from(["en", "uk", "xx"])
)
def test_what_stands_is_always_the_end_of_its_sentence(opening: str, text: str, at: int, code: str) -> None:
    whole = opening + text
    if not whole:
        return
    span = standing(Sentence("a", at, at + len(whole), whole, 0, 0), code)
    assert span is None or (at <= span.start < span.end == at + len(whole))


@pytest.mark.parametrize(
    ("text", "before", "known", "is_one"),
    [
        ("Hlushko asked the engineers to stay.", "The mayor, Roman Hlushko, came late. ", set(), True),
        ("Hlushkos' visit to the pier was short.", "The mayor, Roman Hlushkos, came late. ", set(), True),
        ("Hlushko's deputy asked them to stay.", "The mayor, Roman Hlushko, came late. ", set(), True),
        ("Hlushko asked the engineers to stay.", "The mayor, Roman Hlushko, came late. ", {"hlushko"}, False),
        ("Hlushko asked the engineers to stay.", "The mayor came late. ", set(), False),
        ("Roman Hlushko asked them to stay.", "The mayor, Roman Hlushko, came late. ", set(), False),
        ("Putin asked the engineers to stay.", "A man called Vladimir Putin came late. ", set(), False),
    ],
)
def test_a_surname_alone_is_a_stranger_where_its_article_gave_more_of_it(
    text: str, before: str, known: set[str], *, is_one: bool
) -> None:
    assert bool(stranger(text, before, known, "en")) is is_one


@pytest.mark.parametrize(
    ("text", "before", "source", "is_one"),
    [
        ("A ferry picked Hlushko up on Tuesday.", "The mayor, Roman Hlushko, came late. ", "", True),
        ("The pier has to be rebuilt, said Olena.", "Ivan and Olena Ratushna came late. ", "", True),
        ("The pier held, said Hlushko.", "The mayor, Roman Hlushko, came. ", "mayor Roman Hlushko", False),
        ("A ferry picked Roman Hlushko up.", "The mayor, Roman Hlushko, came late. ", "", False),
        ("A ferry picked Hlushko, the mayor, up.", "The mayor, Roman Hlushko, came late. ", "", False),
        (
            "A ferry left for Vilkhova at once.",
            "In New Vilkhova it rained; nine fled from Vilkhova. ",
            "",
            False,
        ),
        ("A ferry picked Hlushko up.", "A ferry came late. ", "", False),
    ],
)
def test_a_name_alone_is_a_stranger_anywhere_in_a_line(
    text: str, before: str, source: str, *, is_one: bool
) -> None:
    assert bool(stranger(text, before, set(), "en", source)) is is_one


@pytest.mark.parametrize(
    ("text", "before", "known", "is_one"),
    [
        ("The regatta ended in Riga at noon.", "A regatta was held on Tuesday. ", set(), True),
        ("On Friday, the regatta was moved to Riga.", "A long regatta was held. ", set(), True),
        ("The boats, built in Riga, have sunk.", "Riga bought boats in spring. ", set(), True),
        ("The boats of Riga have sunk.", "Riga bought boats in spring. ", set(), False),
        ("The regatta ended in Riga at noon.", "A regatta was held on Tuesday. ", {"the regatta"}, False),
        ("The regatta ended in Riga at noon.", "It rained on Tuesday. ", set(), False),
        ("The mayor said that nobody was in the hospital.", "", set(), True),
        ("The mayor said that nobody was in the old village hospital.", "", set(), True),
        ("The mayor said that nobody was in the hospital.", "", {"hospital"}, False),
        ("The mayor said that nobody was in the hospital in Riga.", "", set(), False),
        ("Near Vilkhova, nobody was in the hospital.", "", set(), False),
        ("The mayor said that nobody was in a hospital.", "", set(), False),
    ],
)
def test_a_subject_that_its_article_introduced_before_is_taken_up(
    text: str, before: str, known: set[str], *, is_one: bool
) -> None:
    assert bool(taken_up(text, before, known, "en")) is is_one


def test_what_half_of_the_articles_speak_of_is_familiar() -> None:
    texts = [
        "Rain fell. Then the flood came.",
        "In Riga the flood rose.",
        "On Friday the flood fell.",
        "Nine fled.",
    ]
    assert "the flood" in familiar(texts)


def test_a_name_that_three_articles_give_is_familiar() -> None:
    texts = ["On Monday Hlushko came.", "On Monday Hlushko left with Dziuba.", "On Friday Hlushko spoke."]
    assert "hlushko" in familiar(texts)
    assert "dziuba" not in familiar(texts)

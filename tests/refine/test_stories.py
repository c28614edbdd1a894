"""Which passages tell of the same event: round-ups feed several stories, languages meet in one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.model import Article, Reading, Story
from briefing.read.text import normalise
from briefing.refine.headlines import headline
from briefing.refine.stories import group
from briefing.refine.stories.passages import passages_of

Case = dict[str, Any]
Load = Callable[[Sequence[Case]], list[Article]]
Read = Callable[[Article], Reading]


def told_by(stories: Sequence[Story], readings: Sequence[Reading]) -> set[frozenset[str]]:
    titles = {r.article.id: r.article.title for r in readings}
    return {frozenset(titles[p.article] for p in story.passages) for story in stories}


def test_reports_of_one_event_meet_and_others_stay_apart(day: Case, load_reports: Load, read: Read) -> None:
    readings = [read(a) for a in load_reports(day["articles"])]
    assert told_by(group(readings), readings) == set(map(frozenset, day["stories"]))


def test_every_sentence_is_told_in_exactly_one_story(day: Case, load_reports: Load, read: Read) -> None:
    readings = [read(a) for a in load_reports(day["articles"])]
    told = sorted(
        (s.article, s.index) for story in group(readings) for p in story.passages for s in p.sentences
    )
    assert told == sorted((s.article, s.index) for r in readings for s in r.sentences)


def test_a_passage_is_a_run_of_consecutive_sentences(day: Case, load_reports: Load, read: Read) -> None:
    for story in group([read(a) for a in load_reports(day["articles"])]):
        for passage in story.passages:
            indices = [s.index for s in passage.sentences]
            assert indices == list(range(indices[0], indices[0] + len(indices)))
            assert {s.article for s in passage.sentences} == {passage.article}


def test_the_same_articles_give_the_same_ids_and_different_stories_different_ones(
    day: Case, load_reports: Load, read: Read
) -> None:
    readings = [read(a) for a in load_reports(day["articles"])]
    ids = [s.id for s in group(readings)]
    assert len(set(ids)) == len(ids)
    assert sorted(ids) == sorted(s.id for s in group(readings[::-1]))


PIECES = ("Kyiv", "dam", "envoy.", "Elsewhere,", "Meanwhile,", "strike", "—", "14", "«міст»", "\n\n")


@settings(max_examples=40, deadline=None)
@given(texts=st.lists(st.lists(st.sampled_from(PIECES), max_size=16).map(" ".join), max_size=5))
def test_no_set_of_texts_breaks_it_or_loses_a_sentence(
    texts: list[str], write: Callable[..., Article], read: Read
) -> None:
    readings = [read(write(t, title=f"T{i}", hours=i)) for i, t in enumerate(texts)]
    told = sum(len(p.sentences) for story in group(readings) for p in story.passages)
    assert told == sum(len(r.sentences) for r in readings)
    for reading in readings:
        assert sum(len(p.sentences) for p in passages_of(reading)) == len(reading.sentences)


def test_a_headline_is_a_title_of_the_story_s_articles_or_the_opening_of_a_sentence(
    day: Case, load_reports: Load, read: Read
) -> None:
    readings = {r.article.id: r for r in (read(a) for a in load_reports(day["articles"]))}
    for story in group(list(readings.values())):
        found = headline(story, readings, "en")
        titles = {readings[p.article].article.title for p in story.passages}
        opening = found.removeprefix("… ").removesuffix(" …")
        assert found in titles or any(opening in readings[p.article].article.text for p in story.passages)


def test_the_first_seed_tells_of_kursk_of_pokrovsk_and_of_africa(
    shared: Path, write: Callable[..., Article], read: Read
) -> None:
    readings = []
    for name in ("kursk-incursion-1.txt", "kursk-incursion-2.txt"):
        title, _, text = (shared / "seeds" / name).read_text(encoding="utf-8").partition("\n")
        readings.append(read(write(normalise(text.replace("\n", "\n\n")), title=title, outlet=name)))
    by_word = {
        word: {
            story.id
            for story in group(readings)
            for p in story.passages
            for s in p.sentences
            if word in s.text
        }
        for word in ("Sudzha", "Pokrovsk front", "Tuareg")
    }
    assert all(len(stories) == 1 for stories in by_word.values()), by_word
    assert len(set.union(*by_word.values())) == 3


def test_an_article_about_two_events_without_a_mark_feeds_both(
    write: Callable[..., Article], read: Read
) -> None:
    dam = (
        "The dam at Vilkhova broke in three places, the regional water board said.",
        "Engineers of the water board closed the sluices above the dam at Vilkhova.",
        "Nobody drowned in Vilkhova, according to the mayor, Roman Hlushko.",
        "Roman Hlushko asked Lviv for pumps and sandbags for the dam.",
    )
    envoy = (
        "The American envoy Daniel Whitcomb met the foreign minister in Kyiv.",
        "Whitcomb proposed a pause in strikes, the ministry said in Kyiv.",
        "From Kyiv the envoy Daniel Whitcomb flies on to Ankara.",
        "Ankara offered Whitcomb a hall for talks about the pause in strikes.",
    )
    both = write(" ".join(dam + envoy), title="The night in short", outlet="Meadow Press")
    one = write(" ".join(dam[::-1]), title="Dam breaks at Vilkhova", outlet="Harbour Sheet")
    other = write(" ".join(envoy[::-1]), title="Envoy Whitcomb in Kyiv", outlet="Danube Post")
    readings = [read(a) for a in (both, one, other)]
    assert told_by(group(readings), readings) == {
        frozenset({"The night in short", "Dam breaks at Vilkhova"}),
        frozenset({"The night in short", "Envoy Whitcomb in Kyiv"}),
    }

"""One side says it, the other denies it: side by side, or not at all."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest

from briefing.model import Article, Dispatch, Dispute, Passage, Reading, Story
from briefing.refine.clean import clean
from briefing.refine.cut import cut
from briefing.refine.desk import Desk
from briefing.refine.disputes import MOST, disputes

Case = dict[str, Any]
Write = Callable[..., Article]
THURSDAY = date(2026, 3, 11)


def told(readings: Sequence[Reading], headline: str, key: str = "s") -> Story:
    return Story(key, headline, tuple(Passage(r.article.id, r.sentences) for r in readings))


def found(readings: Sequence[Reading], headline: str) -> tuple[Dispute, ...]:
    return disputes(
        [told(readings, headline)], {r.article.id: Dispatch(r) for r in readings}, desk=Desk(THURSDAY)
    )


@pytest.fixture(scope="module")
def read(write: Write) -> Callable[[Case], list[Reading]]:
    """The articles of a case, each of an outlet of its own."""
    return lambda case: [cut(clean(write(t, outlet=f"Paper {i}"))) for i, t in enumerate(case["articles"])]


def test_what_is_opposed_stands_side_by_side_and_nothing_else_does(
    story: Case, read: Callable[[Case], list[Reading]]
) -> None:
    readings = read(story)
    shown = found(readings, story["headline"])
    assert [d.kind for d in shown] == ([story["kind"]] if "kind" in story else [])
    for dispute in shown:
        assert [s.claim.source for s in dispute.sides] == story["speakers"]


def test_each_side_is_a_span_of_its_article(story: Case, read: Callable[[Case], list[Reading]]) -> None:
    readings = read(story)
    texts = {r.article.id: r.article.text for r in readings}
    for dispute in found(readings, story["headline"]):
        for side in dispute.sides:
            assert texts[side.article][side.start : side.end] == side.text
            assert side.claim.cue


def test_the_order_of_the_articles_changes_nothing(
    story: Case, read: Callable[[Case], list[Reading]]
) -> None:
    readings = read(story)
    shown = found(readings, story["headline"])
    random.Random(5).shuffle(readings)
    again = found(readings, story["headline"])
    assert [d.sides for d in again] == [d.sides for d in shown]


BLAMED = "Kyiv accused Russia of shelling the {thing} at {place}. Russia blamed Ukraine for the attack."


def many(write: Write, things: Sequence[tuple[str, str]]) -> tuple[Dispute, ...]:
    readings = [cut(clean(write(BLAMED.format(thing=t, place=p)))) for t, p in things]
    stories = [told([r], f"Attack on the {t} at {p}", p) for r, (t, p) in zip(readings, things, strict=True)]
    return disputes(stories, {r.article.id: Dispatch(r) for r in readings})


def test_an_edition_shows_few_and_the_weightiest_first(write: Write) -> None:
    things = [
        ("bakery", "Lypa"),
        ("sawmill", "Stepova"),
        ("harbour", "Riga"),
        ("library", "Vilkhova"),
        ("tram depot", "Hreblia"),
    ]
    assert [d.story for d in many(write, things)] == [place for _, place in things][:MOST]


def test_one_event_that_is_told_as_two_stories_is_disputed_once(write: Write) -> None:
    assert len(many(write, [("bakery", "Lypa"), ("old bakery", "Lypa")])) == 1


def test_a_story_without_a_language_file_has_no_dispute(write: Write) -> None:
    reading = cut(clean(write("Kyiv accused Russia of it. Russia denied it.", language="xx")))
    assert found([reading], "It") == ()

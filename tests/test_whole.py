"""What holds of a whole edition however the morning is dealt: real steps, on small mornings of made-up news.

A morning is a few events, each told by some outlets with their own tolls, speakers and denials.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from briefing.config import themes_of
from briefing.config.settings import Settings
from briefing.model import Article, Edition, Figure, Harvest, SourceReport, Statement
from briefing.refine import refine
from briefing.render import render
from briefing.schedule import slot
from briefing.verify import verify

SIX = datetime(2026, 3, 12, 6, tzinfo=UTC)
USUAL = Settings(base=Path())
OUTLETS = ("Northwire", "Meadow Press", "Harbour Sheet", "Danube Post", "Daily Ferry")
PLACES = ("Novoberezhne", "Verkhnia Lypa", "Stepova", "Bila Hreblia", "Vilkhova")
# What happened, and what else is told of it: {n} is a toll, {place} where it was.
EVENTS = (
    (
        "Missile hits flats in {place}",
        "At least {n} people were killed when a missile hit flats in {place}, the emergency service said.",
        "Ukrainian officials accused Russia of shelling the flats in {place}; Moscow denied it.",
        "Rescuers in {place} pulled wounded children from the rubble, Governor Taras Ovsienko said.",
    ),
    (
        "Drones strike depot at {place}",
        "Drones struck the depot at {place} and wounded {n} workers, the Ukrainian military said.",
        "Russia said its men had taken {place}. The Ukrainian army said that {place} was not taken.",
        "Artillery answered near {place} until the morning, General Oleh Marchuk said.",
    ),
    (
        "Talks on prisoners of {place} open in Vienna",
        "Negotiators in Vienna agreed to exchange {n} prisoners held in {place}, the Swiss ambassador said.",
        "Foreign Minister Ivan Bondar said that the talks on {place} go on with a session on a ceasefire.",
        "The list of prisoners from {place} is not complete, the Red Cross said.",
    ),
)
CHOIR = (
    "The choir of the harbour church sang old songs on Tuesday, and the audience clapped for a long time. "
    "Its conductor thanked the bakers of the old town, who had brought bread and honey to the hall."
)  # fmt: skip
few = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@dataclass(frozen=True, slots=True)
class Report:
    """One article to be: which event, where, whose, with which toll and which sentences."""

    event: int
    place: int
    outlet: int
    toll: int
    hours: int
    order: tuple[int, ...]

    def article(self) -> Article:
        """The article."""
        title, *lines = (t.format(n=self.toll, place=PLACES[self.place]) for t in EVENTS[self.event])
        return written(title, " ".join(lines[i] for i in (0, *self.order)), OUTLETS[self.outlet], self.hours)


def written(title: str, text: str, outlet: str, hours: float) -> Article:
    key = hashlib.sha256(repr((title, text, outlet)).encode()).hexdigest()[:16]
    return Article(key, "folder", title, text, outlet=outlet, published=SIX - timedelta(hours=hours))


reports = st.builds(
    Report,
    event=st.integers(0, len(EVENTS) - 1),
    place=st.integers(0, len(PLACES) - 1),
    outlet=st.integers(0, len(OUTLETS) - 1),
    toll=st.sampled_from((3, 9, 14)),
    hours=st.integers(1, 20),
    order=st.permutations((1, 2)).map(tuple),
)
mornings = st.lists(reports, min_size=1, max_size=6, unique_by=lambda r: (r.event, r.place, r.outlet)).map(
    lambda dealt: [r.article() for r in dealt]
)


@cache
def themes() -> tuple:  # type: ignore[type-arg]  # of Theme, read once
    return tuple(themes_of(USUAL))


def refined(articles: Sequence[Article], earlier: Sequence[Edition] = ()) -> Edition:
    report = SourceReport("folder", "unknown", "folder", "ok", len(articles))
    return refine(
        list(articles),
        harvest=Harvest((report,), tuple(articles), ()),
        slot=slot(USUAL, SIX),
        settings=USUAL,
        themes=themes(),
        earlier=earlier,
    )


def cited(edition: Edition) -> Iterator[Statement | Figure]:
    """Everything that points into an article."""
    yield from (p.statement for p in edition.key_points)
    yield from edition.figures
    yield from (side for d in edition.disputes for side in d.sides)
    yield from (s for t in edition.themes for story in t.stories for s in story.statements)


def counted(edition: Edition) -> list[tuple[str, str, int]]:
    """How many origins each story has, under each theme."""
    return sorted((t.key, s.headline, s.origins) for t in edition.themes for s in t.stories)


def rows(edition: Edition) -> set[tuple[str, int, str, float | None, str]]:
    """The figures, each by where it stands."""
    return {(f.article, f.start, f.what, f.value, f.status) for f in edition.figures}


@few
@given(mornings, st.randoms(use_true_random=False))
def test_the_order_of_the_articles_changes_no_byte(morning: list[Article], chance: object) -> None:
    shuffled = list(morning)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random
    first, again = (render(refined(m), ("json", "md", "html")).pages for m in (morning, shuffled))
    assert [p.content for p in again] == [p.content for p in first]


@few
@given(mornings, st.integers(0, 5))
def test_a_reprint_adds_no_origin(morning: list[Article], which: int) -> None:
    first = morning[which % len(morning)]
    reprint = written(first.title, first.text, "Reprint Gazette", 0.5)
    before, after = refined(morning), refined([*morning, reprint])
    assert counted(after) == counted(before)
    assert {(what, value) for _, _, what, value, _ in rows(after)} == {
        (what, value) for _, _, what, value, _ in rows(before)
    }


@few
@given(mornings)
def test_an_unrelated_article_changes_no_figure_of_the_others(morning: list[Article]) -> None:
    unrelated = written("Choir sings by the harbour", CHOIR, "Sunday Song", 2)
    assert rows(refined([*morning, unrelated])) == rows(refined(morning))


@few
@given(mornings, st.integers(0, 5))
def test_what_is_taken_away_is_cited_nowhere(morning: list[Article], which: int) -> None:
    assume(len(morning) > 1)
    gone = morning[which % len(morning)]
    rest = [a for a in morning if a.id != gone.id]
    edition = refined(rest, earlier=[replace(refined(morning), slot="2026-03-11")])
    assert gone.id not in {q.article for q in cited(edition)}
    assert gone.id not in {a for t in edition.themes for s in t.stories for a in s.articles}
    assert gone.id not in {key for a in edition.articles for key in (a.id, *(c.id for c in a.copies))}
    assert gone.id not in {e.article for f in edition.figures for e in f.also}


@few
@given(mornings)
def test_every_span_is_found_again_and_every_number_is_cited(morning: list[Article]) -> None:
    edition = refined(morning)
    texts = {a.id: a for a in morning}
    assert verify(edition, texts.get) == sum(1 for _ in cited(edition))
    assert {q.article for q in cited(edition)} <= {a.id for a in edition.articles}
    assert [a.number for a in edition.articles] == [*range(1, len(edition.articles) + 1)]


@few
@given(mornings)
def test_no_two_key_points_are_one_line_and_no_dispute_is_of_one_speaker(morning: list[Article]) -> None:
    edition = refined(morning)
    points = [p.statement.text for p in edition.key_points]
    assert len(set(points)) == len(points) <= USUAL.summary.key_points
    for dispute in edition.disputes:
        one, other = (s.claim.source for s in dispute.sides)
        assert one and other and one != other


def test_the_made_up_news_has_stories_figures_and_a_dispute() -> None:
    morning = [Report(e, e, o, 9, 2 + o, (1, 2)).article() for e in range(3) for o in range(2)]
    edition = refined(morning)
    assert edition.key_points and edition.figures and edition.disputes

"""What an edition says of itself: shares of outlets, places, what yesterday covered and today does not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from briefing.config import themes_of
from briefing.config.settings import Settings
from briefing.model import Article, Edition, Gap, Harvest, Share
from briefing.refine import refine
from briefing.schedule import slot

Write = Callable[..., Article]
USUAL = Settings(base=Path())
SIX = datetime(2026, 3, 12, 6, tzinfo=UTC)
# Three reports of one shelling that share few words: none is a copy of another.
REPORTS = (
    "Artillery shelled the brigade's positions near {place}, General Oleh Marchuk said on Wednesday. "
    "Drones struck two tanks of the battalion in {place}, the Ukrainian military said.",
    "Russian guns pounded {place} for hours. In {place} the mayor, Olena Ratushna, counted forty shells. "
    "Soldiers of the garrison answered with mortars.",
    "A night of shelling in {place} ended when troops withdrew their howitzers, a commander told us. "
    "Missiles had hit trenches outside {place} before dawn.",
)
TALKS = (
    "Negotiators in Vienna agreed on a list of prisoners on Wednesday, the Swiss ambassador said. "
    "The talks in Vienna go on with a session on a ceasefire, Foreign Minister Ivan Bondar said."
)


def edition(
    articles: Sequence[Article], *, day: int = 0, earlier: Sequence[Edition] = (), **more: Any
) -> Edition:
    settings = USUAL.model_copy(update=more)
    at = slot(settings, SIX + timedelta(days=day))
    inside = [a for a in articles if a.published and at.window.start < a.published <= at.window.end]
    return refine(
        inside,
        harvest=Harvest((), tuple(articles), ()),
        slot=at,
        settings=settings,
        themes=themes_of(settings),
        earlier=earlier,
    )


def shelled(
    write: Write, place: str, *, outlets: Sequence[str] = ("A", "B", "C"), day: int = 0
) -> list[Article]:
    return [
        write(
            text.format(place=place),
            title=f"Artillery shells {place}, says {outlet}",
            outlet=f"{outlet} Press",
            source=f"{outlet} Press",
            hours=n - 24 * day,
        )
        for n, (outlet, text) in enumerate(zip(outlets, REPORTS, strict=False), 2)
    ]


def test_an_outlets_share_is_counted_with_what_is_cited_of_it(write: Write) -> None:
    articles = [*shelled(write, "Lypa", outlets="AAB"), write(TALKS, outlet="")]
    coverage = edition(articles).coverage
    assert sum(s.articles for s in coverage.outlets) == coverage.counts["in_window"] == 4
    assert [(s.outlet, s.articles) for s in coverage.outlets] == [("A Press", 2), ("", 1), ("B Press", 1)]
    assert sum(s.used for s in coverage.outlets) == coverage.counts["used"] <= 4


def test_what_yesterday_covered_and_today_does_not_is_told(write: Write) -> None:
    before = edition([*shelled(write, "Lypa"), write(TALKS, title="Vienna talks agree on prisoners")])
    assert before.coverage.places["Lypa"] == 3
    assert before.coverage.gaps == ()
    after = edition(shelled(write, "Novoberezhne", day=1), day=1, earlier=[before])
    assert after.coverage.gaps == (
        Gap("theme", "Diplomacy", 1, before.slot),
        Gap("place", "Lypa", 3, before.slot),
    )


def test_a_place_that_anybody_names_is_not_gone(write: Write) -> None:
    before = edition(shelled(write, "Lypa"))
    named = write(TALKS, title="Lypa is not on the table in Vienna", hours=-20)
    after = edition([*shelled(write, "Novoberezhne", day=1), named], day=1, earlier=[before])
    assert not [g for g in after.coverage.gaps if g.kind == "place"]


def test_a_place_that_two_texts_named_may_be_missing_by_chance(write: Write) -> None:
    before = edition(shelled(write, "Lypa", outlets="AB"))
    after = edition(shelled(write, "Novoberezhne", day=1), day=1, earlier=[before])
    assert before.coverage.places["Lypa"] == 2
    assert after.coverage.gaps == ()


def test_a_morning_without_articles_has_no_gaps_to_tell(write: Write) -> None:
    before = edition(shelled(write, "Lypa"))
    assert edition([], day=1, earlier=[before]).coverage.gaps == ()


def test_a_language_that_is_not_read_is_named(write: Write) -> None:
    article = write("ომი გაგრძელდა მთელი ღამე და დილით დასრულდა.", language="ka")
    assert edition([*shelled(write, "Lypa"), article]).coverage.unread == ("ka",)


def test_one_agency_in_two_newspapers_is_one_origin_of_a_story(write: Write) -> None:
    """And the edition says whose text each of them prints."""
    articles = [
        replace(a, text=f"VERKHNIA (Reuters) - {a.text}") for a in shelled(write, "Lypa", outlets="AB")
    ]
    made = edition(articles)
    stories = [s for section in made.themes for s in section.stories]
    assert {s.origins for s in stories} == {1}
    assert max(len(s.articles) for s in stories) == 2
    assert {a.origin for a in made.articles} == {"Reuters"}
    assert {p.origins for p in made.key_points} == {1}


def test_sources_of_one_publisher_are_one_origin(write: Write) -> None:
    articles = shelled(write, "Lypa", outlets="AB")
    both = [{"folder": o, "name": f"{o} Press", "publisher": "Lake Group"} for o in "AB"]
    sources = Settings.model_validate({"base": Path(), "sources": both}).sources
    apart, together = edition(articles), edition(articles, sources=sources)
    assert max(s.origins for section in apart.themes for s in section.stories) == 2
    assert max(s.origins for section in together.themes for s in section.stories) == 1
    assert {a.origin for a in together.articles} == {"Lake Group"}


def test_shares_are_of_the_window_alone(write: Write) -> None:
    old = write(TALKS, outlet="Old Press", hours=40)
    assert edition([*shelled(write, "Lypa", outlets="A"), old]).coverage.outlets == (Share("A Press", 1, 1),)

"""The sample's editions: the third morning to the letter, the second and third by what must be in them.

`BRIEFING_GOLDEN=write` writes tests/golden/week anew: look at the difference before you commit it.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from briefing.model import CitedArticle, Edition, Statement, StoryReport

GOLDEN = Path(__file__).parent / "golden" / "week"
FURNITURE = (Path(__file__).parent / "golden" / "furniture.txt").read_text(encoding="utf-8").split("\n")
REMEDY = "if it is meant, run the tests with BRIEFING_GOLDEN=write, look at the difference, and commit it"
SHOWN = 60  # lines of a difference
WEDNESDAY = "2026-03-11T06:00:00+02:00"
WIRE = {  # the agency's text on the sanctions, under three titles
    "EU envoys approve sanctions on 54 tankers and nine banks",
    "Ambassadors end ports row and agree tanker sanctions",
    "Brussels clears tanker blacklist but drops ban on port services",
}


def statements(edition: Edition) -> Iterator[Statement]:
    for section in edition.themes:
        for story in section.stories:
            yield from story.statements


def stories(edition: Edition) -> list[StoryReport]:
    return [story for section in edition.themes for story in section.stories]


def carrying(edition: Edition, titles: set[str]) -> list[CitedArticle]:
    """The cited articles that have one of the titles, themselves or among their copies."""
    return [a for a in edition.articles if titles & {a.title, *(c.title for c in a.copies)}]


# --- to the letter --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["edition.md", "edition.json"])
def test_the_third_morning_is_the_golden_one(thursday: Any, name: str) -> None:
    found, golden = thursday.pages()[name], GOLDEN / name
    if os.environ.get("BRIEFING_GOLDEN") == "write":
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_bytes(found)
    if not golden.is_file():
        pytest.fail(f"{golden.relative_to(GOLDEN.parents[2])} is not there yet; {REMEDY}")
    if found != (expected := golden.read_bytes()):
        lines = difflib.unified_diff(
            expected.decode().splitlines(), found.decode().splitlines(), "golden", "now", n=1
        )
        pytest.fail("\n".join([f"{name} has changed; {REMEDY}", *islice(lines, SHOWN)]), pytrace=False)


# --- what must be in the third morning's edition --------------------------------------------------


@pytest.fixture(scope="session")
def edition(thursday: Any) -> Edition:
    found: Edition = thursday.edition
    return found


def test_every_theme_has_stories_and_key_points(edition: Edition) -> None:
    assert [section.key for section in edition.themes] == ["battlefield", "humanitarian", "diplomacy"]
    assert all(any(story.statements for story in section.stories) for section in edition.themes)
    assert {point.theme for point in edition.key_points} == {"battlefield", "humanitarian", "diplomacy"}


def test_the_town_that_both_claim_is_in_dispute(edition: Edition) -> None:
    sides = [" ".join(side.text for side in dispute.sides) for dispute in edition.disputes]
    assert any("Lypa" in text or "Lipa" in text or "Лип" in text for text in sides)


def test_the_toll_is_the_corrected_one_and_the_earlier_version_a_copy_of_it(edition: Edition) -> None:
    (article,) = carrying(edition, {"Fourteen killed as missile destroys flats in Novoberezhne"})
    assert article.title == "Fourteen killed as missile destroys flats in Novoberezhne"
    assert [(c.title, c.relation) for c in article.copies] == [
        ("Nine killed as missile destroys flats in Novoberezhne", "earlier version")
    ]
    killed = {f.value for f in edition.figures if f.what == "killed"}
    assert 14 in killed
    points = " ".join(p.statement.text for p in edition.key_points)
    assert "At least 14 people" in points
    assert "nine people were killed" not in points


def test_the_wire_text_is_one_article_with_two_reprints(edition: Edition) -> None:
    (article,) = carrying(edition, WIRE)
    assert {article.title, *(c.title for c in article.copies)} == WIRE
    assert {c.relation for c in article.copies} == {"reprint"}
    (story,) = [s for s in stories(edition) if article.id in s.articles and s.statements][:1]
    assert story.origins == len({a.outlet for a in edition.articles if a.id in story.articles})


def test_the_wire_text_is_cited_as_the_agency_s(edition: Edition) -> None:
    (article,) = carrying(edition, WIRE)
    assert article.outlet == "Northwire"


def test_what_the_source_calls_unverified_is_flagged_so(edition: Edition) -> None:
    flagged = [s for s in statements(edition) if "unverified" in s.flags]
    assert any("unverified posts" in s.text for s in flagged)


def test_sources_that_gave_nothing_are_told_with_the_reason(edition: Edition) -> None:
    assert {m.source for m in edition.coverage.misses} == {"Eastline", "Stepova Today"}
    assert all(m.reason for m in edition.coverage.misses)
    assert {s.name for s in edition.sources if s.status == "failed"} == {"Eastline", "Stepova Today"}


def test_the_consent_wall_and_tomorrow_s_item_are_dropped_with_reasons(edition: Edition) -> None:
    dropped = {d.title: d.reason for d in edition.coverage.dropped}
    wall = next(d for d in edition.coverage.dropped if "metrostandard" in d.address)
    assert wall.reason
    assert dropped["Sirens will be tested on Friday at nine"].startswith("dated after this edition")
    assert dropped["Vienna talks end first day without a list of names"] == "older than the window"


def test_no_line_is_furniture(edition: Edition) -> None:
    phrases = [p for p in FURNITURE if p]
    assert not [(p, s.text) for s in statements(edition) for p in phrases if p.lower() in s.text.lower()]


def test_sport_markets_and_culture_are_in_no_section(edition: Edition) -> None:
    text = " ".join([s.text for s in statements(edition)] + [s.headline for s in stories(edition)])
    assert "Herring Season" not in text
    assert "Hallwig" not in text


def test_ukrainian_articles_speak_for_themselves(edition: Edition) -> None:
    ukrainian = {a.id for a in edition.articles if a.language == "uk"}
    assert len(ukrainian) >= 3
    assert any(s.article in ukrainian for s in statements(edition))


def test_the_undated_item_is_there_without_a_date(edition: Edition) -> None:
    (article,) = carrying(edition, {"Seamen's hotel takes in 64 people from Novoberezhne"})
    assert article.published is None


def test_no_line_is_printed_twice_under_the_themes(edition: Edition) -> None:
    lines = [(s.article, s.start) for s in statements(edition)]
    assert len(set(lines)) == len(lines)


def test_a_dateline_opens_no_line(edition: Edition) -> None:
    assert not [s.text for s in statements(edition) if "(Northwire)" in s.text]


def test_who_is_counted_dead_is_never_counted_as_a_missile(edition: Edition) -> None:
    toll = [f for f in edition.figures if f.value == 14 and "people" in f.text]
    assert {f.what for f in toll} == {"killed"}


# --- two mornings in a row ------------------------------------------------------------------------


@pytest.fixture(scope="session")
def mornings(copied: Callable[[], Path], desk: Any) -> tuple[Edition, Edition]:
    """Wednesday's edition, and Thursday's after it, from one store."""
    here = desk(copied())
    return here.build(WEDNESDAY, formats=("json",)).edition, here.build(formats=("json",)).edition


def test_the_second_morning_tells_its_own_day(mornings: tuple[Edition, Edition]) -> None:
    wednesday, _ = mornings
    assert wednesday.slot == "2026-03-11"
    assert all(any(story.statements for story in section.stories) for section in wednesday.themes)
    assert "Sukha" in " ".join(s.text for s in statements(wednesday))
    assert not carrying(wednesday, WIRE)


def test_the_third_morning_says_what_changed_since(mornings: tuple[Edition, Edition]) -> None:
    wednesday, thursday = mornings
    assert thursday.changes.since == wednesday.slot
    assert thursday.changes.new
    assert {*thursday.changes.changed, *thursday.changes.continuing}
    of = {story.id: story.status for story in stories(thursday)}
    for status in ("new", "changed", "continuing"):
        assert all(of[story] == status for story in getattr(thursday.changes, status))


def test_yesterday_s_stories_go_on_or_fall_quiet(mornings: tuple[Edition, Edition]) -> None:
    wednesday, thursday = mornings
    known = {story.headline for story in stories(wednesday)}
    assert {quiet.headline for quiet in thursday.changes.quiet} <= known
    assert {quiet.slot for quiet in thursday.changes.quiet} <= {wednesday.slot}
    talks = [s for s in stories(thursday) if "Vienna" in s.headline and s.status != "new"]
    assert talks, "the talks in Vienna go on from the second morning to the third"


def test_an_undated_item_belongs_to_the_first_slot_that_saw_it(mornings: tuple[Edition, Edition]) -> None:
    wednesday, thursday = mornings
    hotel = {"Seamen's hotel takes in 64 people from Novoberezhne"}
    assert not carrying(thursday, hotel)
    assert [d.reason for d in thursday.coverage.dropped if d.title in hotel] == [
        "undated, and first seen for another edition"
    ]
    assert wednesday.coverage.counts["in_window"] > 0

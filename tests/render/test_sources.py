"""What a page says of the sources that failed, fell silent or moved."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from briefing.model import Edition, SourceReport
from briefing.render import render
from briefing.render.view import NAMED_ON_PAGE_ONE, NAMED_PER_REASON, look
from tests.render.test_account import TEXTS, text

WHEN = datetime(2024, 3, 11, 5, tzinfo=UTC)
SOURCES = (
    SourceReport("Fallen", "agency", "a", "failed", 0, "HTTP 503", group="Sea", answered=WHEN),
    SourceReport("Gone", "agency", "https://b.example/rss", "failed", 0, "HTTP 404"),
    SourceReport("Hushed", "agency", "c", "ok", 3, newest=WHEN, lately=1, usual=40.5, silent=True),
    SourceReport("Dried up", "agency", "d", "empty", 0, newest=WHEN),
    SourceReport("Monthly", "agency", "e", "stale", 3, newest=WHEN),
    SourceReport("Mover", "agency", "f", "unchanged", 3, moved="https://new.example/rss", newest=WHEN),
)


def told(edition: Edition, format_: str) -> str:
    """The page, with addresses in Markdown as they are read."""
    return text(edition, format_).replace("&#58;", ":")


@pytest.mark.parametrize("format_", TEXTS)
def test_since_when_stands_on_page_one_and_under_coverage(morning: Edition, format_: str) -> None:
    page = told(replace(morning, sources=SOURCES), format_)
    first, coverage = re.split("(?i)Coverage and gaps", page, maxsplit=1)
    at = "11 Mar, 07:00" if morning.timezone == "Europe/Kyiv" else "11 Mar, 05:00"
    assert (
        f"No answer from: Fallen (HTTP 503; last answered {at}); Gone (HTTP 404; no answer on record)"
        in first
    )
    silent = "1 article in 24 hours, where about 40 are usual"
    newest = f"newest article {at}"
    quiet = f"Hushed (silent: {silent}); Dried up (empty: {newest}); Monthly (stale: {newest})"
    assert f"Little or nothing new from: {quiet}" in first
    assert "Mover" not in first
    assert silent in coverage
    assert "https://new.example/rss:writethatintofeeds.yaml" in coverage.replace(" ", "")


def test_page_one_has_room_for_a_dozen_and_the_coverage_section_has_all(morning: Edition) -> None:
    many = tuple(replace(SOURCES[1], name=f"Source {n}") for n in range(NAMED_ON_PAGE_ONE + 3))
    page = told(replace(morning, sources=many), "md")
    first, coverage = page.split("Coverage and gaps", 1)
    assert "Source 11 (HTTP 404; no answer on record); and 3 more" in first
    assert "Source 12" not in first
    assert all(source.name in coverage for source in many)


def test_a_note_that_many_articles_share_is_told_once(morning: Edition) -> None:
    shared = [f"Sea, “Ship {n}: lost”: its page is behind a paywall" for n in range(NAMED_PER_REASON + 3)]
    notes = ("Sea, “Calm”: cut at 200,000 characters", *shared, "no article of it")
    edition = replace(morning, coverage=replace(morning.coverage, notes=notes))
    alone, many, last = look(edition).notes
    assert (alone.text, alone.named) == (notes[0], ())
    assert (many.text, many.count, many.more) == ("its page is behind a paywall", len(shared), 3)
    assert many.named[0] == "Sea, “Ship 0: lost”"
    assert last.text == "no article of it"
    page = told(edition, "md")
    assert page.count("behind a paywall") == 1
    assert "“Ship 11: lost”; and 3 more" in page


def test_what_goes_wrong_most_often_is_told_in_the_language_of_the_edition(morning: Edition) -> None:
    gone = replace(SOURCES[1], error="HTTP 404 Not Found")
    page = told(replace(morning, sources=(gone,), language="uk"), "md")
    assert "Gone (адреси немає (HTTP 404); жодної відповіді не записано)" in page


def test_a_silent_source_is_counted_as_one(morning: Edition) -> None:
    view = look(replace(morning, sources=SOURCES))
    assert dict(view.statuses) == {"unchanged": 1, "silent": 1, "empty": 1, "stale": 1, "failed": 2}
    assert view.answered == 4


@pytest.mark.parametrize("format_", ["md", "html"])
def test_what_a_source_moved_to_is_no_link_and_no_markup(morning: Edition, format_: str) -> None:
    hostile = replace(SOURCES[5], moved="https://x.example/<script>[a](javascript:b)", group="<b>*g*</b>")
    page = render(replace(morning, sources=(hostile,)), [format_]).pages[0].content.decode()
    assert "<script>[a]" not in page
    assert "<b>*g*" not in page
    assert "[a](" not in page or format_ == "html"

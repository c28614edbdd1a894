"""What a page says of the edition itself: origins, shares, and what the edition does not know."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest

from briefing.model import Coverage, Edition, Gap, KeyPoint, Share, StoryReport
from briefing.render import render
from briefing.render.view import OUTLETS_SHOWN, look

TEXTS = ("md", "html", "pdf")


def text(edition: Edition, format_: str) -> str:
    """A page without its markup, on one line."""
    content = render(edition, [format_]).pages[0].content
    if format_ == "pdf":
        pages = (page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(content))
        plain = " ".join(pages)
    else:
        plain = re.sub(r"[*\\]", "", re.sub(r"<[^>]*>", " ", content.decode()))
    return " ".join(plain.split())


def with_coverage(edition: Edition, **fields: Any) -> Edition:
    return replace(edition, coverage=replace(edition.coverage, **fields))


def with_stories(edition: Edition, **fields: Any) -> Edition:
    """Every story with these values."""

    def changed(story: StoryReport) -> StoryReport:
        return replace(story, **fields)

    themes = (replace(s, stories=tuple(map(changed, s.stories))) for s in edition.themes)
    return replace(edition, themes=tuple(themes))


@pytest.mark.parametrize("format_", TEXTS)
def test_gaps_stand_where_the_reader_looks_for_them(morning: Edition, format_: str) -> None:
    gaps = (Gap("theme", "Economy", 2, "2024-03-11"), Gap("place", "Sumy", 4, "2024-03-11"))
    page = text(with_coverage(morning, gaps=gaps, unread=("ka",)), format_)
    told = page[page.index("What this edition does not know") :]
    assert "Gone from coverage: Economy (2 articles in the edition of 11 Mar, now none);" in told
    assert "Sumy (4 articles in the edition of 11 Mar, now none)" in told
    assert "Languages that are not read: Georgian" in told
    assert "Continental Post" in told


@pytest.mark.parametrize("format_", TEXTS)
def test_an_edition_that_misses_nothing_says_so(morning: Edition, format_: str) -> None:
    answered = replace(morning, sources=tuple(replace(s, status="ok", error="") for s in morning.sources))
    assert "Nothing is known to be missing." in text(with_coverage(answered, misses=()), format_)
    assert "Nothing is known to be missing." not in text(morning, format_)


@pytest.mark.parametrize("format_", TEXTS)
def test_shares_add_up_and_the_many_are_one_row(morning: Edition, format_: str) -> None:
    shares = (Share("Northwire", 30, 9), *(Share(f"Outlet {n:02}", 2, 1) for n in range(14)), Share("", 1, 0))
    page = text(with_coverage(morning, outlets=shares), format_)
    told = re.sub(r"\s*\|\s*", " ", page[page.index("What this edition does not know") :])
    assert "Northwire 30 9 51 %" in told
    assert "4 others 7 3 12 %" in told
    assert "Outlet 10" in told and "Outlet 11" not in told


def test_one_outlet_more_than_are_shown_stands_for_itself(morning: Edition) -> None:
    shares = tuple(Share(f"Outlet {n}", 1, 1) for n in range(OUTLETS_SHOWN + 1))
    assert [row.outlets for row in look(with_coverage(morning, outlets=shares)).shares] == [1] * len(shares)


@pytest.mark.parametrize("format_", TEXTS)
def test_a_story_with_one_origin_is_marked(morning: Edition, format_: str) -> None:
    assert "one origin" in text(with_stories(morning, origins=1), format_)
    assert "one origin" not in text(with_stories(morning, origins=2), format_)


@pytest.mark.parametrize("format_", TEXTS)
def test_a_story_of_unknown_outlets_is_not_marked(morning: Edition, format_: str) -> None:
    nameless = tuple(
        replace(a, outlet="", copies=tuple(replace(c, outlet="") for c in a.copies)) for a in morning.articles
    )
    assert "one origin" not in text(replace(with_stories(morning, origins=1), articles=nameless), format_)


@pytest.mark.parametrize("format_", TEXTS)
def test_a_key_point_whose_story_has_one_origin_is_marked(morning: Edition, format_: str) -> None:
    several = with_stories(morning, origins=2)
    points = tuple(KeyPoint(p.theme, p.statement, 1) for p in several.key_points)
    page = text(replace(several, key_points=points), format_).casefold()
    assert "one origin" in page[: page.index("key figures", page.index("key points"))]
    assert "one origin" not in text(several, format_)


@pytest.mark.parametrize("format_", TEXTS)
def test_whose_text_an_article_prints_stands_in_the_sources(morning: Edition, format_: str) -> None:
    bought = replace(morning, articles=tuple(replace(a, origin="Reuters") for a in morning.articles))
    assert "text: Reuters" in text(bought, format_)
    own = replace(morning, articles=tuple(replace(a, origin=a.outlet) for a in morning.articles))
    assert "text:" not in text(own, format_)


def test_an_edition_of_an_earlier_version_is_drawn(small: Edition) -> None:
    """It remembers no shares, places and gaps."""
    bare = replace(small, coverage=Coverage({}, {}, (), ()))
    assert look(bare).shares == ()
    assert "What this edition does not know" in text(bare, "html")

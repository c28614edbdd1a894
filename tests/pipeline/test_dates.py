"""Dates that lie ahead, and items without one: which edition has them."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from briefing import pipeline
from briefing.config import load
from briefing.config.settings import Settings
from briefing.model import Article, Edition
from briefing.pipeline.ahead import AHEAD, believed
from briefing.schedule.due import due_between, next_due
from tests.wild import Wild, reply

SIX = dt.datetime(2026, 3, 12, 6, tzinfo=dt.UTC)
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
TOPICS = {
    "An hour ago": "A missile hit a depot in Stepova and wounded nine soldiers, the Ukrainian military said.",
    "In three hours": "Foreign ministers opened talks on a ceasefire in Vienna, the Swiss ambassador said.",
    "In five days": "Trucks with food and medicine reached Verkhnia Lypa, the Red Cross said.",
    "In a year": "Russian troops shelled the front line near Vilkhova with artillery, the army said.",
    "At the epoch": "Negotiators signed a treaty on sanctions at the summit, the foreign ministry said.",
    "Undated": "Refugees from Bila Hreblia were evacuated to a shelter by aid workers, the UN said.",
}
DATES = {
    "An hour ago": SIX - HOUR,
    "In three hours": SIX + 3 * HOUR,
    "In five days": SIX + 5 * DAY,
    "In a year": SIX + 365 * DAY,
    "At the epoch": dt.datetime(1970, 1, 1, tzinfo=dt.UTC),
}


def feed(*titles: str) -> bytes:
    items = ""
    for title in titles:
        date = f"<pubDate>{DATES[title].isoformat()}</pubDate>" if title in DATES else ""
        items += f"<item><title>{title}</title>{date}<description>{TOPICS[title]}</description></item>"
    return f"<rss version='2.0'><channel><title>Harbour</title>{items}</channel></rss>".encode()


def desk(folder: Path, wild: Wild) -> Settings:
    (folder / "feeds.yaml").write_text(
        "formats: [json]\nat: '06:00'\nnetwork: {allow: [127.0.0.0/8], pause: 0s}\n"
        f"sources: [{{name: Harbour, feed: {json.dumps(wild.url('/feed'))}}}]\n",
        encoding="utf-8",
    )
    return load(folder / "feeds.yaml")


def titles(edition: Edition) -> set[str]:
    return {article.title for article in edition.articles}


def morning(settings: Settings, at: dt.datetime) -> set[str]:
    return titles(pipeline.run(settings, at).edition)


def test_each_item_is_in_one_edition_by_its_date_or_where_it_was_first_seen(tmp_path: Path) -> None:
    with Wild({"/feed": reply(feed(*TOPICS))}) as wild:
        settings = desk(tmp_path, wild)
        mornings = {number: morning(settings, SIX + number * DAY) for number in (0, 1, 5, 6)}
    assert mornings[0] == {"An hour ago", "In a year", "At the epoch", "Undated"}
    assert mornings[1] == {"In three hours"}
    assert mornings[5] == {"In five days"}
    assert not mornings[6]


def test_an_undated_item_is_of_the_edition_that_is_due_next_when_it_is_first_seen(tmp_path: Path) -> None:
    """What is fetched behind the hour is of the next edition, also where the one that was due comes late."""
    with Wild({"/feed": reply(feed("An hour ago", "Undated"))}) as wild:
        settings = desk(tmp_path, wild)
        (due,) = due_between(settings, SIX - HOUR, SIX)
        pipeline.fetch_all(settings, SIX + HOUR)
        late = pipeline.issue(settings, due, SIX + 2 * HOUR, late=SIX + 2 * HOUR)
        following = pipeline.issue(settings, next_due(settings, SIX + HOUR), SIX + DAY)
    assert late and titles(late.edition) == {"An hour ago"}
    assert following and titles(following.edition) == {"Undated"}


def test_an_undated_item_that_a_late_build_itself_sees_first_is_of_that_edition(tmp_path: Path) -> None:
    with Wild({"/feed": reply(feed("Undated"))}) as wild:
        settings = desk(tmp_path, wild)
        (due,) = due_between(settings, SIX - HOUR, SIX)
        late = pipeline.issue(settings, due, SIX + 2 * HOUR, late=SIX + 2 * HOUR)
        following = pipeline.issue(settings, next_due(settings, SIX + HOUR), SIX + DAY)
    assert late and titles(late.edition) == {"Undated"}
    assert following and not titles(following.edition)


@pytest.mark.parametrize(
    ("ahead", "is_kept"), [(dt.timedelta(0), True), (AHEAD, True), (AHEAD + dt.timedelta(seconds=1), False)]
)
def test_a_date_is_believed_up_to_a_fortnight_ahead(ahead: dt.timedelta, is_kept: bool) -> None:
    article = Article("a", "Harbour", "T", "x", published=SIX + ahead, updated=SIX + ahead)
    found = believed(article, SIX)
    assert (found == article) == is_kept
    if not is_kept:
        assert (found.published, found.updated) == (None, None)
        assert "too far ahead" in found.notes[0]


def test_what_lies_in_a_folder_keeps_its_dates(tmp_path: Path) -> None:
    """A past day that is built again from an archive leaves out what came later."""
    (tmp_path / "inbox").mkdir()
    record = {"title": "In a year", "text": TOPICS["In a year"], "date": DATES["In a year"].isoformat()}
    (tmp_path / "inbox/a.json").write_text(json.dumps(record), encoding="utf-8")
    (tmp_path / "feeds.yaml").write_text("formats: [json]\nsources: [{folder: inbox}]\n", encoding="utf-8")
    assert not morning(load(tmp_path / "feeds.yaml"), SIX)

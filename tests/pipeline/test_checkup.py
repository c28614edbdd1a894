"""What an edition says of its sources' history, over a server that plays them, and built again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from briefing import pipeline
from briefing.config import Settings, load
from briefing.model import Health
from briefing.store import open_store
from tests.wild import Wild, reply

NOW = datetime(2026, 3, 12, 6, tzinfo=UTC)
HOUR = timedelta(hours=1)
NAMES = ("good", "busy", "weekly", "hollow", "fallen", "moving", "nobody", "still")


def feed(name: str, until: datetime, every: timedelta, count: int) -> bytes:
    """A feed with an item each `every`, the newest not after `until`."""
    moments = [NOW - HOUR - n * every for n in range(count)]
    items = "".join(
        f"<item><title>{name} tells of {moment:%d %b %H:%M}</title>"
        f"<link>https://{name}.example/{moment:%d%H%M}</link>"
        f"<pubDate>{moment:%d %b %Y %H:%M:%S} GMT</pubDate><description>Ferries of {name} left "
        f"the quay at {moment:%H:%M} on day {moment:%d}, the harbour master said.</description></item>"
        for moment in moments
        if moment <= until
    )
    return f'<rss version="2.0"><channel><title>{name}</title>{items}</channel></rss>'.encode()


def pages(until: datetime) -> dict[str, Any]:
    """What the sources serve when everything is well."""
    served = {
        "/good": feed("good", until, 5 * HOUR, 40),
        "/busy": feed("busy", until, 2 * HOUR, 200),
        "/weekly": feed("weekly", until, timedelta(days=7), 5),
        "/hollow": feed("hollow", until, 8 * HOUR, 10),
        "/fallen": feed("fallen", until, 8 * HOUR, 10),
        "/moving": feed("moving", until, 8 * HOUR, 10),
        "/still": feed("still", NOW - 7 * HOUR, 9 * HOUR, 10),
    }
    return {path: reply(body) for path, body in served.items()}


@pytest.fixture
def wild() -> Iterator[Wild]:
    with Wild() as server:
        yield server


@pytest.fixture
def desk(tmp_path: Path, wild: Wild) -> Settings:
    lines = [f"  - {{feed: '{wild.url(f'/{name}')}', name: {name}, group: G/{name}}}" for name in NAMES]
    text = "formats: [json, md]\nnetwork: {allow: [127.0.0.0/8], pause: 0s}\nsources:\n" + "\n".join(lines)
    (tmp_path / "feeds.yaml").write_text(text, encoding="utf-8")
    return load(tmp_path / "feeds.yaml")


def built(settings: Settings, now: datetime) -> bytes:
    pipeline.run(settings, now)
    return (settings.output_folder() / "morning-briefing" / f"{now:%Y-%m-%d}" / "edition.json").read_bytes()


def a_bad_morning(settings: Settings, wild: Wild) -> bytes:
    """Two editions of good mornings, and one on which much is wrong."""
    wild.pages.update(pages(NOW - 30 * HOUR))
    pipeline.fetch_all(settings, NOW - 30 * HOUR)
    still = wild.pages["/still"] = pages(NOW)["/still"]
    pipeline.run(settings, NOW - 6 * HOUR)  # the slot of the day before: not due yet
    wild.pages.update(pages(NOW) | {"/still": still})
    wild.pages["/busy"] = reply(feed("busy", NOW - 30 * HOUR, 2 * HOUR, 200))
    wild.pages["/hollow"] = reply(feed("hollow", NOW, HOUR, 0))
    wild.pages["/fallen"] = reply(b"", "503 Service Unavailable")
    wild.pages["/moving"] = reply(b"", "301 Moved Permanently", location="/new")
    wild.pages["/new"] = pages(NOW)["/moving"]
    return built(settings, NOW)


def test_an_edition_says_since_when_a_source_failed_is_silent_or_empty(desk: Settings, wild: Wild) -> None:
    told = {source["name"]: source for source in json.loads(a_bad_morning(desk, wild))["sources"]}
    assert {name: told[name]["status"] for name in NAMES} == {
        **{"good": "ok", "busy": "stale", "weekly": "ok", "hollow": "empty"},
        **{"fallen": "failed", "moving": "ok", "nobody": "failed", "still": told["still"]["status"]},
    }
    assert [name for name in NAMES if told[name]["silent"]] == ["busy"]
    assert (told["busy"]["lately"], told["busy"]["usual"]) == (0, 12.0)
    assert told["fallen"]["answered"] is not None
    assert told["fallen"]["error"] == "HTTP 503 Service Unavailable"
    assert told["nobody"]["answered"] is None
    assert told["moving"]["moved"] == wild.url("/new")
    assert told["hollow"]["newest"] is not None
    assert told["good"]["group"] == "G/good"
    assert [name for name in NAMES if told[name]["moved"]] == ["moving"]


def test_the_slot_built_again_says_the_same(desk: Settings, wild: Wild) -> None:
    first = a_bad_morning(desk, wild)
    assert built(desk, NOW) == first
    pipeline.checked(desk, NOW + HOUR)  # asked again in between, as the daemon does
    assert built(desk, NOW) == first
    pipeline.run(desk, NOW, offline=True)
    folder = desk.output_folder() / "morning-briefing" / "2026-03-12"
    assert (folder / "edition.json").read_bytes() == first
    dry = pipeline.run(desk, NOW, dry_run=True).edition
    assert [source.status for source in dry.sources] == [s["status"] for s in json.loads(first)["sources"]]


def test_what_an_earlier_slot_saw_first_is_unchanged(desk: Settings, wild: Wild) -> None:
    wild.pages.update(pages(NOW))
    wild.pages["/nobody"] = wild.pages["/still"]
    built(desk, NOW)
    later = json.loads(built(desk, NOW + timedelta(days=1) - 12 * HOUR))["sources"]
    assert {source["status"] for source in later} <= {"ok", "unchanged"}
    tomorrow = desk.model_copy(update={"window": timedelta(hours=36)})
    found = {s["name"]: s["status"] for s in json.loads(built(tomorrow, NOW + timedelta(days=1)))["sources"]}
    assert found["good"] == "unchanged"
    assert json.loads(built(tomorrow, NOW + timedelta(days=1)))["sources"][0]["status"] == "unchanged"


def test_a_date_that_moves_while_the_text_stays_changes_nothing(desk: Settings, wild: Wild) -> None:
    one = desk.model_copy(update={"sources": desk.sources[:1]})
    wild.pages["/good"] = reply(feed("good", NOW, 5 * HOUR, 3))
    pipeline.fetch_all(one, NOW - HOUR)
    moved = feed("good", NOW, 5 * HOUR, 3).replace(b"<pubDate>12 Mar", b"<pubDate>02 Mar")
    wild.pages["/good"] = reply(moved)
    first = built(one, NOW)
    assert built(one, NOW) == first


def test_the_check_tells_what_the_next_edition_would_not(desk: Settings, wild: Wild) -> None:
    a_bad_morning(desk, wild)
    asked = len(wild.requests)
    found = {one.report.name: one for one in pipeline.checked(desk, NOW + HOUR / 120, offline=True)}
    assert len(wild.requests) == asked
    assert [name for name in NAMES if not found[name].well] == ["busy", "hollow", "fallen", "nobody"]
    assert found["busy"].status == "silent"
    assert (found["fallen"].failures, found["nobody"].failures > 1) == (1, True)
    assert found["fallen"].until is not None
    again: tuple[Health, ...] = pipeline.checked(desk, NOW + 3 * HOUR)
    assert {one.report.name: one.failures for one in again}["fallen"] == 2


def test_a_check_for_the_next_edition_does_not_make_a_source_stale_in_this_one(
    desk: Settings, wild: Wild
) -> None:
    wild.pages.update(pages(NOW))
    first = pipeline.run(desk, NOW).edition
    pipeline.checked(desk, NOW + 23 * HOUR)
    again = pipeline.run(desk, NOW, offline=True).edition
    assert [one.status for one in again.sources] == [one.status for one in first.sources]


def test_news_are_counted_once(desk: Settings, wild: Wild) -> None:
    wild.pages.update(pages(NOW))
    for moment in (NOW, NOW, NOW + HOUR):
        pipeline.fetch_all(desk, moment)
    with open_store(desk.store_url()) as store:
        assert [a.new for a in store.sources.attempts("good", NOW - HOUR)] == [40, 0]


def test_what_opens_a_door_is_not_told_of_where_a_source_moved(desk: Settings, wild: Wild) -> None:
    wild.pages.update(pages(NOW))
    wild.pages["/moving"] = reply(b"", "301 Moved", location="/elsewhere?token=amber")
    wild.pages["/elsewhere?token=amber"] = reply(feed("moving", NOW, 8 * HOUR, 10))
    moved = {one.name: one.moved for one in pipeline.run(desk, NOW).edition.sources}["moving"]
    assert moved == wild.url("/elsewhere?token=…")
    with open_store(desk.store_url()) as store:
        assert store.sources.visits([wild.url("/moving")])[wild.url("/moving")].moved.endswith("token=amber")

"""The same source, night after night: what is asked again, and what is answered from the store."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from briefing.config.network import Network
from briefing.config.settings import Settings
from briefing.config.source import Source
from briefing.errors import NoEdition
from briefing.model import Harvest
from briefing.pipeline.gather import harvest, silent
from briefing.schedule.due import upcoming
from briefing.store import IN_MEMORY, Store, open_store
from tests.wild import Wild, reply

NOW = datetime(2026, 3, 12, 4, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
FEED = b"""<rss version="2.0"><channel><title>Kurier</title><ttl>60</ttl><item>
<title>Bridge at Stepova reopened</title><link>https://kurier.example/1</link>
<description>The bridge at Stepova was reopened to cars on Wednesday, the council said.</description>
</item></channel></rss>"""


@pytest.fixture
def wild() -> Iterator[Wild]:
    with Wild() as server:
        yield server


@pytest.fixture
def store() -> Iterator[Store]:
    with open_store(IN_MEMORY) as opened:
        yield opened


def settings(wild: Wild, **more: str) -> Settings:
    network = Network(allow=("127.0.0.0/8",), pause=timedelta(0))
    source = Source(feed=wild.url("/feed"), name="Kurier", **more)
    return Settings(base=Path(), sources=(source,), network=network)


def night(chosen: Settings, store: Store, now: datetime) -> Harvest:
    return harvest(chosen, upcoming(chosen, now), store, now, silent, answers_needed=False)


def titles(found: Harvest) -> list[str]:
    return [article.title for article in found.articles]


def test_what_is_fresh_or_unchanged_is_told_from_the_store(wild: Wild, store: Store) -> None:
    wild.pages["/feed"] = reply(FEED, etag='"1"')
    chosen = settings(wild)
    assert titles(night(chosen, store, NOW)) == ["Bridge at Stepova reopened"]
    assert titles(night(chosen, store, NOW + 30 * MINUTE)) == ["Bridge at Stepova reopened"]
    assert len(wild.requests) == 1
    wild.pages["/feed"] = reply(b"", "304 Not Modified")
    assert titles(night(chosen, store, NOW + HOUR)) == ["Bridge at Stepova reopened"]
    assert wild.requests[-1].headers["if-none-match"] == '"1"'


def test_what_would_be_read_in_another_way_is_asked_for_anew(wild: Wild, store: Store) -> None:
    wild.pages["/feed"] = reply(FEED, etag='"1"')
    night(settings(wild), store, NOW)
    found = night(settings(wild, outlet="The Courier"), store, NOW + MINUTE)
    assert [article.outlet for article in found.articles] == ["The Courier"]
    assert "if-none-match" not in wild.requests[-1].headers


def test_a_source_that_fails_says_why_in_the_same_words_while_left_alone(wild: Wild, store: Store) -> None:
    wild.pages["/feed"] = reply(b"", "429 Slow", retry_after="3600")
    chosen = settings(wild)
    (miss,) = night(chosen, store, NOW).misses
    assert miss.reason == "HTTP 429 Too Many Requests"
    (miss,) = night(chosen, store, NOW + MINUTE).misses
    assert miss.reason == "HTTP 429 Too Many Requests"
    assert len(wild.requests) == 1
    wild.pages["/feed"] = reply(FEED)
    assert titles(night(chosen, store, NOW + HOUR)) == ["Bridge at Stepova reopened"]


def test_what_moved_is_remembered_with_its_articles(wild: Wild, store: Store) -> None:
    wild.pages["/feed"] = reply(b"", "301 Moved", location="/new")
    wild.pages["/new"] = reply(FEED)
    chosen = settings(wild)
    night(chosen, store, NOW)
    night(chosen, store, NOW + HOUR)
    assert [request.path for request in wild.requests] == ["/feed", "/new", "/new"]
    assert store.sources.visits([wild.url("/feed")])[wild.url("/feed")].moved == wild.url("/new")


def test_that_nobody_was_asked_is_said_where_every_source_failed(wild: Wild, store: Store) -> None:
    chosen = settings(wild)
    told = []
    for now in (NOW, NOW + timedelta(seconds=10), NOW + HOUR):
        with pytest.raises(NoEdition) as caught:
            harvest(chosen, upcoming(chosen, now), store, now, silent)
        told.append(str(caught.value).splitlines()[-1])
    assert told == [
        "  Kurier: HTTP 404 Not Found",
        "  Kurier: HTTP 404 Not Found (not asked again for another 1 min)",
        "  Kurier: HTTP 404 Not Found",
    ]

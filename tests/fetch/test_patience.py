"""When an address is asked again: after it answered, after it failed, and when it says so itself."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.config.source import Source
from briefing.fetch import fetch, patience
from briefing.fetch.freshness import LONGEST, LONGEST_TOLD, NOTHING, good_for, retry_after
from briefing.model import Document, Unchanged, Visit
from tests.fetch.conftest import NOW, POLITE, ask, reason
from tests.wild import Request, Wild, drip, reply

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
BRIEF = POLITE.model_copy(update={"request": timedelta(seconds=0.9)})  # too short for a second try


def at(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC), usegmt=True)


@pytest.mark.parametrize(
    ("headers", "content", "minutes"),
    [
        ({}, b"", 0),
        ({"Cache-Control": "max-age=3600"}, b"", 55),
        ({"Cache-Control": "public, MAX-AGE = 600"}, b"", 9),
        ({"Cache-Control": "max-age=3600", "Age": "1800"}, b"", 27),
        ({"Cache-Control": "max-age=60", "Age": "1800"}, b"", 0),
        ({"Cache-Control": "max-age=31536000"}, b"", 175),
        ({"Cache-Control": "max-age=" + "9" * 400}, b"", 175),
        ({"Cache-Control": "max-age=-1"}, b"", 0),
        ({"Cache-Control": "no-store, max-age=3600"}, b"", 0),
        ({"Cache-Control": "no-cache"}, b"<rss><ttl>60</ttl>", 55),
        ({"Cache-Control": "max-age=0", "Expires": at(NOW + HOUR)}, b"", 0),
        ({"Expires": at(NOW + HOUR)}, b"", 55),
        ({"Expires": at(NOW + HOUR), "Date": at(NOW + HOUR)}, b"", 0),
        ({"Expires": "0"}, b"", 0),
        ({"Expires": "Thu, 01 Jan 1970 00:00:00 GMT"}, b"", 0),
        ({"Expires": "Fri, 99 Foo 9999 99:99:99 GMT"}, b"", 0),
        ({}, b"<rss><channel><ttl> 30 </ttl><item>", 27),
        ({}, b"<rss><channel><item><ttl>30</ttl>", 0),
        ({}, b"<sy:updatePeriod>\n hourly </sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", 27),
        ({}, b"<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", 175),
        ({}, b"<updatePeriod>never</updatePeriod>", 0),
        ({"Cache-Control": "max-age=120"}, b"<ttl>20</ttl>", 18),
    ],
)
def test_how_long_an_answer_is_good_for(headers: dict[str, str], content: bytes, minutes: int) -> None:
    assert good_for(headers, content, NOW) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        ("120", 2 * MINUTE),
        ("0", NOTHING),
        (at(NOW + HOUR), HOUR),
        (at(NOW - HOUR), NOTHING),
        ("9" * 5_000, LONGEST_TOLD),
        (at(NOW + 9000 * HOUR), LONGEST_TOLD),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("٣", None),
    ],
)
def test_a_server_says_when_to_come_back(said: str, wait: timedelta | None) -> None:
    assert retry_after({"Retry-After": said}, NOW) == wait


@given(st.dictionaries(st.sampled_from(["Cache-Control", "Expires", "Date", "Age"]), st.text()), st.binary())
def test_no_answer_is_good_for_longer_than_the_longest(headers: dict[str, str], content: bytes) -> None:
    assert NOTHING <= good_for(headers, content, NOW) <= LONGEST


@given(st.text(), st.integers(1, 10_000))
def test_a_failing_address_rests_longer_and_never_for_an_hour(address: str, failures: int) -> None:
    wait = patience.backoff(address, failures)
    assert patience.FIRST / 2 <= wait <= patience.CEILING
    assert wait == patience.backoff(address, failures)
    assert failures < 3 or wait > patience.backoff(address, 1)


def test_what_fails_together_does_not_come_back_together() -> None:
    assert len({patience.backoff(f"https://{n}.example/", 3) for n in range(50)}) > 40


def test_what_is_fresh_is_not_asked(wild: Wild) -> None:
    address = wild.url("/feed")
    wild.pages["/feed"] = reply(b"<rss><ttl>60</ttl></rss>")
    _, visits = ask(address)
    assert visits[address].not_before == NOW + 55 * MINUTE
    assert ask(address, visits, now=NOW + 54 * MINUTE) == (Unchanged("S", address), visits)
    assert len(wild.requests) == 1
    found, _ = ask(address, visits, now=NOW + 59 * MINUTE)
    assert isinstance(found, Document) and len(wild.requests) == 2


def test_a_feeds_own_period_outlasts_what_is_not_modified(wild: Wild) -> None:
    address = wild.url("/feed")
    wild.pages["/feed"] = reply(b"<rss><ttl>60</ttl></rss>", etag='"1"')
    _, visits = ask(address)
    wild.pages["/feed"] = reply(b"", "304 Not Modified")
    _, visits = ask(address, visits, now=NOW + HOUR)
    assert visits[address].not_before == NOW + HOUR + 55 * MINUTE


@pytest.mark.parametrize("failures", [0, 4])
def test_a_visit_of_the_future_makes_nobody_wait(wild: Wild, failures: int) -> None:
    address = wild.url("/feed")
    wild.pages["/feed"] = reply(b"<rss/>")
    visit = Visit(address, NOW + HOUR, not_before=NOW + 2 * HOUR, failures=failures)
    found, _ = ask(address, {address: visit})
    assert isinstance(found, Document)


@pytest.mark.parametrize("status", ["429 Slow down", "503 Later"])
def test_a_server_that_says_when_is_asked_then(wild: Wild, status: str) -> None:
    address = wild.url("/feed")
    wild.pages["/feed"] = reply(b"", status, retry_after="7200")
    found, visits = ask(address)
    said = reason(found)
    assert len(wild.requests) == 1  # and not at once
    assert visits[address].not_before == NOW + 2 * HOUR
    found, visits = ask(address, visits, now=NOW + HOUR)
    assert reason(found) == said  # the words of when it was asked: an edition built again says the same
    assert len(wild.requests) == 1
    wild.pages["/feed"] = reply(b"<rss/>")
    found, visits = ask(address, visits, now=NOW + 2 * HOUR)
    assert isinstance(found, Document)
    assert visits[address] == Visit(address, NOW + 2 * HOUR, NOW + 2 * HOUR)


def test_what_passes_is_asked_once_more_and_what_stays_is_not(wild: Wild) -> None:
    passing, staying = (502, 503, 504), (500, 404, 429, 401, 410)
    wild.pages |= {f"/{status}": reply(b"", f"{status} Bad") for status in passing + staying}
    sources = [Source(feed=wild.url(f"/{status}")) for status in passing + staying]
    found = dict(fetch(sources, Path(), now=NOW, network=POLITE.model_copy(update={"per_host": 20})))
    assert all(reason(one.documents[0]).startswith("HTTP ") for one in found.values())
    assert [len(wild.asked(f"/{status}")) for status in passing + staying] == [2, 2, 2, 1, 1, 1, 1, 1]


def test_the_second_try_can_be_the_one(wild: Wild) -> None:
    async def page(request: Request, out: asyncio.StreamWriter) -> None:
        await (reply(b"<rss/>") if wild.requests[1:] else reply(b"<rs", length=99))(request, out)

    wild.pages["/feed"] = page
    found, visits = ask(wild.url("/feed"))
    assert isinstance(found, Document) and found.content == b"<rss/>"
    assert [visit.failures for visit in visits.values()] == [0]


def test_there_is_no_second_try_past_the_deadline(wild: Wild) -> None:
    wild.pages["/feed"] = reply(b"", "503 Bad")
    assert reason(ask(wild.url("/feed"), network=BRIEF)[0]) == "HTTP 503 Service Unavailable"
    assert len(wild.requests) == 1


def test_what_fails_all_night_is_asked_less_and_less_and_again_before_the_morning(wild: Wild) -> None:
    address = wild.url("/feed")
    visits: dict[str, Visit] = {}
    wild.pages["/feed"] = reply(b"", "404 No")
    for minute in range(0, 8 * 60, 10):
        found, visits = ask(address, visits, now=NOW + minute * MINUTE)
        assert reason(found).startswith("HTTP 404 Not Found")
    assert 9 <= len(wild.requests) <= 25
    assert visits[address].failures == len(wild.requests)
    wild.pages["/feed"] = reply(b"<rss/>")
    found, visits = ask(address, visits, now=NOW + 9 * HOUR)
    assert isinstance(found, Document)
    assert (visits[address].failures, visits[address].error) == (0, "")


def test_a_failure_forgets_nothing_of_the_document(wild: Wild) -> None:
    address = wild.url("/feed")
    wild.pages["/feed"] = drip(b"HTTP/1.1 200 OK\r\n\r\n", b"x", 0.05)
    before = Visit(address, NOW - HOUR, NOW - HOUR, etag='"1"')
    _, visits = ask(address, {address: before}, network=BRIEF)
    assert (visits[address].etag, visits[address].answered) == ('"1"', NOW - HOUR)
    assert visits[address].error == "not finished within 0.9 s"


def test_without_a_network_nobody_is_spared() -> None:
    _, visits = ask("http://nobody.invalid/")
    assert [(visit.failures, visit.not_before) for visit in visits.values()] == [(1, None)]

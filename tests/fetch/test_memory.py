"""What is remembered of an address from one run to the next: its validators, and where it has moved."""

from __future__ import annotations

from datetime import timedelta

import pytest

from briefing.model import Document, Miss, Unchanged, Visit
from tests.fetch.conftest import NOW, ask, reason
from tests.wild import Wild, reply

LATER = NOW + timedelta(days=1)


def test_what_did_not_change_is_not_sent_again(wild: Wild) -> None:
    address = wild.url("/feed")
    wild.pages["/feed"] = reply(b"<rss/>", etag='W/"1"', last_modified="Wed, 11 Mar 2026 06:00:00 GMT")
    found, visits = ask(address)
    assert isinstance(found, Document)
    assert visits == {
        address: Visit(address, NOW, NOW, etag='W/"1"', modified="Wed, 11 Mar 2026 06:00:00 GMT")
    }
    wild.pages["/feed"] = reply(b"", "304 Not Modified", etag='W/"2"')
    found, visits = ask(address, visits, now=LATER)
    assert found == Unchanged("S", address)
    request = wild.requests[-1]
    assert request.headers["if-none-match"] == 'W/"1"'
    assert request.headers["if-modified-since"] == "Wed, 11 Mar 2026 06:00:00 GMT"
    (visit,) = visits.values()
    assert (visit.etag, visit.modified) == ('W/"2"', "Wed, 11 Mar 2026 06:00:00 GMT")
    assert visit.answered == LATER


def test_a_new_document_has_its_own_validators(wild: Wild) -> None:
    address = wild.url("/feed")
    before = {address: Visit(address, NOW, NOW, etag='"1"', modified="x")}
    wild.pages["/feed"] = reply(b"<rss/>")
    _, visits = ask(address, before, now=LATER)
    assert (visits[address].etag, visits[address].modified) == ("", "")


@pytest.mark.parametrize("etag", ["\x7f", "é", "x" * 2_000])
def test_a_validator_that_cannot_be_sent_back_is_forgotten(wild: Wild, etag: str) -> None:
    wild.pages["/feed"] = reply(b"<rss/>", etag=etag)
    found, visits = ask(wild.url("/feed"))
    assert isinstance(found, Document | Miss)
    assert [visit.etag for visit in visits.values()] == [""]


@pytest.mark.parametrize("status", ["301 Moved Permanently", "308 Permanent Redirect"])
def test_what_moved_for_good_is_asked_where_it_is(wild: Wild, status: str) -> None:
    wild.pages["/a"] = reply(b"", status, location="/b")
    wild.pages["/b"] = reply(b"", "301 Moved Permanently", location=wild.url("/c", "127.0.0.2"))
    wild.pages["/c"] = reply(b"<rss/>")
    address = wild.url("/a")
    found, visits = ask(address)
    assert isinstance(found, Document) and found.address == address
    assert visits[address].moved == wild.url("/c", "127.0.0.2")
    found, visits = ask(address, visits, now=LATER)
    assert isinstance(found, Document)
    assert [request.path for request in wild.requests] == ["/a", "/b", "/c", "/c"]
    assert visits[address].moved == wild.url("/c", "127.0.0.2")


@pytest.mark.parametrize("status", ["302 Found", "303 See Other", "307 Temporary Redirect"])
def test_what_is_elsewhere_for_now_is_not_remembered(wild: Wild, status: str) -> None:
    wild.pages["/a"] = reply(b"", "301 Moved Permanently", location="/b")
    wild.pages["/b"] = reply(b"", status, location="/c")
    wild.pages["/c"] = reply(b"", "301 Moved Permanently", location="/d")
    wild.pages["/d"] = reply(b"<rss/>")
    address = wild.url("/a")
    found, visits = ask(address)
    assert isinstance(found, Document)
    assert visits[address].moved == wild.url("/b")


def test_a_new_place_that_fails_is_left_for_the_old_one(wild: Wild) -> None:
    address = wild.url("/a")
    wild.pages["/a"] = reply(b"<rss/>")
    found, visits = ask(address, {address: Visit(address, NOW, NOW, moved=wild.url("/gone"))}, now=LATER)
    assert isinstance(found, Document)
    assert visits[address].moved == ""


def test_a_place_that_gives_nothing_is_not_remembered(wild: Wild) -> None:
    wild.pages["/a"] = reply(b"", "301 Moved Permanently", location="/gone")
    address = wild.url("/a")
    found, visits = ask(address)
    assert reason(found) == "HTTP 404 Not Found"
    assert visits[address].moved == ""


def test_a_feed_that_leads_to_a_front_page_is_still_asked_where_it_was(wild: Wild) -> None:
    wild.pages["/feed"] = reply(b"", "301 Moved Permanently", location="/")
    wild.pages["/"] = reply(b"<html>", content_type="text/html; charset=utf-8")
    address = wild.url("/feed")
    assert ask(address)[1][address].moved == ""
    assert ask(address, page=True)[1][address].moved == wild.url("/")


@pytest.mark.parametrize("status", ["302 Found", "308 Permanent Redirect"])
def test_a_circle_ends(wild: Wild, status: str) -> None:
    wild.pages["/a"] = reply(b"", status, location="/b")
    wild.pages["/b"] = reply(b"", status, location="/a")
    found, visits = ask(wild.url("/a"))
    assert reason(found) == "its redirects lead in a circle"
    assert len(wild.requests) == 2
    assert visits[wild.url("/a")].moved == ""


def test_a_long_chain_ends(wild: Wild) -> None:
    for n in range(9):
        wild.pages[f"/{n}"] = reply(b"", "302 Found", location=f"{n + 1}?x=1")
        wild.pages[f"/{n}?x=1"] = wild.pages[f"/{n}"]
    assert reason(ask(wild.url("/0"))[0]) == "more than 5 redirects"


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://example.org/x"])
def test_a_redirect_leaves_the_web_for_nowhere(wild: Wild, target: str) -> None:
    wild.pages["/"] = reply(b"", "302 Found", location=target)
    assert reason(ask(wild.url("/"))[0]) == "not an http:// or https:// address"


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("http://[::1", "not a valid address"),
        ("//", "its redirects lead in a circle"),
        ("http://127.0.0.1:99999/", "not a valid address"),
        ("http://" + "a" * 300 + ".example/", "name not found"),
        ("http://" + "a" * 70_000, "not a valid address"),
    ],
)
def test_a_redirect_to_no_address_is_a_miss(wild: Wild, target: str, said: str) -> None:
    wild.pages["/"] = reply(b"", "302 Found", location=target)
    assert reason(ask(wild.url("/"))[0]) == said

"""robots.txt: for pages, once a server, and what it means when it cannot be read."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from briefing.config.source import Source
from briefing.fetch import fetch, fetch_links
from briefing.model import Document, Link, Miss, Visit
from tests.fetch.conftest import NOW, POLITE, ask, reason
from tests.wild import Wild, drip, late, reply

UNREAD = "its robots.txt cannot be read, so no page of it is asked for: "


@pytest.mark.parametrize(
    ("rules", "allowed"),
    [
        ("User-agent: *\nDisallow: /a", False),
        ("User-agent: *\nDisallow: /\nAllow: /a/*.html$", True),
        ("User-agent: briefing\nDisallow:\n\nUser-agent: *\nDisallow: /", True),
        ("User-agent: Briefing\nDisallow: /\n\nUser-agent: *\nDisallow:", False),
        ("User-agent: other\nDisallow: /", True),
        ("\xff\x00<html>", True),
        ("", True),
    ],
)
def test_rules_are_obeyed_for_pages_and_not_for_feeds(wild: Wild, rules: str, allowed: bool) -> None:
    wild.pages["/robots.txt"] = reply(rules.encode("latin-1"))
    wild.pages["/a/1.html"] = reply(b"x")
    found, _ = ask(wild.url("/a/1.html"), page=True)
    if allowed:
        assert isinstance(found, Document)
    else:
        assert reason(found) == "its robots.txt does not allow this page"
        assert not wild.asked("/a/1.html")
    assert isinstance(ask(wild.url("/a/1.html"))[0], Document)


@pytest.mark.parametrize("status", ["404 No", "401 No", "403 No", "410 No"])
def test_no_rules_allow_everything(wild: Wild, status: str) -> None:
    wild.pages["/robots.txt"] = reply(b"User-agent: *\nDisallow: /", status)
    wild.pages["/a"] = reply(b"x")
    assert isinstance(ask(wild.url("/a"), page=True)[0], Document)


def test_rules_that_cannot_be_had_allow_nothing(wild: Wild) -> None:
    wild.pages["/a"] = reply(b"x")
    wild.pages["/robots.txt"] = reply(b"", "500 No")
    assert reason(ask(wild.url("/a"), page=True)[0]) == UNREAD + "HTTP 500 Internal Server Error"
    wild.pages["/robots.txt"] = drip(b"HTTP/1.1 200 OK\r\n\r\n", b"#", 0.05)
    brief = POLITE.model_copy(update={"request": timedelta(seconds=0.3)})
    assert reason(ask(wild.url("/a"), page=True, network=brief)[0]) == UNREAD + "not finished within 0.3 s"
    assert not wild.asked("/a")


def test_rules_are_found_behind_a_redirect(wild: Wild) -> None:
    wild.pages["/robots.txt"] = reply(b"", "301 Moved", location="/rules")
    wild.pages["/rules"] = reply(b"User-agent: *\nDisallow: /")
    assert "does not allow" in reason(ask(wild.url("/a"), page=True)[0])


def test_the_server_at_the_end_of_a_redirect_has_rules_of_its_own(wild: Wild) -> None:
    wild.pages["127.0.0.1/a"] = reply(b"", "302 Found", location=wild.url("/b", "127.0.0.2"))
    wild.pages["127.0.0.2/b"] = reply(b"x")
    assert isinstance(ask(wild.url("/a"), page=True)[0], Document)
    wild.pages["127.0.0.2/robots.txt"] = reply(b"User-agent: *\nDisallow: /b")
    assert "does not allow" in reason(ask(wild.url("/a"), page=True)[0])
    assert len(wild.asked("/b")) == 1


def test_a_page_that_moved_needs_no_rules_of_where_it_was(wild: Wild) -> None:
    wild.pages["127.0.0.1/robots.txt"] = reply(b"", "500 No")
    wild.pages["127.0.0.2/b"] = reply(b"x")
    moved = Visit(wild.url("/a"), NOW, NOW, moved=wild.url("/b", "127.0.0.2"))
    assert isinstance(ask(wild.url("/a"), page=True, visits={moved.address: moved})[0], Document)


def test_rules_are_asked_for_once_a_server(wild: Wild) -> None:
    wild.pages["/robots.txt"] = late(reply(b"User-agent: *\nDisallow: /b"), 0.1)
    wild.pages["/a"] = reply(b"x")
    links = [Link("S", wild.url(path, host)) for host in wild.hosts for path in ("/a", "/b", "/a?x")]
    found = dict(fetch_links(links, now=NOW, network=POLITE))
    assert sorted(found) == list(range(9))
    assert [type(found[index].documents[0]) for index in range(3)] == [Document, Miss, Miss]
    assert len(wild.asked("/robots.txt")) == 3


@pytest.mark.parametrize("delay", ["0.2", "nan", "1e400", "-3", "soon"])
def test_a_pause_that_rules_ask_for_is_kept(wild: Wild, delay: str) -> None:
    wild.pages["/robots.txt"] = reply(f"User-agent: *\nCrawl-delay: {delay}".encode())
    wild.pages["/a"] = reply(b"x")
    pages = Source(pages=(wild.url("/a"), wild.url("/a")))
    brief = POLITE.model_copy(update={"run": timedelta(seconds=5)})
    ((_, found),) = fetch([pages], Path(), now=NOW, network=brief)
    times = [request.at for request in wild.requests]
    if delay == "0.2":
        assert min(b - a for a, b in pairwise(times)) > 0.1
    assert any(isinstance(one, Document | Miss) for one in found.documents)


def test_links_are_documents_of_the_source_that_names_them(wild: Wild) -> None:
    wild.pages["/1"] = reply(b"x", content_type="text/html", etag='"1"')
    links = [Link("Feed", wild.url("/1")), Link("Feed", wild.url("/2"))]
    found = dict(fetch_links(links, now=NOW, network=POLITE))
    assert found[0].documents == (Document("Feed", links[0].url, b"x", "text/html"),)
    assert found[1].documents == (Miss("Feed", links[1].url, "HTTP 404 Not Found"),)
    assert [visit.etag for visit in found[0].visits] == ['"1"']

"""Pages to watch: the feed that a page links, and the pages that it lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from briefing.bounds import MAX_WATCHED, MAX_WATCHED_ANEW
from briefing.config.network import Network
from briefing.config.source import Source
from briefing.fetch import fetch
from briefing.model import Document, Fetched, Miss, Unchanged, Visit
from briefing.read import read
from tests.wild import Wild, reply

NOW = datetime(2026, 3, 12, 6, tzinfo=UTC)
NETWORK = Network(allow=("127.0.0.0/8",), pause=timedelta(0))
RSS = b"<rss version='2.0'><channel><title>Harbour</title><item><title>Ferry</title></item></channel></rss>"
HTML = "text/html"


@pytest.fixture
def wild() -> Iterator[Wild]:
    with Wild() as server:
        yield server


def watch(source: Source, visits: Mapping[str, Visit] | None = None, held: tuple[str, ...] = ()) -> Fetched:
    ((_, found),) = fetch([source], Path(), now=NOW, network=NETWORK, visits=visits or {}, held=[held])
    return found


def page(*lines: str) -> bytes:
    return f"<!doctype html><html><body>{' '.join(lines)}</body></html>".encode()


def reasons(found: Fetched) -> list[str]:
    return [one.reason for one in found.documents if isinstance(one, Miss)]


def test_the_feed_that_a_page_links_is_asked(wild: Wild) -> None:
    wild.pages["/"] = reply(
        page(
            '<link rel="stylesheet alternate" type="text/css" href="/a.css">',
            '<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed/">',
            "<link href='feed.xml' type='application/rss+xml' rel='alternate'>",
        ),
        content_type=HTML,
    )
    wild.pages["/feed.xml"] = reply(RSS, content_type="text/xml")
    source = Source(watch=wild.url("/"), name="Harbour")
    (document,) = watch(source).documents
    assert isinstance(document, Document)
    assert (document.address, document.content) == (wild.url("/feed.xml"), RSS)
    (article,) = read(document, source, "UTC")
    assert (getattr(article, "title", ""), getattr(article, "outlet", "")) == ("Ferry", "Harbour")
    assert [request.path for request in wild.requests if request.path != "/robots.txt"] == ["/", "/feed.xml"]


def test_links_start_from_where_the_page_is_in_the_end(wild: Wild) -> None:
    wild.pages["/"] = reply(status="301 Moved Permanently", location="/en/news/")
    wild.pages["/en/news/"] = reply(
        page('<link rel=alternate type="application/atom+xml" href=../atom>'), content_type=HTML
    )
    wild.pages["/en/atom"] = reply(RSS)
    (document,) = watch(Source(watch=wild.url("/"))).documents
    assert document.address == wild.url("/en/atom")


def test_an_address_that_is_a_feed_itself_is_one(wild: Wild) -> None:
    wild.pages["/"] = reply(b"<?xml version='1.0'?><!-- x -->\n" + RSS)
    (document,) = watch(Source(watch=wild.url("/"))).documents
    assert isinstance(document, Document) and document.address == wild.url("/")


def test_a_page_without_a_feed_says_what_to_write(wild: Wild) -> None:
    wild.pages["/"] = reply(page("<a href=/about>About</a>"), content_type=HTML)
    assert reasons(watch(Source(watch=wild.url("/")))) == [
        "it links no feed: write links: for the pages to read, or the feed's own address under feed:"
    ]


def test_the_feed_that_fails_is_named(wild: Wild) -> None:
    wild.pages["/"] = reply(page("<a href=/rss.xml>RSS</a>"), content_type=HTML)
    (miss,) = watch(Source(watch=wild.url("/"))).documents
    assert isinstance(miss, Miss)
    assert (miss.address, miss.reason) == (wild.url("/rss.xml"), "HTTP 404 Not Found")


def listing(wild: Wild, *paths: str) -> Source:
    wild.pages["/news"] = reply(page(*(f'<a href="{path}">x</a>' for path in paths)), content_type=HTML)
    for path in paths:
        wild.pages.setdefault(path, reply(page(path), content_type=HTML))
    return Source(watch=wild.url("/news"), links="/2026/*", name="Harbour")


def test_the_links_that_fit_are_read_in_the_order_of_the_page(wild: Wild) -> None:
    source = listing(wild, "/2026/b", "/about", "/2026/a", "/2026/b#top", "/2026/a?utm_source=front")
    found = watch(source)
    assert [one.address for one in found.documents] == [wild.url("/2026/b"), wild.url("/2026/a")]
    assert all(isinstance(one, Document) for one in found.documents)
    assert not wild.asked("/about")


def test_what_is_at_hand_is_not_asked_again(wild: Wild) -> None:
    source = listing(wild, "/2026/a", "/2026/b")
    found = watch(source, held=(wild.url("/2026/a"),))
    assert [type(one) for one in found.documents] == [Unchanged, Document]
    assert not wild.asked("/2026/a")


def test_what_another_source_has_at_hand_is_asked_in_full(wild: Wild) -> None:
    source = listing(wild, "/2026/a")
    known = {
        wild.url("/2026/a"): Visit(wild.url("/2026/a"), NOW, NOW, etag='"1"', not_before=NOW + timedelta(1))
    }
    assert isinstance(watch(source, known).documents[0], Document)
    assert "if-none-match" not in wild.asked("/2026/a")[0].headers


def test_a_run_reads_so_many_new_pages_and_the_next_goes_on(wild: Wild) -> None:
    paths = [f"/2026/{number}" for number in range(MAX_WATCHED_ANEW + 5)]
    source = listing(wild, *paths)
    first = watch(source)
    assert len(first.documents) == MAX_WATCHED_ANEW + 1
    assert reasons(first) == ["pages from here on: 30 new ones are read a run, the next run goes on"]
    held = tuple(one.address for one in first.documents if isinstance(one, Document))
    assert not reasons(watch(source, held=held))


def test_dead_links_at_the_top_of_a_listing_hold_up_nothing(wild: Wild) -> None:
    paths = [f"/2026/{number}" for number in range(MAX_WATCHED_ANEW + 5)]
    source = listing(wild, *paths)
    for path in paths[: MAX_WATCHED_ANEW - 1]:
        del wild.pages[path]
    found = watch(source).documents
    assert [one.address for one in found if isinstance(one, Document)] == [
        wild.url(one) for one in paths[-6:]
    ]
    wild.pages = {"/news": wild.pages["/news"]}
    assert reasons(watch(source))[-1] == "pages from here on: 30 before them could not be had"


def test_links_beyond_the_bound_are_told(wild: Wild) -> None:
    paths = [f"/2026/{number}" for number in range(MAX_WATCHED + 1)]
    found = watch(listing(wild, *paths), held=tuple(map(wild.url, paths)))
    assert reasons(found) == ["pages from here on: of a page the first 300 that fit are read"]


def test_a_pattern_that_nothing_fits_says_what_there_is(wild: Wild) -> None:
    source = listing(wild, "/about", "/en/news/ferry")
    assert reasons(watch(source)) == [
        f"no link fits “links: /2026/*”; 2 links on the page, such as {wild.url('/en/news/ferry')}"
    ]
    wild.pages["/news"] = reply(
        page("<script>document.write('<a href=/2026/a>')</script>"), content_type=HTML
    )
    assert reasons(watch(source)) == ["it has no links: pages that are made by scripts cannot be watched"]


def test_robots_are_obeyed_and_a_page_that_fails_is_told(wild: Wild) -> None:
    wild.pages["/robots.txt"] = reply(b"User-agent: *\nDisallow: /2026/secret")
    wild.pages["/2026/broken"] = reply(status="500 Internal Server Error")
    found = watch(listing(wild, "/2026/secret", "/2026/broken", "/2026/a"))
    assert len(reasons(found)) == 2
    assert not wild.asked("/2026/secret")
    assert [one.address for one in found.documents if isinstance(one, Document)] == [wild.url("/2026/a")]


def test_a_listing_cannot_lead_into_ones_own_network(wild: Wild) -> None:
    wild.pages["/"] = reply(page("<a href=http://192.168.0.1/2026/router>x</a>"), content_type=HTML)
    found = watch(Source(watch=wild.url("/"), links="http*/2026/*"))
    assert [one.address for one in found.documents] == ["http://192.168.0.1/2026/router"]
    assert len(reasons(found)) == 1


def test_a_listing_that_fails_is_a_miss(wild: Wild) -> None:
    assert reasons(watch(Source(watch=wild.url("/gone"), links="/2026/*"))) == ["HTTP 404 Not Found"]

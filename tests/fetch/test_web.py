"""Feeds and pages over HTTP, from a real server on loopback that may lie: one request and what it gives."""

import asyncio
import gzip
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path

import pytest

from briefing.config.network import Network
from briefing.config.source import Source
from briefing.fetch import fetch
from briefing.fetch.http import user_agent
from briefing.model import Document, Fetched, Miss, Unchanged
from tests.wild import Page, Request, Wild, drip, late, reply

NOW = datetime(2026, 3, 12, 6, tzinfo=UTC)
POLITE = Network(allow=("127.0.0.0/8",), pause=timedelta(0), request=timedelta(seconds=3))


@pytest.fixture
def wild() -> Iterator[Wild]:
    with Wild() as server:
        yield server


def asked(*addresses: str, network: Network = POLITE) -> list[Document | Unchanged | Miss]:
    """What each address gives as a feed."""
    sources = [Source(feed=address, name=f"S{n}") for n, address in enumerate(addresses)]
    found = dict(fetch(sources, Path(), now=NOW, network=network))
    return [one for index in sorted(found) for one in found[index].documents]


def reason(address: str, network: Network = POLITE) -> str:
    (found,) = asked(address, network=network)
    assert isinstance(found, Miss), found
    return found.reason


def content(address: str) -> bytes:
    (found,) = asked(address)
    assert isinstance(found, Document), found
    return found.content


def test_a_document_carries_content_type_and_charset(wild: Wild) -> None:
    wild.pages["/feed"] = reply(b"<rss/>", content_type="Application/RSS+XML; charset=windows-1251")
    address = wild.url("/feed")
    assert asked(address) == [Document("S0", address, b"<rss/>", "application/rss+xml", "windows-1251")]


@pytest.mark.parametrize(
    ("sent", "media_type", "charset"),
    [
        ("", "", ""),
        ("image/png", "image/png", ""),
        ("text/xml; charset=klingon", "text/xml", "klingon"),
        ('text/xml; charset="utf-8"; x=y', "text/xml", "utf-8"),
        ("text/xml; charset=", "text/xml", ""),
        ("; charset=" + "x" * 400, "", "x" * 40),
        ("no type at all", "no type at all", ""),
    ],
)
def test_what_a_server_says_of_its_answer_is_handed_on_as_it_is(
    wild: Wild, sent: str, media_type: str, charset: str
) -> None:
    wild.pages["/"] = reply(b"<rss/>", content_type=sent)
    address = wild.url("/")
    assert asked(address) == [Document("S0", address, b"<rss/>", media_type, charset)]


@pytest.mark.parametrize(
    ("contact", "said"),
    [
        ("", ""),
        ("desk@example.org", " (+desk@example.org)"),
        ("a\r\nX-Evil: (é) b", " (+aX-Evil:  b)"),
    ],
)
def test_the_program_says_who_it_is_and_whom_to_write_to(wild: Wild, contact: str, said: str) -> None:
    wild.pages["/"] = reply(b"ok")
    asked(wild.url("/"), network=POLITE.model_copy(update={"contact": contact}))
    (request,) = wild.requests
    assert request.headers["user-agent"] == user_agent() + said
    assert user_agent().startswith("briefing/")


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("404 No", "HTTP 404 Not Found"),
        ("500 No", "HTTP 500 Internal Server Error"),
        ("299 No", "HTTP 299"),
        ("204 No", "HTTP 204 No Content"),
        ("304 No", "HTTP 304 Not Modified"),
        ("301 No", "HTTP 301 Moved Permanently"),
        ("200 OK", "it sent nothing"),
    ],
)
def test_a_status_is_named_in_the_words_of_the_standard(wild: Wild, status: str, said: str) -> None:
    wild.pages["/"] = reply(b"", status)
    assert reason(wild.url("/")) == said


def test_a_body_that_is_too_large_is_cut_off(wild: Wild) -> None:
    wild.pages["/"] = reply(b"x" * 10_000_001)
    assert reason(wild.url("/")) == "larger than 10 MB: cut off"


def compressed(name: str, plain: bytes) -> bytes:
    if name == "br":
        return bytes(import_module("brotli").compress(plain, quality=5))  # it publishes no types
    if name == "zstd":
        from backports import zstd

        return zstd.compress(plain)
    return gzip.compress(plain)


@pytest.mark.parametrize("name", ["gzip", "br", "zstd"])
def test_compression_is_undone(wild: Wild, name: str) -> None:
    wild.pages["/"] = reply(compressed(name, b"<rss/>" * 9), content_encoding=name)
    assert content(wild.url("/")) == b"<rss/>" * 9
    assert name in wild.requests[0].headers["accept-encoding"]


@pytest.mark.parametrize("name", ["gzip", "br", "zstd"])
def test_size_counts_what_comes_out_of_compression(wild: Wild, name: str) -> None:
    bomb = compressed(name, b"x" * 50_000_000)
    assert len(bomb) < 100_000
    wild.pages["/"] = reply(bomb, content_encoding=name)
    assert reason(wild.url("/")) == "larger than 10 MB: cut off"


@pytest.mark.parametrize("name", ["gzip", "br", "zstd"])
def test_broken_compression_is_said(wild: Wild, name: str) -> None:
    wild.pages["/"] = reply(b"no such thing", content_encoding=name)
    assert reason(wild.url("/")) == "its compression is broken"


def test_a_body_that_is_cut_short_is_asked_for_once_more(wild: Wild) -> None:
    wild.pages["/"] = reply(b"<rss", length=400)
    assert reason(wild.url("/")) == "the connection ended early or broke the HTTP protocol"
    assert len(wild.asked("/")) == 2


def test_a_length_that_is_too_short_ends_the_body_there(wild: Wild) -> None:
    wild.pages["/"] = reply(b"<rss/>and more", length=6)
    assert content(wild.url("/")) == b"<rss/>"


GARBAGE = (
    b"<html>as in 1991</html>",
    b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000 + b"\r\n\r\n",
    b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 50_000 + b"\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nab",
    b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nab",
    b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nabc",
    b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
    b"HTTP/1.1 2000 OK\r\n\r\n",
    b"",
)


def raw(answer: bytes) -> Page:
    async def page(_: Request, out: asyncio.StreamWriter) -> None:
        out.write(answer)
        await out.drain()

    return page


def test_what_is_no_http_is_a_miss(wild: Wild) -> None:
    wild.pages |= {f"/{n}": raw(answer) for n, answer in enumerate(GARBAGE)}
    at_once = POLITE.model_copy(update={"per_host": 20})
    found = asked(*(wild.url(f"/{n}") for n in range(len(GARBAGE))), network=at_once)
    reasons = [one.reason if isinstance(one, Miss) else one for one in found]
    assert reasons == ["the connection ended early or broke the HTTP protocol"] * len(GARBAGE)


def test_silence_is_given_up_on(wild: Wild) -> None:
    wild.pages["/"] = late(reply(b"late"), 20)
    brief = POLITE.model_copy(update={"request": timedelta(seconds=0.3)})
    assert reason(wild.url("/"), brief) == "not finished within 0.3 s"


def test_a_slow_drip_is_given_up_on(wild: Wild) -> None:
    wild.pages["/"] = drip(b"HTTP/1.1 200 OK\r\n\r\n", b"x", 0.05)
    brief = POLITE.model_copy(update={"request": timedelta(seconds=0.5)})
    assert reason(wild.url("/"), brief) == "not finished within 0.5 s"


def test_nobody_listening_is_said_without_a_port() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert reason(f"http://127.0.0.1:{port}/") == "connection refused"


def test_a_name_that_does_not_exist_is_said() -> None:
    assert reason("http://nobody.invalid/") == "name not found"


@pytest.mark.parametrize("address", ["http://", "http://[::1", "javascript:alert(1)", "\x00", "file:///x"])
def test_what_is_no_web_address_is_a_miss(address: str) -> None:
    source = Source(feed="https://a.example/").model_copy(update={"feed": address})
    ((_, found),) = fetch([source], Path(), now=NOW, network=POLITE)
    (miss,) = found.documents
    assert isinstance(miss, Miss) and "address" in miss.reason


def test_cookies_do_not_travel(wild: Wild) -> None:
    wild.pages["/set"] = reply(b"", "302 Found", location="/get", set_cookie="a=b; Path=/")
    wild.pages["/get"] = reply(b"ok", set_cookie="c=d; Path=/")
    one_by_one = POLITE.model_copy(update={"per_host": 1})
    asked(wild.url("/set"), wild.url("/get"), network=one_by_one)
    assert [request.headers.get("cookie") for request in wild.requests] == [None, None, None]


def test_a_failure_names_source_and_address_and_stops_nobody(wild: Wild) -> None:
    wild.pages["/1"] = wild.pages["/feed"] = reply(b"x")
    wild.pages["/gone"] = reply(b"", "410 Gone")
    pages = Source(pages=(wild.url("/1"), wild.url("/gone")), name="Pages")
    feed = Source(feed=wild.url("/feed"))
    found = dict(fetch([pages, feed], Path(), now=NOW, network=POLITE))
    assert found[0].documents == (
        Document("Pages", wild.url("/1"), b"x"),
        Miss("Pages", wild.url("/gone"), "HTTP 410 Gone"),
    )
    assert found[1].documents == (Document(wild.url("/feed"), wild.url("/feed"), b"x"),)


def test_offline_asks_nobody_and_still_reads_files(wild: Wild, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"note")
    sources = [Source(feed=wild.url("/feed")), Source(file="a.txt"), Source(pages=(wild.url("/1"),))]
    found = list(fetch(sources, tmp_path, now=NOW, network=POLITE, offline=True))
    assert found == [(1, Fetched((Document("a.txt", "a.txt", b"note"),)))]
    assert not wild.requests


def test_files_and_feeds_come_in_one_run(wild: Wild, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"note")
    wild.pages["/feed"] = reply(b"<rss/>")
    sources = [Source(feed=wild.url("/feed")), Source(file="a.txt"), Source(folder="nowhere")]
    found = dict(fetch(sources, tmp_path, now=NOW, network=POLITE))
    assert sorted(found) == [0, 1, 2]
    assert found[2].documents == (Miss("nowhere", "nowhere", "no such folder"),)

"""Feeds and pages over HTTP, from a real server on loopback."""

import gzip
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from briefing.config.source import Source
from briefing.fetch import fetch
from briefing.fetch.get import Answer, Failure
from briefing.fetch.http import Limits, Web, user_agent
from briefing.model import Document, Miss

SHORT = Limits(connect=2.0, read=0.3, total=1.0, size=10_000)


@pytest.fixture
def web() -> Iterator[Web]:
    with Web(SHORT) as opened:
        yield opened


def reason(answer: Answer | Failure) -> str:
    assert isinstance(answer, Failure)
    return answer.reason


def test_an_answer_carries_content_type_and_charset(httpserver: HTTPServer, web: Web) -> None:
    httpserver.expect_request("/feed").respond_with_data(
        b"<rss/>", content_type="Application/RSS+XML; charset=windows-1251"
    )
    answer = web(httpserver.url_for("/feed"))
    assert answer == Answer(b"<rss/>", "application/rss+xml", "windows-1251")


def test_the_program_says_who_it_is(httpserver: HTTPServer, web: Web) -> None:
    httpserver.expect_request("/", headers={"User-Agent": user_agent()}).respond_with_data("ok")
    assert isinstance(web(httpserver.url_for("/")), Answer)
    assert user_agent().startswith("briefing/")


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (404, "HTTP 404 Not Found"),
        (500, "HTTP 500 Internal Server Error"),
        (299, "HTTP 299"),
        (204, "HTTP 204 No Content"),
    ],
)
def test_a_status_is_named_in_the_words_of_the_standard(
    httpserver: HTTPServer, web: Web, status: int, said: str
) -> None:
    httpserver.expect_request("/").respond_with_data("", status=status)
    assert reason(web(httpserver.url_for("/"))) == said


def test_redirects_are_followed_to_the_end(httpserver: HTTPServer, web: Web) -> None:
    httpserver.expect_request("/old").respond_with_data("", 301, {"Location": "new?x=1"})
    httpserver.expect_request("/new").respond_with_data("here")
    answer = web(httpserver.url_for("/old"))
    assert isinstance(answer, Answer) and answer.content == b"here"


def test_a_redirect_loop_ends(httpserver: HTTPServer, web: Web) -> None:
    httpserver.expect_request("/a").respond_with_data("", 302, {"Location": "/b"})
    httpserver.expect_request("/b").respond_with_data("", 302, {"Location": "/a"})
    assert reason(web(httpserver.url_for("/a"))) == "more than 5 redirects"


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://example.org/x"])
def test_a_redirect_leaves_the_web_for_nowhere(httpserver: HTTPServer, web: Web, target: str) -> None:
    httpserver.expect_request("/").respond_with_data("", 302, {"Location": target})
    assert reason(web(httpserver.url_for("/"))) == "not an http:// or https:// address"


def test_a_body_that_is_too_large_is_cut_off(httpserver: HTTPServer, web: Web) -> None:
    httpserver.expect_request("/").respond_with_data(b"x" * 10_001)
    assert reason(web(httpserver.url_for("/"))) == "larger than 10,000 bytes: cut off"


def test_size_counts_what_comes_out_of_compression(httpserver: HTTPServer, web: Web) -> None:
    bomb = gzip.compress(b"x" * 5_000_000)
    assert len(bomb) < SHORT.size
    httpserver.expect_request("/").respond_with_data(bomb, headers={"Content-Encoding": "gzip"})
    assert reason(web(httpserver.url_for("/"))) == "larger than 10,000 bytes: cut off"


def test_broken_compression_is_said(httpserver: HTTPServer, web: Web) -> None:
    httpserver.expect_request("/").respond_with_data(b"no gzip", headers={"Content-Encoding": "gzip"})
    assert reason(web(httpserver.url_for("/"))) == "its compression is broken"


def test_silence_is_given_up_on(httpserver: HTTPServer, web: Web) -> None:
    waiting = threading.Event()

    def silent(_: Request) -> Response:
        waiting.wait(5)
        return Response("late")

    httpserver.expect_request("/").respond_with_handler(silent)
    assert reason(web(httpserver.url_for("/"))) == "no answer within 0.3 s"
    waiting.set()


def test_a_slow_drip_is_given_up_on(httpserver: HTTPServer, web: Web) -> None:
    stop = threading.Event()

    def drops() -> Iterator[bytes]:
        while not stop.wait(0.1):
            yield b"x" * 70

    httpserver.expect_request("/").respond_with_handler(lambda _: Response(drops()))
    assert reason(web(httpserver.url_for("/"))) == "not finished within 1 s"
    stop.set()


def test_nobody_listening_is_said_without_a_port(web: Web) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert reason(web(f"http://127.0.0.1:{port}/")) == "connection refused"


def test_a_name_that_does_not_exist_is_said(web: Web) -> None:
    assert reason(web("http://nobody.invalid/")) == "name not found"


@pytest.mark.parametrize(
    "address", ["", "http://", "http://[::1", "javascript:alert(1)", "\x00", "file:///x"]
)
def test_what_is_no_web_address_is_a_failure(web: Web, address: str) -> None:
    assert "address" in reason(web(address))


def test_cookies_do_not_travel(httpserver: HTTPServer, web: Web) -> None:
    httpserver.expect_request("/set").respond_with_data(
        "", 302, {"Location": "/get", "Set-Cookie": "a=b; Path=/"}
    )
    seen: list[str] = []

    def get(request: Request) -> Response:
        seen.append(request.headers.get("Cookie", ""))
        return Response("ok")

    httpserver.expect_request("/get").respond_with_handler(get)
    web(httpserver.url_for("/set"))
    web(httpserver.url_for("/get"))
    assert seen == ["", ""]


def test_documents_stand_in_the_order_of_the_sources(tmp_path: Path) -> None:
    sources = [Source(feed=f"https://s{n}.example/feed", name=f"S{n}") for n in range(20)]
    found = fetch(sources, tmp_path, get=lambda address: Answer(address.encode()))
    assert found == [[Document(s.name, s.address, s.address.encode())] for s in sources]


def test_a_failure_names_source_and_address_and_stops_nobody(tmp_path: Path) -> None:
    def get(address: str) -> Answer | Failure:
        return Failure("HTTP 410 Gone") if "gone" in address else Answer(b"x")

    pages = Source(pages=("https://a.example/1", "https://a.example/gone"), name="Pages")
    feed = Source(feed="https://b.example/feed")
    assert fetch([pages, feed], tmp_path, get=get) == [
        [
            Document("Pages", "https://a.example/1", b"x"),
            Miss("Pages", "https://a.example/gone", "HTTP 410 Gone"),
        ],
        [Document("https://b.example/feed", "https://b.example/feed", b"x")],
    ]


def test_offline_asks_nobody_and_still_reads_files(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"note")
    sources = [
        Source(feed="https://a.example/feed"),
        Source(file="a.txt"),
        Source(pages=("https://a.example/1",)),
    ]

    def get(address: str) -> Answer:
        raise AssertionError(address)

    found = fetch(sources, tmp_path, offline=True, get=get)
    assert found == [[], [Document("a.txt", "a.txt", b"note")], []]


def test_the_whole_way_over_a_real_server(httpserver: HTTPServer, tmp_path: Path) -> None:
    httpserver.expect_request("/feed").respond_with_data("<rss/>", content_type="text/xml")
    address = httpserver.url_for("/feed")
    assert fetch([Source(feed=address, name="F")], tmp_path) == [
        [Document("F", address, b"<rss/>", "text/xml", "")]
    ]

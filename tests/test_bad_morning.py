"""The bad morning: of seventy sources a third fail, each in its own way, and the edition names every one.

The program runs as people run it, against a server on loopback that lies as told. The morning after, it asks
as one asks a neighbour: with what it remembers, and not where it was told to wait.
"""

from __future__ import annotations

import gzip
import html
import json
import re
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import lxml.html
import pypdfium2
import pytest
import trustme

from tests.conftest import Program
from tests.wild import Page, Request, Wild, drip, reply

pytestmark = pytest.mark.slow

GOOD = 42
REQUEST, RUN = 4, 60  # seconds that one request, and that asking all of them, may take
RSS = '<rss version="2.0"><channel><title>{0}</title>{1}</channel></rss>'
ITEM = (
    "<item><title>Bridge {0} opens after {1} days</title><link>https://harbour.example/{0}</link>"
    "<pubDate>Wed, 11 Mar 2026 09:00:00 +0000</pubDate><description>The bridge over river {0} opened on "
    "Wednesday after {1} days of work, the district council said. Some {1} workers had strengthened it."
    "</description></item>"
)
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 20}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]><rss version='2.0'><channel><item><title>&i;</title></item></channel></rss>"
)
ENDS_EARLY = "the connection ended early or broke the HTTP protocol"


def feed(name: str, number: int = 0) -> bytes:
    return RSS.format(name, ITEM.format(number or len(name), number + 20)).encode()


def to(address: str, status: str = "301 Moved Permanently") -> Page:
    return reply(b"", status, location=address)


async def silent(_: Request, out: object) -> None:
    """Take the request and hang up."""


async def onward(request: Request, out: object) -> None:
    """One more hop, for ever."""
    step = int(request.path.rpartition("/")[2] or 0)
    await to(f"/onward/{step + 1}", "302 Found")(request, out)  # type: ignore[arg-type]  # the stream's end


# What the server does at a path, and the reason that the edition gives for it. Content-Types lie at will.
FAILS: dict[str, tuple[Page, str]] = {
    "/404": (reply(b"gone", "404 Not Found"), "HTTP 404 Not Found"),
    "/410": (reply(b"gone", "410 Gone"), "HTTP 410 Gone"),
    "/500": (reply(b"oh", "500 Internal Server Error"), "HTTP 500 Internal Server Error"),
    "/503": (reply(b"", "503 Service Unavailable"), "HTTP 503 Service Unavailable"),
    "/429": (reply(b"", "429 Too Many Requests", retry_after="3600"), "HTTP 429 Too Many Requests"),
    "/loop": (to("/loop", "308 Permanent Redirect"), "its redirects lead in a circle"),
    "/onward/0": (onward, "more than 5 redirects"),
    "/inward": (to("http://10.0.0.1/feed"), "private or local network"),
    "/metadata": (to("http://169.254.169.254/latest/"), "private or local network"),
    "/elsewhere": (to("file:///etc/passwd"), "not an http:// or https:// address"),
    "/cut": (reply(feed("Cut"), length=50_000), ENDS_EARLY),
    "/hangs-up": (silent, ENDS_EARLY),  # type: ignore[dict-item]  # it writes nothing
    "/empty": (reply(b""), "it sent nothing"),
    "/html": (reply(b"<!DOCTYPE html><html><body>Log in</body></html>"), "a web page came where a feed was"),
    "/pdf": (reply(b"%PDF-1.7 x", content_type="application/rss+xml"), "a PDF, which is not read"),
    "/drip": (drip(b"HTTP/1.1 200 OK\r\nContent-Length: 900000\r\n\r\n", b" ", 0.2), f"within {REQUEST} s"),
    "/bomb": (reply(gzip.compress(b" " * 30_000_000), content_encoding="gzip"), "larger than 10 MB"),
    "/no-gzip": (reply(feed("Zip"), content_encoding="gzip"), "its compression is broken"),
    "/deep": (reply(b"<rss><channel>" + b"<a>" * 90_000), "nested too deeply"),
}
# What lies, and is read all the same.
ODD: dict[str, Page] = {
    "/moved": to("/moved-on"),
    "/laughs": reply(LAUGHS.encode()),  # its entity stays a name: nothing grows
    "/typed": reply(feed("Typed", 901), content_type="image/png"),
    "/koi": reply(feed("Міст", 902), content_type="text/xml; charset=koi8-r"),
}


@dataclass(frozen=True, slots=True)
class Morning:
    """The servers, and the folder with a feeds.yaml that names every source."""

    wild: Wild
    folder: Path
    expected: dict[str, str]  # reason by the name of the source

    def configured(self, now: str) -> None:
        path = self.folder / "feeds.yaml"
        rest = path.read_text(encoding="utf-8").partition("\n")[2]
        path.write_text(f"now: {now}\n{rest}", encoding="utf-8")


@pytest.fixture(scope="module")
def morning(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Morning]:
    folder = tmp_path_factory.mktemp("morning")
    good = {
        f"/good{n}": reply(feed(f"Good {n}", n), etag=f'"{n}"', last_modified="Wed, 11 Mar 2026 09:00:00 GMT")
        for n in range(GOOD)
    }
    pages = {
        **good,
        **{path: page for path, (page, _) in FAILS.items()},
        **ODD,
        "/moved-on": reply(feed("Moved", 900)),
    }
    pages |= {f"/onward/{step}": onward for step in range(50)}
    pages["127.0.3.1/robots.txt"] = reply(b"User-agent: *\nDisallow: /", content_type="text/plain")
    own = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.3.2").configure_cert(own)  # an authority that nobody knows
    with Wild(pages, hosts=("0.0.0.0",)) as wild, Wild(good, hosts=("127.0.3.2",), tls=own) as secure:
        sources = {f"Good {n}": ("feed", wild.url(f"/good{n}", f"127.0.1.{n + 1}")) for n in range(GOOD)}
        sources |= {path: ("feed", wild.url(path, "127.0.2.1")) for path in ODD}
        named = {f"F{path}": ("feed", wild.url(path, f"127.0.2.{n + 2}")) for n, path in enumerate(FAILS)}
        expected = {f"F{path}": reason for path, (_, reason) in FAILS.items()}
        others = {
            "F robots": ("pages", [wild.url("/page", "127.0.3.1")], "robots.txt"),
            "F certificate": ("feed", secure.url("/good1", "127.0.3.2"), "not signed by a known authority"),
            "F no TLS": ("feed", wild.url("/x", "127.0.3.3").replace("http", "https"), f"within {REQUEST} s"),
            "F nowhere": ("feed", "http://nobody.invalid/feed", "name not found"),
            "F refused": ("feed", f"http://127.0.3.4:{_closed()}/feed", "connection refused"),
        }
        named |= {name: (kind, where) for name, (kind, where, _) in others.items()}  # type: ignore[misc]
        expected |= {name: reason for name, (_, _, reason) in others.items()}
        _write(folder, sources | named)
        yield Morning(wild, folder, expected)


def _closed() -> int:
    with socket.socket() as free:
        free.bind(("127.0.3.4", 0))
        return int(free.getsockname()[1])


def _write(folder: Path, sources: dict[str, tuple[str, object]]) -> None:
    lines = ""
    for name, (kind, where) in sources.items():
        lines += f"  - {{name: {json.dumps(name)}, {kind}: {json.dumps(where)}}}\n"
    (folder / "feeds.yaml").write_text(
        f"now: 2026-03-12T06:00:00Z\ntitle: The bad morning\nformats: [md, html, json, pdf]\n"
        f"network: {{allow: [127.0.0.0/8], pause: 0s, request: {REQUEST}s, run: {RUN}s}}\nsources:\n{lines}",
        encoding="utf-8",
    )


@pytest.fixture(scope="module")
def built(morning: Morning, program: Program) -> Path:
    """The folder of the first edition."""
    done = program("build", cwd=morning.folder)
    assert done.returncode == 0, done.stderr
    return morning.folder / Path(done.stdout.splitlines()[0]).parent


def text_of(page: Path) -> str:
    """What a reader sees, without the spaces: pages break lines where they like."""
    if page.suffix == ".pdf":
        document = pypdfium2.PdfDocument(page)
        text = "".join(sheet.get_textpage().get_text_bounded() for sheet in document)
    elif page.suffix == ".html":
        text = lxml.html.fromstring(page.read_bytes()).text_content()
    else:
        text = page.read_text(encoding="utf-8").replace("\\", "")
    return bare(html.unescape(text))


def bare(text: str) -> str:
    return re.sub(r"[\s\u00ad\ufffe-]+", "", text)


def test_the_edition_names_each_failure_with_its_reason(morning: Morning, built: Path) -> None:
    edition = json.loads((built / "edition.json").read_text(encoding="utf-8"))
    told = {source["name"]: source for source in edition["sources"]}
    failed = [name for name, source in told.items() if source["status"] == "failed"]
    assert failed == list(morning.expected)
    assert len(failed) / len(told) > 0.3
    untold = [name for name in failed if morning.expected[name] not in told[name]["error"]]
    assert not untold


@pytest.mark.parametrize("name", ["edition.md", "edition.html", "edition.pdf"])
def test_every_page_names_them(morning: Morning, built: Path, name: str) -> None:
    text = text_of(built / name)
    missing = [
        source
        for source, reason in morning.expected.items()
        if bare(source) not in text or bare(reason) not in text
    ]
    assert not missing


def test_nobody_was_waited_for_longer_than_a_run_may_take(morning: Morning, built: Path) -> None:
    moments = [request.at for request in morning.wild.requests]
    assert max(moments) - min(moments) < RUN


def test_the_next_run_asks_politely(morning: Morning, built: Path, program: Program) -> None:
    before = len(morning.wild.requests)
    morning.configured("2026-03-12T06:00:30Z")
    done = program("build", cwd=morning.folder)
    assert done.returncode == 0, done.stderr
    again = {request.path: request for request in morning.wild.requests[before:]}
    good = [request for path, request in again.items() if path.startswith("/good")]
    assert len(good) == GOOD
    assert all(request.headers.get("if-none-match") == f'"{request.path[5:]}"' for request in good)
    assert "/moved" not in again and "/moved-on" in again  # it moved for good
    assert "/429" not in again  # it said an hour
    assert not {"/404", "/500", "/503", "/loop", "/cut", "/drip"} & set(again)  # not so soon after a failure

"""What a source writes is text, in every format: it runs, loads and steers nothing.

Hostile strings go the whole way, from a feed on loopback and a folder to every page, and each page is read
again by a parser of its format.
"""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

import lxml.html
import pypdfium2
import pytest
from markdown_it import MarkdownIt

from briefing.render import letter
from briefing.send.atom import feed as atom
from tests.wild import Wild, reply

HOSTILE = (
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    '"><svg/onload=alert(1)>',
    "<a href='javascript:alert(1)'>press</a>",
    "<iframe src='https://evil.example/'></iframe>",
    "<style>*{background:url(https://evil.example/x)}</style>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "![pixel](https://evil.example/pixel.png)",
    "[press](javascript:alert(1))",
    "[press](https://evil.example/press)",
    "<https://evil.example/auto>",
    "https://evil.example/bare www.evil.example",
    "[press]: https://evil.example/reference",
    "\n\n# Owned heading\n\n",
    "\n\nOwned heading\n=============\n\n",
    "\n\n    <b>code</b>\n\n- list\n\n> quote\n\n| a | b |\n|---|---|\n",
    "`code` ~~~ ``` ***bold***",
    "{{ 7 * 191 }} {% for x in y %} {# note #} ${7*191} #{7*191}",
    "\\input{/etc/passwd} $$x$$ \\href{javascript:1}{x}",
    "&lt;script&gt;alert(2)&lt;/script&gt; &amp;lt;b&amp;gt;",
    "\u202egnp.exe\u202c \u2066x\u2069 \u200b\u200d\ufeff \u00ad",
    "\x1b[2J\x1b]0;owned\x07 \x9b31m \x08\x7f",
    '=HYPERLINK("https://evil.example/","x") +1 @SUM(1)',
    "../../../../etc/cron.d/owned ..\\..\\x CON",
    "]]> --> */ </main></body></html>",
    "\r\nBcc: everyone@evil.example\r\n",
)
LINKS = (
    *("javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:x", "file:///etc/passwd"),
    *("https://news.example/a)[x](https://evil.example/", 'https://news.example/"onmouseover="alert(1)'),
    *("//news.example/x", "https://news.example/<b>", "https://user:pw@news.example/x", " ", "#x"),
)
PLACES = ("Lypa", "Stepova", "Bila Hreblia", "Lysychne", "Vorsk", "Zelena", "Ternova", "Kamin", "Dubrava")
EVIL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")


def said(number: int, hostile: str) -> str:
    place = f"{PLACES[number % len(PLACES)]} {number + 2}"
    return (
        f"Shelling damaged a hospital in {place} on Wednesday {hostile} and killed {number + 2} people, "
        f"Governor Taras Ovsienko said. "
        f"Rescuers evacuated {number + 30} wounded patients {hostile} from {place}."
    )


def entry(number: int, hostile: str) -> str:
    """What XML cannot hold (most controls) comes by the folder."""
    text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", "", hostile)
    return (
        f"<item><title>{escape(f'Hospital hit near place {number}: {text}')}</title>"
        f"<author>{escape(text)}</author><link>{escape(LINKS[number % len(LINKS)])}</link>"
        f"<pubDate>Wed, 11 Mar 2026 20:{number % 60:02}:00 +0000</pubDate>"
        f"<description>{escape(said(number, text))}</description></item>"
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, program: Any) -> Iterator[tuple[Path, str]]:
    """The folder of the edition, and all that the terminal was shown."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "inbox").mkdir()
    for number, hostile in enumerate(HOSTILE):
        record = {
            "title": f"Depot struck near place {number} {hostile}",
            "text": said(number + 50, hostile),
            "outlet": hostile,
            "author": hostile,
            "url": LINKS[number % len(LINKS)],
            "date": "2026-03-11T21:00:00+00:00",
        }
        (folder / "inbox" / f"{number:02}.json").write_text(json.dumps(record), encoding="utf-8")
    (folder / "inbox" / "\x1b[31m<script>alert(3)<.xml").write_text("<rss", encoding="utf-8")
    items = "".join(entry(number, hostile) for number, hostile in enumerate(HOSTILE))
    channel = escape(f"{HOSTILE[0]} {HOSTILE[8]} {HOSTILE[21]}")
    rss = f"<rss version='2.0'><channel><title>{channel}</title>{items}</channel></rss>"
    with Wild({"/feed": reply(rss.encode(), content_type="application/rss+xml; charset=utf-8")}) as server:
        (folder / "feeds.yaml").write_text(
            "title: '../../Desk <script>alert(4)</script> [x](javascript:1)'\n"
            'now: "2026-03-12T06:00:00+00:00"\nformats: [md, html, pdf, json]\n'
            "network: {allow: [127.0.0.1], pause: 0s}\n"
            f"sources:\n  - folder: inbox\n  - {{feed: '{server.url('/feed')}'}}\n"
        )
        done = program("build", cwd=folder)
    assert done.returncode == 0, done.stderr
    paths = [folder / line for line in done.stdout.splitlines()]
    assert len(paths) == 4, done.stderr
    assert all(path.resolve().is_relative_to(folder / "output") for path in paths)
    looked = program("inspect", "inbox/00.json", "inbox/22.json", cwd=folder)
    yield paths[0].parent, done.stdout + done.stderr + looked.stdout + looked.stderr


def assert_tame(page: str) -> None:
    """HTML that runs and loads nothing, and links to http(s) alone."""
    tree = lxml.html.document_fromstring(page)
    assert not list(
        tree.iter("script", "iframe", "object", "embed", "form", "base", "link", "applet", "audio", "video")
    )
    for node in tree.iter():
        if not isinstance(node.tag, str):
            continue
        assert not [name for name in node.attrib if name.lower().startswith("on")]
        assert node.get("http-equiv", "").lower() != "refresh"
        for name in ("src", "srcset", "poster", "background", "action", "data"):
            assert node.get(name, "data:").startswith("data:")
        assert "url(" not in node.get("style", "")
        if "href" in node.attrib:
            assert_address(node.get("href"))
    assert "evil.example/x)" not in "".join(node.text or "" for node in tree.iter("style"))


def assert_address(address: str) -> None:
    assert address.startswith(("http://", "https://", "#"))
    assert urlsplit(address).hostname in (None, "news.example", "127.0.0.1")


def test_the_html_edition_is_tame(built: tuple[Path, str]) -> None:
    page = (built[0] / "edition.html").read_text("utf-8")
    assert "alert(1)" in page  # it was chosen, and stands there as text
    assert "1337" not in page
    assert_tame(page)


def test_feed_text_is_no_markup_in_the_markdown_edition(built: tuple[Path, str]) -> None:
    text = (built[0] / "edition.md").read_text("utf-8")
    assert not EVIL.search(text)
    for flavour in ("commonmark", "js-default"):
        for token in MarkdownIt(flavour, {"linkify": False, "html": True}).parse(text):
            assert token.type not in ("html_block", "fence", "code_block"), token.content
            for inline in token.children or ():
                assert inline.type not in ("image", "html_inline"), inline.content
                if inline.type == "link_open":
                    assert_address(str(inline.attrs["href"]))
        headings = re.findall(r"(?m)^#+ (.*)$", text)
        assert not [heading for heading in headings if heading.startswith("Owned")]
    assert "1337" not in text


def test_the_pdf_has_no_action_but_web_links(built: tuple[Path, str]) -> None:
    content = (built[0] / "edition.pdf").read_bytes()
    for stream in re.findall(rb"stream\n(.*?)\nendstream", content, re.DOTALL):
        if stream[:1] == b"x":
            content += zlib.decompressobj().decompress(stream)
    for name in (b"/JavaScript", b"/JS ", b"/Launch", b"/EmbeddedFile", b"/OpenAction", b"/SubmitForm"):
        assert name not in content
    for address in re.findall(rb"/URI \((.*?)\)", content):
        assert_address(address.decode("latin-1"))
    with pypdfium2.PdfDocument(built[0] / "edition.pdf") as document:
        assert "alert(1)" in "".join(page.get_textpage().get_text_range() for page in document)


def test_nothing_that_is_printed_steers_the_terminal(built: tuple[Path, str]) -> None:
    assert not EVIL.search(built[1])


def test_the_mail_and_the_atom_feed_are_tame(built: tuple[Path, str]) -> None:
    from briefing.render import load

    edition = load((built[0] / "edition.json").read_bytes())
    mail = letter(edition, link="https://news.example/")
    assert "\n" not in mail.subject
    assert not EVIL.search(mail.subject + mail.text)
    assert_tame(mail.html)
    root = ET.fromstring(atom([edition], "https://news.example/", {edition.slot: ["edition.html"]}))
    for node in root.iter():
        if "href" in node.attrib:
            assert_address(node.attrib["href"])
        if node.get("type") == "html":
            assert_tame(node.text or "")


def test_the_json_edition_holds_no_control_character(built: tuple[Path, str]) -> None:
    def strings(value: Any) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            for each in value.values():
                yield from strings(each)
        elif isinstance(value, list):
            for each in value:
                yield from strings(each)

    edition = json.loads((built[0] / "edition.json").read_text("utf-8"))
    assert not [text for text in strings(edition["articles"]) if EVIL.search(text)]
    for article in edition["articles"]:
        assert not article["url"] or article["url"].startswith(("http://", "https://"))

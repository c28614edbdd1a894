"""What a document is, by its first characters: servers and file names are often wrong."""

from __future__ import annotations

import re
from typing import Literal

from briefing.read.decode import decode

HEAD = 65_536  # bytes that are looked at: long comments stand in front of some feeds
# Linear: an internal subset ends where it ends, and is not tried in parts.
PROLOGUE = re.compile(r"(?is)\s*(?:<\?.*?\?>|<!--.*?-->|<!doctype\b[^<>\[]*+(?:\[.*?\]\s*+)?>)")
ROOT = re.compile(r"\s*<(?:[\w.-]+:)?([\w.-]+)")
HTML_ROOTS = frozenset(("html", "head", "body", "div", "title", "meta", "p", "script", "article", "main"))
WRAPPED_FEED = re.compile(r"<(?:rss\s[^<>]*version|feed\s[^<>]*xmlns)=")  # some sites serve it inside a page
FEED_ROOTS = frozenset(("rss", "rdf", "feed", "channel"))

Kind = Literal["feed", "page", "json", "pdf", "binary", "text"]


def kind_of(content: bytes, charset: str = "") -> Kind:
    """The kind of thing that `content` is; "text" is all that shows no mark of another."""
    if content.lstrip()[:5] == b"%PDF-":
        return "pdf"
    decoded = decode(content[:HEAD], charset)
    if decoded is None:
        return "binary"
    text = decoded.text.lstrip("\ufeff \t\r\n")
    if text[:1] in ("{", "["):
        return "json"
    return _by_root(text)


def _by_root(text: str) -> Kind:
    position, html_doctype = 0, False
    while found := PROLOGUE.match(text, position):
        html_doctype = html_doctype or re.match(r"\s*<!doctype\s+html\b", found[0], re.IGNORECASE) is not None
        position = found.end()
    root = ROOT.match(text, position)
    name = root[1].lower() if root else ""
    if name in FEED_ROOTS:
        return "feed"
    if WRAPPED_FEED.search(text):
        return "feed"
    return "page" if html_doctype or name in HTML_ROOTS else "text"

"""2 read: Document -> Article. Pure, and total: any bytes give articles or misses, never an exception.

    sniff     what the bytes are, whatever the server or the file name says
    (reader)  feed, jsonfeed, page, note, clipping, mail, record: drafts as their document states them
    fuller    the text of an article's page in place of its feed's excerpt; wall: what stands in the way
    article   drafts checked and completed: outlet, zone, language, identity

A further format is one file with a `Reader` and one line in SUFFIXES.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from types import MappingProxyType

from briefing.config.source import Source
from briefing.links import feeds_of
from briefing.model import Article, Document, Miss
from briefing.read.article import finish
from briefing.read.clipping import read_clipping
from briefing.read.draft import Draft, Reader, Unreadable
from briefing.read.feed import read_feed
from briefing.read.fuller import Fuller, Leaf, digest_of, extended, fuller, is_excerpt, leaf
from briefing.read.jsonfeed import read_jsonfeed
from briefing.read.mail import read_mail
from briefing.read.note import read_note
from briefing.read.page import read_page
from briefing.read.record import read_record, read_records
from briefing.read.sniff import kind_of
from briefing.read.text import cut, line

__all__ = [
    "SUFFIXES",
    "Fuller",
    "Leaf",
    "digest_of",
    "drafts",
    "extended",
    "fuller",
    "is_excerpt",
    "leaf",
    "read",
]

MAX_REASON = 300  # characters of a Miss that quotes its document: one line for people

# Files, by the end of their names. fetch/files.py lists the same; a test holds them together.
SUFFIXES: Mapping[str, Reader] = MappingProxyType(
    {
        ".atom": read_feed,
        ".eml": read_mail,
        ".htm": read_page,
        ".html": read_page,
        ".json": read_record,
        ".jsonl": read_records,
        ".md": read_clipping,
        ".rss": read_feed,
        ".txt": read_note,
        ".xml": read_feed,
    }
)


def read(document: Document, source: Source, timezone: str) -> list[Article | Miss]:
    """The articles of one document, in its order; `timezone` (IANA) is for times that state none.

    `source.timezone`, `.language`, `.outlet` and `.published` fill what the document leaves out.
    """
    try:
        return [_finished(draft, document, source, timezone) for draft in drafts(document, source)]
    except Exception as error:  # the promise above: one bad document never ends a run
        reason = f"could not be read ({type(error).__name__})"
        return [Miss(document.source, document.address, reason)]


def drafts(document: Document, source: Source) -> list[Draft | Miss]:
    """What the document states, unchecked and in its order; script/quality measures the readers here."""
    if not document.content.strip():
        return [Miss(document.source, document.address, "empty file")]
    try:
        return _reader(document, source)(document)
    except Unreadable as error:
        return [Miss(document.source, document.address, cut(line(str(error)), MAX_REASON))]


def _finished(draft: Draft | Miss, document: Document, source: Source, timezone: str) -> Article | Miss:
    return draft if isinstance(draft, Miss) else finish(draft, document, source, timezone)


def _reader(document: Document, source: Source) -> Reader:
    """The reader for what was asked and what came; raises Unreadable where they do not fit."""
    kind = kind_of(document.content, document.charset)
    if source.feed:
        if kind == "page":
            raise Unreadable(_no_feed(document))
        _refuse(kind, {})
        return read_jsonfeed if kind == "json" else read_feed
    if source.watch and kind in ("feed", "json"):
        return read_feed if kind == "feed" else read_jsonfeed
    if source.watch:
        _refuse(kind, {})
        return read_page
    if source.pages:
        _refuse(kind, {"feed": "a feed came where a web page was expected: list it under feed:"})
        return read_note if document.media_type == "text/plain" and kind == "text" else read_page
    if source.mail or source.imap:
        return read_mail
    suffix = PurePosixPath(document.address).suffix.lower()
    if suffix not in SUFFIXES:
        raise Unreadable(f"unknown kind of file; known: {', '.join(SUFFIXES)}")
    reader = SUFFIXES[suffix]
    if reader is read_feed:
        _refuse(kind, {"page": "a web page in a file that is named like a feed"})
        return read_jsonfeed if kind == "json" else read_feed
    return read_feed if reader is read_page and kind == "feed" else reader


def _no_feed(document: Document) -> str:
    """That a page came instead of a feed, and what to write if it says where the feed is."""
    said = "a web page came where a feed was expected"
    feeds = feeds_of(document.content, document.address)
    return f"{said}; it links the feed {feeds[0]}: write that into feeds.yaml" if feeds else said


def _refuse(kind: str, reasons: dict[str, str]) -> None:
    """Raises for a kind that cannot be meant; binary is left to the readers, who can say what broke."""
    reasons = {"pdf": "a PDF, which is not read", **reasons}
    if kind in reasons:
        raise Unreadable(reasons[kind])

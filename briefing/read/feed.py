"""RSS 0.9x, 1.0, 2.0 and Atom, by feedparser, from bytes only."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Any

from briefing.bounds import MAX_AUTHORS, MAX_ENTRIES, MAX_OPEN_TAGS
from briefing.model import Document, Miss
from briefing.read.decode import decode, known
from briefing.read.draft import Draft, Unreadable
from briefing.read.markup import refuse_crowded, to_line, to_text
from briefing.read.repair import repaired
from briefing.read.slim import few_entries, refuse_dense

OPENING = re.compile(rb"<[A-Za-z]")
# <link uri="at://..."> http://...</link>: feedparser takes the attribute, whatever its scheme, and loses the
# address that people can open.
FOREIGN_URI = re.compile(
    rb"(<link\b[^<>]{0,500}?)\suri\s*=\s*(?:\"at:[^\"<>]{0,2000}\"|'at:[^'<>]{0,2000}')(?=[^<>]{0,500}>\s*https?:)"
)
TEXTUAL = ("", "text/plain", "text/html", "application/xhtml+xml", "html", "xhtml", "text")


def read_feed(document: Document) -> list[Draft | Miss]:
    """One draft an entry, in the order of the feed. A broken feed gives the entries that it still has."""
    content, left = few_entries(document.content)
    refuse_dense(content)
    own = _own(content)
    if _open_tags(own) > MAX_OPEN_TAGS:
        raise Unreadable("not a feed that can be read: nested too deeply")
    refuse_crowded(own.replace(b"\0", b"").decode("latin-1"))  # tags are ASCII in whatever charset
    feed = _parse(replace(document, content=content))
    entries = feed.entries
    if not entries and feed.bozo:
        raise Unreadable(f"not a feed that can be read: {_reason(feed)}")
    found: list[Draft | Miss] = [_draft(entry, feed.feed) for entry in entries[:MAX_ENTRIES]]
    left += max(0, len(entries) - MAX_ENTRIES)
    if left:
        reason = f"{left:,} of {MAX_ENTRIES + left:,} entries left out: a feed is read up to {MAX_ENTRIES:,}"
        found.append(Miss(document.source, document.address, reason))
    if entries and feed.bozo and _is_cut_off(feed):
        reason = f"the feed is broken ({_reason(feed)}): {len(entries):,} of its entries could be read"
        found.insert(0, Miss(document.source, document.address, reason))  # it explains what else is wrong
    return found


def _parse(document: Document) -> Any:  # feedparser publishes no types
    import feedparser

    content, charset = document.content, known(document.charset)
    # What shows no text here (UTF-16 without a mark) is left to feedparser's own guess.
    if decoded := decode(content, charset):
        content, charset = repaired(decoded.text).encode("utf-8", "replace"), "utf-8"
    headers = {"content-location": document.address} if document.address.startswith("http") else {}
    if charset:
        headers["content-type"] = f"application/xml; charset={charset}"
    try:
        return feedparser.parse(io.BytesIO(FOREIGN_URI.sub(rb"\1", content)), response_headers=headers)
    except (ValueError, LookupError, AssertionError, AttributeError, TypeError, RecursionError) as error:
        # Its second parser, for what is no XML, stumbles over some of what it is given.
        raise Unreadable(f"not a feed that can be read: {type(error).__name__}") from error


def _own(content: bytes) -> bytes:
    """The markup of the feed itself, outside CDATA."""
    first, *others = content.split(b"<![CDATA[")
    return b"".join((first, *(part.partition(b"]]>")[2] for part in others)))


def _open_tags(own: bytes) -> int:
    """Tags that are opened and never closed."""
    return len(OPENING.findall(own)) - own.count(b"</") - own.count(b"/>")


def _is_cut_off(feed: Any) -> bool:
    """Whether the XML itself broke, as against a charset or media type that was merely misdeclared."""
    return type(feed.get("bozo_exception")).__name__ == "SAXParseException"


def _reason(feed: Any) -> str:
    """The parser's message; no line number, as feedparser puts a line of its own before some feeds."""
    error = feed.get("bozo_exception")
    if hasattr(error, "getMessage"):
        return str(error.getMessage())
    return "no entries and no valid XML" if error is None else type(error).__name__


def _draft(entry: Any, channel: Any) -> Draft:
    get = _plain_get(entry)
    text, notes = _fullest(entry)
    published, updated = get("published"), get("updated")
    return Draft(
        title=to_line(get("title")),
        text=text,
        outlet=to_line(_plain_get(get("source", {}))("title")),
        channel=to_line(_plain_get(channel)("title")),
        from_feed=True,
        url=get("link"),
        author=_authors(entry),
        published=tuple(filter(None, (published, updated, get("created")))),
        updated=(updated,) if updated else (),
        claimed_language=_language(entry) or _plain_get(channel)("language"),
        notes=notes,
    )


def _plain_get(mapping: Any) -> Any:
    """`dict.get`: feedparser's own answers with other keys' values where one is missing."""
    if not isinstance(mapping, dict):
        return lambda _key, default="": default
    return lambda key, default="": dict.get(mapping, key) or default


def _fullest(entry: Any) -> tuple[str, tuple[str, ...]]:
    """The longest text among content and summary: some feeds put the excerpt in either."""
    best: str = ""
    notes: tuple[str, ...] = ()
    details = [*dict.get(entry, "content", []), dict.get(entry, "summary_detail") or {}]
    for detail in details:
        if str(dict.get(detail, "type") or "") not in TEXTUAL:
            continue
        try:
            text = to_text(str(dict.get(detail, "value") or ""))
        except Unreadable as error:
            notes = (f"a text was left out: {error}",)
            continue
        best = max(best, text, key=len)
    return best, notes


def _authors(entry: Any) -> str:
    names = [
        to_line(str(dict.get(a, "name") or "")) for a in dict.get(entry, "authors", [])[:MAX_AUTHORS] if a
    ]
    return ", ".join(filter(None, names)) or to_line(str(dict.get(entry, "author") or ""))


def _language(entry: Any) -> str:
    details = [*dict.get(entry, "content", []), dict.get(entry, "title_detail") or {}]
    return next((str(d["language"]) for d in details if dict.get(d, "language")), "")

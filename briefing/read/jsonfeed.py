"""JSON Feed 1 and 1.1 (jsonfeed.org/version/1.1)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from briefing.bounds import MAX_AUTHORS, MAX_ENTRIES
from briefing.model import Document, Miss
from briefing.read.draft import Draft, Unreadable
from briefing.read.json_text import parsed, text_of
from briefing.read.markup import to_line, to_text
from briefing.read.text import normalise


def read_jsonfeed(document: Document) -> list[Draft | Miss]:
    """One draft an item, in the order of the feed; an item that is no object is a Miss."""
    feed = parsed(document)
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise Unreadable("not a JSON Feed: it has no list of items")
    found = [
        _entry(item, feed, Miss(document.source, document.address, f"item {number}"))
        for number, item in enumerate(items[:MAX_ENTRIES], 1)
    ]
    if len(items) > MAX_ENTRIES:
        left = len(items) - MAX_ENTRIES
        reason = f"{left:,} of {len(items):,} entries left out: a feed is read up to {MAX_ENTRIES:,}"
        found.append(Miss(document.source, document.address, reason))
    return found


def is_jsonfeed(value: Any) -> bool:
    """Whether parsed JSON is a feed rather than an article: it names the version, or lists items."""
    return isinstance(value, dict) and (
        "jsonfeed.org" in str(value.get("version")) or isinstance(value.get("items"), list)
    )


def _entry(item: Any, feed: dict[str, Any], miss: Miss) -> Draft | Miss:
    """The draft of one item, or `miss` with the reason why there is none."""
    if not isinstance(item, dict):
        return replace(miss, reason=f"{miss.reason} is no JSON object")
    try:
        return _draft(item, feed)
    except Unreadable as error:
        return replace(miss, reason=f"{miss.reason}: {error}")


def _draft(item: dict[str, Any], feed: dict[str, Any]) -> Draft:
    texts = [
        to_text(text_of(item, "content_html")),
        normalise(text_of(item, "content_text")),
        normalise(text_of(item, "summary")),
    ]
    published, modified = text_of(item, "date_published"), text_of(item, "date_modified")
    return Draft(
        title=to_line(text_of(item, "title")),
        text=max(texts, key=len),
        channel=to_line(text_of(feed, "title")),
        from_feed=True,
        url=text_of(item, "url") or text_of(item, "external_url"),
        author=_authors(item) or _authors(feed),
        published=tuple(filter(None, (published, modified))),
        updated=(modified,) if modified else (),
        claimed_language=text_of(item, "language") or text_of(feed, "language"),
    )


def _authors(holder: dict[str, Any]) -> str:
    """Names of `authors` (1.1) or `author` (1)."""
    authors = holder.get("authors")
    people = authors[:MAX_AUTHORS] if isinstance(authors, list) else [holder.get("author")]
    return ", ".join(filter(None, (text_of(p, "name") for p in people if isinstance(p, dict))))

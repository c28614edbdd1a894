"""Articles as JSON: one object a .json file, or one a line in .jsonl (id, url, outlet, date, title, text)."""

from __future__ import annotations

from typing import Any

from briefing.bounds import MAX_ROWS
from briefing.model import Document, Miss
from briefing.read.decode import decode
from briefing.read.draft import Draft, Unreadable
from briefing.read.json_text import parsed, text_of, value
from briefing.read.jsonfeed import is_jsonfeed, read_jsonfeed
from briefing.read.markup import to_line
from briefing.read.text import normalise


def read_record(document: Document) -> list[Draft | Miss]:
    """One draft; a list of objects gives one each, and a JSON Feed its items."""
    found = parsed(document)
    if is_jsonfeed(found):
        return read_jsonfeed(document)
    if isinstance(found, list):
        rows = [_one(item, document, f"item {number}") for number, item in enumerate(found[:MAX_ROWS], 1)]
        return rows + _left(len(found), document)
    if not isinstance(found, dict):
        raise Unreadable("not an article: a JSON object with title and text was expected")
    return [_draft(found)]


def read_records(document: Document) -> list[Draft | Miss]:
    """One draft a line; a line that is no JSON object is a Miss that names it (file:line)."""
    decoded = decode(document.content, document.charset)
    if decoded is None:
        raise Unreadable("not text: this file is binary")
    *rows, rest = decoded.text.split("\n", MAX_ROWS)  # JSON may hold other line separators unescaped
    more = rest.count("\n") + (not rest.endswith("\n")) if rest.strip() and len(rows) == MAX_ROWS else 0
    rows += [] if more else [rest]
    found = [_row(row, document, number) for number, row in enumerate(rows, 1) if row.strip()]
    return found + _left(len(rows) + more, document)


def _left(count: int, document: Document) -> list[Draft | Miss]:
    """The Miss that tells of rows that are not read, of `count`."""
    if count <= MAX_ROWS:
        return []
    reason = f"{count - MAX_ROWS:,} of {count:,} rows left out: a file is read up to {MAX_ROWS:,}"
    return [Miss(document.source, document.address, reason)]


def _row(row: str, document: Document, number: int) -> Draft | Miss:
    address = f"{document.address}:{number}"
    try:
        found = value(row)
    except Unreadable as error:
        reason = str(error).removesuffix(", line 1")
        return Miss(document.source, address, reason)
    if not isinstance(found, dict):
        return Miss(document.source, address, "not an article: a JSON object was expected")
    return _draft(found, address)


def _one(item: Any, document: Document, where: str) -> Draft | Miss:
    if not isinstance(item, dict):
        return Miss(document.source, document.address, f"{where} is no JSON object")
    return _draft(item, f"{document.address}, {where}")


def _draft(record: dict[str, Any], place: str = "") -> Draft:
    updated = text_of(record, "updated")
    return Draft(
        title=to_line(text_of(record, "title")),
        text=normalise(text_of(record, "text")),
        outlet=text_of(record, "outlet"),
        url=text_of(record, "url"),
        author=text_of(record, "author"),
        published=tuple(filter(None, (text_of(record, "published", "date"), updated))),
        updated=(updated,) if updated else (),
        language=text_of(record, "language"),
        place=place,
    )

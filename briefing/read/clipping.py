"""Markdown with front matter: a clipping with its title, outlet, date and address on top."""

from __future__ import annotations

import re

from briefing.model import Document, Miss
from briefing.read.article import MAX_CHARACTERS
from briefing.read.decode import decode
from briefing.read.draft import Draft, Unreadable
from briefing.read.markup import TooDeep, to_line, to_text
from briefing.read.note import titled
from briefing.read.text import NEWLINES, cut, normalise, unwrap

FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
LONGEST_FRONT = 10_000  # characters; front matter is a few lines
HEADING = re.compile(r"\A\s*(?:#[ \t]+(?P<hash>[^\n]+?)[ \t]*#*|(?P<under>[^\n]+)\n=+)[ \t]*(?:\n|\Z)")


def read_clipping(document: Document) -> list[Draft | Miss]:
    """One draft. Front matter that is no YAML mapping is noted and the text is read without it."""
    decoded = decode(document.content, document.charset)
    if decoded is None:
        raise Unreadable("not text: this file is binary")
    front, body, notes = _split(NEWLINES.sub("\n", decoded.text))
    heading = HEADING.match(body)
    title = front.get("title", "")
    if heading and (not title or _same(title, heading["hash"] or heading["under"])):
        title, body = title or str(heading["hash"] or heading["under"]), body[heading.end() :]
    text, more = _plain(body)
    if not title:
        title, text = titled(text)
    return [
        Draft(
            title=to_line(title),
            text=text,
            outlet=front.get("outlet", ""),
            url=front.get("url", ""),
            author=front.get("author", ""),
            published=tuple(front[key] for key in ("published", "date", "updated") if key in front),
            updated=tuple(front[key] for key in ("updated",) if key in front),
            language=front.get("language", ""),
            notes=decoded.notes + notes + more,
        )
    ]


def _split(text: str) -> tuple[dict[str, str], str, tuple[str, ...]]:
    """(front matter, body, notes); every value of the front matter as it is spelt."""
    found = FRONT_MATTER.match(text)
    if not found:
        return {}, text, ()
    front = _front_matter(found[1]) if len(found[1]) <= LONGEST_FRONT else None
    if front is None:
        return {}, text[found.end() :], ("its front matter could not be read",)
    return front, text[found.end() :], ()


def _front_matter(text: str) -> dict[str, str] | None:
    from ruamel.yaml import YAML

    try:
        # "base" leaves every value as its text: a date keeps its zone, "no" stays a word.
        loaded = YAML(typ="base", pure=True).load(text)
    except Exception:  # whatever the parser raises on what strangers write, deep nesting included
        return None
    if not isinstance(loaded, dict):
        return None
    return {str(key).lower(): value.strip() for key, value in loaded.items() if isinstance(value, str)}


def _plain(body: str) -> tuple[str, tuple[str, ...]]:
    """(the text of Markdown, notes); text that Markdown cannot take is read as plain text."""
    import markdown

    short = cut(body, MAX_CHARACTERS)
    notes = () if short == body else (f"cut at {MAX_CHARACTERS:,} of {len(body):,} characters",)
    try:
        return to_text(f"<div>{markdown.markdown(short)}</div>"), notes
    except (RecursionError, TooDeep):
        return normalise(unwrap(short)), notes


def _same(title: str, heading: str) -> bool:
    return to_line(title).casefold() == to_line(heading).casefold()

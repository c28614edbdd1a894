"""Markdown with front matter: a clipping with its title, outlet, date and address on top."""

from __future__ import annotations

import re
import warnings

from briefing.bounds import (
    MAX_CHARACTERS,
    MAX_FRONT,
    MAX_FRONT_BRACKETS,
    MAX_MARKS,
    MAX_MARKS_SQUARED,
    MAX_RAW,
)
from briefing.model import Document, Miss
from briefing.read.decode import decode, first_of
from briefing.read.draft import Draft, Unreadable
from briefing.read.markup import to_line, to_text
from briefing.read.note import titled
from briefing.read.text import NEWLINES, cut, cut_note, normalise, unwrap

FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
MARKS = re.compile(r"[\[\]<>*_`!&\\]")
QUOTE_DEPTH = re.compile(r"(?m)^[ \t]*(?:>[ \t]?){20}")


def read_clipping(document: Document) -> list[Draft | Miss]:
    """One draft. Front matter that is no YAML mapping is noted and the text is read without it."""
    decoded = decode(first_of(document.content), document.charset)
    if decoded is None:
        raise Unreadable("not text: this file is binary")
    front, body, notes = _split(NEWLINES.sub("\n", decoded.text[: MAX_RAW + MAX_FRONT]))
    title, (heading, rest) = front.get("title", ""), _heading(body)
    if heading and (not title or _same(title, heading)):
        title, body = title or heading, rest
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
    front = _front_matter(found[1]) if _is_plain(found[1]) else None
    if front is None:
        return {}, text[found.end() :], ("its front matter could not be read",)
    return front, text[found.end() :], ()


def _heading(body: str) -> tuple[str, str]:
    """(the heading that the body opens with, what follows it); ("", body) where it opens otherwise."""
    first, _, rest = body.lstrip().partition("\n")
    if first.startswith("# "):
        return first.strip("# \t"), rest
    under, _, after = rest.partition("\n")
    return (first, after) if under and not under.strip().strip("=") else ("", body)


def _front_matter(text: str) -> dict[str, str] | None:
    from ruamel.yaml import YAML

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # such as an anchor named twice: nobody could act on it
            # "base" leaves every value as its text: a date keeps its zone, "no" stays a word.
            loaded = YAML(typ="base", pure=True).load(text)
    except Exception:  # whatever the parser raises on what strangers write, deep nesting included
        return None
    if not isinstance(loaded, dict):
        return None
    return {str(key).lower(): value.strip() for key, value in loaded.items() if isinstance(value, str)}


def _is_plain(front: str) -> bool:
    return len(front) <= MAX_FRONT and front.count("[") + front.count("{") <= MAX_FRONT_BRACKETS


def _is_prose(body: str) -> bool:
    """Whether Markdown can be read in a time that is in proportion to its length."""
    if QUOTE_DEPTH.search(body):
        return False
    blocks = body.split("\n\n")
    marks = [max(len(MARKS.findall(block)), block.count("\n")) for block in blocks]
    return max(marks) <= MAX_MARKS and sum(count * count for count in marks) <= MAX_MARKS_SQUARED


def _plain(body: str) -> tuple[str, tuple[str, ...]]:
    """(the text of Markdown, notes); text that Markdown cannot take is read as plain text."""
    import markdown

    short = cut(body, MAX_CHARACTERS)
    notes = () if short == body else (cut_note(len(body)),)
    if not _is_prose(short):
        return normalise(unwrap(short)), notes
    try:
        return to_text(f"<div>{markdown.markdown(short)}</div>"), notes
    except (RecursionError, Unreadable):
        return normalise(unwrap(short)), notes


def _same(title: str, heading: str) -> bool:
    return to_line(title).casefold() == to_line(heading).casefold()

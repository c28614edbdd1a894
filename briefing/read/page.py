"""A saved or fetched web page: trafilatura says what on it is the article, its head says the rest.

trafilatura gives dates as days only; time and zone are taken from where pages state them.
"""

from __future__ import annotations

import re
from typing import Any

from briefing.model import Document, Miss
from briefing.read.decode import decode
from briefing.read.draft import Draft, Unreadable
from briefing.read.head import Head, head_of
from briefing.read.text import line, normalise

BULLET = re.compile(r"(?m)^[-*•] (?=\S)")  # trafilatura's own mark of a list item
XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")  # lxml refuses it in text that is decoded already


def read_page(document: Document) -> list[Draft | Miss]:
    """One draft; a page without an article on it is unreadable."""
    decoded = decode(document.content, document.charset)
    if decoded is None:
        raise Unreadable("not text: this is binary")
    markup = XML_DECLARATION.sub("", decoded.text)
    head, found = head_of(markup), _extract(markup)
    text = normalise(BULLET.sub("", found.text or "")) if found else ""
    if not text:
        raise Unreadable("no article found on the page")
    return [
        Draft(
            title=line(head.title or found.title or ""),
            text=text,
            outlet=line(head.outlet),
            url=head.canonical or document.address,
            author=line(head.author or (found.author or "").replace("; ", ", ")),
            published=_dates(head, str(found.date or "")),
            updated=head.modified,
            claimed_language=head.language,
            notes=decoded.notes,
        )
    ]


def _extract(markup: str) -> Any:  # trafilatura's Document, or None where it finds no article
    import trafilatura

    # Its duplicate filter stays off: its cache is shared by the process, so results would depend on history.
    return trafilatura.bare_extraction(
        markup, include_comments=False, deduplicate=False, with_metadata=True, output_format="python"
    )


def _dates(head: Head, day: str) -> tuple[str, ...]:
    """What the head states goes first; a <time> in the body counts only on the day that trafilatura found."""
    return tuple(filter(None, (*head.published, *(t for t in head.times if day and t.startswith(day)), day)))

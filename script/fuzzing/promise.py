"""What reading promises of any bytes: never an exception, articles in normal form or misses, all bounded.

`briefing.read.read` turns an exception into a miss, so that one document never ends a run. Here that is a
broken promise too: what nobody foresaw is to be found, not told politely.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from briefing.bounds import MAX_CHARACTERS, MAX_NAME, MAX_TITLE
from briefing.config.source import Source
from briefing.model import Article, Document, Miss
from briefing.read import drafts
from briefing.read.article import finish
from briefing.read.draft import Draft
from briefing.read.text import normalise

ZONE = "Europe/Kyiv"
MAX_REASON = 300  # characters of a miss: one line for people
IDENTITY = re.compile(r"[0-9a-f]{16}")
LANGUAGE = re.compile(r"[a-z]{2}")


class BrokenPromise(AssertionError):
    """Something that no document may bring about; the message says what."""


def hold(document: Document, source: Source) -> int:
    """Read a document and look at all that it gave; how many articles.

    Raises BrokenPromise, or whatever reading raised.
    """
    found = [
        finish(draft, document, source, ZONE) if isinstance(draft, Draft) else draft
        for draft in drafts(document, source)
    ]
    for one in found:
        for wrong in faults(one):
            raise BrokenPromise(f"{wrong}: {one!r:.500}")
    return sum(isinstance(one, Article) for one in found)


def faults(one: Article | Miss) -> list[str]:
    """What is wrong with one answer; empty where nothing is."""
    if isinstance(one, Miss):
        lines = one.reason.splitlines()
        return [] if len(lines) == 1 and len(one.reason) <= MAX_REASON else ["a reason that is not one line"]
    wrong = {
        "a text out of normal form": normalise(one.text) != one.text,
        "a title out of normal form": normalise(one.title) != one.title or "\n" in one.title,
        "no title": not one.title,
        "a text without bound": len(one.text) > MAX_CHARACTERS,
        "a title without bound": len(one.title) > MAX_TITLE,
        "a name without bound": max(len(one.outlet), len(one.author)) > MAX_NAME,
        "a name of several lines": "\n" in one.outlet + one.author,
        "an address that is none": not _is_web_address(one.url),
        "a time without a zone": any(t and t.tzinfo is None for t in (one.published, one.updated)),
        "no identity": not IDENTITY.fullmatch(one.id),
        "no language": not LANGUAGE.fullmatch(one.language),
    }
    return [name for name, is_so in wrong.items() if is_so] + _moments(one)


def _is_web_address(url: str) -> bool:
    return not url or (urlsplit(url).scheme in ("http", "https") and url.isprintable() and " " not in url)


def _moments(one: Article) -> list[str]:
    """The store keeps moments as microseconds in UTC: a time must be one there too."""
    try:
        for moment in (one.published, one.updated):
            if moment is not None:
                moment.timestamp()
    except (OverflowError, ValueError):
        return ["a time that no clock shows"]
    return []

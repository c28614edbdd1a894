"""What a reader finds in a document, before it is an article."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from briefing.model import Document, Miss


@dataclass(frozen=True, slots=True)
class Draft:
    """One text as its document states it, unchecked. Made by a reader, read by `article.finish`.

    `text` is in normal form already; everything else is as it was found, "" where nothing was.
    `published` and `updated` hold the raw dates, the most trusted first: the first that is one counts.
    """

    title: str = ""
    text: str = ""
    outlet: str = ""  # as the text itself says; goes before feeds.yaml
    from_feed: bool = False
    channel: str = ""  # title of the feed: the outlet where nobody says more
    url: str = ""
    author: str = ""
    published: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    language: str = ""  # as a person wrote it into this text; goes before feeds.yaml
    claimed_language: str = ""  # as a machine wrote it; checked against the letters
    notes: tuple[str, ...] = ()
    place: str = ""  # of this text in a document of several: articles.jsonl:3


# A document in, drafts and misses out; may raise on what nobody foresaw.
Reader = Callable[[Document], list[Draft | Miss]]


class Unreadable(ValueError):
    """A document that a reader cannot use; the message is the reason, for people."""

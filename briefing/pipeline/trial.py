"""An address that is no source yet, asked once: what it holds, or which feeds the page there links."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from briefing.config import Settings, Source
from briefing.fetch import fetch
from briefing.links import feeds_of
from briefing.model import Article, Document, Miss
from briefing.read import read


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of asking an address that is no source yet. Made by `tried`, read by `briefing feeds add`."""

    told: str = ""  # what it holds, in one line
    name: str = ""  # what it calls itself
    moved: str = ""
    error: str = ""
    linked: tuple[str, ...] = ()  # the feeds that a web page links, where no feed was there


def tried(settings: Settings, source: Source, now: datetime) -> Trial:
    """What asking a feed gives; nothing of it is kept."""
    ((_, fetched),) = fetch((source,), settings.base, now=now, network=settings.network)
    found: list[Article | Miss] = []
    linked: list[str] = []
    for document in fetched.documents:
        if isinstance(document, Document):
            found += read(document, source, settings.timezone)
            linked += feeds_of(document.content, document.address)
        elif isinstance(document, Miss):
            found.append(document)
    articles = [one for one in found if isinstance(one, Article)]
    misses = [one.reason for one in found if isinstance(one, Miss)]
    if misses and not articles:
        return Trial(error=misses[0], linked=tuple(linked))
    outlets = Counter(one.outlet for one in articles if one.outlet)
    return Trial(
        told=_told(articles, settings),
        name=outlets.most_common(1)[0][0] if outlets else "",
        moved=next((v.moved for v in fetched.visits if v.moved and v.moved != v.address), ""),
    )


def _told(articles: list[Article], settings: Settings) -> str:
    if not articles:
        return "it answers, and holds nothing now"
    newest = max((one.published for one in articles if one.published), default=None)
    when = f", the newest of {newest.astimezone(settings.zone):%Y-%m-%d %H:%M %Z}" if newest else ", undated"
    return f"{len(articles)} article{'s' if len(articles) > 1 else ''}{when}"

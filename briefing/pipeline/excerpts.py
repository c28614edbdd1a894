"""What an edition says of articles of which a feed has an excerpt: which text speaks, how pages fared.

All of it is told from the store, for a slot: an edition that is built again, offline too, says the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from briefing.config import Settings
from briefing.model import Article, FullText, Harvest, Miss, PageCount, Slot
from briefing.read import is_excerpt
from briefing.store import Store

STANDS: Final = "the excerpt of its feed stands"
KINDS: Final = {"walled": "walled", "unlike": "unlike", "failed": "failed", "fuller": "failed"}  # had later


def wanting(settings: Settings) -> list[str]:
    """The feeds whose articles' pages are fetched; what lies on disk is as its owner left it."""
    feeds = [one for one in settings.sources if one.feed or (one.watch and not one.links)]
    return [source.label for source in feeds if settings.wants_full_text(source)]


def told(settings: Settings, slot: Slot, store: Store, found: Harvest) -> Harvest:
    """The harvest with the texts that speak in this slot, how their pages fared, and those that failed.

    A text that was had speaks for every source that carries its excerpt, also for one whose pages are not
    fetched, or not any more.
    """
    labels = wanting(settings)
    whole = store.articles([source.label for source in settings.sources], slot.window, slot.name)
    pool = store.articles(labels, slot.window, slot.name)
    known = store.pages.of(a.id for a in (*whole, *pool, *found.articles))
    texts = {a.id: a for a in whole}
    articles = tuple(_speaking(a, known, texts) for a in found.articles)
    mine = {label: [a for a in pool if a.source == label] for label in labels}
    sources = tuple(
        replace(report, pages=_count(mine[report.name], known)) if report.name in mine else report
        for report in found.sources
    )
    misses = tuple(miss for label in labels for miss in _misses(label, mine[label], known))
    return Harvest(sources, articles, (*found.misses, *misses))


def noted(settings: Settings, store: Store, pool: Sequence[Article]) -> tuple[Article, ...]:
    """The pool, each excerpt with a note where its page gave something else than its text."""
    labels = wanting(settings)
    known = store.pages.of(a.id for a in pool) if labels else {}
    why = {key: one.note for key, one in known.items() if one.outcome in ("walled", "unlike")}
    return tuple(
        replace(a, notes=(*a.notes, f"{why[a.id]}: {STANDS}")) if a.id in why and a.source in labels else a
        for a in pool
    )


def _speaking(article: Article, known: Mapping[str, FullText], texts: Mapping[str, Article]) -> Article:
    """The article, or the fuller one that speaks in its place."""
    fuller = texts.get(known[article.id].fuller) if article.id in known else None
    return replace(article, id=fuller.id, text=fuller.text, notes=fuller.notes) if fuller else article


def _fared(article: Article, known: Mapping[str, FullText], whole: set[str]) -> str:
    """Which number of a PageCount an article of the pool is of; "" for none: its feed has all of it."""
    if article.id in whole:
        return "had"
    if article.id in known:
        return KINDS.get(known[article.id].outcome, "")
    return "left" if article.url and is_excerpt(article) else ""


def _count(pool: Sequence[Article], known: Mapping[str, FullText]) -> PageCount | None:
    whole = {one.fuller for one in known.values() if one.fuller}
    fared = [kind for a in pool if (kind := _fared(a, known, whole))]
    names = ("had", "walled", "unlike", "failed", "left")
    return PageCount(len(fared), **{name: fared.count(name) for name in names}) if fared else None


def _misses(source: str, pool: Sequence[Article], known: Mapping[str, FullText]) -> list[Miss]:
    """One line for all pages of a source that failed in the same way, with the newest one's address."""
    whole = {one.fuller for one in known.values() if one.fuller}
    urls: dict[str, list[str]] = {}
    for article in reversed(pool):  # it is ordered by time
        if _fared(article, known, whole) == "failed":
            urls.setdefault(known[article.id].note, []).append(article.url)
    return [
        Miss(source, first, reason + (f" (and {len(others):,} more of its pages)" if others else ""))
        for reason, (first, *others) in sorted(urls.items())
    ]

"""How a source fared in one fetch, in the words of an edition: pure functions of what it gave."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from briefing.config import Source
from briefing.model import Article, Miss, Slot, SourceReport, Visit


def report_of(
    source: Source, articles: Sequence[Article], misses: Sequence[Miss], slot: Slot | None = None
) -> SourceReport:
    """How a source fared: failed when it gave nothing but misses, empty when it gave nothing at all."""
    status = "ok" if articles else "failed" if misses else "empty"
    if articles and slot and is_stale(articles, slot):
        status = "stale"
    return SourceReport(
        source.label,
        source.kind,
        source.address,
        status,  # type: ignore[arg-type]  # one of the four above
        len(articles),
        misses[0].reason if misses and not articles else "",
    )


def is_stale(articles: Sequence[Article], slot: Slot) -> bool:
    """Whether all of them are older than what the slot covers."""
    return all(a.published and a.published <= slot.window.start for a in articles)


def moved_to(visits: Iterable[Visit]) -> str:
    """Where a source has moved for good; "" where it stands."""
    return next((v.moved for v in visits if v.moved and v.moved != v.address), "")


def addresses_of(source: Source) -> tuple[str, ...]:
    """The addresses on the network that feeds.yaml names for a source."""
    alone = source.feed or source.watch
    return (alone,) if alone else source.pages

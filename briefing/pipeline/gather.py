"""Steps 1 and 2: every source of a briefing, as articles and misses.

for each source:    1 fetch    Source   -> Document | Miss
                    2 read     Document -> Article | Miss       kept in the store
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from briefing.config import Settings, Source
from briefing.errors import NoEdition
from briefing.fetch import fetch, is_remote
from briefing.model import Article, Document, Harvest, Miss, Slot, SourceReport
from briefing.read import read
from briefing.store import Store

Progress = Callable[[str, int, int], None]  # step such as "1 fetch", how many done, of how many


def harvest(
    settings: Settings,
    slot: Slot,
    store: Store,
    tell: Progress,
    *,
    offline: bool = False,
    answers_needed: bool = True,
) -> Harvest:
    """What the sources say, kept in the store. Raises NoEdition as `gathered` does."""
    parts = gathered(settings, slot, store, tell, offline=offline, answers_needed=answers_needed)
    whole = together(parts)
    store.add(whole.articles, slot.name)
    for source, part in zip(settings.sources, parts, strict=True):
        if not (offline and is_remote(source)):
            store.remember(part.sources[0], part.misses, [a.id for a in part.articles])
    return whole


def gathered(
    settings: Settings,
    slot: Slot,
    store: Store,
    tell: Progress,
    *,
    offline: bool,
    answers_needed: bool = True,
) -> list[Harvest]:
    """What each source says now; offline, what the remote ones last said.

    Raises NoEdition when all of them failed and one answer is needed, before anything is remembered:
    a night without a network forgets nothing. All sources failed is no quiet day.
    """
    parts = asked(settings, tell, offline=offline, slot=slot)
    if offline:
        places = zip(settings.sources, parts, strict=True)
        parts = [_recalled(source, store) if is_remote(source) else part for source, part in places]
    reports = [part.sources[0] for part in parts]
    if answers_needed and all(report.status == "failed" for report in reports):
        reasons = "\n".join(f"  {r.name}: {r.error}" for r in reports)
        raise NoEdition(f"no edition: every source failed, so nothing can be said of the day\n{reasons}")
    return parts


def asked(
    settings: Settings, tell: Progress, *, offline: bool = False, slot: Slot | None = None
) -> list[Harvest]:
    """Steps 1 and 2 for each source; with a slot, it is told which of them are stale in it."""
    tell("1 fetch", 0, len(settings.sources))
    fetched = fetch(settings.sources, settings.base, offline=offline)
    parts = []
    for number, (source, documents) in enumerate(zip(settings.sources, fetched, strict=True), start=1):
        articles, misses = _read(source, documents, settings.timezone)
        report = _report(source, articles, misses, slot)
        parts.append(Harvest((report,), tuple(articles), tuple(misses)))
        tell("2 read", number, len(fetched))
    return parts


def _recalled(source: Source, store: Store) -> Harvest:
    """What a source said when it was last asked."""
    miss = Miss(source.label, source.address, "never fetched, and this run is offline")
    never = (_report(source, [], [miss]), (miss,), ())
    report, misses, ids = store.remembered(source.label, source.address) or never
    return Harvest((report,), tuple(a for i in ids if (a := store.article(i)) is not None), misses)


def together(parts: Sequence[Harvest]) -> Harvest:
    """One harvest of what each source gave, in the order of feeds.yaml."""
    return Harvest(
        tuple(r for part in parts for r in part.sources),
        tuple(a for part in parts for a in part.articles),
        tuple(m for part in parts for m in part.misses),
    )


def _read(
    source: Source, documents: Sequence[Document | Miss], timezone: str
) -> tuple[list[Article], list[Miss]]:
    results: list[Article | Miss] = []
    for document in documents:
        results += [document] if isinstance(document, Miss) else read(document, source, timezone)
    articles = {r.id: r for r in results if isinstance(r, Article)}
    return list(articles.values()), [r for r in results if isinstance(r, Miss)]


def _report(
    source: Source, articles: Sequence[Article], misses: Sequence[Miss], slot: Slot | None = None
) -> SourceReport:
    """How a source fared: failed when it gave nothing but misses, empty when it gave nothing at all."""
    status = "ok" if articles else "failed" if misses else "empty"
    if articles and slot and all(a.published and a.published <= slot.window.start for a in articles):
        status = "stale"
    return SourceReport(
        source.label,
        source.kind,
        source.address,
        status,  # type: ignore[arg-type]  # one of the four above
        len(articles),
        misses[0].reason if misses and not articles else "",
    )


def silent(_step: str, _done: int, _total: int) -> None:
    """Nobody is looking."""

"""The program in five steps; every other module is one of them, or a detail of one.

    for each source:    1 fetch    Source   -> Document | Miss
                        2 read     Document -> Article | Miss       kept in the store
    for the slot:       3 refine   Article  -> Edition
    for each format:    4 render   Edition  -> Page
    for each channel:   5 send     Page     -> Receipt

Data goes forward only. Rooms do not know each other; this module and `library` are the only ones
that know them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from briefing.config import Settings, Source, themes_of
from briefing.errors import NoEdition
from briefing.fetch import fetch, is_remote
from briefing.model import Article, Document, Edition, Harvest, Inspection, Miss, Receipt, Slot, SourceReport
from briefing.read import read
from briefing.refine import inspected, refine
from briefing.render import Rendered, render
from briefing.render import load as load_edition
from briefing.schedule import slot as slot_at
from briefing.schedule import upcoming
from briefing.send import send
from briefing.store import Store, lock, open_store
from briefing.verify import verify

IN_MEMORY = "sqlite://"

Progress = Callable[[str, int, int], None]  # step such as "1 fetch", how many done, of how many


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run made. `notes` are lines about what could not be drawn."""

    edition: Edition
    receipts: tuple[Receipt, ...]
    notes: tuple[str, ...]


def run(
    settings: Settings,
    now: datetime,
    *,
    offline: bool = False,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Outcome:
    """One edition, from its sources to its pages.

    `now` is aware. `dry_run` writes no page and keeps nothing. Raises NoEdition when every source
    failed, Locked when another run builds this briefing.
    """
    tell = progress or _silent
    if dry_run:
        edition = compose(settings, now, offline=offline, progress=tell)
        return Outcome(edition, (), _drawn(edition, settings, tell).notes)
    slot = slot_at(settings, now)
    with _memory(settings) as store:
        harvest = _harvest(settings, slot, store, tell, offline=offline)  # 1 fetch, 2 read
        edition = _edition(settings, slot, store, harvest, _pool(settings, slot, store))  # 3 refine
        drawn = _drawn(edition, settings, tell)  # 4 render
        receipts = send(drawn.pages, settings.output_folder() / edition.briefing / edition.slot)  # 5 send
        _keep(store, edition)
        return Outcome(edition, receipts, drawn.notes)


def compose(
    settings: Settings, now: datetime, *, offline: bool = False, progress: Progress | None = None
) -> Edition:
    """Steps 1 to 3 alone: an edition as a value; the store is read and left as it is."""
    tell, slot = progress or _silent, slot_at(settings, now)
    with open_store(_existing(settings)) as store, open_store(IN_MEMORY) as scratch:
        harvest = _together(_gathered(settings, slot, store, tell, offline=offline))
        # What the store knows keeps the slot that saw it first; a time needs no such memory.
        scratch.add((a for a in harvest.articles if a.published or not store.article(a.id)), slot.name)
        pool = {a.id: a for a in (*_pool(settings, slot, scratch), *_pool(settings, slot, store))}
        return _edition(settings, slot, store, harvest, list(pool.values()))


def fetch_all(settings: Settings, now: datetime, *, progress: Progress | None = None) -> Harvest:
    """Steps 1 and 2 alone: every source into the store, for the edition that is due next."""
    with _memory(settings) as store:
        return _harvest(settings, upcoming(settings, now), store, progress or _silent)


def draw(
    edition_json: bytes, formats: Sequence[str], templates: Path | None, folder: Path
) -> tuple[tuple[Receipt, ...], tuple[str, ...]]:
    """Steps 4 and 5 alone: an edition drawn again, without fetching."""
    drawn = render(load_edition(edition_json), formats, templates)
    return send(drawn.pages, folder), drawn.notes


def check(edition_json: bytes, store_url: str) -> int:
    """How many statements of an edition were found again; VerifyError on the first that was not."""
    with open_store(store_url) as store:
        return verify(load_edition(edition_json), store.article)


def inspect(settings: Settings) -> tuple[list[Inspection], tuple[Miss, ...]]:
    """What the program sees in each article of the sources, and what it could not have; nothing is kept."""
    harvest = bring(settings)
    return [inspected(article, themes_of(settings)) for article in harvest.articles], harvest.misses


def bring(settings: Settings) -> Harvest:
    """Steps 1 and 2 without a memory: the sources as they are now."""
    return _together(_asked(settings, _silent))


def _harvest(
    settings: Settings, slot: Slot, store: Store, tell: Progress, *, offline: bool = False
) -> Harvest:
    """What the sources say, kept in the store."""
    parts = _gathered(settings, slot, store, tell, offline=offline)
    harvest = _together(parts)
    store.add(harvest.articles, slot.name)
    for source, part in zip(settings.sources, parts, strict=True):
        if not (offline and is_remote(source)):
            store.remember(part.sources[0], part.misses, [a.id for a in part.articles])
    return harvest


def _gathered(
    settings: Settings, slot: Slot, store: Store, tell: Progress, *, offline: bool
) -> list[Harvest]:
    """What each source says now; offline, what the remote ones last said.

    Raises NoEdition when all of them failed, before anything is remembered: a night without a
    network forgets nothing. All sources failed is no quiet day.
    """
    parts = _asked(settings, tell, offline=offline, slot=slot)
    if offline:
        places = zip(settings.sources, parts, strict=True)
        parts = [_recalled(source, store) if is_remote(source) else part for source, part in places]
    reports = [part.sources[0] for part in parts]
    if all(report.status == "failed" for report in reports):
        reasons = "\n".join(f"  {r.name}: {r.error}" for r in reports)
        raise NoEdition(f"no edition: every source failed, so nothing can be said of the day\n{reasons}")
    return parts


def _asked(
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


def _together(parts: Sequence[Harvest]) -> Harvest:
    return Harvest(
        tuple(r for part in parts for r in part.sources),
        tuple(a for part in parts for a in part.articles),
        tuple(m for part in parts for m in part.misses),
    )


def _pool(settings: Settings, slot: Slot, store: Store) -> tuple[Article, ...]:
    return store.articles([s.label for s in settings.sources], slot.window, slot.name)


def _edition(
    settings: Settings, slot: Slot, store: Store, harvest: Harvest, pool: Sequence[Article]
) -> Edition:
    return refine(
        pool,
        harvest=harvest,
        slot=slot,
        settings=settings,
        themes=themes_of(settings),
        earlier=[load_edition(e) for e in store.earlier(settings.key, slot.name)],
    )


def _drawn(edition: Edition, settings: Settings, tell: Progress) -> Rendered:
    """The pages in every format asked for. Raises NoEdition where not one could be drawn."""
    drawn = render(edition, settings.formats, settings.templates_folder())
    if not drawn.pages:
        raise NoEdition("no edition was written: " + "; ".join(drawn.notes))
    tell("4 render", 1, 1)
    return drawn


def _keep(store: Store, edition: Edition) -> None:
    """Remember the edition as JSON, whatever formats were asked for: later ones compare with it."""
    page = render(edition, ["json"]).pages[0]
    store.keep(edition.briefing, edition.slot, page.content, [a.id for a in edition.articles])


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


@contextmanager
def _memory(settings: Settings) -> Iterator[Store]:
    """The store, under the briefing's lock."""
    with lock(settings.output_folder() / settings.key / ".lock"), open_store(settings.store_url()) as store:
        yield store


def _existing(settings: Settings) -> str:
    """The store's address; an empty store in memory where there is no file yet."""
    url = settings.store_url()
    missing = url.startswith("sqlite:///") and not Path(url.removeprefix("sqlite:///")).is_file()
    return IN_MEMORY if missing else url


def _silent(_step: str, _done: int, _total: int) -> None:
    """Nobody is looking."""

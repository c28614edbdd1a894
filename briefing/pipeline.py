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
from briefing.render import load as load_edition
from briefing.render import render
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
        return Outcome(edition, (), render(edition, settings.formats, settings.templates_folder()).notes)
    slot = slot_at(settings, now)
    with _memory(settings) as store:
        harvest = _harvest(settings, slot, store, tell, offline=offline)  # 1 fetch, 2 read
        pool = _pool(settings, slot, store)
        edition = _edition(settings, slot, store, harvest=harvest, pool=pool)  # 3 refine
        tell("3 refine", 1, 1)
        drawn = render(edition, settings.formats, settings.templates_folder())  # 4 render
        tell("4 render", 1, 1)
        receipts = send(drawn.pages, settings.output_folder() / edition.briefing / edition.slot)  # 5 send
        tell("5 send", 1, 1)
        _keep(store, edition)
        return Outcome(edition, receipts, drawn.notes)


def compose(
    settings: Settings, now: datetime, *, offline: bool = False, progress: Progress | None = None
) -> Edition:
    """Steps 1 to 3 alone: an edition as a value; the store is read and left as it is."""
    tell, slot = progress or _silent, slot_at(settings, now)
    with open_store(_existing(settings)) as store, open_store(IN_MEMORY) as scratch:
        harvest = _recalled(settings, store) if offline else bring(settings, tell, slot=slot)
        _refuse_nothing(harvest)
        scratch.add((a for a in harvest.articles if store.article(a.id) is None), slot.name)
        pool = {a.id: a for a in (*_pool(settings, slot, scratch), *_pool(settings, slot, store))}
        return _edition(settings, slot, store, harvest=harvest, pool=list(pool.values()))


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


def bring(
    settings: Settings, tell: Progress | None = None, *, offline: bool = False, slot: Slot | None = None
) -> Harvest:
    """Steps 1 and 2 without a memory: the sources as they are now; with a slot, which are stale in it."""
    tell = tell or _silent
    tell("1 fetch", 0, len(settings.sources))
    fetched = fetch(settings.sources, settings.base, offline=offline)
    reports, articles, misses = [], [], []
    for number, (source, documents) in enumerate(zip(settings.sources, fetched, strict=True), start=1):
        got, missed = _read(source, documents, settings.timezone)
        reports.append(_report(source, got, missed, slot))
        articles += got
        misses += missed
        tell("2 read", number, len(fetched))
    return Harvest(tuple(reports), tuple(articles), tuple(misses))


def _harvest(
    settings: Settings, slot: Slot, store: Store, tell: Progress, *, offline: bool = False
) -> Harvest:
    """What the sources say now, kept in the store; offline, what the remote ones last said."""
    harvest = bring(settings, tell, offline=offline, slot=slot)
    if not offline:
        _refuse_nothing(harvest)  # before anything is remembered: a night without a network forgets nothing
    store.add(harvest.articles, slot.name)
    for source, report in zip(settings.sources, harvest.sources, strict=True):
        if not (offline and is_remote(source)):
            store.remember(
                report,
                [m for m in harvest.misses if m.source == source.label],
                [a.id for a in harvest.articles if a.source == source.label],
            )
    return _recalled(settings, store) if offline else harvest


def _recalled(settings: Settings, store: Store) -> Harvest:
    """The harvest as the store remembers it. Raises NoEdition where it remembers nothing."""
    reports: list[SourceReport] = []
    articles: list[Article] = []
    misses: list[Miss] = []
    for source in settings.sources:
        miss = Miss(source.label, source.address, "never fetched, and this run is offline")
        never = (_report(source, [], [miss]), (miss,), ())
        report, missed, ids = store.remembered(source.label, source.address) or never
        reports.append(report)
        misses += missed
        articles += [a for i in ids if (a := store.article(i)) is not None]
    harvest = Harvest(tuple(reports), tuple(articles), tuple(misses))
    _refuse_nothing(harvest)
    return harvest


def _refuse_nothing(harvest: Harvest) -> None:
    """All sources failed is no quiet day: it is no edition."""
    if all(report.status == "failed" for report in harvest.sources):
        reasons = "\n".join(f"  {r.name}: {r.error}" for r in harvest.sources)
        raise NoEdition(f"no edition: every source failed, so nothing can be said of the day\n{reasons}")


def _pool(settings: Settings, slot: Slot, store: Store) -> tuple[Article, ...]:
    return store.articles([s.label for s in settings.sources], slot.window, slot.name)


def _edition(
    settings: Settings, slot: Slot, store: Store, *, harvest: Harvest, pool: Sequence[Article]
) -> Edition:
    return refine(
        pool,
        harvest=harvest,
        slot=slot,
        settings=settings,
        themes=themes_of(settings),
        earlier=[load_edition(e) for e in store.earlier(settings.key, slot.name)],
    )


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

"""The program in five steps; every other module is one of them, or a detail of one.

    for each source:    1 fetch    Source   -> Document | Miss
                        2 read     Document -> Article | Miss       kept in the store
    for each excerpt:   1 fetch pages, 2 read pages                 kept beside it, where full text is wanted
    for the slot:       3 refine   Article  -> Edition
    for each format:    4 render   Edition  -> Page
    for each channel:   5 send     Page     -> Receipt              the disk first, then `deliver`

Data goes forward only. Rooms do not know each other; this package and `library` are the only ones
that know them: `gather` is steps 1 and 2, `fulltext` their second pass, `deliver` what happens to an
edition that is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from briefing.config import Settings, themes_of
from briefing.errors import NoEdition
from briefing.model import Article, Due, Edition, Harvest, Issue, Receipt, Slot
from briefing.pipeline.checkup import checked, unseen, with_history
from briefing.pipeline.deliver import alert, deliver, deliver_this, try_on, write_out
from briefing.pipeline.excerpts import noted
from briefing.pipeline.explain import Inspected, explain, inspect, lines_of
from briefing.pipeline.fulltext import complete, lend
from briefing.pipeline.gather import Progress, afresh, gathered, harvest, silent, together
from briefing.pipeline.memory import before, memory
from briefing.pipeline.trial import tried
from briefing.refine import refine
from briefing.render import Rendered, render
from briefing.render import load as load_edition
from briefing.schedule.due import settled_by, slot_of, upcoming
from briefing.schedule.due import slot as slot_at
from briefing.send import send
from briefing.store import IN_MEMORY, Store, existing, open_store
from briefing.verify import verify

__all__ = [
    "Inspected",
    "Outcome",
    "afresh",
    "alert",
    "check",
    "checked",
    "compose",
    "deliver",
    "deliver_this",
    "draw",
    "explain",
    "fetch_all",
    "inspect",
    "issue",
    "lines_of",
    "run",
    "tried",
    "try_on",
    "write_out",
]


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
    edition: str | None = None,
    offline: bool = False,
    dry_run: bool = False,
    progress: Progress = silent,
) -> Outcome:
    """One edition on demand, from its sources to its pages.

    `now` is aware; `edition` names a rule where there are several. `dry_run` writes no page and keeps
    nothing. Raises NoEdition when every source failed, Locked when another run builds this briefing.
    """
    slot = slot_at(settings, now, edition)
    if dry_run:
        composed = _composed(settings, slot, now, offline=offline, tell=progress)
        return Outcome(composed, (), _drawn(composed, settings, progress).notes)
    with memory(settings) as store:
        due = settled_by(settings, slot)
        known = store.ledger.issue(settings.key, due) if due else None
        if known and known.late and slot.as_of == known.due.at:
            slot = replace(slot, late=known.late)  # built again, it says what it said
        made = replace(known or Issue(due), built=now, missed=False) if due else None
        return _made(settings, slot, store, now, progress, made=made, offline=offline)


def issue(
    settings: Settings,
    due: Due,
    now: datetime,
    *,
    late: datetime | None = None,
    answers_needed: bool = True,
    progress: Progress = silent,
) -> Outcome | None:
    """The edition that was due, unless the ledger has it already: then None.

    It covers what it would have covered at its hour, whenever it is built; `late` is what it says of
    that. Raises as `run` does, but without `answers_needed` settles for what was fetched before.
    """
    with memory(settings) as store:
        known = store.ledger.issue(settings.key, due) or Issue(due)
        if known.built:
            return None
        slot = replace(slot_of(settings, due), late=late)
        made = replace(known, built=now, late=late, missed=False, next_try=now)  # to be delivered now
        return _made(settings, slot, store, now, progress, made=made, answers_needed=answers_needed)


def _made(
    settings: Settings,
    slot: Slot,
    store: Store,
    now: datetime,
    tell: Progress,
    *,
    made: Issue | None,
    offline: bool = False,
    answers_needed: bool = True,
) -> Outcome:
    """The five steps. The edition and what the ledger says of it are kept in one transaction."""
    found = harvest(  # 1, 2
        settings, slot, store, now, tell, offline=offline, answers_needed=answers_needed
    )
    found = with_history(found, settings, slot, store)
    found = complete(settings, slot, store, found, now=now, tell=tell, offline=offline)
    edition = _edition(settings, slot, store, found, _pool(settings, slot, store))  # 3 refine
    drawn = _drawn(edition, settings, tell)  # 4 render
    receipts = send(drawn.pages, settings.output_folder() / edition.briefing / edition.slot)  # 5 send
    _keep(store, edition, made)
    return Outcome(edition, receipts, drawn.notes)


def compose(
    settings: Settings, now: datetime, *, offline: bool = False, progress: Progress = silent
) -> Edition:
    """Steps 1 to 3 alone: an edition as a value; the store is read and left as it is."""
    return _composed(settings, slot_at(settings, now), now, offline=offline, tell=progress)


def _composed(settings: Settings, slot: Slot, now: datetime, *, offline: bool, tell: Progress) -> Edition:
    with open_store(existing(settings.store_url())) as store, open_store(IN_MEMORY) as scratch:
        found = together(gathered(settings, slot, store, now, tell, offline=offline))
        found = with_history(found, settings, slot, store, kept=False)
        scratch.add(unseen(found.articles, store), slot.name)
        lend(settings, slot, store, scratch, found)
        found = complete(settings, slot, scratch, found, now=now, tell=tell, offline=offline)
        return _edition(settings, slot, store, found, _pool(settings, slot, scratch))


def fetch_all(settings: Settings, now: datetime, *, progress: Progress = silent) -> Harvest:
    """Steps 1 and 2 alone: every source into the store, for the edition that is due next."""
    with memory(settings) as store:
        slot = upcoming(settings, now)
        found = harvest(settings, slot, store, now, progress)
        return complete(settings, slot, store, found, now=now, tell=progress)


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


def _pool(settings: Settings, slot: Slot, store: Store) -> tuple[Article, ...]:
    """The articles of a slot; of what kind their outlet is, feeds.yaml says now and not when they came."""
    pool = store.articles([s.label for s in settings.sources], slot.window, slot.name)
    kinds = {s.label: s.kind for s in settings.sources if s.kind != "unknown"}
    return noted(settings, store, [replace(a, kind=kinds.get(a.source, a.kind)) for a in pool])


def _edition(
    settings: Settings, slot: Slot, store: Store, harvest: Harvest, pool: Sequence[Article]
) -> Edition:
    return refine(
        pool,
        harvest=harvest,
        slot=slot,
        settings=settings,
        themes=themes_of(settings),
        earlier=before(store, settings.key, slot.name),
    )


def _drawn(edition: Edition, settings: Settings, tell: Progress) -> Rendered:
    """The pages in every format asked for. Raises NoEdition where not one could be drawn."""
    drawn = render(edition, settings.formats, settings.templates_folder())
    if not drawn.pages:
        raise NoEdition("no edition was written: " + "; ".join(drawn.notes))
    tell("4 render", 1, 1)
    return drawn


def _keep(store: Store, edition: Edition, made: Issue | None) -> None:
    """Remember the edition as JSON, whatever formats were asked for: later ones compare with it."""
    page = render(edition, ["json"]).pages[0]
    store.keep(edition.briefing, edition.slot, page.content, [a.id for a in edition.articles], made)

"""Steps 1 and 2: every source of a briefing, as articles and misses.

for each source:    1 fetch    Source   -> Document | Unchanged | Miss
                    2 read     Document -> Article | Miss       kept in the store at once

What a source brought is kept in one transaction as soon as it is read: a run that is killed loses
the sources that it had not asked, and the next one asks those. What did not change since it was last
read is answered from the store.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from briefing.config import Settings, Source
from briefing.errors import NoEdition
from briefing.fetch import fetch, is_remote
from briefing.model import (
    Article,
    Attempt,
    Carried,
    Document,
    Fetched,
    Harvest,
    Miss,
    Slot,
    Unchanged,
    Visit,
)
from briefing.pipeline.ahead import believed
from briefing.pipeline.memory import forget
from briefing.pipeline.reports import addresses_of, is_stale, moved_to, report_of
from briefing.read import read
from briefing.store import Store
from briefing.version import VERSION

FORGOTTEN = datetime.fromtimestamp(0, UTC)  # the moment of requests of which nothing is remembered
Progress = Callable[[str, int, int], None]  # step such as "1 fetch", how many done, of how many


@dataclass(frozen=True, slots=True)
class Part:
    """What one source brought, and what is to be remembered of it."""

    source: Source
    articles: tuple[Article, ...]
    misses: tuple[Miss, ...]
    carried: tuple[Carried, ...] = ()  # of the documents that were read now
    visits: tuple[Visit, ...] = ()
    unchanged: bool = False  # not one document was read now


def harvest(
    settings: Settings,
    slot: Slot,
    store: Store,
    now: datetime,
    tell: Progress,
    *,
    offline: bool = False,
    answers_needed: bool = True,
) -> Harvest:
    """What the sources say, kept in the store. Raises NoEdition as `gathered` does."""

    def keep(part: Part) -> None:
        store.sources.take(
            part.source.label,
            slot.name,
            part.articles,
            carried=part.carried,
            visits=part.visits,
            attempt=_attempt(part, now),
        )

    harvests = gathered(
        settings, slot, store, now, tell, offline=offline, answers_needed=answers_needed, keep=keep
    )
    for source, one in zip(settings.sources, harvests, strict=True):
        if not (offline and is_remote(source)):
            store.remember(one.sources[0], one.misses, [a.id for a in one.articles])
    if not offline:
        forget(store, settings, now)
    return together(harvests)


def gathered(
    settings: Settings,
    slot: Slot,
    store: Store,
    now: datetime,
    tell: Progress,
    *,
    offline: bool,
    answers_needed: bool = True,
    keep: Callable[[Part], None] | None = None,
) -> list[Harvest]:
    """What each source says now; offline, what the remote ones last said. `keep` is given each part.

    Raises NoEdition when all of them failed and one answer is needed, before their outcomes are
    remembered: a night without a network forgets nothing. All sources failed is no quiet day.
    """
    parts: dict[int, Part] = {}
    for index, answer in asked(settings, now, tell, store, offline=offline):
        part = _believed(answer, now)
        if keep is not None:
            keep(part)
        parts[index] = _as_kept(part, store)
    harvests = [
        _told(parts[index], slot) if index in parts else _recalled(source, slot, store)
        for index, source in enumerate(settings.sources)
    ]
    reports = [one.sources[0] for one in harvests]
    if answers_needed and all(report.status == "failed" for report in reports):
        left = [_left_alone(parts[i], store, now) if i in parts else "" for i in range(len(reports))]
        reasons = "\n".join(f"  {r.name}: {r.error}{said}" for r, said in zip(reports, left, strict=True))
        raise NoEdition(f"no edition: every source failed, so nothing can be said of the day\n{reasons}")
    return harvests


def _as_kept(part: Part, store: Store) -> Part:
    """The part with its articles as they were first kept, which is how they come when nothing has changed.

    Feeds move the dates of articles whose text is as it was. A run that keeps nothing has some that are new.
    """
    kept = {one.id: one for one in store.carrying(part.source.label, [one.id for one in part.articles])}
    return replace(part, articles=tuple(kept.get(one.id, one) for one in part.articles))


def _left_alone(part: Part, store: Store, now: datetime) -> str:
    """That this run did not ask a source, where it did not: whoever has just mended something may wait."""
    known = () if part.visits else store.sources.visits(addresses_of(part.source)).values()
    until = [v.not_before for v in known if v.failures and v.not_before and v.tried <= now < v.not_before]
    return f" (not asked again for another {(max(until) - now).seconds // 60 + 1} min)" if until else ""


def _believed(part: Part, now: datetime) -> Part:
    """A part without dates that lie too far ahead, where a server stated them."""
    if not is_remote(part.source):
        return part
    return replace(part, articles=tuple(believed(article, now) for article in part.articles))


def afresh(settings: Settings) -> Harvest:
    """Steps 1 and 2 without a memory: the sources as they are now."""
    parts = dict(asked(settings, FORGOTTEN, silent))
    return together([_told(parts[index]) for index in sorted(parts)])


def asked(
    settings: Settings, now: datetime, tell: Progress, store: Store | None = None, *, offline: bool = False
) -> Iterator[tuple[int, Part]]:
    """Steps 1 and 2 for each source, as the answers come; offline for those on disk alone."""
    tell("1 fetch", 0, len(settings.sources))
    known = [_known(source, settings.timezone, store) for source in settings.sources]
    visits = {} if store is None else _visits(known, settings.sources, store)
    answers = fetch(
        settings.sources,
        settings.base,
        now=now,
        network=settings.network,
        visits=visits,
        held=known,
        offline=offline,
    )
    with closing(answers):  # whatever goes wrong here, nobody is asked any more
        for number, (index, fetched) in enumerate(answers, start=1):
            yield index, _read(settings.sources[index], fetched, settings.timezone, known[index], store)
            tell("2 read", number, len(settings.sources))


def together(harvests: Sequence[Harvest]) -> Harvest:
    """One harvest of what each source gave, in the order of feeds.yaml."""
    return Harvest(
        tuple(r for one in harvests for r in one.sources),
        tuple(a for one in harvests for a in one.articles),
        tuple(m for one in harvests for m in one.misses),
    )


def _known(source: Source, timezone: str, store: Store | None) -> Mapping[str, Carried]:
    """What the source's documents held, of those that would be read in the same way today."""
    if store is None:
        return {}
    reader = reader_of(source, timezone)
    return {
        address: one for address, one in store.sources.carried(source.label).items() if one.reader == reader
    }


def reader_of(source: Source, timezone: str) -> str:
    """Fingerprint of what decides how a source's documents are read."""
    said = f"{VERSION}\x1f{timezone}\x1f{source.model_dump_json()}"
    return hashlib.sha256(said.encode()).hexdigest()


def _visits(
    known: Iterable[Mapping[str, Carried]], sources: Iterable[Source], store: Store
) -> dict[str, Visit]:
    """How the addresses of sources, and of what they held, were last asked."""
    held = {address for one in known for address in one}
    return store.sources.visits(sorted(held.union(*(addresses_of(source) for source in sources))))


def _read(
    source: Source, fetched: Fetched, timezone: str, known: Mapping[str, Carried], store: Store | None
) -> Part:
    articles: dict[str, Article] = {}
    misses: list[Miss] = []
    fresh: list[Carried] = []
    for document in fetched.documents:
        if isinstance(document, Miss):
            misses.append(document)
            continue
        digest = hashlib.sha256(document.content).hexdigest() if isinstance(document, Document) else ""
        before = known.get(document.address)
        if before and store and (isinstance(document, Unchanged) or before.digest == digest):
            found: Sequence[Article | Miss] = (*store.carrying(source.label, before.articles), *before.misses)
        elif isinstance(document, Document):
            found = read(document, source, timezone)
            fresh.append(_carried(source, document, timezone, digest, found))
        else:
            found = [
                Miss(source.label, document.address, "it says that nothing changed, but nothing is at hand")
            ]
        articles |= {one.id: one for one in found if isinstance(one, Article)}
        misses += [one for one in found if isinstance(one, Miss)]
    unchanged = bool(fetched.documents) and not fresh and not misses
    return Part(source, tuple(articles.values()), tuple(misses), tuple(fresh), fetched.visits, unchanged)


def _carried(
    source: Source, document: Document, timezone: str, digest: str, found: Sequence[Article | Miss]
) -> Carried:
    return Carried(
        source.label,
        document.address,
        reader_of(source, timezone),
        digest,
        tuple(dict.fromkeys(one.id for one in found if isinstance(one, Article))),
        tuple(one for one in found if isinstance(one, Miss)),
    )


def _recalled(source: Source, slot: Slot, store: Store) -> Harvest:
    """What a source said when it was last asked, be it for another slot."""
    miss = Miss(source.label, source.address, "never fetched, and this run is offline")
    never = (report_of(source, [], [miss]), (miss,), ())
    report, misses, ids = store.remembered(source.label, source.address) or never
    articles = store.carrying(source.label, ids)
    if articles:
        report = replace(report, status="stale" if is_stale(articles, slot) else "ok")
    return Harvest((report,), articles, misses)


def _told(part: Part, slot: Slot | None = None) -> Harvest:
    report = report_of(part.source, part.articles, part.misses, slot)
    return Harvest((replace(report, moved=moved_to(part.visits)),), part.articles, part.misses)


def _attempt(part: Part, now: datetime) -> Attempt:
    report = report_of(part.source, part.articles, part.misses)
    status = "unchanged" if part.unchanged and report.status == "ok" else report.status
    return Attempt(now, status, report.articles, error=report.error)  # type: ignore[arg-type]  # not stale


def silent(_step: str, _done: int, _total: int) -> None:
    """Nobody is looking."""

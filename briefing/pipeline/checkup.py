"""What the store remembers of sources, put beside what they just said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from briefing.config import Settings, Source
from briefing.model import Article, Harvest, Health, Miss, Slot, SourceReport
from briefing.pipeline.gather import Progress, harvest, silent
from briefing.pipeline.habit import habit
from briefing.pipeline.health import health, last_answer, with_habit
from briefing.pipeline.memory import memory
from briefing.pipeline.reports import addresses_of, moved_to
from briefing.schedule.due import upcoming
from briefing.store import Store, existing, open_store

LOOK_BACK = timedelta(days=90)  # attempts before that say nothing of how a source fares
DAY = timedelta(days=1)


def checked(
    settings: Settings, now: datetime, *, offline: bool = False, progress: Progress = silent
) -> tuple[Health, ...]:
    """How each source fares: all of them are asked, as `briefing fetch` does; offline nobody is.

    Raises Locked while another run of this briefing is on; offline it only looks.
    """
    if offline:
        with open_store(existing(settings.store_url())) as store:
            return _looked_after(settings, now, store)
    with memory(settings) as store:
        harvest(settings, upcoming(settings, now), store, now, progress, answers_needed=False)
        return _looked_after(settings, now, store)


def _looked_after(settings: Settings, now: datetime, store: Store) -> tuple[Health, ...]:
    labels = [source.label for source in settings.sources]
    days, newest = store.sources.days(labels, now), store.sources.newest(labels, now)
    found = []
    for source in settings.sources:
        report, misses = _last(source, store)
        found.append(
            health(
                replace(report, group=source.group),
                attempts=store.sources.attempts(source.label, now - LOOK_BACK),
                days=days.get(source.label, {}),
                newest=newest.get(source.label),
                visits=store.sources.visits(addresses_of(source)).values(),
                misses=misses,
                now=now,
            )
        )
    return tuple(found)


def _last(source: Source, store: Store) -> tuple[SourceReport, Sequence[Miss]]:
    """How its last fetch went."""
    never = SourceReport(source.label, source.kind, source.address, "failed", 0, "never fetched")
    report, misses, _ = store.remembered(source.label, source.address) or (never, (), ())
    return report, misses


def with_history(
    found: Harvest, settings: Settings, slot: Slot, store: Store, *, kept: bool = True
) -> Harvest:
    """The harvest of a slot, its reports with what is remembered of each source of feeds.yaml.

    Only what comes out the same when the slot is built again: see `briefing.pipeline.health`. `kept` is
    whether the store has the harvest's articles.
    """
    labels = [source.label for source in settings.sources]
    as_of = slot.as_of.astimezone(settings.zone)
    days, newest = store.sources.days(labels, as_of), store.sources.newest(labels, as_of)
    fresh = store.sources.fresh(labels, slot.window, slot.name)
    visits = store.sources.visits(sorted({one for s in settings.sources for one in addresses_of(s)}))
    carried: dict[str, list[Article]] = {label: [] for label in labels}
    for article in () if kept else unseen(found.articles, store):
        carried[article.source].append(article)
    told = []
    for source, report in zip(settings.sources, found.sources, strict=True):
        new = carried[source.label]
        counts = _counted(days.get(source.label, {}), new, as_of)
        last = _newest(newest.get(source.label), new, as_of)
        first = source.label in fresh or any(_inside(one, slot) for one in new)
        moved = report.moved or moved_to(visits[one] for one in addresses_of(source) if one in visits)
        known = replace(with_habit(report, habit(counts), last), group=source.group, moved=moved)
        told.append(_stated(known, store, as_of, first=first))
    return replace(found, sources=tuple(told))


def _stated(report: SourceReport, store: Store, as_of: datetime, *, first: bool) -> SourceReport:
    """The report with since when it failed, or with whether its slot saw something `first`."""
    if report.status == "failed":
        attempts = store.sources.attempts(report.name, as_of - LOOK_BACK)
        answered = last_answer(one for one in attempts if one.at < as_of)
        return replace(report, answered=answered.astimezone(as_of.tzinfo) if answered else None)
    return report if first or report.status != "ok" else replace(report, status="unchanged")


def unseen(articles: Sequence[Article], store: Store) -> list[Article]:
    """Those that the store has not of their source: what a run that keeps nothing is the first to see."""
    ids: dict[str, list[str]] = {}
    for one in articles:
        ids.setdefault(one.source, []).append(one.id)
    kept = {source: store.sources.kept(source, some) for source, some in ids.items()}
    return [one for one in articles if one.id not in kept[one.source]]


def _inside(article: Article, slot: Slot) -> bool:
    return article.published is None or slot.window.start < article.published <= slot.window.end


def _counted(days: Mapping[int, int], unseen: Sequence[Article], as_of: datetime) -> Mapping[int, int]:
    """The counts of days with those of articles that are not kept."""
    ages = (as_of - one.published for one in unseen if one.published and one.published <= as_of)
    return Counter(days) + Counter(age // DAY for age in ages)


def _newest(known: datetime | None, unseen: Sequence[Article], as_of: datetime) -> datetime | None:
    moments = [a.published for a in unseen if a.published and a.published <= as_of]
    return max([*moments, *([known] if known else [])], default=None)

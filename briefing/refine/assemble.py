"""assemble: the steps' results into one edition, as edition.json holds it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from briefing.config.settings import Settings, Theme
from briefing.model import (
    Article,
    Changes,
    CitedArticle,
    Copy,
    Dispatch,
    Dispute,
    Drop,
    Edition,
    Figure,
    Harvest,
    KeyPoint,
    Method,
    Reading,
    Slot,
    StoryReport,
    ThemeSection,
)
from briefing.refine.account import account
from briefing.refine.board import Past, board
from briefing.refine.compare.history import History, day_of
from briefing.refine.compare.quiet import quiet
from briefing.refine.compare.status import Standing, standing
from briefing.refine.compare.timeline import carried, timelines
from briefing.refine.desk import Desk
from briefing.refine.disputes import disputes
from briefing.refine.keypoints import key_points
from briefing.refine.sections.told import Told
from briefing.version import VERSION


def assemble(
    told: Sequence[Told],
    dispatches: Mapping[str, Dispatch],
    *,
    readings: Sequence[Reading],
    harvest: Harvest,
    dropped: Sequence[Drop],
    slot: Slot,
    settings: Settings,
    themes: Sequence[Theme],
    earlier: Sequence[Edition],
    history: History,
    desk: Desk,
) -> Edition:
    """The edition of a slot."""
    figures = board(told, dispatches, Past(tuple(earlier), history.matched()), desk)
    stands = standing(told, figures, history, dispatches)
    told = stands.told
    reports = [_report(t, stands.status[t.story.id], history, slot) for t in told]
    steps = timelines(reports, history, dispatches, slot.name, settings.zone)
    disputed = _disputes(told, dispatches, desk)
    points = key_points(told, settings)
    cited = _cited(points, reports, figures, disputed, dispatches)
    past = carried(steps, history)
    filed = _sections(themes, told, reports)
    return Edition(
        briefing=settings.key,
        slot=slot.name,
        title=settings.title,
        language=settings.language,
        timezone=settings.timezone,
        date=slot.date,
        as_of=slot.as_of,
        window=slot.window,
        sources=harvest.sources,
        articles=(*cited, *_renumbered(past, cited)),
        key_points=points,
        themes=filed,
        figures=figures,
        disputes=disputed,
        changes=_changes(reports, stands, history, slot),
        coverage=account(
            harvest, readings, dispatches, cited, dropped=dropped, themes=filed, earlier=earlier
        ),
        method=_method(settings, readings),
        next_issue=slot.next_issue,
        late=slot.late,
        handling=settings.handling,
        timelines=steps,
    )


def _sections(
    themes: Sequence[Theme], told: Sequence[Told], reports: Sequence[StoryReport]
) -> tuple[ThemeSection, ...]:
    """The reports under their themes; a theme without any is a section too: it says so."""
    return tuple(
        ThemeSection(
            theme.key,
            theme.title,
            tuple(r for r, t in zip(reports, told, strict=True) if t.theme == theme.key),
        )
        for theme in themes
    )


def _method(settings: Settings, readings: Sequence[Reading]) -> Method:
    return Method(VERSION, settings.summary.method, settings.fingerprint(), input_of(readings))


def input_of(readings: Sequence[Reading]) -> str:
    """A checksum over which articles were read."""
    return _sha256(" ".join(sorted(r.article.id for r in readings)))


def _report(told: Told, status: str, history: History, slot: Slot) -> StoryReport:
    key = told.story.id
    thread = history.threads.get(key)
    since = thread.since if thread else slot.name
    return StoryReport(
        key,
        told.story.headline,
        status,  # type: ignore[arg-type]  # standing gives one of the three
        told.articles,
        told.origins,
        told.statements,
        thread=thread.id if thread else key,
        since=since,
        day=(slot.date - (day_of(since) or slot.date)).days + 1,
        terms=", ".join(history.terms.get(key, ())),
    )


def _changes(reports: Sequence[StoryReport], stands: Standing, history: History, slot: Slot) -> Changes:
    """All stories of the edition by their status, and those of the last ones that fell silent."""
    if not history.since:
        return Changes()
    by_status: dict[str, tuple[str, ...]] = {
        status: tuple(dict.fromkeys(r.id for r in reports if r.status == status))
        for status in ("new", "changed", "continuing")
    }
    fallen = quiet(history, {r.thread for r in reports}, slot.date)
    return Changes(history.since, **by_status, quiet=fallen, details=stands.details)


def _disputes(told: Sequence[Told], dispatches: Mapping[str, Dispatch], desk: Desk) -> tuple[Dispute, ...]:
    """Looked for in all that the stories say, the weightiest first."""
    weights: dict[str, float] = {}
    for t in told:
        weights[t.story.id] = max(weights.get(t.story.id, 0.0), t.weight)
    stories = {t.story.id: t.story for t in told}
    ordered = sorted(weights, key=lambda key: (-weights[key], key))
    return disputes([stories[key] for key in ordered], dispatches, desk)


def _cited(
    points: Sequence[KeyPoint],
    reports: Sequence[StoryReport],
    figures: Sequence[Figure],
    disputed: Sequence[Dispute],
    dispatches: Mapping[str, Dispatch],
) -> tuple[CitedArticle, ...]:
    """Every cited article once, numbered in the order in which a reader meets it."""
    met = [p.statement.article for p in points]
    met += [a for f in figures for a in (f.article, *(e.article for e in f.also))]
    for report in reports:
        met += [s.article for s in report.statements]
        met += report.articles
    met += [s.article for d in disputed for s in d.sides]
    return tuple(_cite(dispatches[key], number) for number, key in enumerate(dict.fromkeys(met), start=1))


def _renumbered(past: Mapping[str, CitedArticle], cited: Sequence[CitedArticle]) -> Iterator[CitedArticle]:
    """Articles that only earlier editions cited, numbered behind today's."""
    here = {c.id for c in cited}
    older = [article for key, article in past.items() if key not in here]
    for number, article in enumerate(older, start=len(cited) + 1):
        yield replace(article, number=number)


def _cite(dispatch: Dispatch, number: int) -> CitedArticle:
    article = dispatch.reading.article
    return CitedArticle(
        article.id,
        number,
        article.title,
        article.outlet,
        article.url,
        article.published,
        article.day_only,
        article.language,
        article.kind,
        _sha256(article.text),
        tuple(_copy(c, article) for c in dispatch.copies),
        article.updated,
        next(iter(dispatch.origins), ""),
    )


def _copy(copy: Article, lead: Article) -> Copy:
    same = bool(copy.outlet) and copy.outlet == lead.outlet
    return Copy(
        copy.id,
        copy.outlet,
        copy.title,
        copy.url,
        copy.published,
        copy.day_only,
        "earlier version" if same else "reprint",
    )


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()

"""assemble: the steps' results into one edition, as edition.json holds it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from briefing.config.settings import Settings, Theme
from briefing.model import (
    Article,
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
from briefing.refine import compare
from briefing.refine.account import account
from briefing.refine.board import Past, board
from briefing.refine.desk import desk_of
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
) -> Edition:
    """The edition of a slot."""
    previous = earlier[0] if earlier else None
    matched = compare.matches({t.story.id: _words(t) for t in told if t.statements}, previous)
    figures = board(
        told, dispatches, Past(tuple(earlier), matched), desk_of(settings, slot.window.start.date())
    )
    reports = [_report(t, compare.status(t.story.id, matched, figures, previous)) for t in told]
    disputed = _disputes(told, dispatches)
    points = key_points(told, settings)
    cited = _cited(points, reports, figures, disputed, dispatches)
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
        articles=cited,
        key_points=points,
        themes=filed,
        figures=figures,
        disputes=disputed,
        changes=compare.changes(reports, matched, previous),
        coverage=account(
            harvest, readings, dispatches, cited, dropped=dropped, themes=filed, earlier=earlier
        ),
        method=_method(settings, readings),
        next_issue=slot.next_issue,
        late=slot.late,
        handling=settings.handling,
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


def _words(told: Told) -> str:
    return " ".join([told.story.headline, *(s.text for s in told.statements)])


def _report(told: Told, status: str) -> StoryReport:
    return StoryReport(
        told.story.id,
        told.story.headline,
        status,  # type: ignore[arg-type]  # compare.status gives one of the three
        told.articles,
        told.origins,
        told.statements,
    )


def _disputes(told: Sequence[Told], dispatches: Mapping[str, Dispatch]) -> tuple[Dispute, ...]:
    """Looked for among all that a story says, under whatever theme, chosen or not."""
    by_story: dict[str, list[Told]] = {}
    for t in told:
        by_story.setdefault(t.story.id, []).append(t)
    found: list[Dispute] = []
    for story, parts in by_story.items():
        statements = {
            (s.article, s.start): (s, dispatches[s.article].reading.article.language)
            for t in parts
            for group in t.candidates
            for s in group
        }
        found.extend(disputes(story, list(statements.values())))
    return tuple(found)


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

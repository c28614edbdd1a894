"""assemble: the steps' results into one edition, as edition.json holds it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from briefing.config.settings import Settings, Theme
from briefing.language import known
from briefing.model import (
    Article,
    CitedArticle,
    Copy,
    Coverage,
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
from briefing.refine.board import board
from briefing.refine.disputes import disputes
from briefing.refine.keypoints import key_points
from briefing.refine.opinion import opinion
from briefing.refine.sections.told import Told
from briefing.version import VERSION

UNUSED = "nothing in it that stands alone under a theme"
UNREAD = "in a language that is not read"


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
    figures = board(told, dispatches, matched, previous)
    reports = [_report(t, compare.status(t.story.id, matched, figures, previous)) for t in told]
    disputed = _disputes(told, dispatches, slot.window.start.date())
    points = key_points(told, settings)
    cited = _cited(points, reports, figures, disputed, dispatches)
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
        themes=_sections(themes, told, reports),
        figures=figures,
        disputes=disputed,
        changes=compare.changes(reports, matched, previous),
        coverage=_coverage(harvest, readings, dispatches, [*dropped, *_unused(dispatches, cited)]),
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


def _unused(dispatches: Mapping[str, Dispatch], cited: Sequence[CitedArticle]) -> list[Drop]:
    """Articles that were read and that no story cites: nothing is silent."""
    used = {c.id for c in cited}
    unused = [d for key, d in dispatches.items() if key not in used]
    articles = [a for d in unused for a in (d.reading.article, *d.copies)]
    read = {*known()}
    return [
        Drop(a.title, a.outlet, a.url, UNUSED if a.language in read else UNREAD, a.source) for a in articles
    ]


def _method(settings: Settings, readings: Sequence[Reading]) -> Method:
    ids = sorted(r.article.id for r in readings)
    return Method(VERSION, settings.summary.method, settings.fingerprint(), _sha256(" ".join(ids)))


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


def _disputes(told: Sequence[Told], dispatches: Mapping[str, Dispatch], since: date) -> tuple[Dispute, ...]:
    """Looked for in all that the stories say, the weightiest first."""
    weights: dict[str, float] = {}
    for t in told:
        weights[t.story.id] = max(weights.get(t.story.id, 0.0), t.weight)
    stories = {t.story.id: t.story for t in told}
    ordered = sorted(weights, key=lambda key: (-weights[key], key))
    return disputes([stories[key] for key in ordered], dispatches, since)


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


def _coverage(
    harvest: Harvest, readings: Sequence[Reading], dispatches: Mapping[str, Dispatch], dropped: Sequence[Drop]
) -> Coverage:
    articles = [r.article for r in readings]
    return Coverage(
        counts={
            "fetched": len(harvest.articles),
            "repeated": len(harvest.articles) - len({a.id for a in harvest.articles}),
            "in_window": len(articles),
            "copies": sum(len(d.copies) for d in dispatches.values()),
            "sentences": sum(len(r.sentences) for r in readings),
            "cut": sum(len(r.cuts) for r in readings),
        },
        languages=dict(sorted(Counter(a.language for a in articles).items())),
        dropped=tuple(sorted(dropped, key=lambda d: (d.reason, d.outlet, d.title, d.address))),
        misses=harvest.misses,
        notes=(*_notes(articles), *_opinions(readings)),
    )


def _notes(articles: Iterable[Article]) -> list[str]:
    return [f"{a.outlet or a.source}, “{a.title}”: {note}" for a in articles for note in a.notes]


def _opinions(readings: Iterable[Reading]) -> list[str]:
    """Which articles were read as opinion, and why: of them only what they attribute is printed."""
    return [
        f"{r.article.outlet or r.article.source}, “{r.article.title}”: read as opinion: {reason}"
        for r in readings
        if (reason := opinion(r))
    ]


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()

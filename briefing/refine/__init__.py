"""refine: articles to an edition. Pure: no clock, no disk, no network; one step a file.

clean       furniture off; spans of reporting remain
cut         spans -> sentences, each with its offsets
dedupe      copies of one text -> one dispatch
stories     passages about the same event -> stories
themes      every sentence -> theme
claims      who says it, what hedges it      (in summarise, for each candidate)
figures     how many of what, according to whom
rank        what comes first                 (in sections)
summarise   story x theme -> a few statements that read well together
compare     this edition against the ones before     (its history before sections, which print nothing twice)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from briefing.config.settings import Settings, Theme
from briefing.model import (
    Article,
    Drop,
    Edition,
    Harvest,
    Reading,
    Slot,
    Statement,
    Story,
    ThemedSentence,
)
from briefing.refine.assemble import assemble
from briefing.refine.boilerplate import without_boilerplate
from briefing.refine.clean import clean, is_wall
from briefing.refine.compare.history import history
from briefing.refine.cut import cut
from briefing.refine.dedupe import dedupe
from briefing.refine.headlines import headline
from briefing.refine.inspect import inspected
from briefing.refine.sections import sections
from briefing.refine.stories import group
from briefing.refine.summarise import filling
from briefing.refine.themes import classify, file_night
from briefing.refine.window import outside

__all__ = ["digest", "grouped", "inspected", "leading", "refine", "themed"]

NOTHING_LEFT = "no reporting left once furniture was cut"
WALL = "a consent, cookie or subscription notice, not an article"
WALL_SENTENCES = 4  # a page with a notice and more text than this is an article behind a banner


def refine(
    pool: Sequence[Article],
    *,
    harvest: Harvest,
    slot: Slot,
    settings: Settings,
    themes: Sequence[Theme],
    earlier: Sequence[Edition] = (),
) -> Edition:
    """One edition of the articles in the pool.

    `pool` are the articles of the slot, from the store; `harvest` is what this morning's round
    brought, for the coverage section; `earlier` are the editions before it, the newest first.
    """
    readings, walls = _read_through(pool)
    dispatches = {d.reading.article.id: d for d in dedupe(readings)}
    leads = [d.reading for d in dispatches.values()]
    stories = _named(group(leads), leads, settings.language)
    filed = without_boilerplate(file_night(leads, themes), leads)
    past = history(stories, dispatches, earlier, slot.date)
    told = sections(
        stories,
        filed,
        dispatches,
        themes,
        settings.summary,
        since=slot.window.start.date(),
        published=past.published,
    )
    dropped = [*outside(harvest.articles, pool, slot), *walls]
    return assemble(
        told,
        dispatches,
        readings=readings,
        harvest=harvest,
        dropped=dropped,
        slot=slot,
        settings=settings,
        themes=themes,
        earlier=earlier,
        history=past,
    )


def digest(articles: Sequence[Article], words: int, method: str) -> list[Statement]:
    """Statements that fill a number of words, from articles of whatever subject."""
    readings = leading(articles)
    return filling(readings, readings[0].article.language, words, method) if readings else []


def leading(articles: Sequence[Article]) -> list[Reading]:
    """The articles cleaned and cut, one for each text that several carry; the oldest first."""
    return [d.reading for d in dedupe(_read_through(articles)[0])]


def themed(article: Article, themes: Sequence[Theme]) -> list[ThemedSentence]:
    """Each sentence of an article under its theme."""
    return classify(cut(clean(article)), themes)


def grouped(articles: Sequence[Article]) -> list[Story]:
    """The stories of some articles, with their headlines."""
    readings, _ = _read_through(articles)
    return _named(group(readings), readings)


def _named(stories: Sequence[Story], readings: Sequence[Reading], language: str = "") -> list[Story]:
    by_id = {r.article.id: r for r in readings}
    return [replace(s, headline=headline(s, by_id, language)) for s in stories]


def _read_through(articles: Sequence[Article]) -> tuple[list[Reading], list[Drop]]:
    """Each article cleaned and cut, and those in which no reporting is left; the oldest first."""
    readings = [cut(clean(a)) for a in sorted(articles, key=_order)]
    kept = [r for r in readings if not _emptiness(r)]
    return kept, [_drop(r.article, reason) for r in readings if (reason := _emptiness(r))]


def _emptiness(reading: Reading) -> str:
    """Why an article has nothing to say; "" where it has."""
    if len(reading.sentences) <= WALL_SENTENCES and is_wall(reading.article.text, reading.article.language):
        return WALL
    return "" if reading.sentences else NOTHING_LEFT


def _drop(article: Article, reason: str) -> Drop:
    return Drop(article.title, article.outlet, article.url, reason, article.source)


def _order(article: Article) -> tuple[float, str]:
    return article.published.timestamp() if article.published else 0.0, article.id

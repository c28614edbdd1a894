"""refine: articles to an edition. Pure: no clock, no disk, no network; one step a file.

clean       furniture off; spans of reporting remain
cut         spans -> sentences, each with its offsets
dedupe      copies of one text -> one dispatch
origins     whose text each dispatch is
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

from briefing.config.settings import Settings, Theme
from briefing.model import Article, Edition, Harvest, Reading, Slot, Statement, Story, ThemedSentence
from briefing.refine.assemble import assemble, input_of
from briefing.refine.clean import clean
from briefing.refine.cut import cut
from briefing.refine.dedupe import dedupe
from briefing.refine.desk import desk_of
from briefing.refine.inspect import answers, explained, having, inspected, mentions, nearest, printed
from briefing.refine.stories import group
from briefing.refine.summarise import filling
from briefing.refine.themes import classify
from briefing.refine.window import outside
from briefing.refine.workings import read_through, titled, work

__all__ = [
    "answers",
    "desk_of",
    "digest",
    "explained",
    "grouped",
    "having",
    "input_of",
    "inspected",
    "leading",
    "mentions",
    "nearest",
    "printed",
    "refine",
    "themed",
    "work",
]


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
    made = work(pool, settings, themes, since=slot.window.start.date(), day=slot.date, earlier=earlier)
    dropped = [*outside(harvest.articles, pool, slot), *made.walls]
    return assemble(
        made.told,
        made.dispatches,
        readings=made.readings,
        harvest=harvest,
        dropped=dropped,
        slot=slot,
        settings=settings,
        themes=themes,
        earlier=earlier,
        history=made.history,
        desk=made.desk,
    )


def digest(articles: Sequence[Article], words: int, method: str) -> list[Statement]:
    """Statements that fill a number of words, from articles of whatever subject."""
    readings = leading(articles)
    return filling(readings, readings[0].article.language, words, method) if readings else []


def leading(articles: Sequence[Article]) -> list[Reading]:
    """The articles cleaned and cut, one for each text that several carry; the oldest first."""
    return [d.reading for d in dedupe(read_through(articles)[0])]


def themed(article: Article, themes: Sequence[Theme]) -> list[ThemedSentence]:
    """Each sentence of an article under its theme."""
    return classify(cut(clean(article)), themes)


def grouped(articles: Sequence[Article]) -> list[Story]:
    """The stories of some articles, with their headlines."""
    readings, _ = read_through(articles)
    return titled(group(readings), readings)

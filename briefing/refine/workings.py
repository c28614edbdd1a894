"""workings: all that is made on the way from articles to an edition's sections.

Requirement: who asks why a line is printed gets the very values that decided, not a second reckoning; so
`refine` and inspect take them from here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from briefing.config.settings import Settings, Theme
from briefing.model import Article, Dispatch, Drop, Edition, Reading, Story, ThemedSentence
from briefing.refine.boilerplate import without_boilerplate
from briefing.refine.clean import clean, is_wall
from briefing.refine.compare.history import History, history
from briefing.refine.cut import cut
from briefing.refine.dedupe import dedupe
from briefing.refine.desk import Desk, desk_of
from briefing.refine.headlines import headline
from briefing.refine.origins import with_origins
from briefing.refine.sections import told_of, turns
from briefing.refine.sections.choosing import Turn
from briefing.refine.sections.told import Told
from briefing.refine.stories import Grouping, grouping
from briefing.refine.themes import file_night

NOTHING_LEFT = "no reporting left once furniture was cut"
WALL = "a consent, cookie or subscription notice, not an article"
WALL_SENTENCES = 4  # a page with a notice and more text than this is an article behind a banner


@dataclass(frozen=True, slots=True)
class Workings:
    """What the steps made. Made by `work`, read by refine and inspect."""

    readings: list[Reading]  # copies too, the oldest first
    walls: list[Drop]  # articles in which no reporting is left
    dispatches: dict[str, Dispatch]  # by the id of the article that leads them
    grouping: Grouping  # of those articles
    filed: Mapping[str, Sequence[ThemedSentence]]
    history: History  # what the editions before told of these stories
    desk: Desk
    turns: list[Turn]  # every story under every theme
    told: list[Told]  # those that are printed

    @property
    def leads(self) -> list[Reading]:
        """The readings that speak for a text each."""
        return [d.reading for d in self.dispatches.values()]


def work(
    pool: Sequence[Article],
    settings: Settings,
    themes: Sequence[Theme],
    *,
    since: date | None = None,
    day: date | None = None,
    earlier: Sequence[Edition] = (),
) -> Workings:
    """The steps up to the sections of a day's edition; `since` as in Desk, `earlier` has the newest first."""
    readings, walls = read_through(pool)
    publishers = {source.label: source.publisher for source in settings.sources}
    dispatches = {d.reading.article.id: d for d in with_origins(dedupe(readings), publishers)}
    leads = [d.reading for d in dispatches.values()]
    found = grouping(leads)
    stories = titled(found.stories, leads, settings.language)
    filed = without_boilerplate(file_night(leads, themes), leads)
    past = history(stories, dispatches, earlier, day)
    desk = desk_of(settings, since, past.published)
    taken = turns(stories, filed, dispatches, themes, settings.summary, desk=desk)
    return Workings(readings, walls, dispatches, found, filed, past, desk, taken, told_of(taken, themes))


def titled(stories: Sequence[Story], readings: Sequence[Reading], language: str = "") -> list[Story]:
    """The stories with their headlines."""
    by_id = {r.article.id: r for r in readings}
    return [replace(s, headline=headline(s, by_id, language)) for s in stories]


def read_through(articles: Sequence[Article]) -> tuple[list[Reading], list[Drop]]:
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

"""desk: what an edition brings along before it reads its articles.

One value instead of many arguments: each step takes it whole and reads what concerns it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from briefing.config.settings import Settings
from briefing.refine.claims import NO_TABLE, Table, table_of
from briefing.refine.compare.published import NOTHING, Published


@dataclass(frozen=True, slots=True)
class Desk:
    """Made from the configuration and the slot; read by sections, summarise and inspect.

    What lies before `since`, the first day of the edition's window, is background; without it nothing is.
    `speakers` are those that feeds.yaml lists. What was `published` by earlier editions is not said again.
    """

    since: date | None = None
    speakers: Table = field(default_factory=lambda: NO_TABLE)
    published: Published = NOTHING


NO_DESK = Desk()


def desk_of(settings: Settings, since: date | None, published: Published = NOTHING) -> Desk:
    """The desk of an edition whose window begins on a day."""
    return Desk(since, table_of(settings.speakers), published)

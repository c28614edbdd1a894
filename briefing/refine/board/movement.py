"""movement: what the editions before said of the board's counts. Read by the board.

Requirement: the reader sees what moved since the last edition, and since when a figure stands as it does.

Theory: a count goes on from edition to edition when kind, who, period and where agree, and the speaker, where
both name one. The last edition that gave it speaks. A total of the war goes on under any story; a toll goes
on with its story only, and does not fall (tolls of one event rise; two strikes on a town are two events).
Where neither figure names a place, only a story's single row of that kind goes on, by the same speaker.

Rejected: the nearest number of the same kind (yesterday's strike became the origin of today's).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from briefing.model import Earlier, Edition, Figure
from briefing.refine.board.counts import BY_CHANCE, TOLLS, TOTAL, Count, Names, moves, names, near, size, whom
from briefing.refine.board.sources import one_source

RISES = 2  # times: a toll that has risen more is another event's


@dataclass(frozen=True, slots=True)
class Past:
    """The earlier editions, the newest first, and which of their stories went on. Made by the board's caller.

    `matched` gives for a story of this edition the id of the same story in the newest earlier one.
    """

    editions: tuple[Edition, ...] = ()
    matched: Mapping[str, str] | None = None

    def story(self, edition: Edition, story: str) -> str:
        """The id that a story of this edition had in an earlier one; "" where it had none."""
        newest = bool(self.editions) and edition is self.editions[0]
        return (self.matched or {}).get(story, "") if newest else ""


def moved(row: Count, board: Iterable[Count], past: Past) -> Count:
    """A row with what the newest edition that gave its count said of it, and "updated" where that changed."""
    single = sum(_kind(other) == _kind(row) for other in board) == 1
    for edition in past.editions:
        codes = {a.id: a.language for a in edition.articles}
        story = past.story(edition, row.figure.story)
        found = [
            f for f in edition.figures if _goes_on(f, row, story, codes.get(f.article, row.language), single)
        ]
        if len({f.value for f in found}) == 1:
            return against(row, found[0], edition.slot)
        if found:
            return row  # two rows could be its past
    return row


def unchanged(figure: Figure) -> bool:
    """Whether a row says what an earlier edition said: no news."""
    old = figure.before
    return (
        old is not None
        and old.value == figure.value
        and (figure.value is not None or old.text == figure.text)
    )


def _kind(row: Count) -> tuple[str, str, str, Names]:
    return row.figure.story, row.figure.what, row.figure.period, row.whom


def _goes_on(old: Figure, row: Count, story: str, code: str, single: bool) -> bool:
    new = row.figure
    if (old.what, old.period, whom(old, code)) != (new.what, new.period, row.whom) or not _alike(old, new):
        return False
    if old.source and new.source and not one_source(old, new):
        return False
    ongoing = bool(story) and old.story == story
    placed = bool(old.where and new.where)
    here = names(old.where) == names(new.where) if placed else single
    if new.what in TOLLS and new.period != TOTAL:
        same = placed and size(old) == size(new) >= BY_CHANCE  # whatever story tells it
        return here and (same or (ongoing and size(old) <= size(new) <= RISES * size(old)))
    return here and (placed or (ongoing and bool(old.source and new.source)))


def _alike(old: Figure, new: Figure) -> bool:
    """Whether one of two numbers can have become the other; vague ones only stay what they are."""
    if old.value is None or new.value is None:
        return old.value == new.value and old.text.lower() == new.text.lower()
    return near(old, new)


def against(row: Count, old: Figure, slot: str) -> Count:
    """A row beside its past; where nothing has changed, since when. `slot` is the past's edition."""
    since = old.before.slot if old.before and unchanged(old) else slot
    now = row.figure
    same = now.value == old.value
    before = Earlier(since if same else slot, old.text, old.value, old.source)
    other_day = bool(old.when and now.when) and old.when.lower() != now.when.lower()
    risen = moves(old, now) and now.status in ("", "agrees") and bool(row.time) and not other_day
    return replace(row, figure=replace(now, before=before, status="updated" if risen else now.status))

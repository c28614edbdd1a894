"""board: the key figures of an edition, from its leading stories.

The board shows what a desk asks for every morning: how many killed, wounded, evacuated, without
power, what was launched and shot down, where the front stands. It takes what the stories told in full
say (`fitting`), each count once with all who give it (`counts`, `marks`), beside what the last editions said
of it (`movement`): people first, a few rows of a kind and of a story, and at most `MOST`: page one
stands alone. A row that repeats the last edition is no news, and goes when there is no room for it.

Rejected: every figure of a story (roads, wagons and bloggers crowded out the dead); the figures of one
story up to the limit (the second story of the day had none).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from briefing.model import Dispatch, Figure
from briefing.refine.board.counts import BY_CHANCE, TOLLS, Count, apart, names, one_count, size
from briefing.refine.board.fitting import fitting
from briefing.refine.board.marks import marked, numbered, one_event, rows
from briefing.refine.board.movement import Past, moved, unchanged
from briefing.refine.board.sums import is_total
from briefing.refine.board.totals import totals
from briefing.refine.desk import NO_DESK, Desk
from briefing.refine.sections.told import Told

__all__ = ["Past", "board"]

MOST = 12  # rows
OF_A_STORY = 5  # rows, unless the other stories leave room
OF_A_KIND = 3  # rows of one kind from one story
PEOPLE = (
    *("killed", "wounded", "casualties", "missing", "trapped", "evacuated", "displaced", "refugees"),
    *(
        "sheltered",
        "deported",
        "captured",
        "arrested",
        "freed",
        "without power",
        "without heat",
        "without water",
    ),
)
# Behind them what else has a name in the order in which a desk asks for it, then the rest by name.
THINGS = ("troops", "strikes", "drones and missiles", "shot down", "clashes", "settlements taken", "area")
ORDER = {kind: place for place, kind in enumerate((*PEOPLE, *THINGS))}


def board(
    told: Sequence[Told], dispatches: Mapping[str, Dispatch], past: Past, desk: Desk = NO_DESK
) -> tuple[Figure, ...]:
    """The figures of the edition's stories, each marked against its story's others and against the past."""
    kept: list[list[Count]] = []
    for parts in _by_story(told, desk):
        others = [row for story in kept for row in story]
        nights = _of_the_night(fitting(parts, dispatches, desk), dispatches)
        known = [c for c in nights if _repeated(c, others)]
        found = [c for c in nights if c not in known and not any(_may_be_part(c, old) for old in known)]
        kept.append(_few(_without_parts([moved(row, found, past) for row in marked(rows(found))])))
    events = _numbered(_most(kept))
    group = 1 + max((f.group for f in events), default=0)
    return (*events, *totals(dispatches, past.editions, desk, group))


def _by_story(told: Sequence[Told], desk: Desk) -> list[list[Told]]:
    """The stories, each under all its themes: those with lines, now or before, then the bare headlines."""
    stories: dict[str, list[Told]] = {}
    lines = {t.story.id for t in told if t.statements or _is_known(t, desk)}
    for t in sorted(told, key=lambda t: (t.story.id not in lines, -t.weight, t.story.id)):
        stories.setdefault(t.story.id, []).append(t)
    return list(stories.values())


def _is_known(told: Told, desk: Desk) -> bool:
    """Whether a story has lines, and says nothing here only because an earlier edition printed them."""
    return any(desk.published.has(s.text, told.language) for group in told.candidates for s in group)


def _repeated(one: Count, others: Iterable[Count]) -> bool:
    """Whether another story gives this count, as far as its size or its line can tell."""
    big = (one.figure.value or 0) >= BY_CHANCE
    return any(one_count(one, other) and (big or one_event(one, other)) for other in others)


def _without_parts(mine: Sequence[Count]) -> list[Count]:
    """A story's rows without lower tolls that may be a part, or an earlier state, of a higher one."""
    return [c for c in mine if not any(_may_be_part(c, other) for other in mine)]


def _may_be_part(one: Count, whole: Count) -> bool:
    a, b = one.figure, whole.figure
    marked = "differs" in (a.status, b.status) or b.status == "updated" or a.before is not None
    elsewhere = bool(a.where and b.where) and names(a.where).isdisjoint(names(b.where))
    if a.what != b.what or marked or elsewhere:
        return False
    if a.value is None:
        return b.value is not None and not apart(a, b)  # "scores" beside 101
    return a.what in TOLLS and one.whom == whole.whom and size(a) < size(b)


def _of_the_night(found: Iterable[Count], dispatches: Mapping[str, Dispatch]) -> list[Count]:
    """The figures without the war's totals, which are no story's."""
    return [c for c in found if not is_total(c.figure, c.line, dispatches[c.figure.article].reading.article)]


def _few(mine: Sequence[Count]) -> list[Count]:
    """A story's rows, a few of a kind, the ones to keep first: people, news before what is known."""
    ranked = sorted(
        mine, key=lambda c: (*_rank(c), not c.printed, -(c.time or 0.0), c.figure.article, c.figure.start)
    )
    return [
        c for i, c in enumerate(ranked) if sum(d.figure.what == c.figure.what for d in ranked[:i]) < OF_A_KIND
    ]


def _most(kept: Sequence[Sequence[Count]]) -> list[list[Count]]:
    """At most `MOST` rows, each story's oldest first within its kinds.

    What repeats the last edition goes first, then what a story has beyond `OF_A_STORY`, then the last
    stories' rows.
    """
    ranked = sorted(
        (unchanged(c.figure), i >= OF_A_STORY, place, i)
        for place, story in enumerate(kept)
        for i, c in enumerate(story)
    )
    chosen = {(place, i) for _, _, place, i in ranked[:MOST]}
    return [
        sorted((c for i, c in enumerate(story) if (place, i) in chosen), key=_reading_order)
        for place, story in enumerate(kept)
    ]


def _reading_order(one: Count) -> tuple[int, str, int]:
    return (*_kind(one), one.order)


def _numbered(kept: Iterable[Sequence[Count]]) -> tuple[Figure, ...]:
    board: list[Figure] = []
    for story in kept:
        board.extend(numbered(story, 1 + max((f.group for f in board), default=0)))
    return tuple(board)


def _rank(one: Count) -> tuple[bool, int, str]:
    return (unchanged(one.figure), *_kind(one))


def _kind(one: Count) -> tuple[int, str]:
    what = one.figure.what
    return ORDER.get(what, len(ORDER)), what

"""marks: one row a count, who else gives it, and whether another row of the count says otherwise.

Theory: of the texts that give one number the best-sourced speaks, then the fullest, then the latest; those of
other origins stand behind it as echoes, and the row agrees. A number that the same voice gives
later replaces the earlier one ("updated"), and so does a higher toll of the same event, whoever gives it:
tolls only rise. Another named speaker's number differs where no number fits both. An undated text
updates nothing, and a mark that is not sure is left out.

Rejected: agreement for every equal number of the story (two of three killed in each of two towns agreed).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal

from briefing.language import stems
from briefing.model import Echo, Figure
from briefing.refine.board.counts import (
    TOLLS,
    TOTAL,
    Count,
    apart,
    comparable,
    moves,
    one_count,
    size,
    surely_one,
)
from briefing.refine.board.sources import other_voice, same_voice

Status = Literal["", "agrees", "differs", "updated"]

MARKS: tuple[Status, ...] = ("updated", "differs")  # the first says more
EVENT = 3  # stems that two lines about one event share, the count's own words among them


def rows(found: Iterable[Count]) -> list[Count]:
    """Each count once, with the others that give it as echoes; the best row of a count stands for it."""
    counts: list[list[Count]] = []
    for one in sorted(found, key=_merit):
        group = next((g for g in counts if one_count(g[0], one) or _likely_one(g[0], one)), None)
        if group is None:
            counts.append([one])
        else:
            group.append(one)
    return [_row(best, others) for best, *others in counts]


def marked(board: Sequence[Count]) -> list[Count]:
    """The rows of one story, oldest first, each against those before it.

    Of one moment the row goes first that goes on from an older one: what corrects, then what contradicts.
    """

    def when(row: Count) -> tuple[float, bool, str, int]:
        return row.time or 0.0, not _corrects(row, board), row.figure.article, row.figure.start

    done: list[Count] = []
    for order, row in enumerate(sorted(board, key=when)):
        found = {_mark(old, row) for old in done}
        status = next((s for s in MARKS if s in found), row.figure.status)
        done.append(replace(row, order=order, figure=replace(row.figure, status=status)))
    return done


def numbered(board: Sequence[Count], first: int = 1) -> list[Figure]:
    """The figures, with those that count the same in one group; groups count from `first`."""
    groups: list[list[int]] = []
    for place, row in enumerate(board):
        group = next((g for g in groups if comparable(board[g[0]], row)), None)
        if group is None:
            groups.append([place])
        else:
            group.append(place)
    shared = [g for g in groups if len(g) > 1]
    number = {place: first + n for n, group in enumerate(shared) for place in group}
    return [replace(row.figure, group=number.get(place, 0)) for place, row in enumerate(board)]


def _likely_one(a: Count, b: Count) -> bool:
    """Whether two lines of one event give the same number of the same, not each with a place."""
    x, y = a.figure, b.figure
    equal = x.value == y.value if x.value is not None else x.text.casefold() == y.text.casefold()
    same = x.what == y.what and equal and bool(a.whom & b.whom)
    return same and not (x.where and y.where) and one_event(a, b)


def _merit(one: Count) -> tuple[bool, bool, int, float, str, int]:
    """The best-sourced first, then what stands in the edition, the fullest, the latest."""
    f = one.figure
    return not f.source, not one.printed, -len(f.text), -(one.time or 0.0), f.article, f.start


def _row(best: Count, others: Sequence[Count]) -> Count:
    """A row and its echoes: one a voice, none that only may give the same count."""
    heard = [best]
    for other in others:
        if surely_one(best, other) and all(other_voice(h, other) for h in heard):
            heard.append(other)
    also = tuple(
        Echo(o.figure.text, o.figure.article, o.figure.start, o.figure.end, o.figure.source)
        for o in heard[1:]
    )
    return replace(best, figure=replace(best.figure, also=also, status="agrees" if also else ""))


def _mark(old: Count, new: Count) -> Status:
    """What a row is against an older one of its count; "" where that is not sure."""
    if not (comparable(old, new) and one_event(old, new)):
        return ""
    a, b, same = old.figure, new.figure, same_voice(old, new)
    later = old.time is not None and new.time is not None and new.time > old.time
    if later and moves(a, b) and (same or _risen(old, new)):
        return "updated"
    return "differs" if a.source and b.source and not same and apart(a, b) else ""


def _corrects(row: Count, board: Sequence[Count]) -> bool:
    return any(_mark(old, row) == "updated" for old in board)


def _risen(old: Count, new: Count) -> bool:
    """Whether a toll of one event has risen."""
    a, b = old.figure, new.figure
    return a.what in TOLLS and a.period != TOTAL and size(b) > size(a)


def one_event(a: Count, b: Count) -> bool:
    """Whether the lines of two counts tell of one event."""
    return len(set(stems(a.line.text, a.language)) & set(stems(b.line.text, b.language))) >= EVENT

"""How a source fares, as a pure function of its history: for `briefing feeds check`, and for editions.

What an edition prints must come out the same when its slot is built again. So it has times before its
hour ("last answered"), counts of articles by their own dates, and "unchanged" by what its slot was the
first to see; it has nothing that changes by being asked once more (failures in a row, "not modified").
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Literal

from briefing.model import Attempt, Health, Miss, SourceReport, Visit
from briefing.pipeline.habit import Habit, habit
from briefing.pipeline.reports import moved_to

Status = Literal["ok", "unchanged", "empty", "stale", "silent", "failed"]


def health(
    report: SourceReport,
    *,
    attempts: Sequence[Attempt],
    days: Mapping[int, int],
    newest: datetime | None,
    visits: Iterable[Visit],
    misses: Sequence[Miss],
    now: datetime,
) -> Health:
    """How a source fares now. `attempts` are its history, the earliest first; the last one is included.

    `report` and `misses` are of its last fetch, `visits` of its addresses, `days` and `newest` of the
    articles that are kept. Well is a source that answers, and whose silence is its habit.
    What a clock that was ahead wrote, later than `now`, tells nothing.
    """
    attempts = [one for one in attempts if one.at <= now]
    asked = [one for one in visits if one.tried <= now]
    usual = habit(days)
    report = with_habit(report, usual, newest)
    failed = report.status == "failed"
    # An address that answers while its source fails gives something else: a page, where a feed was.
    answered = last_answer(attempts, (v for v in asked if v.failures or not failed))
    sudden = report.status == "empty" and (newest is not None or any(one.articles for one in attempts))
    waits = [v.not_before for v in asked if v.not_before and v.not_before > now]
    return Health(
        replace(report, moved=moved_to(asked)),
        _status(report, attempts),
        well=not (failed or sudden or report.silent),
        answered=answered.astimezone(now.tzinfo) if answered else None,
        failures=_failures(attempts, asked) if failed else 0,
        new=attempts[-1].new if attempts else 0,
        until=min(waits, default=None),
        notes=tuple(dict.fromkeys(miss.reason for miss in misses if miss.reason != report.error)),
    )


def with_habit(report: SourceReport, usual: Habit, newest: datetime | None) -> SourceReport:
    """The report with what the articles' own dates tell; of a source that failed, silence is no news."""
    silent = usual.silent and report.status != "failed"
    return replace(report, lately=usual.lately, usual=usual.usual, silent=silent, newest=newest)


def last_answer(attempts: Iterable[Attempt], visits: Iterable[Visit] = ()) -> datetime | None:
    """When the source last gave what it has, whatever that was."""
    moments = [one.at for one in attempts if one.status != "failed"]
    return max([*moments, *(v.answered for v in visits if v.answered)], default=None)


def _status(report: SourceReport, attempts: Sequence[Attempt]) -> Status:
    if report.silent and report.status in ("ok", "stale"):
        return "silent"
    if report.status != "ok":
        return report.status
    return "unchanged" if attempts and attempts[-1].status == "unchanged" else "ok"


def _failures(attempts: Sequence[Attempt], visits: Iterable[Visit]) -> int:
    """How often in a row: as its address was asked, or, where that is not known, as runs went."""
    run = 0
    while run < len(attempts) and attempts[-1 - run].status == "failed":
        run += 1
    return max((v.failures for v in visits), default=0) or run

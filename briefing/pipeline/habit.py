"""How much a source publishes a day, and whether it fell silent: a pure function of counts of days.

Requirement: a feed that stops without an error is told, soon and not by chance: no alarm on each Sunday
of a newspaper that rests on Sundays, none for an institute that publishes twice a month.

Theory: articles of a source as a Poisson process. What is usual is the median of the four weeks before the
time that is judged, which a few odd days do not move. What was to be expected of a day is the smaller of
that median and of the median of the same weekday. The days since the newest article are judged together
(none came, where so many were expected), or the last day alone where it brought something: it is silence
where so few come by chance once in a thousand such days, and where it is FAR_UNDER the expected,
since the days of a newsroom differ by more than Poisson allows (holidays, a quiet Monday).

The four weeks end with the newest article: a feed that died in spring is silent in autumn too.

Rejected: the mean (one day of a hundred items hides a week of silence); calendar days (the day that is
judged would be half over); a fixed age ("48 hours without an item"), which is far too late for an agency and
wrong for a quarterly.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median

DAYS = 28  # of which the habit is made: each weekday four times
LEAST = 7  # known days without which nothing is said: each weekday once
CHANCE = 0.001  # fifty sources give an alarm by chance every three weeks
FAR_UNDER = 0.2  # of what was expected
WEEK = 7


@dataclass(frozen=True, slots=True)
class Habit:
    """How much a source publishes, and whether it does. Made by `habit`."""

    lately: int  # articles of the last 24 hours
    usual: float | None = None  # of a day; None: not known for long enough
    silent: bool = False


def habit(days: Mapping[int, int]) -> Habit:
    """The habit of a source with so many articles in each 24 hours back from now; 0 are the last ones.

    The first article that is known is where its history begins.
    """
    lately = days.get(0, 0)
    filled = [day for day, count in days.items() if count]
    if not filled:
        return Habit(lately)
    judged = max(min(filled), 1)  # the days since the newest article, or the last one
    known = range(judged, min(judged + DAYS, max(filled) + 1))
    if len(known) < LEAST:
        return Habit(lately)
    usual = median(days.get(day, 0) for day in known)
    expected = sum(min(usual, _of_weekday(days, known, day)) for day in range(judged))
    return Habit(lately, usual, _too_few(lately, expected))


def _of_weekday(days: Mapping[int, int], known: range, day: int) -> float:
    return median(days.get(one, 0) for one in known if one % WEEK == day % WEEK)


def _too_few(given: int, expected: float) -> bool:
    from scipy.special import pdtr  # the Poisson distribution's sum up to `given`

    return given <= FAR_UNDER * expected and float(pdtr(given, expected)) < CHANCE

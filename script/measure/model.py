"""The types of measuring: a set of evaluation data, what was found on it, and the rows of the table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SLACK = 0.007  # how far a floor is set under the score that was reached: a change of wording, not of method


@dataclass(frozen=True, slots=True)
class Metric:
    """One figure of a set. Made by the set's module, read by scorer, floors and table.

    `pattern` finds it in what the scorer prints: one group is the figure, two groups are "a of b". Without a
    pattern the set's module counts it itself.
    """

    name: str
    pattern: str = ""
    slack: float | None = SLACK  # None: told, but no floor holds it
    lower: bool = False  # less is better, and the floor is a ceiling
    count: bool = False  # a number of things, not a share
    paired: bool = False  # a difference from the set's `rival`: not there where no baselines are made


@dataclass(frozen=True, slots=True)
class Task:
    """Where a set is measured: the data folder, and whether a few items are enough."""

    folder: Path
    few: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What the program said about a set. Made by the set's `ask`, read by run.

    `rows` are predictions as the scorer wants them, `measured` the figures that no scorer counts, `beside`
    what simple methods reach in them, `notes` lines for people that change from run to run, such as times.
    """

    rows: Sequence[Mapping[str, Any]] = ()
    measured: Mapping[str, float] = field(default_factory=dict)
    beside: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Set:
    """A set of evaluation data and how the program is asked about it. Listed in sets, read by run, thin."""

    name: str  # group/set, as --only takes it
    needs: tuple[str, ...]  # files under the data folder
    ask: Callable[[Task], Found]
    metrics: tuple[Metric, ...]
    scorer: tuple[str, ...] = ()  # file in score/ and the arguments before the predictions
    seconds: int = 5  # roughly, on one core: the longest sets start first
    every: int | None = (
        1  # the slice takes each n-th line of the first file needed; None: the set is not in it
    )
    rival: str = ""  # the baseline's predictions that the paired metrics are measured against


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. Made by run; `score` is None where `problem` says why.

    `mark` is the best baseline's score and name, "" where none was made.
    """

    set: str
    metric: Metric
    score: float | None = None
    problem: str = ""
    mark: str = ""


class UsageError(Exception):
    """The command was called in a way that cannot be meant; the message says what is wrong."""


class NotAskedError(Exception):
    """The program has no step for a set; the message says which function is missing."""

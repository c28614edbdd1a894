"""The scores under which the program must not fall, and the data folder to which they belong.

floors.json: `counts` (lines of each file of that folder), `whole` and `slice` (set -> metric -> floor),
`lowered` (what was lowered, and why).
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from measure.data import lines
from measure.model import Row, UsageError

Part = Literal["whole", "slice"]
DIGITS = 3  # of a floor
NOISE = 1e-9  # of sums of fractions: no difference


@dataclass(frozen=True, slots=True)
class Floors:
    """A floors file. Read by `load`, changed by `raised`, written by `save`."""

    counts: dict[str, int] = field(default_factory=dict)
    whole: dict[str, dict[str, float]] = field(default_factory=dict)
    slice: dict[str, dict[str, float]] = field(default_factory=dict)
    lowered: tuple[dict[str, Any], ...] = ()

    def part(self, part: Part) -> dict[str, dict[str, float]]:
        """The floors of the whole or of the slice."""
        return self.slice if part == "slice" else self.whole

    def of(self, row: Row, part: Part) -> float | None:
        """The floor of a row, None where it has none."""
        return self.part(part).get(row.set, {}).get(row.metric.name)


def counts(folder: Path) -> dict[str, int]:
    """How many items each file of a data folder has: what tells two folders of one layout apart."""
    return {f"{p.parent.name}/{p.name}": sum(1 for _ in lines(p)) for p in sorted(folder.glob("*/*.jsonl"))}


def load(path: Path) -> Floors:
    """The floors of a file; none where there is no file yet. UsageError where it is no floors file."""
    if not path.exists():
        return Floors()
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return Floors(found["counts"], found["whole"], found["slice"], tuple(found.get("lowered", ())))
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{path} is no floors file ({type(error).__name__}: {error})") from None


def save(floors: Floors, path: Path) -> None:
    """Write a floors file, in an order that makes changes easy to see."""
    content = {name: getattr(floors, name) for name in ("counts", "whole", "slice", "lowered")}
    path.write_text(
        json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8"
    )


def is_under(row: Row, floor: float | None) -> bool:
    """Whether a row falls under its floor; a figure that could not be had is under every floor."""
    if floor is None:
        return False
    if row.score is None:
        return True
    return row.score > floor + NOISE if row.metric.lower else row.score < floor - NOISE


def raised(floors: Floors, rows: Sequence[Row], part: Part, reason: str = "") -> Floors:
    """The floors, a little under what was reached now; none is lowered without a reason, which is kept."""
    new = {name: dict(metrics) for name, metrics in floors.part(part).items()}
    lowered = list(floors.lowered)
    for row in rows:
        reached, old = _just_under(row), floors.of(row, part)
        if reached is None or reached == old:
            continue
        if old is not None and _is_lower(row, reached, old):
            if not reason:
                continue
            lowered.append(
                {
                    "part": part,
                    "set": row.set,
                    "metric": row.metric.name,
                    "from": old,
                    "to": reached,
                    "reason": reason,
                }
            )
        new.setdefault(row.set, {})[row.metric.name] = reached
    whole, sliced = (floors.whole, new) if part == "slice" else (new, floors.slice)
    return Floors(floors.counts, whole, sliced, tuple(lowered))


def _just_under(row: Row) -> float | None:
    """Where the floor of a row belongs; None for a metric without floors and for a missing figure."""
    if row.score is None or row.metric.slack is None:
        return None
    step = 10.0**DIGITS
    if row.metric.lower:
        return math.ceil(round((row.score + row.metric.slack) * step, 6)) / step
    return math.floor(round((row.score - row.metric.slack) * step, 6)) / step


def _is_lower(row: Row, reached: float, old: float) -> bool:
    return reached > old if row.metric.lower else reached < old

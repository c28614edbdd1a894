"""A figure and its bound, and the table of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

MARGIN = 1.1  # times the bound: what two runs of the same on a busy machine differ by


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the table. `bound` None: told, but not held."""

    of: str
    what: str
    value: float
    unit: str
    bound: float | None = None
    note: str = ""

    @property
    def is_over(self) -> bool:
        """Whether it is over its bound by a clear margin."""
        return self.bound is not None and self.value > self.bound * MARGIN


def table(figures: Iterable[Figure]) -> str:
    """The figures as a Markdown table."""
    rows = [("of", "what", "figure", "bound", "", "")]
    for one in figures:
        bound = "" if one.bound is None else f"{_number(one.bound)} {one.unit}"
        verdict = "" if one.bound is None else "OVER" if one.is_over else "ok"
        rows.append((one.of, one.what, f"{_number(one.value)} {one.unit}", bound, verdict, one.note))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [" | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    rule = "-|-".join("-" * width for width in widths)
    return "\n".join(f"| {line} |" for line in (lines[0], rule, *lines[1:]))


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}"

"""Rows as one table: readable in a terminal, and Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from measure.floors import Floors, Part, is_under
from measure.model import Row

HEAD = ("set", "metric", "score", "baseline", "floor", "")
NOTHING = "-"
ALMOST = 0.999  # what is not all is never rounded to all


def table(rows: Sequence[Row], floors: Floors | None, part: Part) -> str:
    """The table; without floors no row is judged."""
    cells = [HEAD, *(_cells(row, floors.of(row, part) if floors else None) for row in rows)]
    widths = [max(len(line[i]) for line in cells) for i in range(len(HEAD))]
    lines = [
        "| " + " | ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)) + " |" for line in cells
    ]
    rule = "|" + "|".join("-" * (w + 2) for w in widths) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])


def _cells(row: Row, floor: float | None) -> tuple[str, ...]:
    verdict = row.problem or ("" if floor is None else "ok")
    if is_under(row, floor):
        verdict = "UNDER" + (f": {row.problem}" if row.problem else "")
    return (
        row.set,
        row.metric.name,
        number(row, row.score),
        row.mark or NOTHING,
        number(row, floor),
        verdict.replace("|", "/"),
    )


def number(row: Row, value: float | None) -> str:
    """A share with three digits, a count with none, a mean of counts with one."""
    if value is None:
        return NOTHING
    if row.metric.count:
        return f"{value:.0f}" if value == int(value) else f"{value:.1f}"
    return f"{min(value, ALMOST) if value < 1 else value:.3f}"

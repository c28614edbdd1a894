"""Rows for people and for scripts: a table on a terminal, the same fields divided by tabs in a pipe."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator, Mapping, Sequence

from briefing.cli.printing import give, plain

WIDEST = 30  # columns of a field but the last: longer names are cut on a terminal, never in a pipe
GAP = 2


def print_rows(head: Sequence[str], rows: Sequence[Sequence[str]], styles: Mapping[str, str]) -> None:
    """Print rows under a head; `styles` colours those whose first field is one of its keys.

    Where a terminal is too narrow for the last field, it stands on lines of its own below. In a pipe
    there is no head, so that each line is an entry.
    """
    fields = [[" ".join(plain(field).split()) for field in row] for row in rows]
    if not sys.stdout.isatty():
        for row in fields:
            give("\t".join(row))
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, markup=False, soft_wrap=True)
    for key, line in _laid_out([list(head), *fields], console.width):
        console.print(Text(line, style="bold" if key == head[0] else styles.get(key, "")))


def _laid_out(rows: Sequence[Sequence[str]], width: int) -> Iterator[tuple[str, str]]:
    """Each line of a table with the first field of its row; a column without any value is left out."""
    from rich.cells import cell_len

    *columns, last = range(len(rows[0]))
    used = [column for column in columns if any(row[column] for row in rows[1:])]
    widths = {column: min(max(cell_len(row[column]) for row in rows), WIDEST) for column in used}
    before = sum(widths.values()) + GAP * len(used)
    inline = before + max(cell_len(row[last]) for row in rows) <= width
    below = widths[used[0]] + GAP if used else 0
    for place, row in enumerate(rows):
        cells = "".join(_fitted(row[column], widths[column]) + " " * GAP for column in used)
        yield row[0], (cells + row[last] if inline else cells).rstrip()
        if not inline and place:
            for line in textwrap.wrap(row[last], max(width - below, WIDEST)):
                yield row[0], " " * below + line


def _fitted(text: str, width: int) -> str:
    """A field as wide as its column on the terminal, where letters may take two columns."""
    from rich.cells import cell_len, set_cell_size

    return set_cell_size(text, width) if cell_len(text) <= width else set_cell_size(text, width - 1) + "…"

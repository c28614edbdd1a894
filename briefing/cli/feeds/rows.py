"""Rows for people and for scripts: a table on a terminal, the same fields divided by tabs in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

from briefing.cli.printing import give, plain

NARROWEST = 8  # columns of a table's column, where the terminal has room for so many


def print_rows(head: Sequence[str], rows: Sequence[Sequence[str]], styles: Mapping[str, str]) -> None:
    """Print rows under a head; `styles` colours those whose first field is one of its keys.

    In a pipe there is no head, so that each line is an entry.
    """
    if not sys.stdout.isatty():
        for row in rows:
            give("\t".join(" ".join(field.split()) for field in row))
        return
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    used = [place for place in range(len(head)) if any(row[place] for row in rows)]
    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1), show_edge=False)
    for place in used:
        table.add_column(
            head[place], overflow="fold", no_wrap=place == 0, min_width=NARROWEST if place else 0
        )
    for row in rows:
        style = styles.get(row[0], "")
        table.add_row(*(Text(plain(row[place]), style=style) for place in used))
    Console(highlight=False, markup=False).print(table)

"""Lines for people, wrapped: rich's colours on a terminal, the same lines plain in a pipe."""

from __future__ import annotations

import functools
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.cli.printing import plain

if TYPE_CHECKING:
    from rich.console import Console

WIDTH = 80  # columns: what a terminal, a mail and a printed page all have


@dataclass(frozen=True, slots=True)
class Line:
    """One line before it is wrapped. Made by the modules that tell, read by `show`."""

    text: str
    indent: int = 0
    style: str = ""
    hang: int = 0  # further columns by which what is wrapped stands in


def show(lines: Iterable[Line]) -> None:
    """Print lines."""
    from rich.text import Text

    for line in lines:
        for row in rows(line):
            _console().print(Text(row, style=line.style))


def rows(line: Line) -> list[str]:
    """Wrap a line at words, no row wider than `WIDTH` unless a word is; text cannot steer the terminal."""
    head = " " * line.indent
    text = plain(line.text).replace("\n", " ")
    wrapped = textwrap.wrap(
        text,
        WIDTH,
        initial_indent=head,
        subsequent_indent=head + " " * line.hang,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return wrapped or [""]


@functools.cache
def _console() -> Console:
    from rich.console import Console

    return Console(markup=False, highlight=False, soft_wrap=True)

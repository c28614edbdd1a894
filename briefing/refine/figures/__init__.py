"""figures: how many of what, according to whom, as the source puts it.

Theory: `numerals` finds the numbers that count, `kinds` the word that tells what they count; a
number that nothing near explains is no figure. `extraction` adds whom, where, when and who says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from briefing.model import Figure
from briefing.refine.figures.extraction import figures
from briefing.refine.figures.quantity import Quantity, numbers, quantities
from briefing.refine.figures.sameness import SAME

APART = 10  # a strike and a war: values further apart do not correct each other
TOLLS = ("killed", "wounded")  # kinds of which a later, higher number replaces an earlier one

__all__ = ["Quantity", "compared", "figures", "numbers", "quantities"]


def compared(board: Sequence[Figure], before: Sequence[Figure]) -> tuple[Figure, ...]:
    """The board of one story, oldest first, each figure against those of its kind.

    A number of the same people or things ("people", "civilians") that is another than an earlier
    one is "updated" when the same source gives it, or when it is a toll that has risen; another
    source's is one that "differs". `before` are the last edition's figures of the same story.
    """
    marked: list[Figure] = []
    for figure in board:
        rivals = [f for f in (*before, *marked) if _same_count(f, figure)]
        others = [f for f in rivals if abs((f.value or 0) - (figure.value or 0)) > SAME]
        risen = figure.what in TOLLS and all((f.value or 0) < (figure.value or 0) for f in others)
        if others and (risen or any(f.source == figure.source for f in others)):
            marked.append(replace(figure, status="updated"))
        elif others and len(others) == len(rivals) and figure.source:
            marked.append(replace(figure, status="differs"))
        else:
            marked.append(figure)
    return tuple(marked)


def _same_count(a: Figure, b: Figure) -> bool:
    """Whether two figures count the same: kind, last word, and values of one size."""
    if a.what != b.what or not a.value or not b.value or _last(a) != _last(b):
        return False
    return max(a.value, b.value) <= APART * min(a.value, b.value)


def _last(figure: Figure) -> str:
    """The last word, most often the noun. Stricter than `sameness`: a wrong mark misleads."""
    return figure.text.split()[-1].lower()

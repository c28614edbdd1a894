"""sources: whether two figures come from one speaker, or from two voices. Read by the board.

Theory: a name is the same in two spellings (`bags.facts`); a side that speaks through its ministry today and
through its army tomorrow is one speaker, so kinds of speakers that name a side count, too. Where nobody
is named, the outlet speaks. An outlet that is unknown is nobody: it agrees and updates nothing.
"""

from __future__ import annotations

from briefing.model import Figure
from briefing.refine.board.counts import Count, names

NOBODY = ("none named", "other", "")  # kinds that name no side


def one_source(a: Figure, b: Figure) -> bool:
    """Whether two figures that both name a speaker name the same one, or two of one side."""
    if a.source.casefold() == b.source.casefold() or names(a.source) & names(b.source):
        return True
    return a.kind == b.kind and a.kind not in NOBODY


def same_voice(a: Count, b: Count) -> bool:
    """Whether one speaker, or one outlet that names nobody, gives both figures."""
    x, y = a.figure, b.figure
    if x.source and y.source:
        return one_source(x, y)
    return not x.source and not y.source and bool(a.outlet) and a.outlet == b.outlet


def other_voice(a: Count, b: Count) -> bool:
    """Whether the second figure is of another origin than the first, or of another speaker by name."""
    if b.outlet and a.outlet and not a.outlets & b.outlets:
        return True
    x, y = a.figure, b.figure
    return bool(x.source and y.source) and not one_source(x, y)

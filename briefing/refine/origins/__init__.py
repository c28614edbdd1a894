"""origins: whose texts a story rests on, so that ten reprints of one dispatch count as one voice.

Requirement: a story's count of origins counts texts by whoever wrote them. A reprint adds none, nor does
another outlet's printing of an agency that is counted already, a second feed of one publisher, or an outlet
that is unknown; and the order of the articles changes nothing.

Theory: independence is asked in three steps. What is one text, `dedupe` finds. Whose text it is says
its credit, if it has one (`credits`), else the outlet that printed it, or a part of it, first. Which
outlets are one, `ownership` knows. Where several outlets printed a text at one time, or one credits what
an earlier one did not, each of them may be its origin; a story then has as many origins as are
needed to account for all its texts (a hitting set, chosen greedily), so that what is not known adds
no voice.

Rejected: the outlet of the newest version (a reprint that was updated became the origin); the first
that printed the whole text (another's furniture makes the longer text, and an excerpt is of what its
outlet has).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from briefing.model import Article, Dispatch
from briefing.refine.origins.credits import credit
from briefing.refine.origins.ownership import Houses, houses

DAY = timedelta(days=1)  # a date without a time is the end of its day: it may have been any time of it


def with_origins(dispatches: Sequence[Dispatch], publishers: Mapping[str, str]) -> list[Dispatch]:
    """The dispatches, each with whose text it may be; `publishers` by the name of a source."""
    known = houses((a for d in dispatches for a in _printings(d)), publishers)
    return [replace(d, origins=_origins(_printings(d), known)) for d in dispatches]


def count(texts: Iterable[Sequence[str]]) -> int:
    """How many origins account for texts, each of which may have one of several; () counts nothing."""
    left = sorted({tuple(sorted(t)) for t in texts if t})
    chosen: set[str] = set()
    while left:
        times = Counter(name for names in left for name in names)
        best = min(times, key=lambda name: (-times[name], name))
        chosen.add(best)
        left = [names for names in left if best not in names]
    return len(chosen)


def _printings(dispatch: Dispatch) -> tuple[Article, ...]:
    return (dispatch.reading.article, *dispatch.copies)


def _origins(printings: Sequence[Article], known: Houses) -> tuple[str, ...]:
    """Who may have written a text: whom its printings credit, and who printed it first."""
    marked = [(a, _credited(a, known)) for a in printings if a.outlet]
    credited = {name for _, name in marked if name}
    first = {a.id for a in _first([a for a, _ in marked])}
    own = {known.name(a.outlet) for a, name in marked if not name and a.id in first}
    return (*sorted(credited), *sorted(own - credited))


def _credited(article: Article, known: Houses) -> str:
    """The house that an article credits with its text; "" where it is its own."""
    named = known.name(found) if (found := credit(article)) else ""
    return "" if named == known.name(article.outlet) else named


def _first(printings: Sequence[Article]) -> list[Article]:
    """Those that may have been the first to print the text: no undated one, where others have dates."""
    dated = [(a, a.published) for a in printings if a.published]
    surely = min((at for _, at in dated), default=None)
    return [a for a, at in dated if surely and _earliest(a, at) <= surely] or list(printings)


def _earliest(article: Article, published: datetime) -> datetime:
    return published - DAY if article.day_only else published

"""clauses: the part of a sentence that speaks of one number.

Theory: a mark that closes a clause, or a comma with a joint behind it, ends what can be said of a number;
what stands on its other side can be of another time, place or speaker. Of two numbers the second has its
own circumstances, unless they stand in one series ("killed three people and wounded 25 in ...").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.language import NEVER, Language, language
from briefing.model import Span

AROUND = 200  # characters on either side in which a clause ends
SERIES = 40  # characters between two numbers of one series: " people have been killed and "
_CLAUSE = re.compile(r"[;:!?](?:\s|$)|(?<!\b[A-Z])\.\s(?=\W?[^\W\d_])|\s(?:[–—]|--)\s|,\s(?:and|but|while)\s")
_WHO = re.compile(r",\swho(?:m|se)?\s|,?\swhich\s")
_NAME = re.compile(r"\b[^\W\d_a-zà-þа-яіїєґё]")  # somebody else, who does something else


def clause(text: str, start: int, end: int) -> Span:
    """The clause around [start, end) of a text."""
    first = max(0, start - AROUND)
    opened = max((m.end() for m in _CLAUSE.finditer(text, first, start)), default=first)
    closed = _CLAUSE.search(text, end, end + AROUND)
    return Span(opened, closed.start() if closed else min(len(text), end + AROUND))


@dataclass(frozen=True, slots=True)
class Circumstances:
    """The part of a text that can tell where and when a number was, [start, end).

    Between `gap` and the number stands what belongs to the number before it, and right before `ahead`
    what belongs to the one behind it. Made by `circumstances`.
    """

    start: int
    end: int
    gap: int
    ahead: int


def circumstances(text: str, number: Span, others: Sequence[Span], words: Language) -> Circumstances:
    """The part of a number's clause that tells of it: up to contrasts and to numbers of no series."""
    span = clause(text, number.start, number.end)
    splits = words.numbers.get("splits", NEVER)
    first = max((m.start() for m in splits.finditer(text, span.start, number.start)), default=span.start)
    split = splits.search(text, number.end, span.end)
    last, end = split.start() if split else span.end, number.end
    for other in (o for o in others if o.start >= number.end):
        if other.start - end > SERIES or _NAME.search(text, end, other.start):
            last = min(last, other.start)
            break
        end = other.end
    gap = max((o.end for o in others if first <= o.start and o.end <= number.start), default=number.start)
    ahead = min((o.start for o in others if o.start >= number.end), default=len(text))
    return Circumstances(first, last, gap, ahead)


def insertions(text: str, start: int, end: int, code: str) -> list[Span]:
    """What is said of a part or of those counted: ", including one in Izium,", ", who came from Izium,"."""
    includes = language(code).numbers.get("includes", NEVER)
    found: list[Span] = []
    for pattern in (_WHO, includes):
        for met in pattern.finditer(text, start, end):
            opened = met.group().startswith(",") or text[: met.start()].rstrip().endswith(",")
            comma = text.find(", ", met.end(), end) if opened else -1
            found.append(Span(met.start(), comma if comma >= 0 else end))
    return found

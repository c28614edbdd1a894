"""figures: how many of what, according to whom, as the source puts it.

Theory: a quantity is a number with its scale ("1.2 million"), its modifiers ("at least") and the
noun behind it; what is counted is told by the nearest word in the same clause that can: one behind
the number ("14 people were killed") or, for what is done to people, one before it ("killing 14").
A number that nothing near explains is no figure: dates, ages, "F-16", "Article 5".

Rejected: taking the kind from the whole sentence ("12 drones were shot down, two people were
killed" would count drones as dead).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from briefing.language import NEVER, Language, language
from briefing.model import Article, Figure, Statement
from briefing.refine.numerals import Numeral, numerals

BEHIND = 80  # characters after the number in which its kind is looked for
BEFORE = 24  # characters before it: "killing at least 14", "toll of 14"
SAME = 1e-9
TOLLS = ("killed", "wounded")  # kinds of which a later, higher number replaces an earlier one

_CLAUSE = re.compile(r"[;:.!?](?:\s|$)|\s[–—]\s|,\s(?:and|but|while)\s")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text, with the offsets of its parts. Made by `numbers`.

    `start` to `end` is the whole expression, "at least 14 people"; `value` is None for "dozens";
    `what` is the kind of thing counted, "" where no word near by tells.
    """

    start: int
    end: int
    value: float | None
    what: str
    number: tuple[int, int]
    modifier: tuple[int, int] | None
    unit: tuple[int, int] | None


def numbers(text: str, code: str) -> list[Quantity]:
    """Every quantity of a text, whether a word near by tells what it counts or not."""
    words = language(code)
    found: list[Quantity] = []
    for numeral in numerals(text, code):
        found.append(_explained(text, numeral, words, found[-1].what if found else ""))
    return found


def _explained(text: str, numeral: Numeral, words: Language, last: str) -> Quantity:
    """A quantity with its kind; an increment has no value, unless it opens a kind of its own.

    "Three were killed and another 12 wounded" gives all the wounded; "12 more were wounded" does not.
    """
    before, behind = text[: numeral.start], text[numeral.end :]
    kind, told = _kind(before, behind, words) if numeral.counts else ("", 0)
    reach = min(numeral.noun, told) if kind else numeral.noun
    return Quantity(
        numeral.start,
        numeral.end + reach,
        None if numeral.added and last in ("", kind) else numeral.value,
        kind,
        number=numeral.number,
        modifier=numeral.modifier,
        unit=numeral.unit,
    )


def quantities(text: str, code: str) -> list[Quantity]:
    """The quantities of a sentence: numbers of which a word near by tells what they count."""
    return [q for q in numbers(text, code) if q.what]


def figures(statement: Statement, article: Article, story: str) -> list[Figure]:
    """The figures of a statement, with their offsets in the article and the statement's speaker."""
    return [
        Figure(
            story,
            q.what,
            statement.text[q.start : q.end],
            q.value,
            article.id,
            statement.start + q.start,
            statement.start + q.end,
            statement.claim.source,
        )
        for q in quantities(statement.text, article.language)
    ]


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
    """Whether two figures count the same: kind, noun, and both with a value."""
    return a.what == b.what and bool(a.value and b.value) and _counted(a) == _counted(b)


def _counted(figure: Figure) -> str:
    """The noun behind the number: its last word."""
    return figure.text.split()[-1].lower()


def _kind(before: str, behind: str, words: Language) -> tuple[str, int]:
    """What is counted, by the nearest word that says so, and how far behind the number it ends."""
    ahead = [(h.start(), h.end(), kind) for h, kind in _hits(_until_clause(behind[:BEHIND]), words)]
    lead = _since_number(before[-BEFORE:])
    led_by = words.numbers.get("led_by", NEVER)
    back = [(len(lead) - h.end(), BEHIND, kind) for h, kind in _hits(lead, words) if led_by.fullmatch(kind)]
    if not ahead and words.numbers.get("tolls", NEVER).search(_since_number(before[-BEHIND:])):
        return "killed", BEHIND  # "the toll from Wednesday's missile strike stood at 14"
    harm = [h for h in ahead if led_by.fullmatch(h[2]) and "," not in behind[: h[0]]]
    _, reach, kind = min([*(harm or ahead), *back], default=(0, 0, ""))
    return kind, reach


def _since_number(before: str) -> str:
    """The end of a text, from its last clause and its last number on."""
    clause = re.split(_CLAUSE, before)[-1]
    return clause[max((m.end() for m in re.finditer(r"\d", clause)), default=0) :]


def _hits(text: str, words: Language) -> Iterator[tuple[re.Match[str], str]]:
    """The words of a text that tell what is counted, each with its kind."""
    for kind, pattern in words.figures.items():
        for hit in pattern.finditer(text):
            yield hit, kind


def _until_clause(text: str) -> str:
    """The text up to the end of the clause or to the next number, whichever comes first."""
    stops = [m.start() for m in (_CLAUSE.search(text), re.search(r"\s\d", text)) if m]
    return text[: min(stops)] if stops else text

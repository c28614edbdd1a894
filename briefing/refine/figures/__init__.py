"""figures: how many of what, according to whom, as the source puts it.

Theory: `numerals` finds the numbers that count, `kinds` the word that tells what they count; a
number that nothing near explains is no figure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from briefing.language import NEVER, Language, language
from briefing.model import Article, Figure, Statement
from briefing.refine.figures.kinds import kind_of
from briefing.refine.figures.numerals import Numeral, numerals
from briefing.refine.figures.refusals import refused

_WORD = re.compile(r"[^\W\d_][\w’'-]*")


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
    kind, told = kind_of(text, numeral, words) if numeral.counts else ("", 0)
    reach = _noun(text[numeral.end :], min(numeral.noun, told), words) if kind else numeral.noun
    return Quantity(
        numeral.start,
        numeral.end + reach,
        None if numeral.added and last in ("", kind) else numeral.value,
        kind,
        number=numeral.number,
        modifier=numeral.modifier,
        unit=numeral.unit,
    )


def _noun(behind: str, reach: int, words: Language) -> int:
    """How far the noun reaches: not to a preposition, nor to what befell "people"."""
    apart, people = (words.numbers.get(k, NEVER) for k in ("apart", "people"))
    befell = [p for kind, p in words.figures.items() if words.numbers.get("led_by", NEVER).fullmatch(kind)]
    end, noun = 0, False
    for word in _WORD.finditer(behind, 0, reach):
        plain = word.group()
        if apart.fullmatch(plain) or (noun and any(p.fullmatch(plain) for p in befell)):
            break
        end, noun = word.end(), bool(people.fullmatch(plain))
    return end


@lru_cache(maxsize=20_000)  # rank, tolls and the board ask for the same sentences
def quantities(text: str, code: str) -> tuple[Quantity, ...]:
    """The quantities of a sentence: numbers of which a word near by tells what they count."""
    return tuple(q for q in numbers(text, code) if q.what)


def figures(statement: Statement, article: Article, story: str) -> list[Figure]:
    """What a statement counts, with offsets in the article and the statement's speaker."""
    found = [
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
    return [f for f in found if not refused(f, article)]

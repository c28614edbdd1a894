"""quantity: the numbers of a text, each with what limits it, what it counts and whom.

Theory: `numerals` finds the numbers that count, `kinds` the word that tells what they count; a number
that nothing near explains is no figure. What is counted ends with its noun: an English noun behind a
number stands in the plural, and what follows that is a verb or another name ("38 children | Russia has").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from briefing.language import NEVER, Language, language
from briefing.refine.figures.bounds import bounds
from briefing.refine.figures.kinds import kind_of
from briefing.refine.figures.measures import measured
from briefing.refine.figures.numerals import Numeral, numerals

_WORD = re.compile(r"[^\W\d_][\w’'-]*")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text, with the offsets of its parts. Made by `numbers`.

    `start` to `end` is the whole expression, "at least 14 people"; `value` is None for "dozens", `low`
    and `high` are its ends as in Figure; `what` is the kind of thing counted, "" where no word near by
    tells; `noun` is where the expression goes on behind the number.
    """

    start: int
    end: int
    value: float | None
    what: str
    number: tuple[int, int]
    modifier: tuple[int, int] | None
    unit: tuple[int, int] | None
    noun: int
    low: float | None
    high: float | None


def numbers(text: str, code: str) -> list[Quantity]:
    """Every quantity of a text, whether a word near by tells what it counts or not."""
    words = language(code)
    found: list[Quantity] = []
    for numeral in numerals(text, code):
        found.append(_explained(text, numeral, words, found[-1].what if found else ""))
    return found


@lru_cache(maxsize=20_000)  # rank, tolls and the board ask for the same sentences
def quantities(text: str, code: str) -> tuple[Quantity, ...]:
    """The quantities of a sentence: numbers of which a word near by tells what they count."""
    return tuple(q for q in numbers(text, code) if q.what)


def _explained(text: str, numeral: Numeral, words: Language, last: str) -> Quantity:
    """A quantity with its kind; an increment has no value, unless it opens a kind of its own.

    "Three were killed and another 12 wounded" gives all the wounded; "12 more were wounded" does not.
    """
    kind, told = kind_of(text, numeral, words) if numeral.counts else measured(text, numeral, words)
    reach = numeral.noun
    if kind:
        reach = _noun(text[numeral.end :], reach, told, words) if numeral.counts else told
    part = numeral.added and last in ("", kind)
    modifier = text[slice(*numeral.modifier)] if numeral.modifier else ""
    low, high = bounds(text[slice(*numeral.number)], modifier, numeral.value, words)
    return Quantity(
        numeral.start,
        numeral.end + reach,
        None if part else numeral.value,
        kind,
        number=numeral.number,
        modifier=numeral.modifier,
        unit=numeral.unit,
        noun=numeral.end,
        low=low,
        high=None if part else high,
    )


def _noun(behind: str, reach: int, told: int, words: Language) -> int:
    """How far the noun reaches: not to a preposition, a verb or another name, nor to what befell "people"."""
    apart, people, plural, single, nouns = (
        words.numbers.get(k, NEVER) for k in ("apart", "people", "plurals", "single", "nouns")
    )
    befell = [p for kind, p in words.figures.items() if words.numbers.get("led_by", NEVER).fullmatch(kind)]
    adverb = tuple(words.grammar["adverb_endings"]) or "\0"
    end, noun = 0, False
    for word in _WORD.finditer(behind, 0, reach):
        plain = word.group()
        if noun and plain.endswith(adverb):
            break
        fate = any(p.fullmatch(plain) for p in befell) and not nouns.fullmatch(plain)
        if apart.fullmatch(plain) or (noun and fate):
            break
        if word.start() >= told and not plural.search(behind, word.start(), reach):
            break  # "60 wounded Norwegian | nurses" are whom it befell, "60 wounded | near" are not
        end, noun = word.end(), bool(people.fullmatch(plain) or single.fullmatch(plain))
        small = plain.islower() and plain not in words.stop_words
        following = _WORD.search(behind, end, reach)
        plurals = plural.fullmatch(plain) and plain not in words.stop_words - {"others"}
        if plurals and (small or not following or not plural.fullmatch(following.group())):
            break
    return end

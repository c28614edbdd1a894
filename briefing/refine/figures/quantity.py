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
from briefing.refine.figures.kinds import is_plural, kind_of
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
    counts: bool  # whether it can be a count of people or things


@lru_cache(maxsize=20_000)  # rank, tolls and the board ask for the same sentences
def counted(text: str, code: str) -> tuple[Quantity, ...]:
    """Every quantity of a text, whether a word near by tells what it counts or not."""
    words = language(code)
    found: list[Quantity] = []
    for numeral in numerals(text, code):
        found.append(_explained(text, numeral, words, found[-1].what if found else ""))
    return tuple(found)


def numbers(text: str, code: str) -> list[Quantity]:
    """The same as a list."""
    return list(counted(text, code))


def quantities(text: str, code: str) -> tuple[Quantity, ...]:
    """The quantities of a sentence: numbers of which a word near by tells what they count."""
    return tuple(q for q in counted(text, code) if q.what)


def _explained(text: str, numeral: Numeral, words: Language, last: str) -> Quantity:
    """A quantity with its kind; an increment has no value, unless it opens a kind of its own.

    "Three were killed and another 12 wounded" gives all the wounded; "12 more were wounded" does not.
    """
    kind, told = kind_of(text, numeral, words) if numeral.counts else ("", 0)
    behind, reach = text[numeral.end :], numeral.noun
    if kind:
        reach = _noun(behind, _longer(behind, reach, words), told, words)
    else:
        kind, told = measured(text, numeral, words)
        reach = told if kind else reach
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
        counts=numeral.counts,
    )


def _longer(behind: str, reach: int, words: Language) -> int:
    """How far a long noun phrase reaches: "40 regional police battalion | officers"."""
    following = _WORD.match(behind, reach + 1) if reach else None
    if any(is_plural(w.group(), words) for w in _WORD.finditer(behind, 0, reach)):
        return reach
    return following.end() if following and is_plural(following.group(), words) else reach


def _noun(behind: str, reach: int, told: int, words: Language) -> int:
    """How far the noun reaches: not to a preposition, a verb or another name, nor to what befell "people"."""
    apart, people, single = (words.numbers.get(k, NEVER) for k in ("apart", "people", "single"))
    adverb = tuple(words.grammar["adverb_endings"]) or "\0"
    found = list(_WORD.finditer(behind, 0, reach))
    plural = [is_plural(w.group(), words) for w in found]
    end, noun = 0, False
    for at, word in enumerate(found):
        plain = word.group()
        if apart.fullmatch(plain) or (noun and (plain.endswith(adverb) or _befell(plain, words))):
            break
        if word.start() >= told and not any(plural[at:]):
            break  # "60 wounded Norwegian | nurses" are whom it befell, "60 wounded | near" are not
        end, noun = word.end(), bool(people.fullmatch(plain) or single.fullmatch(plain))
        alone = any(single.fullmatch(w.group()) for w in found[at + 1 : at + 2])
        if plural[at] and not alone and (plain.islower() or not any(plural[at + 1 : at + 2])):
            break  # but "US troops", "police officer"
    return end


def _befell(word: str, words: Language) -> bool:
    """Whether a word tells what befell people, and is no noun for them."""
    if words.numbers.get("nouns", NEVER).fullmatch(word):
        return False
    people = words.numbers.get("led_by", NEVER)
    return any(p.fullmatch(word) for kind, p in words.figures.items() if people.fullmatch(kind))

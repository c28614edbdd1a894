"""numerals: the numbers of a text that count or measure, with what limits them and what they count.

Theory: a number is a quantity unless its surroundings make it a name, a place in an order or a point
in time: "F-16", "Article 5", "day 54", "14 March", "in 2024", "2-1", "+380 44 ...". What is counted
is the noun phrase behind the number ("14 people", "40% of the families", "5 kg"), the currency before
it, or the noun before a bracket ("households (44%)"); a bare number of a series counts what the number
before it counted ("nine people were killed and 27 wounded").

Rejected: a unit from the whole sentence (the subject of a share is as often two sentences back).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from briefing.language import NEVER, ORDINAL, Language, language, number_pattern, number_value

AROUND = 120  # characters around a number that can tell what it is
MOST_NOUN = 3  # words behind the number that belong to what is counted
_ORDINAL = re.compile(r"\.\s[^\W\d_]")  # "die 54. Brigade"
_YEAR = r"(?:19|20)\d\d"
_LAST_NOUN = re.compile(r"((?:[^\W\d_][\w’'-]*\s)?[^\W\d_][\w’'-]*)\s\($")
_WORD = re.compile(r"(?:\s+|(?<=-))([^\W\d_][\w’'-]*)")
_NAME = re.compile(r"[^\W\d_][\w’'-]*, $")
_SENTENCE_END = re.compile(r"[.!?]\s")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Numeral:
    """A quantity in a text, with the offsets of its parts. Made by `numerals`.

    `start` to `end` is the expression without its noun, "at least 14"; `noun` the length of the noun
    phrase that follows it. `value` is None where the words give no one number ("dozens", "5 to 10").
    `counts` is False for shares, measures, money, ages and what a number was before; `added` is True
    for "another 14" and "14 more".
    """

    start: int
    end: int
    noun: int
    value: float | None
    number: Span
    modifier: Span | None
    unit: Span | None
    counts: bool
    added: bool


def numerals(text: str, code: str) -> list[Numeral]:
    """Every quantity of a text, in order."""
    words = language(code)
    written = list(number_pattern(code).finditer(text))
    taken = [m.span() for m in _no_quantities(code).finditer(text)] if written else []
    begins = [begin for begin, _ in taken]
    found: list[Numeral] = []
    for number in written:
        at = number.span("number")
        last = bisect_left(begins, at[1]) - 1
        if (last >= 0 and at[0] < taken[last][1]) or not _quantity(number, words):
            continue
        numeral = _numeral(text, number, words, code)
        if numeral.unit is None and found and not _SENTENCE_END.search(text, found[-1].end, at[0]):
            numeral = replace(numeral, unit=found[-1].unit)
        found.append(numeral)
    return found


def _numeral(text: str, number: re.Match[str], words: Language, code: str) -> Numeral:
    behind = text[number.end() : number.end() + AROUND]
    before = text[max(0, number.start() - AROUND) : number.start()]
    noun = _noun(behind, words)
    money = number.span("currency") if number.group("currency") else None
    if money and text[money[1] - 1].isspace():
        money = (money[0], money[1] - 1)
    limit = (number.group("more") or number.group("modifier") or "").strip()
    return Numeral(
        number.start(),
        number.end(),
        noun,
        number_value(number, code),
        (number.start("number"), _end(number)),
        _modifier(number),
        money or _unit(number, noun, text),
        not money and _counts(number, before, behind, words),
        bool(words.numbers.get("more", NEVER).fullmatch(limit)),
    )


def _modifier(number: re.Match[str]) -> Span | None:
    """At least 14; 14 more."""
    return next((number.span(part) for part in ("modifier", "more") if number.group(part)), None)


def _end(number: re.Match[str]) -> int:
    """Where the number ends: its scale and its per cent sign belong to it."""
    return max(number.end(part) for part in ("number", "scale", "share"))


def _unit(number: re.Match[str], noun: int, text: str) -> Span | None:
    if number.group("attached"):
        return number.span("attached")
    if noun:
        return number.end(), number.end() + noun
    bracketed = _LAST_NOUN.search(text, max(0, number.start() - AROUND), number.start())
    return bracketed.span(1) if bracketed and bracketed.group(1).islower() else None


def _quantity(number: re.Match[str], words: Language) -> bool:
    """Whether a number that is no date and no name counts or measures."""
    text, behind = number.group("number"), number.string[number.end() : number.end() + AROUND]
    attached = number.group("attached")
    if ORDINAL in words.closing and text.isdigit() and _ORDINAL.match(behind):
        return False
    if attached and not words.numbers.get("measures", NEVER).fullmatch(attached):
        return False
    if words.numbers.get("ordinals", NEVER).match(behind.removeprefix("-")) and behind.startswith("-"):
        return False
    if words.number_words.get(text.lower()) == 1 and not number.group("scale"):  # "one of the largest"
        ratio = words.numbers.get("ratio", NEVER).match(behind.lstrip())
        return bool(ratio or number.group("modifier") or _noun(behind, words, partitive=False))
    if re.fullmatch(_YEAR, text):
        told = number.group("modifier") and not number.group("former") and _noun(behind, words)
        return bool(told or number.group("currency") or number.group("share") or _people(number, words))
    ends = [float(n.replace(",", ".")) for n in re.findall(r"\d+(?:[.,]\d+)?", text)]
    is_range = re.fullmatch(r"[\d.,]+\s?[–-]\s?[\d.,]+", text)
    return not (is_range and len(ends) == len("ab") and ends[0] >= ends[1])  # a score: "2-1"


def _people(number: re.Match[str], words: Language) -> bool:
    """Whether four digits that could be a year count: "2000 people", not "in 2000 people"."""
    when = re.compile(rf"{words.numbers.get('when', NEVER).pattern}\s$", re.IGNORECASE)
    people = words.numbers.get("people", NEVER)
    return bool(
        people.match(number.string[number.end() : number.end() + AROUND].lstrip())
    ) and not when.search(number.string[max(0, number.start() - AROUND) : number.start()])


def _counts(number: re.Match[str], before: str, behind: str, words: Language) -> bool:
    """Whether a quantity can be a count of people or things."""
    measures = words.numbers.get("measures", NEVER)
    return not (
        number.group("share")
        or number.group("former")
        or number.group("attached")
        or behind.startswith("-")  # "a 30-bed ward"
        or measures.match(behind.lstrip())
        or words.numbers.get("parts", NEVER).match(behind.lstrip())  # "14 people, two of them children"
        or words.numbers.get("currencies", NEVER).match(behind.lstrip())
        or (before.endswith(", ") and behind.startswith((",", ".")))  # an age: "The driver, 44, died"
        or _aged(before, behind, words)
    )


def _aged(before: str, behind: str, words: Language) -> bool:
    """Whether a number is an age in a list of names: "Oleh, 17 and Kira, nine"."""
    name = _NAME.search(before)
    series = words.numbers.get("series", NEVER)
    return bool(name and name.group()[0].isupper() and series.match(behind.lstrip()))


def _noun(behind: str, words: Language, partitive: bool = True) -> int:
    """How far the noun phrase behind a number reaches: "Ukrainian troops", "of the families"."""
    end = last = 0
    bracket = re.match(r"\s?\([^()]{1,12}\)(?=\s)", behind)  # "two (02) deaths"
    opened = bracket.end() if bracket else 0
    of = re.compile(rf"\s+{words.numbers.get('partitive', NEVER).pattern}(?=\s)|-(?=[^\W\d_])")
    lead = of.match(behind, opened) if partitive else None
    start = lead.end() if lead else opened
    stops = words.stop_words - {"others"}
    verbs, people = words.claims.get("verbs", NEVER), words.numbers.get("people", NEVER)
    for word in islice(_WORD.finditer(behind, start), MOST_NOUN):
        plain = word.group(1).lower()
        if word.start() != start + end or (plain in stops and not people.fullmatch(plain)):
            break
        end = word.end() - start
        last = last if verbs.fullmatch(plain) else end
    return start + last if last else 0


@lru_cache(maxsize=16)
def _no_quantities(code: str) -> re.Pattern[str]:
    """Dates, times, telephone numbers, and numbers that name: "Article 5", "weeks 3 and 4"."""
    table = language(code).numbers
    month, label, hour, and_, of = (
        table.get(k, NEVER).pattern for k in ("months", "labels", "hours", "series", "partitive")
    )
    day = r"\d{1,2}(?:st|nd|rd|th)?"
    series = rf"{day}(?:\s?(?:[-–/,]|{and_})\s?{day}){{0,5}}"
    return re.compile(
        "|".join(
            (
                rf"(?<!\d){series}(?:\s{of})?\s{month}\.?(?:,?\s{_YEAR})?",
                rf"{month}\.?\s{series}(?![\d%])(?:,?\s{_YEAR})?",
                rf"{month}\.?,?\s(?:{of}\s)?{_YEAR}(?:\s?[-–]\s?{_YEAR})?",
                rf"{_YEAR}\s?[-–/]\s?(?:{_YEAR}|\d\d)(?!\d)",
                r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2}|\d{1,2}/\d{4}",
                rf"\d{{1,2}}[:.]\d{{2}}\s?{hour}|\d{{1,2}}:\d{{2}}(?!\d)|\d{{1,2}}\s?{hour}",
                r"\+\d[\d ()-]{7,20}\d|(?<!\d)\d{3}-\d{3}-\d{2,4}(?:-\d+)?|(?<![\d-])\d{3}-\d{4}(?!\d)",
                rf"{label}\.?\s(?:#|№)?\s?\d+(?:\.\d+)*(?:\s?(?:[-–]|{and_})\s?\d+)*",
                r"(?:№|#)\s?\d+",
            )
        ),
        re.IGNORECASE,
    )

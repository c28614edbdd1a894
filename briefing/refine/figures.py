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
from functools import lru_cache
from itertools import islice

from briefing.language import NEVER, Language, language, match, phrases
from briefing.model import Article, Figure, Statement

BEHIND = 80  # characters after the number in which its kind is looked for
BEFORE = 24  # characters before it: "killing at least 14", "toll of 14"
SAME = 1e-9
TOLLS = ("killed", "wounded")  # kinds of which a later, higher number replaces an earlier one

_DIGITS = r"\d{1,3}(?:[,. \u00a0\u202f]\d{3})+(?!\d)|\d+(?:[.,]\d+)?"
_CLAUSE = re.compile(r"[;:.!?](?:\s|$)|\s[–—]\s|,\s(?:and|but|while)\s")
MOST_NOUN = 3  # words behind the number that belong to what is counted
_NOT_A_COUNT = re.compile(
    r"^\s*(?:-year-old|years?|days?|hours?|minutes?|weeks?|months?|km|kilomet|miles?|metres?|meters?|times|"
    r"percent|per cent|%|mm\b|a\.m|p\.m|am\b|pm\b|:\d|January|February|March|April|May|June|July|August|"
    r"September|October|November|December|"
    r"рок(?:ів|и)|рік|року|годин|хвилин|днів|км|відсот|кілометр|метрів|лет\b|час|дней|процент)"
)
_NAME_BEFORE = re.compile(r"(?:[A-ZА-ЯІЇЄҐ][\w]*-|[$€£₴]\s?|No\.?\s|Article\s|Resolution\s)$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "bn": 1e9,
    "тис": 1e3,
    "млн": 1e6,
    "млрд": 1e9,
}


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
    """Every number of a text that is not part of a name ("F-16")."""
    words = language(code)
    found = []
    for number in _pattern(code).finditer(text):
        before, behind = text[: number.start()], text[number.end() :]
        reach = _noun(behind, words)
        spelled = not number.group("number")[0].isdigit()
        pronoun = spelled and not reach and not number.group("modifier")  # "one of the largest"
        if pronoun or _NAME_BEFORE.search(before):
            continue
        kind, told = _kind(before, behind, words) if _counts(number, before, behind) else ("", 0)
        unit = min(reach, told) if kind else reach
        found.append(
            Quantity(
                number.start(),
                number.end() + unit,
                None if number.group("more") else _value(number, words),  # an increment is no total
                kind,
                number=(number.start("number"), number.end("scale" if number.group("scale") else "number")),
                modifier=number.span("modifier") if number.group("modifier") else None,
                unit=(number.end(), number.end() + unit) if unit else None,
            )
        )
    return found


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


def _counts(number: re.Match[str], before: str, behind: str) -> bool:
    """Whether a number can be a count: no share, measure, date, year or age ("The driver, 44, died")."""
    if (
        number.group("share")
        or _NOT_A_COUNT.match(behind)
        or (before.endswith(", ") and behind.startswith((",", ".")))
    ):
        return False
    return bool(number.group("modifier")) or not _YEAR.fullmatch(number.group("number"))


def _noun(behind: str, words: Language) -> int:
    """How far the noun behind a number reaches: "Ukrainian troops", "of Ukrainian troops"."""
    end = 0
    for word in islice(re.finditer(r"\s+(?:of\s+)?([^\W\d_][\w’'-]*)", behind), MOST_NOUN):
        if word.start() != end or word.group(1).lower() in words.stop_words - {"others"}:
            break
        end = word.end()
    return end


@lru_cache(maxsize=16)
def _pattern(code: str) -> re.Pattern[str]:
    """A number with its modifier and its scale: "at least 1.2 million", "four more"."""
    words = language(code)
    word = match(words.number_words).pattern
    table = {name: words.numbers.get(name, NEVER).pattern for name in ("modifiers", "vague", "scales")}
    between, joined = (match(phrases(words.ranges.get(k, ""))).pattern for k in ("between", "and"))
    ranges = (
        rf"(?:{between})\s(?:{_DIGITS})\s(?:{joined})\s(?:{_DIGITS})|(?:{_DIGITS})\s?[–-]\s?(?:{_DIGITS})"
    )
    spelled = rf"{word}(?:(?:-|\s(?:{table['scales']})(?:\sand)?\s){word})*"  # "two hundred and thirty-eight"
    return re.compile(
        rf"(?<![\w-])(?P<modifier>(?:{table['modifiers']})\s+)?"
        rf"(?P<number>{ranges}|{_DIGITS}|{table['vague']}|{spelled})"
        rf"(?P<scale>\s*(?:{table['scales']}|(?P<share>%|per\s?cent)))?(?P<more>\s+more)?(?![\w-])",
        re.IGNORECASE,
    )


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


def _value(number: re.Match[str], words: Language) -> float | None:
    """The number as a float; None for "dozens"."""
    digits = re.sub(r"[ \u00a0\u202f]", "", number.group("number"))
    if re.search(r"\d\D*[–-]\D*\d|^\D.*\d", digits):
        return None  # a range
    if not digits[0].isdigit():
        return _spelled(number.group("number").lower().replace("’", "'"), words)
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", digits):
        digits = re.sub(r"[.,]", "", digits)
    return float(digits.replace(",", ".")) * _scale((number.group("scale") or "").strip().lower())


def _spelled(text: str, words: Language) -> float | None:
    """Two hundred and thirty-eight: words add up, scales multiply."""
    total = 0.0
    for word in re.split(r"[\s-]+", text):
        if word in words.number_words:
            total += words.number_words[word]
        elif _scale(word) > 1:
            total *= _scale(word)
        elif word != "and":
            return None
    return total


def _scale(word: str) -> float:
    return next((value for name, value in _SCALES.items() if word.startswith(name)), 1.0)

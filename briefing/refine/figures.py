"""figures: how many of what, according to whom, as the source puts it.

Theory: a quantity is a number with its scale ("1.2 million"), its modifiers ("at least") and the
noun behind it; what is counted is told by a word near by, in the same clause ("14 people were
killed", "killed at least 14"). The nearest such word wins, one behind the number before one in
front of it. A number that nothing near explains is no figure: dates, ages, "F-16", "Article 5".

Rejected: taking the kind from the whole sentence ("12 drones were shot down, two people were
killed" would count drones as dead).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from briefing.language import Language, language
from briefing.model import Article, Figure, Statement

BEHIND = 60  # characters after the number in which its kind is looked for
BEFORE = 28  # characters before it
SAME = 1e-9

_DIGITS = r"\d{1,3}(?:[,. \u00a0\u202f]\d{3})+(?!\d)|\d+(?:[.,]\d+)?"
_CLAUSE = re.compile(r"[;:.!?](?:\s|$)|\s[–—]\s")
_NOUN = re.compile(r"(?:\s+[^\W\d_][\w’'-]*){0,3}")
_NOT_A_COUNT = re.compile(
    r"^\s*(?:-year-old|years?|days?|hours?|minutes?|weeks?|months?|km|kilomet|miles?|metres?|meters?|"
    r"percent|per cent|%|mm\b|a\.m|p\.m|am\b|pm\b|:\d|January|February|March|April|May|June|July|August|"
    r"September|October|November|December|"
    r"років|рік|року|годин|хвилин|днів|км|відсот|кілометр|метрів|лет\b|час|дней|процент)"
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
    """A number in a text: offsets of the whole expression, its value, and what it counts ("")."""

    start: int
    end: int
    value: float | None
    what: str


def quantities(text: str, code: str) -> list[Quantity]:
    """Every quantity of a sentence that a word near by explains."""
    words = language(code)
    return [q for q in _numbers(text, words) if q.what]


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

    The same source with another value later is "updated"; another source with another value
    "differs". `before` are the last edition's figures of the same story.
    """
    marked: list[Figure] = []
    for figure in board:
        rivals = [f for f in (*before, *marked) if f.what == figure.what and f.value and figure.value]
        other = [f for f in rivals if abs((f.value or 0) - (figure.value or 0)) > SAME]
        if any(f.source == figure.source for f in other):
            marked.append(replace(figure, status="updated"))
        elif other and len(other) == len(rivals):
            marked.append(replace(figure, status="differs"))
        else:
            marked.append(figure)
    return tuple(marked)


def _numbers(text: str, words: Language) -> Iterator[Quantity]:
    for number in _pattern(words).finditer(text):
        start, end = number.span()
        behind, before = text[end:], text[:start]
        if _NOT_A_COUNT.match(behind) or _NAME_BEFORE.search(before):
            continue
        if _YEAR.fullmatch(number.group("number")) and not number.group("modifier"):
            continue
        noun = _NOUN.match(behind)
        kind, reach = _kind(before, behind, words)
        stop = end + min(noun.end() if noun else 0, reach)
        yield Quantity(start, stop, _value(number), kind)


def _pattern(words: Language) -> re.Pattern[str]:
    table = words.numbers
    number = "|".join([_DIGITS, *(table[k].pattern for k in ("vague", "words") if k in table)])
    modifier = table["modifiers"].pattern if "modifiers" in table else r"(?!)"
    scale = table["scales"].pattern if "scales" in table else r"(?!)"
    return re.compile(
        rf"(?<![\w-])(?P<modifier>(?:{modifier})\s+)?(?P<number>{number})(?P<scale>\s*(?:{scale}))?(?![\w-])",
        re.IGNORECASE,
    )


def _kind(before: str, behind: str, words: Language) -> tuple[str, int]:
    """What is counted, and how far behind the number the word that says so ends."""
    ahead = _until_clause(behind[:BEHIND])
    found = _nearest(ahead, words, last=False)
    if found:
        return found
    back = re.split(_CLAUSE, before[-BEFORE:])[-1]
    back = back[max((m.end() for m in re.finditer(r"\d", back)), default=0) :]
    if found := _nearest(back, words, last=True):
        return found[0], BEHIND
    return "", 0


def _nearest(text: str, words: Language, *, last: bool) -> tuple[str, int] | None:
    hits = [
        (m.start(), m.end(), kind) for kind, pattern in words.figures.items() for m in pattern.finditer(text)
    ]
    if not hits:
        return None
    _, end, kind = max(hits) if last else min(hits)
    return kind, end


def _until_clause(text: str) -> str:
    """The text up to the end of the clause or to the next number, whichever comes first."""
    stops = [m.start() for m in (_CLAUSE.search(text), re.search(r"\s\d", text)) if m]
    return text[: min(stops)] if stops else text


def _value(number: re.Match[str]) -> float | None:
    """The number as a float; None for "dozens" and for number words."""
    digits = re.sub(r"[ \u00a0\u202f]", "", number.group("number"))
    if not digits[0].isdigit():
        return None
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", digits):
        digits = re.sub(r"[.,]", "", digits)
    scale = (number.group("scale") or "").strip().lower()
    return float(digits.replace(",", ".")) * next((v for k, v in _SCALES.items() if scale.startswith(k)), 1.0)

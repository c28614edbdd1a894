"""refusals: explained numbers that are no count of what has happened.

Theory: a key figure says how many there were. A rate ("200 a day") gives no number of anybody, a plan
("seeking 400 drones") none that exists, a part of a known number ("two of the dead") no count of its
own, a lone "one" in front of a verb is a pronoun, and what happened last month is not the night's
news. All of it is told by the words of the number's own clause. A total since the war began is a
figure, but not the night's: the board prefers others.

Rejected: the whole sentence for the clause (one half tells last week, the other tonight).
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from briefing.language import NEVER, Language, language
from briefing.model import Article, Figure, Span
from briefing.refine.figures.clauses import clause

OPENING = 24  # characters of a sentence in which an older time is that of all of it: "Two weeks ago, ..."
MOURNED = ("killed", "wounded")  # kinds of which a funeral gives no number of its own
NEAR = 30  # characters behind a number in which a plan is of it: "900 troops will be posted"
DAYS = 4  # an older date is not of this night, nor of the nights that an edition may cover
_YEAR = r"(?:19|20)\d\d"


def refused(figure: Figure, article: Article, sentence: Span) -> bool:
    """Whether a figure in a sentence of an article counts nothing that has happened of late."""
    words = language(article.language)
    text = article.text[sentence.start : sentence.end]
    before, behind = _clause(text, figure.start - sentence.start, figure.end - sentence.start)
    return (
        _lone_one(figure, words)
        or bool(words.numbers.get("subsets", NEVER).search(figure.text))
        or bool(words.numbers.get("plans", NEVER).search(f"{before} | {behind[:NEAR]}"))
        or _rate(behind, words)
        or _rate(before, words)
        or (not _since(figure, words) and bygone(f"{before} | {behind}", article))
        or bool(words.numbers.get("counted_among", NEVER).search(behind[:NEAR]))
        or (not figure.when and bool(words.numbers.get("bygone", NEVER).search(text[:OPENING])))
        or _dated(text, article, words)
        or (figure.what in MOURNED and bool(words.numbers.get("mourning", NEVER).search(before)))
    )


def _dated(text: str, article: Article, words: Language) -> bool:
    """Whether a sentence opens with a date that lies too far back: "On Sunday, 27 February, ..."."""
    opening, comma, rest = text.partition(",")
    opening += comma + rest.partition(",")[0]
    if not article.published or len(opening) > 2 * OPENING:
        return False
    today = article.published.date()
    return any(day and _old((month, day), today) for month, day in _dates(opening, words))


def total(figure: Figure, article: Article) -> bool:
    """Whether a figure sums up the war, and not the night."""
    words = language(article.language)
    return bool(
        words.numbers.get("totals", NEVER).search(" | ".join(_clause(article.text, figure.start, figure.end)))
    )


def bygone(clause: str, article: Article) -> bool:
    """Whether a clause tells of an earlier time than its article's: "last month", a date, a year."""
    words = language(article.language)
    if words.numbers.get("totals", NEVER).search(clause):
        return False
    if words.numbers.get("bygone", NEVER).search(clause):
        return True
    if not article.published:
        return False
    today = article.published.date()
    when = words.numbers.get("when", NEVER).pattern
    years = re.findall(rf"{when}\s({_YEAR})(?!\w)", clause, re.IGNORECASE)
    return any(int(y) < today.year for y in years) or any(_old(d, today) for d in _dates(clause, words))


def _since(figure: Figure, words: Language) -> bool:
    """Whether a number is told as one up to now: "since the war began on 24 February"."""
    return bool(words.when.get("holds", NEVER).match(figure.when))


def _clause(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before a figure in its clause, and what stands behind it."""
    span = clause(text, start, end)
    return text[span.start : start], text[end : span.end]


def _lone_one(figure: Figure, words: Language) -> bool:
    """Whether "one" has no noun behind it that a language knows as one person or thing."""
    first, *rest = figure.text.lower().split()
    single = words.numbers.get("single")
    if words.number_words.get(first) == 1 and words.numbers.get("vague_many", NEVER).search(" ".join(rest)):
        return True  # "one showing several dead"
    return bool(single and words.number_words.get(first) == 1 and not single.search(" ".join(rest)))


def _rate(behind: str, words: Language) -> bool:
    """A day, per hour; not "in a day", nor "a day later"."""
    rate, no_rate = words.numbers.get("rates", NEVER), words.numbers.get("durations", NEVER)
    return any(
        not no_rate.search(behind[max(0, m.start() - 12) : m.end() + 12]) for m in rate.finditer(behind)
    )


def _dates(clause: str, words: Language) -> list[tuple[int, int]]:
    """The dates of a clause as month and day, day 0 where it has none."""
    months = _months(words.code)
    name = "|".join(re.escape(m) for m in sorted(months, key=lambda m: (-len(m), m))) or r"(?!)"
    when = words.numbers.get("when", NEVER).pattern
    found = re.finditer(
        rf"(?<!\d)(\d{{1,2}})\s({name})(?!\w)|(?<!\w)({name})\.?\s(\d{{1,2}})(?!\d)|{when}\s({name})(?!\w)",
        clause,
        re.IGNORECASE,
    )
    return [
        (months[(a or b or c).lower()], int(x or y or 0)) for x, a, b, y, c in (m.groups() for m in found)
    ]


def _old(date: tuple[int, int], today: dt.date) -> bool:
    """Whether a month and day lie further back than a night's news does."""
    month, day = date
    if not day:
        return month not in {today.month, (today - dt.timedelta(days=DAYS)).month}
    try:
        told = dt.date(today.year, month, day)
    except ValueError:  # 31 June
        return False
    return abs((today - told).days) > DAYS


@lru_cache(maxsize=16)
def _months(code: str) -> dict[str, int]:
    """The names of the months, short and long, and in the case that a date takes."""
    from babel import Locale, UnknownLocaleError

    try:
        names = Locale(code).months
    except (UnknownLocaleError, ValueError):
        return {}
    return {
        name.lower().rstrip("."): number
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for number, name in names[context][width].items()
    }

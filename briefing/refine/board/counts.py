"""counts: which count a figure gives, and when two figures of a night give the same one. Read by the board.

Requirement: one count told by several texts is one row; two counts are never set against each other.

Theory: a count is what is counted, who (all of the head and its modifiers: "children" are not "people"),
where, and over which time: a day's toll and a total of the war are two counts. Who and where are what the
figure names; where it names no place, its sentence does, or else the headline of its story. Equal numbers
need less to be one count than different ones: of different numbers who and where must agree to the
letter, of equal ones they only must not contradict.

Numbers are ranges: "at least 14" may be 15, "about 100" may be 98 (`ABOUT`), and large round numbers are
rounded to their last figure (Krifka 2007). Two counts differ only where their ranges do not meet.

Rejected: the text of the figure (one toll filled all the rows that its kind has); the last word for whom
(it took "12 soldiers" of two armies for one count).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import floor, inf, log10
from typing import Literal

from briefing.language import NEVER, language, stems
from briefing.language import names as language_names
from briefing.model import Article, Dispatch, Figure, Statement
from briefing.refine.bags import facts
from briefing.refine.figures.refusals import total

SAME = 1e-9
BY_CHANCE = 10  # smaller numbers of two places agree too often to be taken for one count
APART = 10  # a strike and a war: values further apart do not correct each other
ABOUT = 0.1  # how far "about" reaches, as a share
AHEAD = 80  # characters behind a figure in which its own time stands
ROUNDED = 100  # smaller numbers are counted, larger ones rounded
TOLLS = ("killed", "wounded")  # kinds of which a later, higher number replaces an earlier one
Period = Literal["", "total"]
TOTAL: Period = "total"

_MONEY = re.compile(r"[$€£₴₽¥]")
_OWNER = re.compile(r"['’]s?$")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
Names = frozenset[str]
Range = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Count:
    """A figure, and what tells which count it gives. Made by `counted`, read by the board.

    `places` are names in the form that spellings share; `outlets` are all that carry the text; `time` is
    None for undated articles.
    """

    figure: Figure
    line: Statement
    whom: Names
    places: Names
    outlet: str
    outlets: Names
    time: float | None
    language: str
    printed: bool  # whether its line stands in the edition
    order: int = 0  # among the rows of its story, once they are marked


def counted(figure: Figure, line: Statement, dispatch: Dispatch, place: Names, *, printed: bool) -> Count:
    """A figure as a count; `place` are the names of its story, for a line that names none itself."""
    article = dispatch.reading.article
    own = (article, *dispatch.copies)
    return Count(
        figure,
        line,
        whom(figure, article.language),
        place,
        next((a.outlet for a in own if a.outlet), ""),
        frozenset(a.outlet for a in own) - {""},
        _time(article),
        article.language,
        printed,
    )


def period(figure: Figure, article: Article) -> Period:
    """`TOTAL` for what sums up a war, and not the night."""
    words = language(article.language)
    near = article.text[figure.end : figure.end + AHEAD]
    if words.background.get("present", NEVER).search(f"{figure.when} | {near}"):
        return ""  # "killed 22 today, six months since the start of the war"
    return TOTAL if total(figure, article) or words.numbers.get("totals", NEVER).search(figure.when) else ""


def names(text: str) -> Names:
    """The names of a text in the form that spellings share."""
    return frozenset(n for n in facts(f"· {text}") if not n[0].isdigit())


def places(text: str, code: str) -> Names:
    """The names in a text that may be places: no countries, nationalities, days, bodies or leaders."""
    words = language(code)
    others = (*words.nations.values(), words.where.get("never", NEVER))
    found = [_OWNER.sub("", word) for name in language_names(text) for word in name.split()]
    return frozenset().union(*(names(w.title()) for w in found if not any(p.fullmatch(w) for p in others)))


def whom(figure: Figure, code: str) -> Names:
    """The stems of who is counted, but for words that tell no more than the kind and the number do."""
    words = language(code)
    told = figure.who or figure.text.removeprefix(figure.modifier)
    empty = [words.numbers.get(k, NEVER) for k in ("vague", "anyone", "modifiers")]
    kind = words.figures.get(figure.what, NEVER)
    kept = [
        w
        for w in map(str.lower, _WORD.findall(told))
        if w not in words.number_words
        and w not in words.scale_words
        and not any(p.fullmatch(w) for p in (*empty, kind))
    ]
    return frozenset(stems(" ".join(kept), code)) | frozenset(_MONEY.findall(figure.text))


def one_count(a: Count, b: Count) -> bool:
    """Whether two figures of one story give the same number of the same."""
    x, y = a.figure, b.figure
    if x.what != y.what or x.period != y.period or not _equal(x, y):
        return False
    if a.whom and b.whom and not a.whom & b.whom and not _exact(x):
        return False  # "two British men" and "two British soldiers" are likely one count, and told once
    return bool(a.places & b.places) or not (a.places and b.places) or (x.value or 0) >= BY_CHANCE


def surely_one(a: Count, b: Count) -> bool:
    """Whether two that may be one count are: the same place, or a number that two places do not share."""
    if not (a.whom <= b.whom or b.whom <= a.whom or _exact(a.figure)):
        return False
    return bool(a.places & b.places) or (a.figure.value or 0) >= BY_CHANCE


def comparable(a: Count, b: Count) -> bool:
    """Whether two figures count the same, whatever their numbers: kind, whom, where, period, and size."""
    x, y = a.figure, b.figure
    if (x.what, x.period, a.whom) != (y.what, y.period, b.whom) or not a.places & b.places:
        return False
    if x.where and y.where and names(x.where) != names(y.where):
        return False
    return not (x.when and y.when and x.when.lower() != y.when.lower()) and near(x, y)


def near(a: Figure, b: Figure) -> bool:
    """Whether two numbers are of one size."""
    one, other = size(a), size(b)
    return bool(one and other) and max(one, other) <= APART * min(one, other)


def size(figure: Figure) -> float:
    """The number, or the lower end of "dozens"; 0 where neither is known."""
    return figure.value or figure.low or figure.high or 0.0


def moves(a: Figure, b: Figure) -> bool:
    """Whether two figures of a count give different numbers, and not two roundings of one."""
    return _parted(extent(a, bounds=False), extent(b, bounds=False))


def apart(a: Figure, b: Figure) -> bool:
    """Whether no number fits both figures."""
    return _parted(extent(a), extent(b))


def _parted(one: Range | None, other: Range | None) -> bool:
    return one is not None and other is not None and (one[1] < other[0] or other[1] < one[0])


def extent(figure: Figure, *, bounds: bool = True) -> Range | None:
    """The numbers that a figure may mean; without `bounds`, "at least 14" means 14."""
    low, high, value = figure.low, figure.high, figure.value
    if low is None and high is None:
        low = high = value
    if low is None and high is None:
        return None
    if low != high and not bounds:
        low = high = size(figure)
    if low is None or high is None or low != high:
        return low or 0.0, inf if high is None else high
    slack = low * ABOUT if figure.modifier and bounds else _rounding(low)
    return low - slack, low + slack


def _exact(figure: Figure) -> bool:
    """Whether a number is so exact that two counts do not share it: 1,351."""
    return bool(figure.value) and (figure.value or 0) >= ROUNDED and (figure.value or 0) % 10 != 0


def _rounding(value: float) -> float:
    """Half a unit of the last figure that is no nought: 50 for 1,200; nothing for what is counted."""
    if value < ROUNDED or value != floor(value):
        return 0.0
    unit = 10.0 ** floor(log10(value))
    while value % unit:
        unit /= 10
    return unit / 2 if unit > 1 else 0.0


def _equal(a: Figure, b: Figure) -> bool:
    if a.value is None or b.value is None:
        return a.value == b.value and (a.text.lower() == b.text.lower() or (bool(a.low) and a.low == b.low))
    return abs(a.value - b.value) <= SAME


def _time(article: Article) -> float | None:
    """Seconds since the epoch; None for undated articles: they never update a figure."""
    when = article.updated or article.published
    return when.timestamp() if when else None

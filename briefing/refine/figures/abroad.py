"""abroad: those who have left their country, apart from those who were displaced inside it.

Theory: a refugee is somebody outside their country, an internally displaced person is not (UNHCR); one word,
"fled", is said of both, so what tells is where it leads: a country, or "the country" that was left. The
country that they left is no place of the count; the one that took them in is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from briefing.language import NEVER, Language, language
from briefing.refine.figures.quantity import Quantity

DISPLACED = "displaced"
REFUGEES = "refugees"
BEHIND = 60  # characters behind a number in which the border is crossed: " people have since fled to"


@dataclass(frozen=True, slots=True)
class Flight:
    """Whether people have left their country, and which one took them in. Made by `flight`.

    `somewhere`: a border was crossed, and the text does not say which: it may be one of many.
    """

    abroad: bool
    refuge: str = ""
    somewhere: bool = False


def flight(text: str, q: Quantity, end: int, code: str) -> Flight:
    """How those counted have fled, by their noun and by what the text says up to `end`."""
    if q.what != DISPLACED:
        return Flight(abroad=False)
    noun, end = text[q.noun : q.end], min(end, q.end + BEHIND)
    table = _crossings(code)
    reached = table["reached"].search(text, q.noun, end)
    if reached:  # ", with most of them crossing into Spain" tells of a part
        return Flight(
            abroad=True, refuge="" if "," in text[q.end : reached.start()] else reached.group("land")
        )
    if host := table["host"].search(text[: q.start]):
        return Flight(abroad=True, refuge=host.group("land"))
    left = table["left"].search(text, q.noun, end)
    into = table["into"].search(text, left.end(), _until_comma(text, left.end(), end)) if left else None
    named = bool(language(code).where.get("refugees", NEVER).search(noun))
    refuge = into.group("land") if into else ""
    border = language(code).where.get("frontiers", NEVER)
    return Flight(named or bool(left), refuge, bool(left and not refuge and border.fullmatch(left.group())))


def is_no_flight(q: Quantity, who: str, words: Language) -> bool:
    """Whether it is soldiers, or one person with a career, who fled or crossed a border, and no people."""
    return q.what == DISPLACED and (q.value == 1 or bool(words.figures.get("troops", NEVER).search(who)))


def _until_comma(text: str, start: int, end: int) -> int:
    """The first comma of a part of a text: behind it stands where some of them went."""
    return comma if (comma := text.find(",", start, end)) >= 0 else end


@lru_cache(maxsize=16)
def _crossings(code: str) -> dict[str, re.Pattern[str]]:
    """Crossed into Spain; fled the country, fled from Spain, crossed the border; into Spain."""
    table = {
        k: language(code).where.get(k, NEVER).pattern
        for k in ("reaches", "leaves", "borders", "towards", "attributes", "inside", "hosts")
    }
    lead = rf"(?:{table['attributes']}\s){{0,3}}"
    land = rf"{lead}(?P<land>{_lands(code)})(?![’'\w-])(?!\s{table['inside']})"
    return {
        "reached": re.compile(rf"{table['reaches']}\s{land}"),
        "left": re.compile(
            rf"{table['leaves']}\s(?:{land}|{lead}{table['borders']}(?![’'\w-])(?!\s{table['inside']}))"
        ),
        "host": re.compile(rf"{land}\s(?:[^\W\d_]+\s){{0,3}}{table['hosts']}\s(?:[^\W\d_]+\s){{0,2}}$"),
        "into": re.compile(rf"{table['towards']}\s{land}"),
    }


@lru_cache(maxsize=16)
def _lands(code: str) -> str:
    """The names of the countries of the world in a language, the longest first (CLDR)."""
    from babel import Locale, UnknownLocaleError

    try:
        names = Locale(code).territories
    except (UnknownLocaleError, ValueError):
        return r"(?!)"
    lands = {name for key, name in names.items() if len(key) == len("PL") and key.isalpha()}
    return "|".join(re.escape(name) for name in sorted(lands, key=lambda n: (-len(n), n)))

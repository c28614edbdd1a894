"""weekdays: which day a line means by its weekday. Read by status.

Theory: a report names a weekday of the week that ends on its own day ("on Wednesday"). Where a line names
several, the last of them in time is its news. CLDR has the names (by babel); an ending may differ by case.
"""

from __future__ import annotations

import datetime as dt
from functools import cache

from briefing.language import tokens

ENDING = 1  # letters that a case adds at most, after the name's own last one


def weekday(text: str, code: str, published: dt.date) -> dt.date | None:
    """The latest day that a line names by its weekday; None where it names none."""
    words = [w.lower().replace("’", "'").removesuffix("'s") for w in tokens(text)]
    named = [day for day, name in _names(code) if any(_is(word, name) for word in words)]
    ago = [(published.weekday() - day) % 7 for day in named]
    return published - dt.timedelta(days=min(ago)) if ago else None


def _is(word: str, name: str) -> bool:
    return word == name or (word.startswith(name[:-1]) and len(name) <= len(word) <= len(name) + ENDING)


@cache
def _names(code: str) -> tuple[tuple[int, str], ...]:
    """The days, 0 for Monday, and their names in lower case."""
    from babel import Locale, UnknownLocaleError
    from babel.dates import get_day_names

    try:
        names = get_day_names("wide", locale=Locale.parse(code))
    except (UnknownLocaleError, ValueError):
        return ()
    return tuple(sorted((day, name.lower().replace("ʼ", "'")) for day, name in names.items()))

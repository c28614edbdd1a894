"""bygone: whether a line tells what was before the edition's window.

Requirement: last month's decree, the town that was taken in April and the year 2014 are no news of the
night: such a line opens no story, is no key point and gives no key figure. It may stand behind one that is.

Theory: a report without a date of its own is of the day on which it was printed; a time adverbial of the
main clause moves it (Reichenbach 1947). So the line's own time counts: a date, month or year before the
window, or a phrase that is always before it ("last month", "when Russia invaded"). A line that also has a
present time ("on Monday", "now") tells news with its background, and so does one whose old time
stands in a relative or subordinate clause ("the town, which fell in April, was hit"). A superlative is
of today, too: "the largest since the start of the war".

Rejected: a line's tense (the news is told in the past tense); a library for dates (it reads "may"
and "second" as dates, and asks the clock for the year).
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from briefing.language import NEVER, QUOTED, Language, language

MARGIN = timedelta(days=1)  # the night before the window is still the night's news
LONG_AGO = 8  # months back: beyond, a month without a year is rather one ahead ("in December", in October)

_YEAR = re.compile(r"(?<![\d.,])(?:1[5-9]|20)\d\d(?![\d%]|[.,]\d|\s?(?:km|mm)\b)")
_DAY = (
    r"(?:(?P<before>\d{1,2})(?:st|nd|rd|th)?\s)?(?<!\w)(?P<month>MONTHS)\b\.?"
    r"(?:\s(?P<after>\d{1,2})\b)?(?:,?\s(?P<year>\d{4}))?"
)
_BRACKETS = re.compile(r"\([^()]*\)")


def is_background(text: str, code: str, since: date) -> bool:
    """Whether the time of a line lies before `since`, the day on which the edition's window begins."""
    return bool(old_time(text, code, since))


def old_time(text: str, code: str, since: date) -> str:
    """The words that set a line before `since`; "" where it tells of a later time, or of none."""
    words = language(code)
    outside = _BRACKETS.sub(" ", QUOTED.sub(" ", text))
    if _listed("present", words).search(outside):
        return ""
    main = _main(outside, words)
    past = _listed("past", words).search(main)
    return past.group() if past else _dated_before(main, words, since)


def _listed(name: str, words: Language) -> re.Pattern[str]:
    return words.background.get(name, NEVER)


def _main(outside: str, words: Language) -> str:
    """A text without what stands in relative and subordinate clauses behind its beginning."""
    kept, at = "", 0
    for found in _listed("clauses", words).finditer(outside):
        if not outside[: found.start()].strip() or found.start() < at:
            continue
        kept += outside[at : found.start()]
        comma = outside.find(",", found.end())
        at = len(outside) if comma < 0 else comma
    return kept + outside[at:]


def _dated_before(main: str, words: Language, since: date) -> str:
    """The dates, where there are any and all of them lie before a day; else ""."""
    found = [(m, _before(m, main, words, since)) for m in _months(words).finditer(main)]
    years = [m for m in _YEAR.finditer(main) if _adverbial(main, m.start(), words)]
    found += [(m, int(m.group()) < since.year) for m in years]
    known = [(m.group(), old) for m, old in found if old is not None]
    return ", ".join(date for date, _ in known) if all(old for _, old in known) else ""


def _months(words: Language) -> re.Pattern[str]:
    names = sorted(words.month_numbers, key=lambda n: (-len(n), n))
    return re.compile(_DAY.replace("MONTHS", "|".join(map(re.escape, names)))) if names else NEVER


def _before(found: re.Match[str], main: str, words: Language, since: date) -> bool | None:
    """Whether a month, or a day of it, lies before a day; None where it is no date, or perhaps one ahead."""
    month, day = (
        words.month_numbers[found.group("month")],
        int(found.group("before") or found.group("after") or 0),
    )
    if not day and not found.group("year") and not _adverbial(main, found.start(), words):
        return None
    back = (since.month - month) % 12
    if back > LONG_AGO and not found.group("year"):
        return None
    year = int(found.group("year") or since.year - (month > since.month))
    if not day or day > 28:
        return (year, month) < (since.year, since.month)
    return since - date(max(year, 1), month, day) > MARGIN


def _adverbial(main: str, at: int, words: Language) -> bool:
    """Whether a preposition of time stands right before a place of the text."""
    near = main[max(at - 24, 0) : at]
    return any(near[m.end() :].strip(" -–") == "" for m in _listed("prepositions", words).finditer(near))

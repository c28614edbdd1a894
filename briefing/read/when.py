"""Times as sources write them, into aware moments; nothing is guessed.

Libraries read an unknown zone name silently as UTC, so the common forms are read here first:
RFC 822 dates with named zones (RFC 822 section 5, RFC 2822 section 4.3), ISO 8601 and RFC 3339,
asctime, week dates, day.month.year. What is left goes to dateparser in the language of the source, for
absolute dates only. A time in a zone that nobody knows keeps its date alone; which zones are known is told in
zones, and how a language names a city's time in its file under [clocks].
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from briefing.bounds import MAX_DATE
from briefing.language import language as data_of
from briefing.read.zones import region, zone_named

MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6,
    "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
YEARS = range(1900, 2200)  # outside: a default that some program filled in, such as year 1

TIME = (
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d+))?)?"
    r"(?:\s*(?P<half>[aApP])\.?[mM]\.?)?"
)
ZONE = r"(?P<zone>[^\s\d+\-(),.:][^\s\d(),:]*(?:[+-]\d{1,2}(?::?\d{2})?)?|[+-]\d{1,2}(?::?\d{2})?)"
AFTER = rf"(?:(?:[Tt\s,]+(?:at\s+)?){TIME}(?:\s*{ZONE})?)?\s*(?:\([^()]*\))?"
MONTH = r"(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
FORMS = tuple(
    re.compile(form + r"\s*$", re.IGNORECASE)
    for form in (
        # Tue, 06 Aug 2024 09:15:00 MSK; 6 August 2024
        rf"(?:[^\W\d]+\.?,?\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+{MONTH}[\s,-]+(?P<year>\d{{4}}|\d{{2}}){AFTER}",
        # 2024-08-06T09:15:00+03:00; 20240806T0915Z is left to the next
        rf"(?P<year>\d{{4}})(?P<mark>[-/.])(?P<month>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}}){AFTER}",
        rf"(?P<year>\d{{4}})(?P<month>\d{{2}})(?P<day>\d{{2}}){AFTER}",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})T(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?"
        rf"(?:\s*{ZONE})?",
        # August 6, 2024 9:15 am EDT
        rf"(?:[^\W\d]+\.?,?\s+)?{MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}}){AFTER}",
        # Tue Aug  6 09:15:00 2024; Tue Aug 6 09:15:00 MSK 2024
        rf"(?:[^\W\d]+\.?,?\s+)?{MONTH}\s+(?P<day>\d{{1,2}})\s+{TIME}(?:\s+{ZONE})?\s+(?P<year>\d{{4}})",
        # 06.08.2024 09:15, Tue 06.08.24: with dots the day goes first wherever it is written
        rf"(?:[^\W\d]+\.?,?\s+)?(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?(?P<year>\d{{4}}|\d{{2}}){AFTER}",
        # 2024-W32-2 (ISO 8601, section 5.2.3)
        rf"(?P<year>\d{{4}})-?W(?P<week>\d{{2}})-?(?P<weekday>[1-7]){AFTER}",
    )
)
AT_END = re.compile(rf"(?P<rest>.*?){TIME}(?:\s*{ZONE})?\s*$", re.DOTALL)
DOTS = re.compile(r"\b\d{1,2}\.\s?\d{1,2}\.\s?(?:\d{4}|\d{2})\b")
NUMBERS = re.compile(r"(?<!\d)(\d{1,2})(?:_|[^\w.:+]{1,3})(\d{1,2})(?:_|[^\w.:+]{1,3})(\d{4}|\d{2})(?!\d)")
WEEK = re.compile(r"\b\d{4}-?W\d", re.IGNORECASE)  # the library takes the week for a month


# 09:15 (MSK), and 09:15 GMT +3. Java's 09:15+03:00[Europe/Kyiv] and Go's 09:15 +0300 EEST say it twice.
REMARK = re.compile(r"(\d|[aApP]\.?[mM]\.?) ?\(([^()\s]{1,30})\)$")
SPACED_OFFSET = re.compile(r"\b(GMT|UTC) ([+-]\d)", re.IGNORECASE)
SAID_TWICE = re.compile(r"([+-]\d{2}:?\d{2}|Z)(?:\[[A-Za-z_/+-]{1,40}\]| ?[A-Z]{1,5})$")
NOON = dt.datetime(2000, 1, 1, 12)


@dataclass(frozen=True, slots=True)
class Zones:
    """The zone of times that state none, and the source's own where feeds.yaml says it."""

    unstated: ZoneInfo
    own: ZoneInfo | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """A time as stated: aware, and whether only its day was given (then it is that day's last second)."""

    at: dt.datetime
    day_only: bool = False
    zone_unknown: bool = False  # a time was stated, in a zone that nobody knows


def moment(raw: str, zone: ZoneInfo, language: str = "", *, own: bool = False) -> Moment | None:
    """The moment that `raw` states, None where it states none; `zone` is for times without one.

    With `own` it is the source's own zone, which settles what an abbreviation of several zones means.
    """
    if len(raw) > 2 * MAX_DATE:
        return None
    raw, clock = _spelt(raw, language)
    if not raw or len(raw) > MAX_DATE:
        return None
    zones = Zones(clock or zone, zone if own else None)
    for form in FORMS:
        found = form.match(raw)
        if found:
            return _built(found.groupdict(), zones)
    return _parsed(raw, zones, language)


def _spelt(raw: str, language: str) -> tuple[str, ZoneInfo | None]:
    """(a date as the forms below expect it, the zone that words of its language name)."""
    raw = " ".join(raw.replace("\u2212", "-").split())
    for place, words in data_of(language).clocks.items():
        if found := words.search(raw):
            rest = raw[: found.start()].rstrip(" (,") + raw[found.end() :].lstrip(" ),")
            return " ".join(rest.split()), region(place)
    raw = SPACED_OFFSET.sub(r"\1\2", raw)
    remark = REMARK.search(raw)
    if remark and zone_named(remark[2], NOON):
        raw = f"{raw[: remark.start()]}{remark[1]} {remark[2]}"
    return SAID_TWICE.sub(r"\1", raw), None


def end_of_day(day: dt.date, zone: ZoneInfo) -> Moment:
    """A date without a time: the last second of that local day."""
    return Moment(dt.datetime.combine(day, dt.time(23, 59, 59), zone), day_only=True)


def stated(value: dt.datetime | dt.date | None, zone: ZoneInfo) -> Moment | None:
    """What feeds.yaml says. A bare date reaches us as midnight without a zone: it means the day."""
    if value is None:
        return None
    if not isinstance(value, dt.datetime):
        return end_of_day(value, zone)
    if value.tzinfo is None and value.time() == dt.time():
        return end_of_day(value.date(), zone)
    return Moment(value if value.tzinfo else value.replace(tzinfo=zone))


def _built(parts: dict[str, str | None], zones: Zones) -> Moment | None:
    try:
        day = _day(parts)
    except ValueError:
        return None
    return _with_time(day, parts, zones) if day.year in YEARS else None


def _day(parts: dict[str, str | None]) -> dt.date:
    year = _year(str(parts["year"]))
    if parts.get("week"):
        return dt.date.fromisocalendar(year, int(parts["week"] or 0), int(parts["weekday"] or 0))
    month = MONTHS[str(parts["name"])[:3].lower()] if parts.get("name") else int(parts["month"] or 0)
    return dt.date(year, month, int(parts["day"] or 0))


def _year(digits: str) -> int:
    """Two digits as RFC 2822 section 4.3 reads them."""
    year = int(digits)
    return year if len(digits) == 4 else year + (2000 if year < 50 else 1900)


def _with_time(day: dt.date, parts: dict[str, str | None], zones: Zones) -> Moment:
    clock, name = _clock(parts), parts.get("zone")
    if parts.get("hour") == "24" and clock is None:  # midnight at the end of the day: ISO 8601, section 4.3
        return _with_time(day + dt.timedelta(days=1), {**parts, "hour": "0"}, zones)
    wall = dt.datetime.combine(day, clock or dt.time())
    known = zone_named(name, wall, zones.own) if name else zones.unstated
    if clock is None or known is None:
        return replace(end_of_day(day, zones.unstated), zone_unknown=clock is not None)
    return Moment(wall.replace(tzinfo=known))


def _clock(parts: dict[str, str | None]) -> dt.time | None:
    if parts.get("hour") is None:
        return None
    hour = int(parts["hour"] or 0)
    if half := (parts.get("half") or "").lower():
        hour = hour % 12 + (12 if half == "p" else 0)
    micro = int((parts.get("fraction") or "0")[:6].ljust(6, "0"))
    try:  # a leap second is the second before it
        return dt.time(hour, int(parts["minute"] or 0), min(int(parts.get("second") or 0), 59), micro)
    except ValueError:
        return None


def _is_ambiguous(raw: str) -> bool:
    """Whether numbers alone leave the order open: 06/08/2024 is June here and August there."""
    found = NUMBERS.search(raw)
    if found is None:
        return False
    short = len(found[3]) == 2 and "/" not in found[0]  # 24-08-06: the year may go first
    return short or (int(found[1]) <= 12 and int(found[2]) <= 12)


def _parsed(raw: str, zones: Zones, language: str) -> Moment | None:
    """Dates in words of other languages, by dateparser, for the day; the time is read here."""
    import dateparser

    if WEEK.search(raw) or (language in ("", "en") and _is_ambiguous(raw)):
        return None
    at_end = AT_END.match(raw)
    parts = at_end.groupdict() if at_end else {}
    settings = {
        "PARSERS": ["absolute-time"],  # neither "yesterday" nor a bare number
        "REQUIRE_PARTS": ["day", "month", "year"],
        "RELATIVE_BASE": dt.datetime(2000, 1, 1),  # so that the clock is never read
        "RETURN_AS_TIMEZONE_AWARE": False,
        **({"DATE_ORDER": "DMY"} if DOTS.search(raw) else {}),
    }
    day_words = re.sub(r"[\s,|]+(?:о|об|в|at|um|à|kl)?\s*$", "", str(parts.get("rest") or raw))
    try:
        found = dateparser.parse(day_words, languages=[language] if language else None, settings=settings)
    except Exception:  # the library raises what it likes on what strangers write, and on unknown languages
        return None
    return _with_time(found.date(), parts, zones) if found and found.year in YEARS else None

"""The page's own words in the edition's language and zone: labels, dates, numbers, plurals."""

import datetime as dt
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Protocol
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal

from briefing.model import Edition, PageCount, SourceReport, StoryReport

LOCALES = {"en": "en_GB"}  # "11 March 2024", not "March 11, 2024"; other languages are their own locale
FALLBACK = "en"

_SLOT_HOUR = re.compile(r"\d{4}-\d\d-\d\d-([01]\d|2[0-3])([0-5]\d)")


class Dated(Protocol):
    """An article, or a copy of one."""

    published: dt.datetime | None
    day_only: bool


@cache
def labels(language: str) -> Mapping[str, str]:
    """The labels of a language, from labels/<code>.toml; English where one is missing."""
    folder = files("briefing.render") / "labels"
    english: dict[str, str] = tomllib.loads((folder / f"{FALLBACK}.toml").read_text(encoding="utf-8"))
    own = folder / f"{language}.toml"
    if not language.isalpha() or not own.is_file():
        return english
    return english | tomllib.loads(own.read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Words:
    """The filters that know the edition's language, zone and year. Made by `words_for`."""

    labels: Mapping[str, str]
    locale: Locale
    zone: ZoneInfo
    year: int

    def full_date(self, day: dt.date) -> str:
        """The day in full, as a masthead has it: "Wednesday 7 August 2024"."""
        text = format_date(day, "full", locale=self.locale)
        return text[:1].upper() + text[1:]

    def day(self, moment: dt.date) -> str:
        """A short day: "11 Mar"; with its year where that is not the edition's."""
        local = moment.astimezone(self.zone) if isinstance(moment, dt.datetime) else moment
        skeleton = "MMMd" if local.year == self.year else "yMMMd"
        return format_skeleton(skeleton, local, locale=self.locale)

    def time(self, moment: dt.datetime) -> str:
        """The time of day in the edition's zone: "06:00"."""
        return moment.astimezone(self.zone).strftime("%H:%M")

    def zone_name(self, moment: dt.datetime) -> str:
        """What the zone is called at that moment: "EEST"; "UTC+03" where it has no name."""
        name = moment.astimezone(self.zone).tzname() or "UTC"
        return f"UTC{name}" if name[0] in "+-" else name

    def moment(self, moment: dt.datetime | None) -> str:
        """Day and time: "11 Mar, 06:40"."""
        if moment is None:
            return self.labels["date_unknown"]
        return f"{self.day(moment)}, {self.time(moment)}"

    def when(self, item: Dated) -> str:
        """An article's date: "11 Mar, 06:40"; "11 Mar" where it has no time; "date unknown".

        What an update says, it says at the time of the update.
        """
        updated = getattr(item, "updated", None)
        if item.published is None:
            return self.labels["date_unknown"]
        if updated and updated > item.published and not item.day_only:
            return self.labels["updated_at"].format(time=self.moment(updated))
        return self.day(item.published) if item.day_only else self.moment(item.published)

    def number(self, value: float) -> str:
        """A number with the language's separators."""
        return str(format_decimal(value, locale=self.locale))

    def signed(self, value: float) -> str:
        """A change: "+1,200", "−4"."""
        return f"{'+' if value > 0 else '−' if value < 0 else '±'}{self.number(abs(value))}"

    def pages(self, count: PageCount) -> str:
        """How the pages of a source's excerpts fared: "full text of 41 of 46 excerpts, 2 failed"."""
        had = self.labels["pages_had"].format(had=self.number(count.had), wanted=self.number(count.wanted))
        others = [(name, getattr(count, name)) for name in ("walled", "unlike", "failed", "left")]
        told = (self.labels[f"pages_{name}"].format(n=self.number(value)) for name, value in others if value)
        return ", ".join((had, *told))

    def count(self, value: int, key: str) -> str:
        """A counted noun in its plural form: 2|count("outlets") is "2 outlets"."""
        form = self.locale.plural_form(value)
        return self.labels.get(f"{key}_{form}", self.labels[f"{key}_other"]).format(n=self.number(value))

    def slot(self, slot: str) -> str:
        """The day of an earlier edition, with the hour that its slot names: "11 Mar"; "11 Mar, 18:00".

        The slot as it is where it names no day.
        """
        try:
            day = self.day(dt.date.fromisoformat(slot[:10]))
        except ValueError:
            return slot
        hour = slot_hour(slot)
        return f"{day}, {hour}" if hour else day

    def lateness(self, edition: Edition) -> str:
        """When a late edition was due and when it was built; "" for one in time."""
        if edition.late is None:
            return ""
        due, built = (moment.astimezone(self.zone) for moment in (edition.as_of, edition.late))
        shown = self.time if due.date() == built.date() else self.moment
        return self.labels["late_line"].format(due=shown(due), built=shown(built))

    def spread(self, outlets: int, origins: int) -> str:
        """How widely a story was told: "3 outlets / 1 origin"; "outlet unknown" where none is named."""
        if not outlets:
            return self.labels["outlet_unknown"]
        spread = self.count(outlets, "outlets")
        return spread if outlets == origins else f"{spread} / {self.count(origins, 'origins')}"

    def standing(self, story: StoryReport) -> str:
        """Where a story stands: "new", "changed (day 2)", "continuing (day 5)"."""
        stands = self.term(story.status)
        day = self.labels["story_day"].format(n=self.number(story.day))
        return f"{stands} ({day})" if story.day > 1 else stands

    def remark(self, source: SourceReport) -> str:
        """What a reader should know of a source: why it failed, and since when it has been silent."""
        told = [self.term(source.error)] if source.error else []
        if source.answered:
            told.append(self.labels["last_answered"].format(moment=self.moment(source.answered)))
        elif source.status == "failed" and "://" in source.address:  # a file does not answer
            told.append(self.labels["never_answered"])
        told += self.silence(source)
        if source.moved:
            told.append(self.labels["moved_to"].format(address=source.moved))
        return "; ".join(told)

    def silence(self, source: SourceReport) -> list[str]:
        """How few articles a source gives, and since when it gave none."""
        told = []
        if source.silent and source.usual is not None:
            few, usual = self.count(source.lately, "articles"), self.number(round(source.usual))
            told.append(self.labels["far_fewer"].format(articles=few, usual=usual))
        if source.newest and source.status in ("empty", "stale"):
            told.append(self.labels["newest_article"].format(moment=self.moment(source.newest)))
        return told

    def term(self, word: str) -> str:
        """A word of the program (a kind, a status, a thing counted) in the edition's language."""
        return self.labels.get(f"term {word}", word)

    def language(self, code: str) -> str:
        """What a language is called in the edition's: "uk" is "Ukrainian"."""
        try:
            return Locale.parse(code).get_language_name(self.locale) or code
        except (UnknownLocaleError, ValueError):
            return code

    def quote(self, text: str) -> str:
        """`text` in the language's quotation marks."""
        return f"{self.labels['quote_open']}{text}{self.labels['quote_close']}"


def filters(words: Words) -> dict[str, Callable[..., str]]:
    """Every filter of this module, by the name that templates use."""
    bound = (
        *("full_date", "day", "time", "zone_name", "moment", "when", "number", "signed", "count", "slot"),
        *("spread", "lateness", "standing", "remark", "term", "language", "quote", "pages"),
    )
    named = {name: getattr(words, name) for name in bound}
    return {**named, "host": host, "stamp": stamp, "unbroken": unbroken}


def words_for(edition: Edition) -> Words:
    """The words of one edition."""
    try:
        locale = Locale.parse(LOCALES.get(edition.language, edition.language))
    except (UnknownLocaleError, ValueError):
        locale = Locale.parse(LOCALES[FALLBACK])
    return Words(labels(edition.language), locale, ZoneInfo(edition.timezone), edition.date.year)


def slot_hour(slot: str) -> str:
    """The hour that a slot names where a day has several editions: "18:00"; "" where it names none."""
    found = _SLOT_HOUR.fullmatch(slot)
    return f"{found[1]}:{found[2]}" if found else ""


def stamp(moment: dt.datetime) -> str:
    """A moment as machines read it, in UTC: "2024-08-07T03:00:00Z"."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def unbroken(text: str) -> str:
    """`text` that does not break over lines: its spaces are no-break spaces."""
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def host(url: Any) -> str:
    """The host of an address without "www.": "example.org"; "" where it has none."""
    try:
        return (urlsplit(str(url)).hostname or "").removeprefix("www.")
    except ValueError:
        return ""

"""Drafts into articles: every value checked, every gap filled from feeds.yaml or left empty."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo

from briefing.bounds import MAX_ADDRESS, MAX_CHARACTERS, MAX_NAME, MAX_QUOTED, MAX_TITLE
from briefing.config.source import Source
from briefing.language.detect import detect
from briefing.model import Article, Document, Miss
from briefing.read.draft import Draft
from briefing.read.known import kind_of
from briefing.read.text import cut, cut_note, headline, line
from briefing.read.when import Moment, moment, stated

CYRILLIC_LANGUAGES = frozenset(("uk", "ru", "be", "bg", "sr", "mk", "kk"))
OLDEST = 1990  # the web's first year: an earlier date is a clock at its beginning (1970, 1900) or a slip
CODES = {"ua": "uk", "iw": "he", "nb": "no", "nn": "no", "gr": "el", "cz": "cs"}  # as people write them
CYRILLIC = re.compile("[\u0400-\u04ff]")
LATIN = re.compile("[A-Za-z]")


def finish(draft: Draft, document: Document, source: Source, timezone: str) -> Article | Miss:
    """The article of a draft, or a Miss where there is neither a title nor a text."""
    text = cut(draft.text, MAX_CHARACTERS)
    title = cut(line(draft.title), MAX_TITLE) or headline(text)
    if not title:
        return Miss(
            document.source,
            draft.place or web_address(draft.url) or document.address,
            "an entry with neither title nor text",
        )
    outlet, url = outlet_of(draft, source), web_address(draft.url, document.address)
    title = _without_outlet(title, outlet)
    language = language_of(draft, source, f"{title}\n{text}")
    zone, own = zone_of(source, timezone), bool(source.timezone)
    published, unsure = _first(draft.published + draft.updated, zone, language, own=own)
    published = published or stated(source.published, zone)
    updated, more = _first(draft.updated, zone, language, own=own)
    return Article(
        id=identity(outlet, url, title, text),
        source=document.source,
        title=title,
        text=text,
        outlet=outlet,
        kind=kind_of(url, source.kind),
        url=url,
        author=cut(line(draft.author), MAX_NAME),
        published=published.at if published else None,
        day_only=published.day_only if published else False,
        updated=updated.at if updated else None,
        language=language,
        notes=draft.notes + tuple(dict.fromkeys(unsure + more)) + _cut_note(len(text), len(draft.text)),
    )


def identity(outlet: str, url: str, title: str, text: str) -> str:
    """16 hex digits that name this text of this outlet, the same on every machine."""
    return hashlib.sha256("\x1f".join((outlet, url, title, text)).encode()).hexdigest()[:16]


def _without_outlet(title: str, outlet: str) -> str:
    """The title without the outlet that aggregators and pages append: "Talks resume - Kyiv Ledger"."""
    return re.sub(rf"\s+[-–—|]\s+{re.escape(outlet)}$", "", title) if outlet else title


def outlet_of(draft: Draft, source: Source) -> str:
    """Who published it; a folder's name is no outlet, a feed's or a page list's is."""
    named = (draft.from_feed and not source.folder) or source.pages or source.watch
    fallback = (source.name if named else "") or draft.channel
    return cut(line(draft.outlet or source.outlet or fallback), MAX_NAME)


def web_address(raw: str, base: str = "") -> str:
    """An http(s) address, made absolute against an http(s) base; "" for everything else.

    A space inside is one that nobody encoded, as browsers take it (URL standard, 4.4); no host has one.
    """
    raw = raw.strip()
    try:
        joined = urljoin(base, raw) if raw and base.lower().startswith(("http://", "https://")) else raw
        parts = urlsplit(joined)
        usable = (
            parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and " " not in parts.netloc
        )
    except ValueError:
        return ""
    joined = joined.replace(" ", "%20")
    clean = joined.isprintable() and line(joined) == joined
    return joined if usable and clean and len(joined) <= MAX_ADDRESS else ""


def zone_of(source: Source, timezone: str) -> ZoneInfo:
    """The zone of times that state none; UTC for a name that configuration should have refused."""
    try:
        return ZoneInfo(source.timezone or timezone)
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")


def language_of(draft: Draft, source: Source, text: str) -> str:
    """What a person says goes first; a feed's claim must fit the letters (many leave "en-US" standing)."""
    said = code(draft.language) or code(source.language)
    if said:
        return said
    claimed = code(draft.claimed_language)
    return claimed if claimed and _fits(claimed, text) else detect(text)


def code(tag: str) -> str:
    """ISO 639-1 of a language tag such as en-GB; "" for what is none."""
    found = re.fullmatch(r"([a-z]{2})(?:[-_].*)?", tag.strip().lower())
    return CODES.get(found[1], found[1]) if found else ""


def _fits(language: str, text: str) -> bool:
    cyrillic, latin = len(CYRILLIC.findall(text)), len(LATIN.findall(text))
    return (cyrillic <= latin) != (language in CYRILLIC_LANGUAGES) or language in ("sr", "kk")


def _first(
    candidates: tuple[str, ...], zone: ZoneInfo, language: str, *, own: bool
) -> tuple[Moment | None, tuple[str, ...]]:
    """(the first candidate that is a date, notes on what was lost on the way to it).

    Without a time it gives way to one of that day that has one. `own`: the zone is the source's.
    """
    stated = [raw for raw in candidates if raw.strip()]
    read = [(found, raw) for raw in stated if (found := _believed(moment(raw, zone, language, own=own)))]
    lost = tuple(f"its date “{_quoted(raw)}” could not be read" for raw in stated[:1])
    if not read:
        return None, lost
    first, raw = read[0]
    notes: tuple[str, ...] = () if raw == stated[0] else lost
    same_day = (m for m, _ in read if not m.day_only and m.at.date() == first.at.date())
    chosen = next(same_day, first) if first.day_only else first
    if chosen.zone_unknown:
        notes += (f"its time “{_quoted(raw)}” has an unknown zone: the day alone is kept",)
    return chosen, notes


def _believed(found: Moment | None) -> Moment | None:
    return found if found and found.at.year >= OLDEST else None


def _quoted(raw: str) -> str:
    return line(raw)[:MAX_QUOTED].rstrip()


def _cut_note(kept: int, whole: int) -> tuple[str, ...]:
    return (cut_note(whole),) if kept < whole else ()

"""credits: whose text an article prints, where it says so. Read by origins.

Requirement: an agency's text in two newspapers is one voice, though each changed it too much to be found word
for word. A wrong credit takes a voice away from the reader, so what may be read in two ways is none.

Theory: a text that is not its outlet's own says it in one of few places, each with its own form:
the author ("Reuters", "Jane Doe, Associated Press"); a dateline, place (agency) and dash, in the
opening; a byline or an agency's bare name on a first or last line; a copyright with its name; the
agency's own sign-off ("Associated Press writer ... contributed"); and "this article was originally
published by ..." in the opening or at the end. The whole stored text is asked, as reading and
cleaning may take these lines for furniture.

No credit: "according to Reuters", "told AFP" (a source); "The Associated Press contributed to this
report", "with Reuters" (a contribution); several agencies in one byline (the outlet's own digest of
them); "Photo: AFP" (a picture); "Source: PAP" (as often a text of the outlet's own).

Rejected: "Reporting by ...; editing by ..." alone (other newsrooms sign so, too); agencies by the path
of an address (each site has its own).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from briefing.language import NEVER, agency, agency_pattern, language
from briefing.model import Article

HEAD = 600  # characters in which a dateline or a credit stands: a byline, a place and a note go before it
TAIL = 500  # characters in which a copyright, a sign-off or a credit stands: links and notes come after it
LINE = 100  # characters of a line that is a byline
LINES = 3  # at either end of a text that may be one
REACH = 250  # characters of a sign-off with many names
PLACE = r"[A-ZА-ЯІЇЄҐ]{3,}[^\n()/]{0,50}?"  # of a dateline without brackets: in capitals
DASH = r"\s*[-–—―]{1,2}\s"
# Whose a text is: a host, or a few words in capitals. In Latin letters alone: other names are inflected,
# and an outlet that names itself would not be known.
_CAPITAL = r"[A-ZÀ-Þ][\w&'’-]*"
NAME = (
    r"(?P<name>(?:[\w-]+\.)+[a-z]{2,}\b"
    rf"|(?:The\s)?{_CAPITAL}(?:\s(?:(?:of|de|für)\s(?:the\s)?)?{_CAPITAL}){{0,5}})"
)


@dataclass(frozen=True, slots=True)
class Signs:
    """What tells a credit in one language. Made and read here."""

    dateline: re.Pattern[str]
    rights: re.Pattern[str]
    signed: re.Pattern[str]
    published: re.Pattern[str]
    via: re.Pattern[str]
    by: re.Pattern[str]
    staff: re.Pattern[str]
    months: Collection[str] = ()


def credit(article: Article) -> str:
    """Whose text it is, as its author, opening or end says; "" where they do not."""
    codes = dict.fromkeys((article.language, "en"))
    return next((found for code in codes if (found := _credit(article, _signs(code)))), "")


def _credit(article: Article, signs: Signs) -> str:
    text = article.text
    head, tail = text[:HEAD], text[-TAIL:]
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    ends = dict.fromkeys((*lines[:LINES], *lines[-LINES:]))
    agencies = (
        _byline(article.author, signs),
        _named(signs.dateline, head),
        *(_own_line(line, signs) for line in ends if len(lines) > 1),
        _named(signs.rights, tail),
        _named(signs.rights, head),
        _named(signs.signed, tail),
    )
    return next(filter(None, agencies), "") or _republished(article, signs, head, tail)


def _named(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return agency(next(filter(None, found.groups()))) if found else ""


def _byline(author: str, signs: Signs) -> str:
    """The one agency that an author's name is, or that stands behind it: "Jane Doe, Associated Press"."""
    if len(author) > LINE:
        return ""
    parts = re.split(r"[,;|/()–—]|\s-\s|\bfor\b", signs.by.sub(" ", author, count=1))
    found = {name for part in parts if (name := agency(part) or agency(signs.staff.sub(" ", part)))}
    return found.pop() if len(found) == 1 else ""


def _own_line(line: str, signs: Signs) -> str:
    """The agency of a line that is a byline: its name alone, or behind "By"."""
    if len(line) > LINE:
        return ""
    bare = agency(signs.staff.sub(" ", line.strip("()[]-–—_ .")))
    return bare or (_byline(line.strip("()[]-–—_ ."), signs) if signs.by.match(line) else "")


def _republished(article: Article, signs: Signs, head: str, tail: str) -> str:
    """Where a text first appeared, as it says itself; "" for its own outlet."""
    for place in (head, tail):
        for found in signs.published.finditer(place):
            name = found["name"].strip(" .'’")
            if name.split()[0] not in signs.months:
                return agency(name) or name
    found_via = signs.via.search(article.author) or signs.via.search(tail)
    return agency(found_via["name"]) or found_via["name"] if found_via else ""


@lru_cache(maxsize=64)
def _signs(code: str) -> Signs:
    words = {key: f"(?i:{pattern.pattern})" for key, pattern in language(code).credits.items()}
    own = f"({agency_pattern()})"
    if not words:
        return Signs(_dateline(own), *(NEVER,) * 6)
    pictured = rf"(?!\s*(?:/|{words['pictures']}))"
    mark = rf"(?:©|\([cC]\)|{words['rights']})"
    year = r"\d{4}\s(?:by\s)?(?:[Tt]he\s)?"
    published = rf"{words['texts']}[^.\n]{{0,40}}?{words['published']}"
    return Signs(
        dateline=_dateline(own),
        rights=re.compile(rf"{mark}(?:\s*{mark})?\s*{year}{own}{pictured}|©\s?{own}\W*$"),
        signed=re.compile(
            rf"(?:^|[.!?”\"_—-]\s*)(?:[Tt]he\s)?{own}\s{words['workers']}\b[^\n]{{0,{REACH}}}?{words['helped']}"
            rf"|(?:^|[.!?”\"_—-]\s*){words['more']}\s(?:[Aa]ll\s)?(?:of\s)?(?:the\s)?{own}(?:['’]s)?\s{words['coverage']}"
        ),
        published=re.compile(
            rf"(?:{published}|(?:^|\n)\W*{words['published']})(?:\sin\s[A-Z]\w+)?\s{words['carriers']}\s(?:the\s)?{NAME}"
        ),
        via=re.compile(rf"(?:^|\n|\s\(){words['via']}\s{NAME}\)?\.?$"),
        by=re.compile(rf"^\W*{words['by']}"),
        staff=re.compile(words["staff"]),
        months=frozenset(language(code).month_numbers),
    )


def _dateline(own: str) -> re.Pattern[str]:
    """ "LVIV, Ukraine (AP) —", "MOSCOW, March 3. /TASS/", "Москва. 3 марта. INTERFAX", "AFP - "."""
    return re.compile(
        rf"\(\s*{own}(?:\s*/[^()]{{0,30}})?\s*\)\s*(?:[-–—―]|:\s)"
        rf"|(?:^|\n){PLACE}\s/{own}/"
        rf"|(?:^|\n)\w[\w-]+\.\s\d{{1,2}}\s\w+\.\s{own}\b"
        rf"|(?:^|\n){PLACE},\s\d{{1,2}}\s\w+\.?{DASH}{own}[.,]\s"
        rf"|^{own}{DASH}"
    )

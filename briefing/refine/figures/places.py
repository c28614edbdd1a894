"""places: where a count was made, as the text names it.

Theory: a place is what a preposition of place and a capital name: "in Sumy", "near the town of Izium", "on
the Pokrovsk front", "in eastern Ukraine", "Mariupol, where". It belongs to a number of its own clause, one
behind the number first; one that belongs to a speaker ("officials in Kyiv said", "told reporters in
Brussels") or to somebody (", in Putin's war") does not. Prepositions that tell where from or where to are of
people who were moved.

Rejected: any name that a list of places knows (a gazetteer knows not which of three is meant).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from briefing.language import NEVER, language
from briefing.model import Span
from briefing.refine.figures.clauses import Circumstances, insertions

NEAR = 30  # characters between a verb of speech and the place where it was spoken
FAR = 80  # characters between a place and the number of its clause: ", where 12", ", killing a boy and 12"
OPENING = 8  # characters before the place that opens a clause: "But in Izium"


def place(text: str, clause: Circumstances, number: Span, kind: str, code: str) -> Span | None:
    """Where a text names the place of a number; None where its clause names none for sure."""
    start, end = number.start, number.end
    table = language(code).where
    moved = bool(table.get("moved", NEVER).fullmatch(kind))
    inserted = insertions(text, end, clause.end, code)
    if table.get("nowhere", NEVER).fullmatch(kind):
        return None
    other = re.compile(rf",\s{table.get('apart', NEVER).pattern}\s", re.IGNORECASE)
    found = [
        p
        for p in _places(text, clause, number, code, moved)
        if not any(i.start <= p.start < i.end for i in inserted)
    ]
    behind = [
        p
        for p in found
        if p.start >= end
        and (p.end > clause.ahead or text[p.end : clause.ahead].strip(" ,"))
        and not other.search(text, end, p.start)
    ]
    ahead = [
        p for p in found if p.end <= start and (p.start <= clause.gap or not text[p.end : start].strip(" ,"))
    ]
    if behind:
        return behind[0]
    near = [p for p in ahead if p.start - clause.start <= OPENING or _beside(text[p.end : start], code)]
    return near[-1] if near else None


def _beside(between: str, code: str) -> bool:
    """Whether a place right before a number is its own: "in Izium killed 12", "Mariupol, where 12"."""
    led = language(code).numbers.get("leading", NEVER)
    if len(between) <= FAR and (
        language(code).where.get("relative", NEVER).match(between.lstrip(" ,"))
        or led.match(between.lstrip(" ,-–—"))
    ):
        return True
    return len(between) <= NEAR and "," not in between


def _places(text: str, clause: Circumstances, number: Span, code: str, moved: bool) -> Iterator[Span]:
    """The places that a clause names, in their order."""
    words = language(code)
    verbs = words.claims.get("verbs", NEVER)
    for met in _pattern(code, moved).finditer(text, clause.start, clause.end):
        at = next(
            met.span(part) for part in ("several", "name", "beside", "front", "left") if met.group(part)
        )
        name = text[slice(*at)]
        if words.where.get("never", NEVER).search(name) or words.stop_words >= {name.lower()}:
            continue
        since = number.end if met.start() >= number.end else clause.start
        spoken = verbs.search(text, max(since, met.start() - NEAR), met.start())
        if spoken or verbs.match(text, min(len(text), at[1] + 1)):
            continue
        yield Span(*at)


@lru_cache(maxsize=32)
def _pattern(code: str, moved: bool) -> re.Pattern[str]:
    """In Sumy; in the town of Izium; in eastern Ukraine; on the Pokrovsk front; Mariupol, where."""
    table = {
        k: language(code).where.get(k, NEVER).pattern
        for k in (
            "at",
            "beside",
            "on",
            "from",
            "kinds",
            "of",
            "areas",
            "fronts",
            "sides",
            "relative",
            "the",
            "events",
        )
    }
    both = language(code).numbers.get("series", NEVER).pattern
    capital = r"(?-i:[A-ZÀ-ÞА-ЯІЇЄҐŁŚŻŹĆ](?:[\w-]|[’'](?!s\b))*\w)"
    owner = rf"(?:{capital}[’']s\s(?:{table['sides']}\s)?)?"
    name = rf"{capital}(?:[ -]{capital}){{0,3}}"
    at = rf"(?:{table['at']}|{table['from']})" if moved else table["at"]
    the = rf"(?:{table['the']}\s)?"
    kinds = rf"(?:[^\W\d_][\w’-]*\s){{0,4}}{table['kinds']}\s{table['of']}\s"
    described = rf"(?:{kinds})?"
    area = rf"(?:\s{table['areas']})?"
    side = rf"(?:{table['sides']}\s)?"
    whose = rf"(?!\s(?:{capital}\s){{0,2}}{capital}[’']s)(?!\s(?:[^\W\d_]+\s)?{table['kinds']}(?!\w))"
    whose += rf"(?!\s{table['events']})"  # "in the Moldova-Romania war" is no place
    front = rf"{table['on']}\s{the}(?P<front>{name}\s{table['fronts']})"
    pair = rf"{capital}(?:,\s{capital})*\s{both}\s{capital}\s{table['areas']}"
    plain = rf"{at}\s{the}{described}{the}{owner}(?P<name>{side}(?:{pair}|{name}{area}))"
    several = rf"{at}\s{the}{kinds}(?P<several>{capital}(?:,\s{capital})*\s{both}\s{capital})"
    beside = rf"(?P<beside>{table['beside']}\s{the}{described}{the}{side}(?:{pair}|{name}{area}))"
    left = rf"(?P<left>{name}),?\s{table['relative']}(?=\s)"
    return re.compile(
        rf"(?:{front}|{several}|{beside}|{plain}|(?<!\w){left}){whose}(?![’'\w-])", re.IGNORECASE
    )

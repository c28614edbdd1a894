"""whom: who or what a number counts, in the text's words.

Theory: a reader who sees the number alone must understand it. "18 attacks" are attacks on something, "957
injuries" those of the civilians of whom the deaths before them were, and "290 tanks" somebody's; what the
text leaves to an antecedent is taken from there, verbatim, and a number of nobody is left out by
`extraction`. "Deaths" and "injuries" speak of people by themselves, "killed" does not.

Rejected: the next name before lost equipment as its owner (in "Kyiv says 12 tanks are lost" it is not).
"""

from __future__ import annotations

import re
from functools import lru_cache

from briefing.language import NEVER, Language, language, number_pattern
from briefing.model import Span
from briefing.refine.figures.kinds import is_plural
from briefing.refine.figures.quantity import Quantity

MOST = 12  # words of a complement: "on health facilities, workers and ambulances"
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_SERIES = r"(?:,\s[^\W\d_][\w’'-]*(?:\s[^\W\d_][\w’'-]*)?){1,4},?\s"


def who(text: str, q: Quantity, last: str, words: Language) -> str:
    """Who is counted; a bare number of a series counts what the number before it counted."""
    noun = _noun(text[q.noun : q.end], q.what, words)
    people = words.numbers.get("led_by", NEVER)
    if not q.what:
        return noun if words.numbers.get("people", NEVER).search(noun) else ""
    if q.what in words.needs and not words.numbers.get("aimed", NEVER).fullmatch(q.what):
        return noun
    if q.what in words.needs:
        return noun and text[q.end - len(noun) : _complement(text, q.end, "targets", words)]
    if not people.fullmatch(q.what):
        return ""  # money and measures count nobody
    if is_event(noun, words) and len(noun.split()) == 1:
        end = _complement(text, q.end, "sufferers", words)
        return text[q.end - len(noun) : end] if end > q.end else _whose(last, words) or noun
    told = noun.rsplit(maxsplit=1)[-1] if noun else ""
    bare = not noun or (_is_fate(told, words) and not is_event(told, words))
    if is_other(noun, words):  # "three nurses and 12 others" are no 15 nurses
        return last if words.numbers.get("generic", NEVER).fullmatch(last) else ""
    return _whose(last, words) if bare else text[q.end - len(noun) : _series(text, q.end, noun, words)]


def _series(text: str, end: int, noun: str, words: Language) -> int:
    """Where a series of those counted ends: "men | , women and children"; `end` where there is none."""
    both = words.numbers.get("series", NEVER).pattern
    found = re.compile(rf"(?:,\s[^\W\d_]+){{0,3}},?\s{both}\s[^\W\d_]+(?!\w)", re.IGNORECASE).match(text, end)
    if not found or not text[:end].endswith(noun):
        return end
    named = [w for w in _WORD.findall(found.group()) if not re.fullmatch(both, w, re.IGNORECASE)]
    people = words.numbers.get("people", NEVER)
    speech = words.claims.get("verbs", NEVER).match(text, min(len(text), found.end() + 1))
    return found.end() if all(people.fullmatch(w) for w in named) and not speech else end


def is_other(noun: str, words: Language) -> bool:
    """Whether a noun only points back: "others", "others wounded"."""
    return bool(words.numbers.get("others", NEVER).match(noun.strip()))


def is_event(noun: str, words: Language) -> bool:
    """Whether a noun phrase ends with what befell people, and so speaks of people: "civilian deaths"."""
    told = noun.rsplit(maxsplit=1)[-1] if noun else ""
    return _is_fate(told, words) and bool(words.numbers.get("nouns", NEVER).fullmatch(told))


def _noun(behind: str, kind: str, words: Language) -> str:
    """The noun of a number without what parts them: "of the | drones"."""
    of = words.numbers.get("partitive", NEVER).match(behind.strip())
    noun = (behind.strip()[of.end() :] if of else behind).strip(" -")
    first = number_pattern(words.code).match(noun) if of else None
    noun = noun[first.end() :].strip() if first else noun  # "two of the four | drones"
    if kind:
        return noun
    plural = next((w.end() for w in _WORD.finditer(noun) if is_plural(w.group(), words)), len(noun))
    return noun[:plural]


def _is_fate(word: str, words: Language) -> bool:
    people = words.numbers.get("led_by", NEVER)
    return any(p.fullmatch(word) for kind, p in words.figures.items() if people.fullmatch(kind))


def _whose(last: str, words: Language) -> str:
    """Of whom the number before was, without what befell them: "civilian", of "civilian deaths"."""
    return last.rsplit(maxsplit=1)[0] if is_event(last, words) and " " in last else _unless_event(last, words)


def _unless_event(last: str, words: Language) -> str:
    return "" if is_event(last, words) else last


def _complement(text: str, end: int, kind: str, words: Language) -> int:
    """Where the noun with its complement ends: "attacks | on clinics and ambulances"; `end` without one."""
    lead = re.compile(rf"\s{words.numbers.get(kind, NEVER).pattern}(?=\s)", re.IGNORECASE).match(text, end)
    if not lead:
        return end
    both = words.numbers.get("series", NEVER).pattern
    series = re.compile(rf"{_SERIES}{both}\s[^\W\d_]", re.IGNORECASE)
    small = words.stop_words | words.grammar["prepositions"]
    reach, at, several = end, lead.end(), False
    for word in list(_WORD.finditer(text, at, at + 120))[:MOST]:
        gap, plain = text[at : word.start()], word.group()
        joint = bool(re.fullmatch(both, plain, re.IGNORECASE))
        if gap != " " and not (gap == ", " and series.match(text, at)):
            break
        if plain.lower() in small and not joint and plain.lower() not in words.grammar["determiners"]:
            break
        at = word.end()
        if is_plural(plain, words) and plain.islower():
            reach, several = at, True
        elif plain.islower() and not joint and not several and plain.lower() not in small:
            reach = at  # "on civilian infrastructure"
    return reach


@lru_cache(maxsize=16)
def _losing(code: str) -> re.Pattern[str]:
    """Moscow has lost; the Russian army lost; Russian losses."""
    table = {k: language(code).numbers.get(k, NEVER).pattern for k in ("losing", "forces", "losses")}
    capital = r"(?-i:[A-ZÀ-ÞА-ЯІЇЄҐ][\w’'-]*)"
    side = rf"(?:{capital}\s){{0,2}}{capital}(?:\s{table['forces']}){{0,2}}"
    return re.compile(
        rf"(?P<side>(?:the\s)?{side}|(?:the\s){table['forces']})\s{table['losing']}"
        rf"|(?P<losses>{capital}\s{table['losses']})",
        re.IGNORECASE,
    )


def loser(text: str, span: Span, start: int, code: str) -> str:
    """Who has lost what is counted at `start`, as the clause before it says; "" where it does not."""
    found = list(_losing(code).finditer(text, span.start, start))
    return (found[-1].group("side") or found[-1].group("losses")) if found else ""

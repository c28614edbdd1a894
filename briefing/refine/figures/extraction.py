"""extraction: the figures of a statement, each with whom it counts, where, as of when, and who says so.

Theory: a number of people of whom a text does not say who they are ("four were killed") leaves a reader
without the half of it, and is left out where the sentence, or for "others" the one before it, does not tell
them; so is lost equipment of nobody.
"""

from __future__ import annotations

import re
from dataclasses import replace

from briefing.language import NEVER, Language, language
from briefing.model import DOUBTS, Article, Figure, Hedge, Span, Statement
from briefing.refine.figures.abroad import REFUGEES, flight, is_no_flight
from briefing.refine.figures.clauses import Circumstances, circumstances, clause
from briefing.refine.figures.places import place
from briefing.refine.figures.quantity import Quantity, counted
from briefing.refine.figures.refusals import refused
from briefing.refine.figures.speakers import speaker
from briefing.refine.figures.times import time
from briefing.refine.figures.unreal import subset, unreal
from briefing.refine.figures.whom import is_other, loser, who

BACK = 300  # characters before a sentence in which the one stands to which "others" points back
_SENTENCE = re.compile(r"[.!?][\"”’»]?\s+(?=\W?[A-ZÀ-ÞА-ЯІЇЄҐ])|\n")


def figures(statement: Statement, article: Article, story: str) -> list[Figure]:
    """What a statement counts, with offsets in the article, and each number's own speaker."""
    words = language(article.language)
    found: list[Figure] = []
    whose, kind, last = "", "", 0
    splits, includes = (words.numbers.get(k, NEVER) for k in ("splits", "includes"))
    given, before = counted(statement.text, article.language), ""
    others = [Span(q.start, q.end) for q in given if q.what or q.counts]
    for q in given:
        between, last = statement.text[last : q.start], q.end
        if splits.search(between) and q.what != kind:
            whose = ""  # the other side of a contrast counts its own, unless it gives another number of them
        told = who(statement.text, q, whose, words) or _before(q, statement, article, words)
        if not (whose and includes.search(between) and q.what in ("", kind)):  # no part of the number before
            whose, kind = told, q.what
        rest, before = before in ("", q.what) and _is_more(q, statement.text, words), q.what
        if not q.what or (q.low is None and q.high is None) or rest:
            continue  # "12 more were hurt" gives no number of all of them
        if _is_of_nobody(q, told, statement.text, words) or is_no_flight(q, told, words):
            continue
        if _is_cut(q, statement.text, words):
            continue
        if unreal(statement.text, q.start, q.end, words) or subset(q, found, statement, words):
            continue
        if flight(statement.text, q, len(statement.text), words.code).somewhere:
            continue
        figure = _figure(q, statement, article, told, others)
        if not refused(figure, article, Span(statement.start, statement.end)):
            found.append(replace(figure, story=story))
    return found


def _is_cut(q: Quantity, text: str, words: Language) -> bool:
    """Whether a number ends before its noun: "55 Russian | and Donbass soldiers"."""
    last = text[q.start : q.end].rsplit(maxsplit=1)[-1]
    following = (text[q.end :].split() or [""])[0].lower()
    joined = following in words.grammar["conjunctions"]
    return joined and any(p.fullmatch(last) for p in words.lands.values())


def _is_more(q: Quantity, text: str, words: Language) -> bool:
    """Whether a number comes on top of another: "12 more", "another 12"."""
    limit = text[slice(*q.modifier)].strip() if q.modifier else text[q.noun : q.end].strip()
    return bool(words.numbers.get("more", NEVER).fullmatch(limit))


def _before(q: Quantity, statement: Statement, article: Article, words: Language) -> str:
    """Of whom the sentence before counted, for "others"; "" where it counted nobody."""
    if not q.what or not is_other(statement.text[q.noun : q.end], words):
        return ""
    earlier = article.text[max(0, statement.start - BACK) : statement.start]
    sentence = _SENTENCE.split(earlier.strip())[-1]
    told = ""
    for number in counted(sentence, words.code):
        told = who(sentence, number, told, words)
    return told


def _is_of_nobody(q: Quantity, told: str, text: str, words: Language) -> bool:
    """Whether a text does not say who is counted, or whose the lost things were."""
    if words.numbers.get("plurals", NEVER) is NEVER:
        return False  # where words stand freely, a noun can be anywhere
    if words.numbers.get("owned", NEVER).fullmatch(q.what):
        return not _owner(q, told, text, words)
    return not told and bool(words.numbers.get("led_by", NEVER).fullmatch(q.what))


def _owner(q: Quantity, told: str, text: str, words: Language) -> str:
    """Whose the lost things were: by their own name, "Russian tanks", or by who lost them."""
    named = any(word[0].isupper() for word in told.split())
    return told if named else loser(text, clause(text, q.start, q.end), q.start, words.code)


def _figure(q: Quantity, statement: Statement, article: Article, told: str, others: list[Span]) -> Figure:
    text, code = statement.text, article.language
    words, number = language(code), Span(q.start, q.end)
    around = circumstances(text, number, others, words)
    said = speaker(statement, article, q.end)
    held = _own(statement, q.start, words)
    fled = flight(text, q, around.end, code)
    owned = words.numbers.get("owned", NEVER).fullmatch(q.what)
    return Figure(
        "",
        REFUGEES if fled.abroad else q.what,
        text[q.start : q.end],
        q.value,
        article.id,
        statement.start + q.start,
        statement.start + q.end,
        said.source,
        low=q.low,
        high=q.high,
        modifier=text[slice(*q.modifier)].strip() if q.modifier else "",
        who=(_owner(q, told, text, words) if owned else "") or told,
        where=fled.refuge if fled.abroad else _where(text, around, q, said.source, code),
        when=_whole(time(text, around, number, code), words),
        kind=said.kind,
        flags=tuple(f for f in statement.flags if f not in DOUBTS or f in {h.kind for h in held}),
        hedges=held,
    )


def _own(statement: Statement, number: int, words: Language) -> tuple[Hedge, ...]:
    """The hedges of a number: not those of another half, ", with Kyiv claiming 40"."""
    halves = [m.start() for m in _halves(words).finditer(statement.text)]

    def half(place: int) -> int:
        return sum(at <= place for at in halves)

    end = len(statement.text)
    return tuple(
        h
        for h in statement.hedges
        if not 0 <= h.start - statement.start < end or half(h.start - statement.start) == half(number)
    )


def _halves(words: Language) -> re.Pattern[str]:
    joined = "|".join(map(re.escape, sorted(words.grammar["along"] - {""}))) or "(?!)"
    return re.compile(rf",\s(?:{joined})\s")


def _whole(when: str, words: Language) -> str:
    """A time in whole words; "" where it breaks off behind a verb: "since Russia launched"."""
    pasts = tuple(words.grammar["pasts"]) or "\0"
    return "" if when.lower().endswith(pasts) else when


def _where(text: str, around: Circumstances, q: Quantity, source: str, code: str) -> str:
    """The place of a number, "" where it is a part of the speaker's name: "an official from Ukraine"."""
    found = place(text, around, Span(q.start, q.end), q.what, code)
    if found is None:
        return ""
    start = text.rfind(source) if source else -1
    return "" if 0 <= start <= found.start < start + len(source) else text[found.start : found.end]

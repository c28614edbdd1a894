"""extraction: the figures of a statement, each with whom it counts, where, as of when, and who says so."""

from __future__ import annotations

import re
from dataclasses import replace

from briefing.language import NEVER, Language, language, number_pattern
from briefing.model import Article, Figure, Span, Statement
from briefing.refine.figures.clauses import circumstances
from briefing.refine.figures.kinds import is_plural
from briefing.refine.figures.places import place
from briefing.refine.figures.quantity import Quantity, counted
from briefing.refine.figures.refusals import refused
from briefing.refine.figures.speakers import speaker
from briefing.refine.figures.times import time
from briefing.refine.figures.unreal import subset, unreal

_WORD = re.compile(r"[^\W\d_][\w’'-]*")


def figures(statement: Statement, article: Article, story: str) -> list[Figure]:
    """What a statement counts, with offsets in the article, and each number's own speaker."""
    words = language(article.language)
    found: list[Figure] = []
    who, kind, last = "", "", 0
    splits, includes = (words.numbers.get(k, NEVER) for k in ("splits", "includes"))
    given = counted(statement.text, article.language)
    others = [Span(q.start, q.end) for q in given if q.what or q.counts]
    for q in given:
        between, last = statement.text[last : q.start], q.end
        if splits.search(between):
            who = ""  # the other side of a contrast counts its own
        told = _who(statement.text[q.noun : q.end], q.what, who, words)
        if not (who and includes.search(between) and q.what in ("", kind)):  # no part of the number before
            who, kind = told, q.what
        if not q.what or (q.low is None and q.high is None):
            continue
        if unreal(statement.text, q.start, q.end, words) or subset(q, found, statement, words):
            continue
        figure = _figure(q, statement, article, told, others)
        if not refused(figure, article, Span(statement.start, statement.end)):
            found.append(replace(figure, story=story))
    return found


def _figure(q: Quantity, statement: Statement, article: Article, who: str, others: list[Span]) -> Figure:
    text, code = statement.text, article.language
    number = Span(q.start, q.end)
    around = circumstances(text, number, others, language(code))
    said = speaker(statement, article, q.end)
    where = place(text, around, number, q.what, code)
    return Figure(
        "",
        q.what,
        text[q.start : q.end],
        q.value,
        article.id,
        statement.start + q.start,
        statement.start + q.end,
        said.source,
        low=q.low,
        high=q.high,
        modifier=text[slice(*q.modifier)].strip() if q.modifier else "",
        who=who,
        where="" if where is None or _is_within(where, text, said.source) else text[where.start : where.end],
        when=time(text, around, number, code),
        kind=said.kind,
        flags=statement.flags,
        hedges=statement.hedges,
    )


def _is_within(place: Span, text: str, source: str) -> bool:
    """Whether a place is a part of the speaker's name: "an official from Ukraine"."""
    start = text.rfind(source) if source else -1
    return 0 <= start <= place.start < start + len(source)


def _who(behind: str, kind: str, last: str, words: Language) -> str:
    """Who is counted; a bare number of a series counts what the number before it counted."""
    table, people = words.numbers, words.numbers.get("led_by", NEVER)
    of = table.get("partitive", NEVER).match(behind.strip())
    noun = (behind.strip()[of.end() :] if of else behind).strip(" -")
    first = number_pattern(words.code).match(noun) if of else None
    noun = noun[first.end() :].strip() if first else noun  # "two of the four | drones"
    if not kind:
        plural = next((w.end() for w in _WORD.finditer(noun) if is_plural(w.group(), words)), len(noun))
        noun = noun[:plural]
        return noun if table.get("people", NEVER).search(noun) else ""
    if kind in words.needs or not people.fullmatch(kind):
        return noun if kind in words.needs else ""  # money and measures count nobody
    told = noun.rsplit(maxsplit=1)[-1] if noun else ""
    nouns = table.get("nouns", NEVER)
    fates = (p for k, p in words.figures.items() if people.fullmatch(k))
    fate = any(p.fullmatch(told) for p in fates) and not nouns.fullmatch(told)
    return last if not noun or fate or table.get("others", NEVER).fullmatch(noun) else noun

"""names: a speaker's name as the article first gives it in full.

Requirement: a line stands alone, so its speaker is "Taras Ovsienko" where the article has introduced him,
and never somebody else: where the article has two bearers of a surname, it stays the surname.
"""

from __future__ import annotations

import re
from functools import lru_cache

from briefing.language import Language
from briefing.model import Article, Sentence, Span
from briefing.refine.claims.kinds import LOOK_BACK

LEAD = 12  # characters before a name in which its preposition stands
KEPT = 512  # names whose places in an article are remembered: each is asked for again and again

_SENTENCE_END = re.compile(r"^.*?([^\W\d_]+)\.\s")  # and all before it
_SURNAME = re.compile(r"[A-ZА-ЯІЇЄҐ][^\W\d_]+(?:[-'’][^\W\d_]+)*")
# Titles and all: a piece of a title is another title.
_GIVEN = re.compile(r"\b(?:[A-ZА-ЯІЇЄҐ][\w’'-]*[a-zа-яіїєґё]\.?\s){1,6}\Z")


def in_full(source: str, article: Article, sentence: Sentence, words: Language) -> str:
    """A bare surname, or one behind "Mr", as the article first gives it in full; else as it stands."""
    title, _, surname = source.rpartition(" ")
    if title and title.rstrip(".").lower() not in words.abbreviations:
        return source
    if any(names.fullmatch(source) for names in words.nations.values()):
        return source
    if not _SURNAME.fullmatch(surname) or (
        not title and _is_place(source, article.text, words.grammar["places"])
    ):
        return source
    text, start = article.text, sentence.start
    found = [_cut(text, span, words) for span in _full_names(text, surname) if span.end < start]
    full = [name for name in found if name and not _is_titled(name, words)]
    # Two bearers of a surname: nobody can tell which of them.
    return full[0] if len({tuple(name.split()[-2:]) for name in full}) == 1 else source


@lru_cache(maxsize=KEPT)
def _full_names(text: str, surname: str) -> tuple[Span, ...]:
    """Where a text has a surname behind a given name or a title, these included."""
    # A pattern that opens with its letters is found many times faster; \b is in _GIVEN.
    return tuple(
        Span(given.start(), met.end())
        for met in re.finditer(rf"{re.escape(surname)}\b(?!['’-]|\s[A-ZА-ЯІЇЄҐ])", text)
        if (given := _GIVEN.search(text, max(0, met.start() - LOOK_BACK), met.start()))
    )


def _is_titled(name: str, words: Language) -> bool:
    """Whether a surname has nothing but titles before it."""
    return all(w.rstrip(".").lower() in words.abbreviations for w in name.split()[:-1])


def _cut(earlier: str, full: Span, words: Language) -> str:
    """A full name without what another sentence or an office before it has left there; "" where none is."""
    name = earlier[full.start : full.end]
    raw = earlier[max(0, full.start - LOOK_BACK) : full.start].split()[-2:]
    raw = raw[:-1] if raw and raw[-1].lower() in words.grammar["articles"] else raw
    tied = len(raw) > 1 and raw[-1] in words.grammar["conjunctions"] and raw[0][0].isupper()
    if tied or (raw and raw[-1].lower() in words.grammar["attached"]):
        name = " ".join(name.split()[-2:])  # "minister of Foreign Affairs Dmytro Kuleba"
    name = _SENTENCE_END.sub(lambda m: m.group() if m.group(1).lower() in words.abbreviations else "", name)
    strange = any(w.lower() in words.stop_words or words.connectives.fullmatch(w) for w in name.split())
    return "" if strange and not _is_titled(name, words) else name


@lru_cache(maxsize=KEPT)
def _is_place(name: str, text: str, places: frozenset[str]) -> bool:
    """Whether a text has a name behind "in" or "from": then it is a country or a town that speaks."""
    leads = (
        text[max(0, met.start() - LEAD) : met.start()] for met in re.finditer(rf"{re.escape(name)}\b", text)
    )
    return any(
        lead[-1:].isspace() and lead.split()[-1:] and lead.split()[-1].lower() in places for lead in leads
    )

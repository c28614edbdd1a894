"""What of a text the archive's index holds, and what of a question: the same terms on every database.

Requirement: "обстрілу" finds "обстріли", "café" finds "cafe", `С-300` stays one thing, and the same question
finds the same on SQLite and PostgreSQL. So words are cut, folded and stemmed here, and the databases get
nothing but terms divided by blanks.

Folding: compatibility forms (NFKD) and case go; marks over letters go, but for those that make another
letter (й, ї): SQLite's own folding would turn them into и and і. ё is written е as often as not, ґ was г for
sixty years, an apostrophe has four signs and is left out as often: all three are one.
Stemming: an article by the stemmer of its language, a question by all of them, since nobody says in which
language they ask. Measured on sixty paradigms, twenty each of English, Ukrainian and Russian, and the 3,708
articles of ukraine-news: exact words find .31, .20 and .21 of the forms, stems .97, .88 and .96, with 38
articles that have only another word for an English question.
Rejected: stems as beginnings ("strik*"): .89, .94 and .96, but with 331 articles of another word,
and "city" does not find "cities". Rejected: the databases' own tokenisers: they differ.
What no stemmer mends: Київ, Києва. Whoever looks for both asks twice.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from briefing.language import known, stem

MOST_TERMS: Final = 60_000  # of one article: ten times a long one; PostgreSQL takes a megabyte of them
LONGEST_TERM: Final = 60  # characters: what is longer is no word; PostgreSQL takes 2,046 bytes

Phrase = tuple[str, ...]  # terms that follow one another

_APOSTROPHES: Final = "'’ʼ`´"
_WORD: Final = re.compile(rf"[^\W_]+(?:[{_APOSTROPHES}\u0300-\u036f]+[^\W\d_]+)*")
_OWN: Final = re.compile(r"(и\u0306|і\u0308)")  # these marks make another letter
_ONE: Final = str.maketrans({"ё": "е", "ґ": "г", "ł": "l", "ø": "o", "đ": "d", **dict.fromkeys(_APOSTROPHES)})
_QUOTES: Final = str.maketrans(dict.fromkeys("“”„«»", '"'))
_ITEM: Final = re.compile(r'(?:(?<=[\s"])|^)(-?)(?:"([^"]*)"?|([^\s"]+))')


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for: every item of `wanted`, none of `unwanted`. Made by `question`.

    An item is a tuple of phrases, any of which will do: one word as each language would stem it.
    """

    wanted: tuple[tuple[Phrase, ...], ...]
    unwanted: tuple[tuple[Phrase, ...], ...] = ()


def terms(text: str, language: str) -> list[str]:
    """The terms of a text in a language (ISO 639-1), in order, at most `MOST_TERMS`."""
    return [term for word in _WORD.findall(text) for term in _terms(word, language)][:MOST_TERMS]


def placed(text: str, language: str) -> Iterator[tuple[int, int, str]]:
    """The terms of a text with the characters [start, end) that each stands for."""
    for match in _WORD.finditer(text):
        for term in _terms(match.group(), language):
            yield match.start(), match.end(), term


def question(text: str) -> Question:
    """What a person asks: words, "several in a row", -excluded. Nothing in it has another meaning.

    A word that is written of parts ("kyiv-based") is looked for as these in a row.
    """
    wanted: list[tuple[Phrase, ...]] = []
    unwanted: list[tuple[Phrase, ...]] = []
    for minus, row, word in _ITEM.findall(unicodedata.normalize("NFC", text).translate(_QUOTES)):
        phrases = _phrases(row or word)
        if phrases:
            (unwanted if minus else wanted).append(phrases)
    return Question(tuple(dict.fromkeys(wanted)), tuple(dict.fromkeys(unwanted)))


def _phrases(words: str) -> tuple[Phrase, ...]:
    """The words in a row, as each language would have them; empty where there is no word."""
    every = (tuple(terms(words, language)) for language in known())
    return tuple(dict.fromkeys(phrase for phrase in every if phrase))


@lru_cache(maxsize=200_000)
def _terms(word: str, language: str) -> tuple[str, ...]:
    """The terms of one word; most often one, and none of a mere mark."""
    parts = re.findall(r"[^\W_]+", _folded(word))  # folding may open a word into several: "½" is "1⁄2"
    return tuple((stem(part, language) or part)[:LONGEST_TERM] for part in parts)


def _folded(word: str) -> str:
    bare = re.sub(rf"[{_APOSTROPHES}]s$", "", word.casefold())  # whose it is does not matter
    pieces = _OWN.split(unicodedata.normalize("NFKD", bare))
    kept = (piece if place % 2 else _unmarked(piece) for place, piece in enumerate(pieces))
    return unicodedata.normalize("NFC", "".join(kept)).translate(_ONE)


def _unmarked(text: str) -> str:
    return "".join(char for char in text if not unicodedata.combining(char))

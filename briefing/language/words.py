"""The words of a text: tokens that keep their digits, and the stems that carry its sense.

sumy's own tokeniser drops every token with a digit; in this trade "S-300", "F-16" and "47"
are what a sentence is about.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from briefing.language.data import language

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:[-'’.]?[^\W_]+)*")
_NAME = re.compile(r"(?<![.!?…\"“«]\s)(?<!^)\b[A-ZА-ЯІЇЄҐ][\w’'-]+(?:\s+[A-ZА-ЯІЇЄҐ][\w’'-]+)*")


def tokens(text: str) -> list[str]:
    """Words and numbers as they stand: "S-300", "1,000", "Kyiv's"."""
    return _TOKEN.findall(text)


def stems(text: str, code: str) -> list[str]:
    """Lower-case stems of the words that are not stop words, in order."""
    stop = language(code).stop_words
    return [_stem(t, code) for t in (_plain(t) for t in tokens(text)) if t not in stop and len(t) > 1]


def names(text: str) -> list[str]:
    """Runs of capitalised words that do not open a sentence: most are names of people and places."""
    return [_plain(m.group()) for m in _NAME.finditer(text)]


def _plain(token: str) -> str:
    return re.sub(r"['’]s$", "", token.lower()).replace("’", "'")


@lru_cache(maxsize=200_000)
def _stem(token: str, code: str) -> str:
    return token if token[0].isdigit() else _stemmer(code)(token)


@lru_cache(maxsize=64)
def _stemmer(code: str) -> Callable[[str], str]:
    name = language(code).stemmer
    if not name:
        return lambda word: word
    from sumy.nlp.stemmers import Stemmer

    stemmer: Callable[[str], str] = Stemmer(name)
    return stemmer

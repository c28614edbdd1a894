"""The words of a text: tokens that keep their digits, and the stems that carry its sense.

sumy's own tokeniser drops every token with a digit; in this trade "S-300", "F-16" and "47"
are what a sentence is about.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from briefing.language.data import language

# A quotation of either kind; bounded, because unclosed marks must not cost squares.
QUOTED = re.compile(r"[\"“«„][^\"”»]{0,600}[\"”»]")

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:[-'’.]?[^\W_]+)*")
_NAME = re.compile(r"(?<![.!?…\"“«]\s)(?<!^)(?<!\n)\b[A-ZА-ЯІЇЄҐ][\w’'-]+(?:\s+[A-ZА-ЯІЇЄҐ][\w’'-]+)*")

SHORTEST_KEY, LONGEST_KEY = 4, 7  # letters: fewer are chance, more are endings
_LATIN = str.maketrans(
    {
        **dict(zip("абвгґдезиіїйклмнопрстуфьыэъ", "abvhgdeziiiiklmnoprstuf\0ye\0", strict=True)),
        **{
            "є": "ie",
            "ж": "zh",
            "х": "kh",
            "ц": "ts",
            "ч": "ch",
            "ш": "sh",
            "щ": "shch",
            "ю": "iu",
            "я": "ia",
        },
        "ё": "e",
    }
)


def tokens(text: str) -> list[str]:
    """Words and numbers as they stand: "S-300", "1,000", "Kyiv's"."""
    return _TOKEN.findall(text)


def stems(text: str, code: str) -> list[str]:
    """Lower-case stems of the words that are not stop words, in order."""
    stop = language(code).stop_words
    return [stem(t, code) for t in (_plain(t) for t in tokens(text)) if t not in stop and len(t) > 1]


@lru_cache(maxsize=200_000)
def cue_kind(word: str, code: str) -> str:
    """What a word in lower case can mean as a cue: "says", "thinks", "wants" ...; "" for all other words."""
    exact, by_stem, begins = _cues(code)
    if word in exact:
        return exact[word]
    kind = by_stem.get(stem(word, code), "") if word[0].isalpha() else ""
    return kind or next((k for prefix, k in begins if word.startswith(prefix)), "")


@lru_cache(maxsize=64)
def _cues(code: str) -> tuple[dict[str, str], dict[str, str], tuple[tuple[str, str], ...]]:
    """The cues of a language: single forms ("shows="), stems of words, and beginnings ("заяв*")."""
    exact: dict[str, str] = {}
    by_stem: dict[str, str] = {}
    begins: list[tuple[str, str]] = []
    kinds = language(code).cues
    for kind, listed in sorted(kinds.items(), key=lambda k: k[0] == "says"):  # what says is said last
        for word in listed:
            if word.endswith("="):
                exact.setdefault(word[:-1], kind)
            elif word.endswith("*"):
                begins.append((word[:-1], kind))
            else:
                by_stem.setdefault(stem(word, code), kind)
    return exact, by_stem, tuple(begins)


def names(text: str) -> list[str]:
    """Runs of capitalised words that do not open a sentence: most are names of people and places."""
    return [_plain(m.group()) for m in _NAME.finditer(text)]


def name_keys(text: str) -> list[str]:
    """Names in a form that languages and spellings share: Novoberezhne, Novoberezhnoye, Новобережному.

    Cyrillic becomes Latin (the Ukrainian standard of 2010), look-alike vowels fold, endings go.
    """
    words = (w for name in names(text) for w in name.split())
    return [key for w in words if len(key := _folded(w)) >= SHORTEST_KEY]


def _folded(word: str) -> str:
    latin = "".join(c for c in word.translate(_LATIN) if c.isalnum())
    return re.sub(r"[yij]+", "i", latin)[:LONGEST_KEY]


def _plain(token: str) -> str:
    return re.sub(r"['’]s$", "", token.lower()).replace("’", "'")


@lru_cache(maxsize=200_000)
def stem(token: str, code: str) -> str:
    """The stem of one word in lower case; itself where the language has no stemmer."""
    return token if token[0].isdigit() else _stemmer(code)(token)


@lru_cache(maxsize=64)
def _stemmer(code: str) -> Callable[[str], str]:
    name = language(code).stemmer
    if not name:
        return lambda word: word
    from sumy.nlp.stemmers import Stemmer

    stemmer: Callable[[str], str] = Stemmer(name)
    return stemmer

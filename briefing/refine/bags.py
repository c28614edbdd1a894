"""bags: texts as counts of what they say, and how alike two are. Read by passages, likeness, compare."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from briefing.language import name_keys, stems, tokens

DIGITS = 6  # cosines are rounded to so many, so that they compare alike on every machine
SKELETON = 3, 5  # consonants of a name: fewer are chance, more are endings

Bag = Counter[str]

_DIGRAPHS = str.maketrans({"x": "ks", "w": "v", "g": "h", "c": "k", "q": "k"})
_HISSES = ("shch", "s"), ("kh", "h"), ("zh", "z"), ("sh", "s"), ("ch", "s"), ("ts", "s"), ("tz", "s")


def bag(text: str, code: str) -> Bag:
    """The stems of a text, and its names once more in the form that languages share."""
    return Counter(stems(text, code)) + Counter(f"name {key}" for key in name_keys(text))


def facts(text: str) -> Bag:
    """What a text shares with its translation: names as consonants, and figures of two digits and more."""
    figures = (re.sub(r"[.,](?=\d{3})", "", t) for t in tokens(text) if t[0].isdigit())
    return Counter(map(_skeleton, name_keys(text))) + Counter(f for f in figures if len(f) > 1)


def total(bags: Iterable[Bag]) -> Bag:
    """The sum of bags."""
    summed: Bag = Counter()
    for one in bags:
        summed.update(one)
    return summed


def cosine(a: Bag, b: Bag) -> float:
    """From 0, nothing in common, to 1."""
    dot = sum(n * b[w] for w, n in a.items())
    size = sum(n * n for n in a.values()) * sum(n * n for n in b.values())
    return round(float(dot / size**0.5), DIGITS) if size else 0.0


def _skeleton(key: str) -> str:
    """A name without its vowels: Kharkiv and Kharkov, Volodymyr and Vladimir, Belgorod and Бєлгород."""
    bare = key
    for written, heard in _HISSES:
        bare = bare.replace(written, heard)
    bare = re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouy]", "", bare.translate(_DIGRAPHS)))
    return bare[: SKELETON[1]] if len(bare) >= SKELETON[0] else key

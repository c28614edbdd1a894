"""bags: texts as counts of what they say, and how alike two are. Read by passages, stories, compare."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from briefing.language import name_keys, stems

DIGITS = 6  # cosines are rounded to so many, so that they compare alike on every machine

Bag = Counter[str]


def bag(text: str, code: str) -> Bag:
    """The stems of a text, and its names once more in the form that languages share."""
    return Counter(stems(text, code)) + Counter(f"name {key}" for key in name_keys(text))


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

"""bounds: between which numbers a count lies, as its words say it.

Theory: words bound a count from one side ("at least 14", "up to 50"); a plural of a scale ("hundreds") is
two of it at the least; and what comes on top of a number that is not given ("14 more") is a part of the
whole, so the whole is no less. "About" and "nearly" bound nothing: the number is the source's own best
one, and how far two of them may lie apart is for whoever compares them.
"""

from __future__ import annotations

import re

from briefing.language import NEVER, Language, match, number_pattern, number_value, phrases

Bounds = tuple[float | None, float | None]
NONE: Bounds = (None, None)
_DASH = re.compile(r"(?<=\d)\s?[–-]\s?(?=\d)")
_WORD = re.compile(r"[^\W\d_]+")


def bounds(number: str, modifier: str, value: float | None, words: Language) -> Bounds:
    """The low and the high end of a number in words or digits; None for an end that the words leave open."""
    number = " ".join(number.lower().split())
    low, high = (value, value) if value is not None else _range(number, words)
    if low is None:
        return words.least.get(number), None
    if words.numbers.get("from_below", NEVER).search(modifier):
        return low, None
    if words.numbers.get("from_above", NEVER).search(modifier):
        return None, high
    return low, high


def _range(number: str, words: Language) -> Bounds:
    """Both ends of "5 to 10", "between 5 and 10", "10-15", "5 to 10 million"."""
    between, joined, to = (match(phrases(words.ranges.get(k, ""))) for k in ("between", "and", "to"))
    opened = between.match(number)
    bare = number[opened.end() :] if opened else number
    parts = _DASH.split(bare)
    if len(parts) == 1:
        parts = (joined if opened else to).split(bare)
    found = [m for m in (number_pattern(words.code).fullmatch(part.strip()) for part in parts) if m]
    if len(found) != len(parts) or len(found) != len("ab"):
        return NONE
    low, high = (number_value(m, words.code) for m in found)
    if low is None or high is None:
        return NONE
    if not found[0].group("scale"):
        for word in _WORD.findall(found[1].group("scale") or ""):
            low *= words.scale_words.get(word, 1.0)
    return (low, high) if low <= high else NONE

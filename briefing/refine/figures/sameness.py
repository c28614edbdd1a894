"""sameness: when two figures of a night are one count, told twice.

Theory: a toll is told in many forms ("at least four", "four people", "4"); its kind, its value and
what is counted stay. A number without a noun, or with one that says only that they are people, can
be of anybody; "two children" and "two women" are two counts. Of one count the figure with a named
source stays, then the fullest.

Rejected: the text of the figure (one toll filled all the rows that its kind has, and the report that
gave another toll found none left).
"""

from __future__ import annotations

from functools import lru_cache

from briefing.language import NEVER, known, language
from briefing.model import Figure

SAME = 1e-9
BY_CHANCE = 10  # smaller numbers of two events agree too often to be taken for one count


def same(a: Figure, b: Figure) -> bool:
    """Whether two figures of one event are the same count."""
    if a.what != b.what or (a.value is None) != (b.value is None):
        return False
    if a.value is None or b.value is None:
        return a.text.lower() == b.text.lower()
    nouns = {counted(a), counted(b)} - {""}
    return abs(a.value - b.value) <= SAME and len(nouns) <= 1


def repeated(figure: Figure, others: tuple[Figure, ...]) -> bool:
    """Whether figures of other stories give this count, as far as its size can tell."""
    return (figure.value or 0) >= BY_CHANCE and any(same(figure, other) for other in others)


def fuller(a: Figure, b: Figure) -> Figure:
    """The better of two figures of one count; the first, where neither is."""
    return b if (bool(b.source), len(b.text)) > (bool(a.source), len(a.text)) else a


def counted(figure: Figure) -> str:
    """The noun behind the number, its last word; "" where there is none, or any people are meant."""
    word = figure.text.split()[-1].lower()
    return "" if _says_nothing(word) else word


@lru_cache(maxsize=2_000)
def _says_nothing(word: str) -> bool:
    """Whether a last word tells not who is counted: digits, "four", "dozens", "people".

    A figure does not know its language; words of all that have a file are few enough.
    """
    if not word.isalpha():
        return not any(c.isalpha() for c in word)
    return any(
        word in words.number_words
        or word in words.scale_words
        or any(words.numbers.get(k, NEVER).fullmatch(word) for k in ("vague", "anyone"))
        for words in map(language, known())
    )

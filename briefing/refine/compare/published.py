"""published: what the earlier editions printed, so that it is not printed again. Read by sections.

Theory: a line is known where its words stand in a line that was printed (`KNOWN` of its stems), unless it
gives a number that the printed one does not: the same sentence with a higher toll is the news. Containment
is asked of the new line only: a longer line says more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from briefing.language import stems
from briefing.refine.figures import numbers

KNOWN = 0.8  # share of the new line's stems


@dataclass(frozen=True, slots=True)
class Published:
    """The lines of the earlier editions. Made by history."""

    texts: frozenset[str] = frozenset()
    lines: tuple[tuple[str, str, frozenset[str]], ...] = ()  # text, language, stems

    @classmethod
    def of(cls, lines: Iterable[tuple[str, str]]) -> Published:
        """From texts and their languages."""
        each = sorted(set(lines))
        return cls(
            frozenset(_plain(t) for t, _ in each), tuple((t, c, frozenset(stems(t, c))) for t, c in each)
        )

    def has(self, text: str, code: str) -> bool:
        """Whether a line was printed, in these words or nearly."""
        if _plain(text) in self.texts:
            return True
        mine = frozenset(stems(text, code))
        near = [(t, c) for t, c, stem in self.lines if len(mine & stem) >= KNOWN * len(mine)]
        return bool(mine) and any(values_of(text, code) <= values_of(t, c) for t, c in near)


NOTHING = Published()


def _plain(text: str) -> str:
    return " ".join(text.lower().split())


def values_of(text: str, code: str) -> frozenset[float]:
    """The numbers that a text gives."""
    return frozenset(q.value for q in numbers(text, code) if q.value is not None)

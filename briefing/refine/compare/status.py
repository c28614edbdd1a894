"""status: new, changed, continuing, and what changed. Read by assemble.

Requirement: a duty officer reads on where something happened. A story that goes on has changed where a
figure of it moved, or where it prints a development. That it is written about again is no change: it shrinks.

Theory: novelty by new words and names (TREC novelty track: the plain count of new words holds its own
against language models). A development is a line, not background, of whose stems at least `NEW` and a name
or figure stand in nothing that an earlier edition kept of the thread; or it counts what the thread counted,
and gives another number. Which rows of the board moved, the board says (`Figure.before`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from briefing.language import stems
from briefing.model import Change, Figure, Statement
from briefing.refine.compare.history import History, Part
from briefing.refine.figures import quantities
from briefing.refine.sections.belonging import Facts, stated
from briefing.refine.sections.told import Told
from briefing.refine.summarise import BACKGROUND

NEW = 0.5  # share of a line's stems
SHRUNK = 1  # lines of a continuing story under a theme


@dataclass(frozen=True, slots=True)
class Standing:
    """Where each story stands, and the stories as they are printed. Made by `standing`."""

    told: tuple[Told, ...]
    status: Mapping[str, str] = field(default_factory=dict)  # new, changed or continuing, by story
    details: tuple[Change, ...] = ()


def standing(told: Sequence[Told], figures: Sequence[Figure], history: History) -> Standing:
    """The stories against the earlier editions; those in which nothing is new shrink."""
    status: dict[str, str] = {}
    details: list[Change] = []
    for key in dict.fromkeys(t.story.id for t in told):
        parts = history.of(key)
        if not parts:
            status[key] = "new"
            continue
        change = _change(key, [t for t in told if t.story.id == key], figures, parts)
        status[key] = "changed" if change.statements or change.figures else "continuing"
        details += [change] * (status[key] == "changed")
    shrunk = [_shrunk(t) if status[t.story.id] == "continuing" else t for t in told]
    return Standing(tuple(shrunk), status, tuple(details))


def _shrunk(told: Told) -> Told:
    return replace(told, statements=told.statements[:SHRUNK])


def _change(story: str, told: Sequence[Told], figures: Sequence[Figure], parts: Sequence[Part]) -> Change:
    known = _Known.of(parts)
    lines = {s: None for t in told for s in t.statements if known.lacks(s, t)}
    moved = [f for f in figures if f.story == story and f.before and _differs(f)]
    return Change(story, tuple(lines), tuple(moved))


def _differs(figure: Figure) -> bool:
    old = figure.before
    return old is not None and None not in (old.value, figure.value) and old.value != figure.value


@dataclass(frozen=True, slots=True)
class _Known:
    """What the earlier editions kept of a thread."""

    stems: frozenset[str]
    facts: Facts
    counts: frozenset[tuple[str, float]]

    @classmethod
    def of(cls, parts: Sequence[Part]) -> _Known:
        texts = [(t, p.language) for p in parts for t in (p.headline, *(s.text for s in p.lines))]
        texts += [(a.title, a.language) for p in parts for a in p.articles]
        terms = {term for p in parts for term in p.terms}
        names = stated(t.removeprefix("name ").title() for t in sorted(terms) if t.startswith("name "))
        return cls(
            frozenset(terms | {s for text, code in texts for s in stems(text, code)}),
            names | stated(text for text, _ in texts),
            frozenset(c for p in parts for s in p.lines for c in _counts(s.text, p.language)),
        )

    def lacks(self, line: Statement, told: Told) -> bool:
        """Whether a line tells a development that is not known."""
        if BACKGROUND in line.flags:
            return False
        mine = set(stems(line.text, told.language))
        named = stated([line.text]) - self.facts - told.usual
        return self._counts_anew(line, told) or (bool(named) and len(mine - self.stems) >= NEW * len(mine))

    def _counts_anew(self, line: Statement, told: Told) -> bool:
        """Whether a line gives another number of what the thread counted."""
        kinds = {what for what, _ in self.counts}
        return any(c[0] in kinds and c not in self.counts for c in _counts(line.text, told.language))


def _counts(text: str, code: str) -> frozenset[tuple[str, float]]:
    return frozenset((q.what, q.value) for q in quantities(text, code) if q.value)

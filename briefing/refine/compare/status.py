"""status: new, changed, continuing, and what changed. Read by assemble.

Requirement: a duty officer reads on where something happened. A story that goes on has changed where a
figure of it moved, or where it prints a development. That it is written about again is no change: it shrinks.

Theory: novelty by new words and names (TREC novelty track: the plain count of new words holds its own
against language models), asked of what the reader was shown: the thread's headlines, lines and titles. A
development is a line of which no one of these says half (`AGAIN`) and all together leave `NEW` of its stems
unsaid, with a claimant or a new name or figure; or it counts what the thread counted, and gives another
number. A line is none that is not of the headline's event, or tells background, or of a weekday that an
edition of the thread has covered.
Which rows of the board moved, the board says (`Figure.before`).

Rejected: the thread's terms as known, too (what is shown as new was then what is beside the point).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from briefing.language import stems
from briefing.model import Change, Dispatch, Figure, Statement
from briefing.refine.compare.history import History, Part
from briefing.refine.compare.subject import Printed, Subject, subjects
from briefing.refine.compare.weekdays import weekday
from briefing.refine.figures import quantities
from briefing.refine.sections.belonging import Facts, stated
from briefing.refine.sections.told import Told
from briefing.refine.summarise import BACKGROUND

AGAIN = 0.5  # share of a line's stems
NEW = 0.4
APART = 10  # a strike and a war: values further apart are not of one count
SHRUNK = 1  # lines of a continuing story under a theme


@dataclass(frozen=True, slots=True)
class Standing:
    """Where each story stands, and the stories as they are printed. Made by `standing`."""

    told: tuple[Told, ...]
    status: Mapping[str, str] = field(default_factory=dict)  # new, changed or continuing, by story
    details: tuple[Change, ...] = ()


def standing(
    told: Sequence[Told], figures: Sequence[Figure], history: History, dispatches: Mapping[str, Dispatch]
) -> Standing:
    """The stories against the earlier editions; those in which nothing is new shrink."""
    published = {k: d.reading.article.published for k, d in dispatches.items()}
    days = {k: moment.date() for k, moment in published.items() if moment}
    about = subjects(_printed(t) for t in told)
    status: dict[str, str] = {}
    details: list[Change] = []
    for key in dict.fromkeys(t.story.id for t in told):
        mine, parts = [t for t in told if t.story.id == key], history.of(key)
        lines = _developments(mine, about[key], _Known.of(parts), days) if parts else ()
        moved = tuple(f for f in figures if f.story == key and _differs(f)) if parts else ()
        status[key] = "changed" if lines or moved else "continuing" if parts else "new"
        details += [Change(key, lines, moved)] * (status[key] == "changed")
    shrunk = [_shrunk(t) if status[t.story.id] == "continuing" else t for t in told]
    return Standing(tuple(shrunk), status, tuple(details))


def _printed(told: Told) -> Printed:
    return Printed(told.story.id, told.story.headline, tuple(s.text for s in told.statements), told.language)


def _shrunk(told: Told) -> Told:
    return replace(told, statements=told.statements[:SHRUNK])


def _developments(
    told: Sequence[Told], about: Subject, known: _Known, days: Mapping[str, dt.date]
) -> tuple[Statement, ...]:
    """What is new in a story and of its event, nearest to its headline first."""
    ours = [(s, t) for t in told for s in t.statements if about.is_of(s.text, t.language)]
    lines = {s: t for s, t in ours if known.lacks(s, t, days.get(s.article))}
    code = told[0].language
    title = set(stems(told[0].story.headline, code))
    return tuple(sorted(lines, key=lambda s: -len(title & set(stems(s.text, code)))))


def _differs(figure: Figure) -> bool:
    old = figure.before
    return old is not None and None not in (old.value, figure.value) and old.value != figure.value


@dataclass(frozen=True, slots=True)
class _Known:
    """What the earlier editions showed of a thread."""

    lines: tuple[frozenset[str], ...]  # the stems of each
    facts: Facts
    counts: frozenset[tuple[str, float]]
    until: dt.date  # of the last edition

    @classmethod
    def of(cls, parts: Sequence[Part]) -> _Known:
        texts = [(t, p.language) for p in parts for t in (p.headline, *(s.text for s in p.lines))]
        texts += [(a.title, a.language) for p in parts for a in p.articles]
        return cls(
            tuple(frozenset(stems(text, code)) for text, code in texts),
            stated(text for text, _ in texts),
            frozenset(c for text, code in texts for c in _counts(text, code)),
            max(p.date for p in parts),
        )

    def lacks(self, line: Statement, told: Told, published: dt.date | None) -> bool:
        """Whether a line, of an article published on that day, tells a development that was not shown."""
        day = weekday(line.text, told.language, published) if published else None
        if BACKGROUND in line.flags or (day and day < self.until):
            return False
        return self._counts_anew(line, told) or self._says_anew(line, told)

    def _counts_anew(self, line: Statement, told: Told) -> bool:
        """Whether a line gives another number of what the thread counted."""
        return any(
            what == kind and value != old and max(value, old) <= APART * min(value, old)
            for kind, value in _counts(line.text, told.language) - self.counts
            for what, old in self.counts
        )

    def _says_anew(self, line: Statement, told: Told) -> bool:
        mine = frozenset(stems(line.text, told.language))
        if any(len(mine & old) >= AGAIN * len(mine) for old in self.lines):
            return False
        unsaid = mine.difference(*self.lines)
        named = line.claim.source or stated([line.text]) - self.facts - told.usual
        return len(unsaid) >= NEW * len(mine) and bool(named)


def _counts(text: str, code: str) -> frozenset[tuple[str, float]]:
    return frozenset((q.what, q.value) for q in quantities(text, code) if q.value)

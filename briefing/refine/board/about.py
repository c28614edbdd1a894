"""about: whether a figure is of the story under whose headline it would stand. Read by fitting.

Theory: reports of one event share its people and places. A line is of its story when it shares a name with
the headline or the story's first line, or with `SHARED` other lines that are printed of it, or `SHARED`
words with the headline; names that the whole night gives tie it to nothing. A place that the headline names
is the story's, however many articles of the night name it; a country is not. So are the `OPENING`
sentences of an article that opens in the story: reports begin with their event. In a story of several
articles a line that sections took for the story's needs only to say where.

Rejected: all lines of a story of one article (a long report counts the dead of ten places).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefing.language import stems
from briefing.model import Figure, Reading, Statement
from briefing.refine.board.counts import Names, names, places
from briefing.refine.sections.told import Told

OPENING = 6  # sentences of a report in which its own event is told
SHARED = 2  # stems of the headline, or lines of the story that give one of a line's names


@dataclass(frozen=True, slots=True)
class About:
    """What a story is about. Made by `about`; called with a figure, its line and its article."""

    home: Names  # what the headline names, countries apart
    bound: Names  # the same with the names of the first line
    places: Names  # names of both that are no country's, frequent ones too
    stems: Names
    usual: Names
    language: str
    several: bool  # whether it has more than one article
    opening: Names  # articles that open in it
    printed: tuple[Statement, ...]
    bare: bool  # whether nothing of it is printed but its headline

    def __call__(self, figure: Figure, line: Statement, reading: Reading, *, chosen: bool) -> bool:
        """Whether a figure is of the story; `chosen` is a line that sections took for the story's."""
        if self.bare:
            return self._surely(figure, line, reading)
        if names(figure.where) & self.places or (chosen and self.several and figure.where):
            return True
        own = names(line.text) - names(line.claim.source) - self.usual
        others = [s for s in self.printed if (s.article, s.start) != (line.article, line.start)]
        return (
            bool(own & self.bound)
            or any((names(line.claim.source) - self.usual) & names(s.text) for s in others)
            or sum(bool(own & names(s.text)) for s in others) >= SHARED
            or (line.article in self.opening and _place(line, reading) < OPENING)
            or len(self.stems.intersection(stems(line.text, self.language))) >= SHARED
        )

    def _surely(self, figure: Figure, line: Statement, reading: Reading) -> bool:
        """Whether a figure is of a story of which nothing but the headline stands in the edition."""
        shared = len(self.stems.intersection(stems(line.text, self.language)))
        early = line.article in self.opening and _place(line, reading) < OPENING
        return shared >= SHARED and (early or bool(names(figure.where) & self.places))


def about(told: Told, printed: Sequence[Statement]) -> About:
    """What a story is about, by its headline and its printed lines."""
    first = told.statements[0].text if told.statements else ""
    both = f"{told.story.headline} · {first}"
    return About(
        home=places(told.story.headline, told.language),
        bound=names(both) - told.usual,
        places=places(both, told.language),
        stems=frozenset(stems(told.story.headline, told.language)),
        usual=told.usual,
        language=told.language,
        several=len({p.article for p in told.story.passages}) > 1,
        opening=frozenset(p.article for p in told.story.passages if not p.sentences[0].index),
        printed=tuple(printed),
        bare=not printed,
    )


def _place(line: Statement, reading: Reading) -> int:
    """How many sentences stand before a line in its article."""
    return sum(s.end <= line.start for s in reading.sentences)

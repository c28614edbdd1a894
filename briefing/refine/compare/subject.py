"""subject: which lines tell of a story's own event. Read by status and timeline.

Requirement: what is shown as a change of a story, or as a step of it, must be of the event that its headline
names. A story gathers background, comments and neighbouring events, too.

Theory: the headline is the shortest summary of the event. A line is of it where it has a name that is the
headline's own, or `SHARED` of its words of which one is its own: no more than a `COMMON` part of the day's
stories have it in headline or lines. Words of two languages do not meet, names do (`bags.bag`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from briefing.refine.bags import bag

SHARED = 2
COMMON = 0.15
TORN = "…"  # a line that begins with it was cut out of its sentence, and is not understood alone

Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class Printed:
    """What an edition prints of a story under a theme."""

    story: str
    headline: str
    lines: tuple[str, ...]
    language: str


@dataclass(frozen=True, slots=True)
class Subject:
    """What a headline names. Made by `subjects`."""

    words: Words
    own: Words  # those that few other headlines of the day have
    language: str

    def is_of(self, text: str, code: str) -> bool:
        """Whether a line tells of it."""
        found = _words(text, code) & self.words
        if any(_is_name(word) for word in found & self.own):
            return True
        shared = {word for word in found if not _is_name(word)}
        return code == self.language and len(shared) >= SHARED and bool(shared & self.own)


def subjects(printed: Iterable[Printed]) -> dict[str, Subject]:
    """The subjects of a day's stories, by id, from what is printed of each."""
    headlines: dict[str, tuple[Words, str]] = {}
    said: dict[str, set[str]] = {}
    for one in printed:
        headlines[one.story] = _words(one.headline, one.language), one.language
        texts = (one.headline, *one.lines)
        said.setdefault(one.story, set()).update(*(_words(text, one.language) for text in texts))
    times = Counter(word for words in said.values() for word in words)
    most = max(1.0, COMMON * len(said))
    return {
        key: Subject(words, frozenset(w for w in words if times[w] <= most), code)
        for key, (words, code) in headlines.items()
    }


def _words(text: str, code: str) -> Words:
    return frozenset(bag(text, code))


def _is_name(word: str) -> bool:
    """Whether it is in the form of names that languages share (`bags.bag`)."""
    return word.startswith("name ")

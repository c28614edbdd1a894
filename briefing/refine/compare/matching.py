"""matching: which story of the earlier editions each of today's continues. Read by history.

Requirement: on the days of one war every story shares its names; a story continues another only where an
editor would say that the reader has been told of this event, or of this development, before.

Theory: topic tracking (Allan 2002): cosines of tf-idf vectors, here one of the stories' terms and one of
the words of their titles, half and half: what a story is about, and what its editors called it. A word counts
by how few of the stories of all these editions have it, so the war's names hardly count. Two stories that are
each other's nearest continue from `NEAREST` on; where a nearer one continues the same (a story that split,
or a kindred one), from `SAME` on.

Measured on fifteen days of three weeks, labelled by reading. Rejected: the words of headline and printed
lines (the sides of one war are all alike: 73 of 100 right); decay by the days between, and scores against a
story's mean (no better); the nearest pair of titles (serial titles join what they head); a learned weighing
of words, titles, leads and names (a point worse on the weeks left out).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from math import log, sqrt

from briefing.refine.bags import bag, total
from briefing.refine.stories.likeness import POWER

SAME = 0.2
NEAREST = 0.16
KINDRED = 0.08  # two stories of one subject: too little to go on, too much to have fallen silent
DIGITS = 6  # scores are rounded, then compared: the same order everywhere

Place = tuple[str, str]  # slot and story
Vector = Mapping[str, float]
Scores = Mapping[tuple[str, Place], float]


@dataclass(frozen=True, slots=True)
class Sign:
    """By what a story is known again. Made by history."""

    terms: frozenset[str]
    titles: tuple[str, ...]
    language: str


def matches(
    scores: Scores, then: Mapping[Place, Sign], bound: Mapping[tuple[str, Place], float] | None = None
) -> dict[str, Place]:
    """For each of today's stories that goes on, the earlier one that is nearest to it.

    `then` has the newest edition first: of equally near stories the newer one counts. A story that is near
    to none continues what rare words bind it to (`bound`, the weights by pairs).
    """
    order = {place: number for number, place in enumerate(then)}
    ranked = sorted(scores, key=lambda pair: (-scores[pair], order[pair[1]], pair[0]))
    found: dict[str, Place] = {}
    taken: set[Place] = set()
    for story, place in ranked:
        needed = SAME if place in taken else NEAREST
        taken.add(place)
        if story not in found and scores[story, place] >= needed:
            found[story] = place
        found.setdefault(story, ("", ""))
    surest = sorted(bound or {}, key=lambda pair: (-(bound or {})[pair], order[pair[1]], pair[0]))
    tied: dict[str, Place] = {}
    for story, place in surest:
        tied.setdefault(story, place)
    return tied | {story: place for story, place in found.items() if place in then}


def kindred(scores: Scores) -> frozenset[Place]:
    """The earlier stories of whose subject some story of today is."""
    return frozenset(place for (_, place), score in scores.items() if score >= KINDRED)


def scored(now: Mapping[str, Sign], then: Mapping[Place, Sign]) -> dict[tuple[str, Place], float]:
    """How near each of today's stories is to each earlier one, from 0 to 1."""
    signs: dict[str | Place, Sign] = dict(now.items())
    signs.update(then.items())
    terms = _weighed({k: dict.fromkeys(s.terms, 1.0) for k, s in signs.items()})
    titles = _weighed({k: _titled(s) for k, s in signs.items()})
    return {
        (story, place): round(
            (_dot(terms[story], terms[place]) + _dot(titles[story], titles[place])) / 2, DIGITS
        )
        for story in now
        for place in then
    }


def _titled(sign: Sign) -> dict[str, float]:
    return {w: n**POWER for w, n in total(bag(t, sign.language) for t in sign.titles).items()}


def _weighed(vectors: Mapping[str | Place, Vector]) -> dict[str | Place, Vector]:
    """Each vector with its words weighed by their rarity, of length 1, in the order of its words."""
    times = Counter(word for vector in vectors.values() for word in vector)
    rarity = {word: log(1 + len(vectors) / n) for word, n in times.items()}
    weighed = {k: {w: v[w] * rarity[w] for w in sorted(v)} for k, v in vectors.items()}
    return {k: _unit(v) for k, v in weighed.items()}


def _unit(vector: Vector) -> Vector:
    length = sqrt(sum(x * x for x in vector.values())) or 1.0
    return {w: x / length for w, x in vector.items()}


def _dot(a: Vector, b: Vector) -> float:
    if len(b) < len(a):
        a, b = b, a
    return sum(x * b[w] for w, x in a.items() if w in b)

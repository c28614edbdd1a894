"""stories: which passages of which articles tell of the same event.

Requirement: a round-up feeds several stories; six reports of one strike are one story, whatever
their language.

Theory, in four steps. (1) Articles are cut where they may turn (`passages`), into parts where they
say so themselves. (2) Parts are grouped by how alike they are (`likeness`), into groups as tight as
their members (`clusters`); groups in different languages meet by names and figures (`translated`).
(3) A turn that the article does not mark is one only if a story of other articles is clearly nearer
to the passage than its own. (4) A round-up, an article in three stories, gives some events a
sentence each: its sentences move in the same way (`roundups`).

Rejected: whole articles as members (a round-up would join everything); passages as members of the
groups (they are short, so that chance decides, and every false turn loosens the groups: ECB+ .871
instead of .91 in B-cubed F1); single linkage and connected components (chains through round-ups).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from briefing.model import Passage, Reading, Sentence, Story
from briefing.refine.stories.clusters import clustered
from briefing.refine.stories.likeness import Likeness, Matrix, likeness
from briefing.refine.stories.passages import parts_of, passages_of
from briefing.refine.stories.roundups import moved, settled
from briefing.refine.stories.translated import met


@dataclass(frozen=True, slots=True)
class Grouping:
    """How the stories of some articles came about. Made by `grouping`, read by inspect, too."""

    stories: list[Story]
    parts: list[Passage]  # of the articles, as they were compared
    labels: list[int]  # of the parts
    near: Likeness | None  # of the parts; None where there are none


def group(readings: Sequence[Reading]) -> list[Story]:
    """Every sentence of every reading, in passages, in stories without headlines."""
    return grouping(readings).stories


def grouping(readings: Sequence[Reading]) -> Grouping:
    """The stories, and the parts of articles that were compared to find them."""
    by_id = {r.article.id: r for r in readings}
    cut = {r.article.id: passages_of(r) for r in readings}
    passages = [p for r in readings for p in cut[r.article.id]]
    parts = [p for r in readings for p in parts_of(cut[r.article.id], r)]
    if not parts:
        return Grouping([], [], [], None)
    whose = [by_id[p.article] for p in parts]
    near = likeness(parts, whose)
    labels = met(clustered(near), parts, whose)
    final = settled(moved(parts, labels, passages, by_id), passages, by_id)
    return Grouping(_stories([s for p in passages for s in p.sentences], final), parts, labels, near)


def similarity(readings: Sequence[Reading]) -> Matrix:
    """Cosines between whole articles, shape (n, n)."""
    return likeness([Passage(r.article.id, r.sentences) for r in readings], readings).near


def _stories(sentences: Sequence[Sentence], labels: Sequence[int]) -> list[Story]:
    """Runs of consecutive sentences with one label are passages; passages with one label, a story."""
    members: dict[int, list[Passage]] = {}
    labelled = zip(labels, sentences, strict=True)
    for (label, article), run in groupby(labelled, key=lambda pair: (pair[0], pair[1].article)):
        members.setdefault(label, []).append(Passage(article, tuple(s for _, s in run)))
    return [Story(_id(passages), "", tuple(passages)) for passages in members.values()]


def _id(members: Sequence[Passage]) -> str:
    places = sorted(f"{p.article}:{p.sentences[0].start}" for p in members)
    return hashlib.sha256(" ".join(places).encode()).hexdigest()[:12]

"""translated: groups of texts in different languages that tell of one event become one. Read by stories.

Theory: between two languages only names and figures meet (`likeness`). A single report may leave out most
of what the other has, so that pairs say little; what the reports of one language tell together says more.
So whole groups are compared, and two join where each is the nearest of the other's language to the other.

Rejected: joining with any group that is near enough (a city's name would join its whole night).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from briefing.model import Passage, Reading
from briefing.refine.stories.likeness import Matrix, told_alike

NEAR = (
    0.25  # likeness of two groups from which they tell of one event: nearer than single texts of one language
)


def met(labels: Sequence[int], passages: Sequence[Passage], readings: Sequence[Reading]) -> list[int]:
    """The labels, groups in different languages that meet having one; `readings` are one a passage."""
    codes = [r.article.language for r in readings]
    if len(set(codes)) < 2:
        return list(labels)
    groups = sorted(set(labels))
    spoken = [{c for c, label in zip(codes, labels, strict=True) if label == g} for g in groups]
    near = _apart(told_alike(passages, readings, [groups.index(label) for label in labels]), spoken)
    joined = dict(zip(groups, groups, strict=True))
    for i, j in _mutual(near):
        joined[groups[j]] = joined[groups[i]]
    return [joined[label] for label in labels]


def _apart(near: Matrix, spoken: Sequence[set[str]]) -> Matrix:
    """The likenesses, 0 for groups that have a language in common: these were compared by all their words."""
    return np.array(
        [[n * spoken[i].isdisjoint(spoken[j]) for j, n in enumerate(row)] for i, row in enumerate(near)]
    )


def _mutual(near: Matrix) -> list[tuple[int, int]]:
    """The pairs of groups that are each other's nearest, and near enough."""
    best = near.argmax(axis=1)
    return [(i, int(j)) for i, j in enumerate(best) if i < j and best[j] == i and near[i, j] >= NEAR]

"""clusters: passages that are alike, in groups as tight as their members. Read by stories.

Theory: average linkage builds the tree; where it is cut decides what a story is. One distance for
all nights and subjects gives loose stories on a day of one war, where all texts share their words,
and two stories for one event that is told in many ways. So a joint of the tree holds under two
conditions: its halves are near in themselves (`APART`), and near for what they are: `COHESION` of
the likeness that rules within them (relative closeness, Karypis 1999, Chameleon). A single passage
has no likeness within, so less is asked of it (`ATTACHED`). Texts in two languages are as alike as
their names let them be, so the second compares texts of one language.

Rejected: one distance alone (see above); the tighter or the looser half as the measure; single and
complete linkage; HDBSCAN (calls two or three articles noise).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from briefing.refine.stories.likeness import Likeness

APART = 0.8  # mean cosine distance from which two groups are different stories
COHESION = 0.65  # share of the likeness within two groups that the likeness between them must reach
ATTACHED = 0.5  # the same of a group and a single passage, which has no likeness within


@dataclass(frozen=True, slots=True)
class Joint:
    """A node of the tree: its members, and the sum and number of likenesses in them. Made and read here."""

    members: tuple[int, ...]
    halves: tuple[int, int] | None = None
    alike: float = 0.0
    pairs: int = 0
    holds: bool = True


def clustered(likeness: Likeness) -> list[int]:
    """A label for each passage."""
    number = len(likeness.near)
    if number < 2:
        return [0] * number
    joints = _tree(likeness)
    labels = [0] * number
    open_joints, label = [len(joints) - 1], 0
    while open_joints:
        joint = joints[open_joints.pop()]
        if joint.halves and not joint.holds:
            open_joints.extend(joint.halves)
            continue
        for member in joint.members:
            labels[member] = label
        label += 1
    return labels


def _tree(likeness: Likeness) -> list[Joint]:
    """Every node of the average linkage, leaves first, the root last."""
    from scipy.cluster.hierarchy import linkage  # heavy
    from scipy.spatial.distance import squareform

    distance = 1.0 - likeness.near
    np.fill_diagonal(distance, 0.0)
    joints = [Joint((i,)) for i in range(len(distance))]
    for left, right, height, _ in linkage(squareform(distance, checks=False), "average"):
        joints.append(_joined(joints, int(left), int(right), float(height), likeness))
    return joints


def _joined(joints: list[Joint], left: int, right: int, height: float, likeness: Likeness) -> Joint:
    a, b = joints[left], joints[right]
    between = np.ix_(a.members, b.members)
    shared = likeness.comparable[between]
    pairs = int(shared.sum())
    alike = float((likeness.near[between] * shared).sum())
    holds = height <= APART and _coherent(alike, pairs, a, b)
    return Joint(
        a.members + b.members, (left, right), a.alike + b.alike + alike, a.pairs + b.pairs + pairs, holds
    )


def _coherent(alike: float, pairs: int, a: Joint, b: Joint) -> bool:
    """Whether two halves are as near to each other as their own members let expect."""
    within = [half.alike / half.pairs for half in (a, b) if half.pairs]
    if not (pairs and within):
        return True
    least = (COHESION if len(within) == 2 else ATTACHED) * sum(within) / len(within)
    return round(alike / pairs, 9) >= round(least, 9)

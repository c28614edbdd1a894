"""roundups: passages and sentences that belong to another story than the rest of their article.

Requirement: an article about five events feeds five stories, with or without paragraphs and words
that mark its turns; a report of one event stays whole.

Theory: a passage tells of what other articles tell in the same words. It moves to the story whose
parts it is nearest to, if that is `NEARER` times as near as the passages beside it and the other
articles of its own story. Sentences of an article that is then in `ROUND_UP` stories move likewise.

Rejected: every passage on its own that no other story wants (features fell apart).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from scipy import sparse

from briefing.model import Passage, Reading
from briefing.refine.bags import bag
from briefing.refine.likeness import Matrix, likeness, weights
from briefing.refine.passages import ROUND_UP, SHORTEST

NEARER = 1.5  # times as near as its own story must another be, to take a passage or a sentence
NEAR = 0.1  # cosine from which a sentence has anything to do with a story
KIN = 0.15  # mean cosine from which a passage has anything to do with a story

Readings = Mapping[str, Reading]  # by article id


def moved(
    parts: Sequence[Passage], labels: Sequence[int], passages: Sequence[Passage], by_id: Readings
) -> list[int]:
    """A label for each passage: its part's, or a nearer story's of other articles."""
    home = _home(parts, passages)
    siblings = np.bincount(home, minlength=len(parts))
    kept = [labels[part] for part in home]
    loose = [i for i, part in enumerate(home) if siblings[part] > 1]
    if not loose:
        return kept
    everything = [*parts, *(passages[i] for i in loose)]
    near = likeness(everything, [by_id[p.article] for p in everything]).near
    to_parts, to_loose = near[len(parts) :, : len(parts)], near[len(parts) :, len(parts) :]
    for row, i in enumerate(loose):
        beside = [n for n, j in enumerate(loose) if home[j] == home[i] and j != i]
        kin = _means(to_parts[row], labels, [p.article != passages[i].article for p in parts])
        own = max(kin.pop(labels[home[i]], 0.0), float(to_loose[row, beside].mean()))
        best = max(kin, key=lambda label: (kin[label], -label), default=None)
        if best is not None and kin[best] >= KIN and kin[best] > NEARER * own:
            kept[i] = best
    return kept


def _home(parts: Sequence[Passage], passages: Sequence[Passage]) -> list[int]:
    """For each passage the number of the part that holds it."""
    holds = {(p.article, s.index): n for n, p in enumerate(parts) for s in p.sentences}
    return [holds[p.article, p.sentences[0].index] for p in passages]


def _means(row: Matrix, labels: Sequence[int], other: Sequence[bool]) -> dict[int, float]:
    """The mean likeness to the parts of each label, of other articles only."""
    members: dict[int, list[float]] = {}
    for near, label, counts in zip(row.tolist(), labels, other, strict=True):
        if counts:
            members.setdefault(label, []).append(near)
    return {label: round(sum(nears) / len(nears), 9) for label, nears in members.items()}


def settled(labels: Sequence[int], passages: Sequence[Passage], by_id: Readings) -> list[int]:
    """A label for each sentence: its passage's, or a nearer story's for sentences of round-ups."""
    numbers = {label: n for n, label in enumerate(dict.fromkeys(labels))}
    subjects = {a: len({n for n, p in zip(labels, passages, strict=True) if p.article == a}) for a in by_id}
    sentences = [s for p in passages for s in p.sentences]
    own = [numbers[n] for n, p in zip(labels, passages, strict=True) for _ in p.sentences]
    loose = [i for i, s in enumerate(sentences) if subjects[s.article] >= ROUND_UP]
    if not loose:
        return own
    rows = weights([bag(s.text, by_id[s.article].article.language) for s in sentences])
    held = sparse.csr_matrix((np.ones(len(own)), (own, range(len(own)))))  # stories x sentences
    sums = np.asarray((held @ rows).toarray())
    firm = np.bincount([n for i, n in enumerate(own) if i not in set(loose)], minlength=len(numbers))
    settled = list(own)
    for i in loose:
        row = np.asarray(rows[i].toarray())[0]
        centres = sums.copy()
        centres[own[i]] -= row  # a sentence does not hold itself where it is
        near = np.round(_unit(centres) @ row, 9)
        near[firm < SHORTEST] *= np.arange(len(near))[firm < SHORTEST] == own[i]
        best = int(near.argmax())
        if near[best] >= NEAR and near[best] > NEARER * near[own[i]]:
            settled[i] = best
    return settled


def _unit(rows: Matrix) -> Matrix:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0))

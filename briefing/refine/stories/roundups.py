"""roundups: passages and sentences that belong to another story than the rest of their article.

Requirement: an article about five events feeds five stories, with or without paragraphs and words
that mark its turns; a report of one event stays whole.

Theory: a passage tells of what other articles tell in the same words. It moves to the story whose
parts it is nearest to, if that is `NEARER` times as near as the passages beside it and the other
articles of its own story. Sentences of an article that is then in `ROUND_UP` stories of others, and
more than half of which is in no single one and not its own, move likewise.

Rejected: every passage on its own that no other story wants (features fell apart).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from scipy import sparse

from briefing.model import Passage, Reading, Sentence
from briefing.refine.bags import bag
from briefing.refine.stories.likeness import Matrix, likeness, weights
from briefing.refine.stories.passages import ROUND_UP, SHORTEST

NEARER = 1.5  # times as near as its own story must another be, to take a passage or a sentence
NEAR = 0.1  # cosine from which a sentence has anything to do with a story
TINY = 1e-9  # length of what is left of a story of one sentence without it
KIN = 0.15  # mean cosine from which a passage has anything to do with a story

ALONE = -1  # label of what no other article tells

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
    sentences = [s for p in passages for s in p.sentences]
    own = [numbers[n] for n, p in zip(labels, passages, strict=True) for _ in p.sentences]
    round_ups = _round_ups(own, sentences)
    loose = [i for i, s in enumerate(sentences) if s.article in round_ups]
    if not loose:
        return own
    rows = weights([bag(s.text, by_id[s.article].article.language) for s in sentences])
    held = sparse.csr_matrix((np.ones(len(own)), (own, range(len(own)))))  # stories x sentences
    sums = (held @ rows).tocsr()
    firm = np.bincount(np.delete(own, loose), minlength=len(numbers)) >= SHORTEST
    dots = (rows[loose] @ sums.T).toarray()  # loose sentences x stories
    squares = np.asarray(sums.multiply(sums).sum(axis=1)).ravel()
    near = np.round(_shares(dots, np.sqrt(squares)), 9) * firm
    kept = list(own)
    for n, i in enumerate(loose):
        itself = float(rows[i].multiply(rows[i]).sum())
        left = max(squares[own[i]] - 2 * dots[n, own[i]] + itself, 0.0) ** 0.5
        here = round((dots[n, own[i]] - itself) / left, 9) if left > TINY else 0.0  # without itself
        near[n, own[i]] = here
        best = int(near[n].argmax())
        if near[n, best] >= NEAR and near[n, best] > NEARER * here:
            kept[i] = best
    return kept


def _round_ups(labels: Sequence[int], sentences: Sequence[Sentence]) -> set[str]:
    """The articles in `ROUND_UP` stories of others, of which none, nor their own, holds half of them."""
    tellers: dict[int, set[str]] = {}
    for label, sentence in zip(labels, sentences, strict=True):
        tellers.setdefault(label, set()).add(sentence.article)
    told: dict[str, Counter[int]] = {}
    for label, sentence in zip(labels, sentences, strict=True):
        shared = label if len(tellers[label]) > 1 else ALONE
        told.setdefault(sentence.article, Counter())[shared] += 1
    return {a for a, n in told.items() if _is_round_up(n)}


def _is_round_up(told: Counter[int]) -> bool:
    others = [n for label, n in told.items() if label != ALONE]
    return len(others) >= ROUND_UP and max(told.values()) < told.total() / 2


def _shares(dots: Matrix, lengths: Matrix) -> Matrix:
    return np.asarray(np.divide(dots, lengths, out=np.zeros_like(dots), where=lengths > 0))

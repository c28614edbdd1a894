"""likeness: how alike passages are, whatever their language. Read by stories.

Theory: cosines of tf-idf vectors. News is written as an inverted pyramid: a word of the opening
counts up to thrice, falling with the sentences, and a title counts as an opening. Counts enter
with the power .75, between presence and frequency: a subject is repeated, a phrase happens.
Names stand in the vectors a second time, because two reports of one event share its people and
places more surely than its verbs. Across languages words cannot meet; there the names and figures
are compared on their own, and the cosine is squared: they are less evidence than the whole.

Rejected: logarithmic counts (pairs of one story are found less surely); names and figures as
cosines of their own beside the words within one language, likewise pairs of words; latent
semantic analysis; comparing sentence by sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import exp
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from briefing.model import Passage, Reading
from briefing.refine.bags import Bag, bag, facts
from briefing.why import Reason

OPENING = 2.0  # what the first sentence of a passage counts beyond the plain one of its last
FALL = 2.0  # sentences in which that falls to a third
POWER = 0.75  # of the counts
TINY = 1e-9  # what a word gives that is but rounding
PROOF = 2  # names and figures that texts in two languages must share: one proves nothing

Matrix = NDArray[np.float64]
Vector = dict[str, float]  # what each word counts


@dataclass(frozen=True, slots=True)
class Likeness:
    """Cosines (n, n), and which pairs share a language. Made by `likeness`, read by clusters."""

    near: Matrix
    comparable: NDArray[np.bool_]


def likeness(passages: Sequence[Passage], readings: Sequence[Reading]) -> Likeness:
    """How alike passages are; `readings` are those of their articles, one a passage."""
    pairs = list(zip(passages, readings, strict=True))
    near = _cosines([words(p, r) for p, r in pairs])
    codes = [r.article.language for r in readings]
    numbers = np.array([sorted(set(codes)).index(c) for c in codes])
    comparable = np.equal.outer(numbers, numbers)
    if not comparable.all():
        near = np.where(comparable, near, _across([_facts(p, r) for p, r in pairs]))
    return Likeness(near, comparable)


def told_alike(passages: Sequence[Passage], readings: Sequence[Reading], groups: Sequence[int]) -> Matrix:
    """How alike groups of passages are by names and figures, a row a group; `groups` has their numbers."""
    told: list[Vector] = [{} for _ in range(max(groups) + 1)]
    for passage, reading, group in zip(passages, readings, groups, strict=True):
        for fact, weight in _facts(passage, reading).items():
            told[group][fact] = told[group].get(fact, 0.0) + weight
    return _across(told)


def weights(bags: Sequence[Mapping[str, float]]) -> Any:
    """Normalised tf-idf rows, sparse, shape (n, words)."""
    return _named_weights(bags)[0]


def _named_weights(bags: Sequence[Mapping[str, float]]) -> tuple[Any, Sequence[str]]:
    """The same, and the word of each column."""
    from sklearn.feature_extraction import DictVectorizer  # heavy
    from sklearn.feature_extraction.text import TfidfTransformer

    if not any(bags):
        return sparse.csr_matrix((len(bags), 1)), ("",)
    table = DictVectorizer()
    counts = table.fit_transform(bags)
    counts.data = counts.data**POWER
    return TfidfTransformer().fit_transform(counts), table.get_feature_names_out().tolist()


def holding(
    passages: Sequence[Passage], readings: Sequence[Reading], groups: Sequence[Sequence[int]]
) -> list[list[Reason]]:
    """For each group of passages, by their places, what each word gives to their mean cosine, the most first.

    `passages` are all of a night, as `likeness` takes them: a word weighs by its rarity there. Groups of
    several languages are held by names and figures, and so by their cosine before it is squared.
    """
    pairs = list(zip(passages, readings, strict=True))
    worded, told = (_named_weights([count(p, r) for p, r in pairs]) for count in (words, _facts))
    found = []
    for group in groups:
        rows, names = worded if len({readings[i].article.language for i in group}) == 1 else told
        found.append(_shared(rows[list(group)], names))
    return found


def _shared(rows: Any, names: Sequence[str]) -> list[Reason]:
    """What each word adds to the mean cosine of some rows of length one."""
    number = rows.shape[0]
    if number < 2:
        return []
    sums = np.asarray(rows.sum(axis=0)).ravel()
    squares = np.asarray(rows.multiply(rows).sum(axis=0)).ravel()
    parts = (sums**2 - squares) / (number * (number - 1))
    return sorted(
        (Reason("word", float(parts[i]), names[i]) for i in np.flatnonzero(parts > TINY).tolist()),
        key=lambda reason: (-reason.value, reason.words),
    )


def _cosines(bags: Sequence[Vector]) -> Matrix:
    rows = weights(bags)
    return np.asarray(np.round(np.clip((rows @ rows.T).toarray(), 0.0, 1.0), 12))


def _across(told: Sequence[Vector]) -> Matrix:
    """How alike passages are by names and figures alone: squared cosines, 0 under `PROOF` in common."""
    rows = weights(told)
    common = ((rows > 0).astype(float) @ (rows > 0).astype(float).T).toarray()
    return np.asarray(_cosines(told) ** 2 * (common >= PROOF))


def words(passage: Passage, reading: Reading) -> Vector:
    """What each word of a passage counts, and each of its names once more."""
    code = reading.article.language
    return _placed(passage, reading, lambda text: bag(text, code))


def _facts(passage: Passage, reading: Reading) -> Vector:
    return _placed(passage, reading, facts)


def _placed(passage: Passage, reading: Reading, count: Callable[[str], Bag]) -> Vector:
    """The sum of a passage's bags by their place; the title speaks for the first passage alone."""
    texts = [(1 + OPENING * exp(-place / FALL), s.text) for place, s in enumerate(passage.sentences)]
    if passage.sentences[0].index == 0:
        texts.append((1 + OPENING, reading.article.title))
    summed: Vector = {}
    for weight, text in texts:
        for word, times in count(text).items():
            summed[word] = summed.get(word, 0.0) + weight * times
    return summed

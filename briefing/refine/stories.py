"""stories: which passages of which articles tell of the same event.

Requirement: a round-up feeds several stories; six reports of one strike are one story, whatever
their language.

Theory, in four steps. (1) Articles are cut where they may turn (`passages`). (2) Passages are
grouped by average linkage on the cosine of their tf-idf vectors; names stand in them a second
time, in a form that languages share, because two reports of one event share its people and places
more surely than its verbs. The title speaks for the first passage of its article. (3) A cut that
no other article confirms was none: a passage that stays alone goes back to its neighbour, unless
the article itself said that it turns. (4) A round-up, an article in three stories, gives some
events a sentence each: its sentences move to the story that they are nearest to, if it is clearly
nearer than their own.

Rejected: whole articles as members (a round-up would join everything); single linkage and
connected components (chains through round-ups); HDBSCAN (calls two or three articles noise).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from briefing.model import Passage, Reading, Sentence, Story
from briefing.refine.bags import Bag, bag, total
from briefing.refine.passages import ROUND_UP, SHORTEST, passages_of, says_so

APART = 0.8  # mean cosine distance from which two groups are different stories
NEARER = 1.5  # times as near as its own story must another be, to take a sentence
NEAR = 0.1  # cosine from which a sentence has anything to do with a story

Readings = Mapping[str, Reading]  # by article id
Matrix = NDArray[np.float64]


def group(readings: Sequence[Reading]) -> list[Story]:
    """Every sentence of every reading, in passages, in stories without headlines."""
    by_id = {r.article.id: r for r in readings}
    passages = [p for r in readings for p in passages_of(r)]
    if not passages:
        return []
    labels = _confirmed(_linked(passages, by_id), passages, by_id)
    return _stories([s for p in passages for s in p.sentences], _settled(labels, passages, by_id))


def similarity(readings: Sequence[Reading]) -> Matrix:
    """Cosines between whole articles, shape (n, n)."""
    by_id = {r.article.id: r for r in readings}
    weights = _weights([_words(Passage(r.article.id, r.sentences), by_id) for r in readings])
    return np.asarray((weights @ weights.T).toarray())


def _linked(passages: Sequence[Passage], by_id: Readings) -> list[int]:
    """A label for each passage: average linkage, cut at `APART`."""
    if len(passages) < 2:
        return [0] * len(passages)
    from scipy.cluster.hierarchy import fcluster, linkage  # heavy
    from scipy.spatial.distance import squareform

    weights = _weights([_words(p, by_id) for p in passages])
    distance = 1.0 - np.asarray((weights @ weights.T).toarray())
    np.fill_diagonal(distance, 0.0)
    condensed = squareform(np.round(np.clip(distance, 0.0, 1.0), 12), checks=False)
    return [int(label) for label in fcluster(linkage(condensed, "average"), APART, "distance")]


def _confirmed(labels: Sequence[int], passages: Sequence[Passage], by_id: Readings) -> list[int]:
    """The labels, with passages that no other article shares given back to their neighbours."""
    articles: dict[int, set[str]] = {}
    for label, passage in zip(labels, passages, strict=True):
        articles.setdefault(label, set()).add(passage.article)
    kept = list(labels)
    alone = [len(articles[label]) == 1 for label in labels]
    joined = [_continues(passages, i, by_id) for i in range(len(passages))]
    for i in range(1, len(passages)):
        if joined[i] and alone[i]:
            kept[i] = kept[i - 1]
    for i in range(len(passages) - 2, -1, -1):  # an opening that stayed alone joins what follows
        if joined[i + 1] and alone[i] and passages[i].sentences[0].index == 0:
            kept[i] = kept[i + 1]
    return kept


def _continues(passages: Sequence[Passage], i: int, by_id: Readings) -> bool:
    """Whether a passage follows one of its own article without a word that says it turns."""
    same = i > 0 and passages[i].article == passages[i - 1].article
    return same and not says_so(passages[i], by_id[passages[i].article])


def _settled(labels: Sequence[int], passages: Sequence[Passage], by_id: Readings) -> list[int]:
    """A label for each sentence: its passage's, or a nearer story's for sentences of round-ups."""
    numbers = {label: n for n, label in enumerate(dict.fromkeys(labels))}
    subjects = {a: len({n for n, p in zip(labels, passages, strict=True) if p.article == a}) for a in by_id}
    sentences = [s for p in passages for s in p.sentences]
    own = [numbers[n] for n, p in zip(labels, passages, strict=True) for _ in p.sentences]
    loose = [i for i, s in enumerate(sentences) if subjects[s.article] >= ROUND_UP]
    if not loose:
        return own
    weights = _weights([bag(s.text, by_id[s.article].article.language) for s in sentences])
    held = sparse.csr_matrix((np.ones(len(own)), (own, range(len(own)))))  # stories x sentences
    sums = np.asarray((held @ weights).toarray())
    firm = np.bincount([n for i, n in enumerate(own) if i not in set(loose)], minlength=len(numbers))
    settled = list(own)
    for i in loose:
        row = np.asarray(weights[i].toarray())[0]
        centres = sums.copy()
        centres[own[i]] -= row  # a sentence does not hold itself where it is
        near = np.round(_unit(centres) @ row, 9)
        near[firm < SHORTEST] *= np.arange(len(near))[firm < SHORTEST] == own[i]
        best = int(near.argmax())
        if near[best] >= NEAR and near[best] > NEARER * near[own[i]]:
            settled[i] = best
    return settled


def _weights(bags: Sequence[Bag]) -> Any:
    """Normalised tf-idf rows with logarithmic counts, sparse, shape (n, words)."""
    from sklearn.feature_extraction import DictVectorizer  # heavy
    from sklearn.feature_extraction.text import TfidfTransformer

    if not any(bags):
        return sparse.csr_matrix((len(bags), 1))
    return TfidfTransformer(sublinear_tf=True).fit_transform(DictVectorizer().fit_transform(bags))


def _unit(rows: Matrix) -> Matrix:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0))


def _words(passage: Passage, by_id: Readings) -> Bag:
    article = by_id[passage.article].article
    opening = [bag(article.title, article.language)] if passage.sentences[0].index == 0 else []
    return total([*(bag(s.text, article.language) for s in passage.sentences), *opening])


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

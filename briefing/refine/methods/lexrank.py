"""LexRank for a desk: continuous, on the factored matrix, converged, with a prior for the lead.

Theory: a sentence is central when it is similar to many central sentences; centrality is the
stationary distribution of a walk over the similarity graph (LexRank: Erkan and Radev 2004,
section 3.3 for the continuous form without a threshold). The walk restarts at sentences that stand early in
their articles (biased LexRank: Otterbacher, Erkan and Radev 2005), because news says the important
things first. Sentences are then taken by score, none that says the same as one taken before.

With X the matrix of normalised tf-idf rows, similarity is X Xᵀ. It is never formed: each step
multiplies by Xᵀ and then by X, so time and memory grow with the number of words, not with its square.

Rejected: a similarity threshold (it needs the square matrix, and moved no figure).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sumy.summarizers.lex_rank import LexRankSummarizer

from briefing.refine.methods.document import stem, stop_words

RESTART = 0.3  # probability of restarting the walk at the prior
CONVERGED = 1e-9
MOST_STEPS = 500
SAME = 0.5  # cosine from which two sentences say the same
DIGITS = 12  # scores are rounded to so many digits, then sorted stably: the same order everywhere

Vector = NDArray[np.float64]


class Desk(LexRankSummarizer):  # type: ignore[misc]  # sumy publishes no types
    """LexRank for a news desk. Works on any sumy document; a paragraph is one article."""

    def __call__(self, document: Any, sentences_count: int) -> tuple[Any, ...]:
        """At most that many sentences, no two of them saying the same, in the order of the document."""
        matrix = self._matrix(document.sentences)
        chosen = _distinct(matrix, self._centrality(matrix, _prior(document)), sentences_count)
        return tuple(document.sentences[i] for i in sorted(chosen))

    def rate(self, document: Any) -> list[float]:
        """The centrality of each sentence; they sum to 1. For those who ask why a sentence was chosen."""
        return [float(r) for r in self._centrality(self._matrix(document.sentences), _prior(document))]

    def _matrix(self, sentences: Sequence[Any]) -> Any:
        """Normalised tf-idf rows, one a sentence; a sentence without words is a row of zeros."""
        from sklearn.feature_extraction.text import TfidfVectorizer

        words = [[self.stem_word(w) for w in s.words if w not in self._stop_words] for s in sentences]
        if not any(words):
            return np.zeros((len(words), 1))
        return TfidfVectorizer(analyzer=lambda w: w, sublinear_tf=True).fit_transform(words)

    @staticmethod
    def _centrality(matrix: Any, prior: Vector) -> Vector:
        """The walk's stationary distribution, by power iteration."""
        if not len(prior):
            return prior
        prior = prior / prior.sum()
        degree = np.asarray(matrix @ (matrix.T @ np.ones(len(prior)))).ravel()
        inverse = np.divide(1.0, degree, out=np.zeros_like(degree), where=degree > 0)
        rank = prior
        for _ in range(MOST_STEPS):
            walked = np.asarray(matrix @ (matrix.T @ (rank * inverse))).ravel()
            following = RESTART * prior + (1 - RESTART) * walked
            following /= following.sum()
            if np.abs(following - rank).sum() < CONVERGED:
                break
            rank = following
        return np.round(rank, DIGITS)


def _prior(document: Any) -> Vector:
    """Where the walk restarts: the earlier in its paragraph, the likelier."""
    return np.array([1.0 / (1 + i) for p in document.paragraphs for i, _ in enumerate(p.sentences)])


def _distinct(matrix: Any, scores: Vector, count: int) -> list[int]:
    """The best rows that are not near one taken before."""
    chosen: list[int] = []
    for i in np.argsort(-scores, kind="stable"):
        if len(chosen) == count:
            break
        near = matrix[chosen] @ matrix[i].T if chosen else np.zeros(1)
        if float(near.max()) < SAME:
            chosen.append(int(i))
    return chosen


def summarizer(code: str) -> Desk:
    """The method for a language."""
    desk = Desk(partial(stem, code=code))
    desk.stop_words = stop_words(code)
    return desk

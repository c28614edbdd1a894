"""runs: how much of a text stands in another, word for word. Read by dedupe.

Requirement: a reprint, an excerpt and a lightly reworded text are found; texts that share a long
quotation, or the background that an outlet prints under every report, are not.

Theory: texts copied from each other share runs of words, independent ones do not (Broder 1997,
containment of shingles). Four refinements. What counts is the share of words that stand in shared
runs, as each word that an editor replaces breaks several runs. A copy follows its source
throughout: pasted background fills some sentences and leaves the others alone. Words within
quotation marks belong to whoever was quoted. And a run that stands in g texts that are not
otherwise alike counts 1 / (g - 1): it is a commonplace of the night.

Rejected: longest common subsequence (independent texts of one subject reach a third of their
words); shingles of four words (a light revision breaks most of them); counting commonplaces not at
all (texts of which half a dozen versions differ have no others); asking for shared words in both
halves (a copy with a new ending is lost, and background stays).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from briefing.language import QUOTED, tokens

RUN = 3  # words
ALIKE = 0.5  # Jaccard index of runs from which two texts are versions of one, and count as one
TOUCHED = 0.2  # share of a sentence's words in shared runs from which it follows the other text
WORTH = 0.1  # share of the shorter text's runs from which a pair is looked at word by word
FEWEST = 10  # words: shorter texts are held only by equal ones

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sequenced:
    """A text as the numbers of its runs, sentence by sentence. Made and read here."""

    words: tuple[str, ...]
    sentences: tuple[tuple[int, tuple[int, ...]], ...]  # words, and the run that each of them opens
    runs: frozenset[int]


def held(texts: Sequence[Sequence[str]]) -> tuple[Matrix, Matrix]:
    """For each pair of texts (as sentences) what the longer one holds of the shorter.

    Two matrices (n, n), symmetric, 1 on the diagonal: the share of the words that stand in shared
    runs, and the share of the words whose sentence follows the other text (`TOUCHED`).
    """
    sequenced = _sequenced(texts)
    covered, followed = np.eye(len(texts)), np.eye(len(texts))
    weights, pairs = _weights(sequenced)
    for i, j in (*pairs, *_equal_labels(sequenced)):
        short, long = sorted((sequenced[i], sequenced[j]), key=lambda s: (len(s.words), s.words))
        both = _held(short, long, weights)
        covered[i, j] = covered[j, i] = both[0]
        followed[i, j] = followed[j, i] = both[1]
    return covered, followed


def _sequenced(texts: Sequence[Sequence[str]]) -> list[Sequenced]:
    numbers: dict[tuple[str, ...], int] = {}
    made = []
    for sentences in texts:
        cut = []
        for words in _own_words(sentences):
            opened = [words[i : i + RUN] for i in range(len(words) - RUN + 1)]
            cut.append((len(words), tuple(numbers.setdefault(tuple(run), len(numbers)) for run in opened)))
        flat = tuple(w.lower() for s in sentences for w in tokens(s))
        made.append(Sequenced(flat, tuple(cut), frozenset(run for _, opened in cut for run in opened)))
    return made


def _own_words(sentences: Sequence[str]) -> list[list[str]]:
    """The lower-case words of each sentence without quotations; with them, where little else is left."""
    quoted = QUOTED.sub(lambda found: "\0" * len(found.group()), "\n".join(sentences))
    ends = np.cumsum([len(s) + 1 for s in sentences])
    parts = [quoted[end - len(s) - 1 : end - 1] for s, end in zip(sentences, ends, strict=True)]
    words = [[t.lower() for t in tokens(part)] for part in parts]
    if sum(map(len, words)) < FEWEST:
        return [[t.lower() for t in tokens(s)] for s in sentences]
    return words


def _weights(texts: Sequence[Sequenced]) -> tuple[Matrix, list[tuple[int, int]]]:
    """What each run counts, and the pairs of texts that share enough of them to be looked at."""
    from scipy.sparse.csgraph import connected_components  # heavy

    number = len(texts)
    columns = np.array([run for t in texts for run in sorted(t.runs)], dtype=np.int64)
    rows = np.repeat(np.arange(number), [len(t.runs) for t in texts])
    shape = (number, int(columns.max(initial=0)) + 1)
    incidence = sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=shape)
    shared = (incidence @ incidence.T).tocoo()
    sizes = np.asarray(incidence.sum(axis=1)).ravel()
    i, j, common = shared.row, shared.col, shared.data
    alike = common >= ALIKE * (sizes[i] + sizes[j] - common)
    versions = sparse.coo_matrix((common[alike], (i[alike], j[alike])), shape=(number, number))
    count, version = connected_components(versions, directed=False)
    merged = sparse.csr_matrix((np.ones(number), (version, np.arange(number))), shape=(count, number))
    spread = np.asarray((merged @ incidence > 0).sum(axis=0)).ravel()
    worth = (i < j) & (common >= WORTH * np.minimum(sizes[i], sizes[j]))
    return 1.0 / np.maximum(spread - 1, 1), sorted(zip(i[worth].tolist(), j[worth].tolist(), strict=True))


def _equal_labels(texts: Sequence[Sequenced]) -> list[tuple[int, int]]:
    """The pairs of equal texts that are too short to have a run."""
    places: dict[tuple[str, ...], list[int]] = {}
    for place, text in enumerate(texts):
        if text.words and not text.runs:
            places.setdefault(text.words, []).append(place)
    return [pair for same in places.values() for pair in combinations(same, 2)]


def _held(short: Sequenced, long: Sequenced, weights: Matrix) -> tuple[float, float]:
    """The shares of the short text's words in shared runs, and in sentences that follow the long one."""
    if short.words == long.words:
        return 1.0, 1.0
    total = sum(length for length, _ in short.sentences)
    if len(short.words) < FEWEST or not total:
        return 0.0, 0.0
    covered = followed = 0.0
    for length, opened in short.sentences:
        share = _covered(length, opened, long.runs, weights)
        covered += share
        followed += length * (share >= TOUCHED * length)
    return round(covered / total, 9), followed / total


def _covered(length: int, opened: Sequence[int], runs: frozenset[int], weights: Matrix) -> float:
    """How many of a sentence's words stand in the runs, each counting what its best run counts."""
    best = np.zeros(length)
    for at, run in enumerate(opened):
        if run in runs:
            best[at : at + RUN] = np.maximum(best[at : at + RUN], weights[run])
    return float(best.sum())

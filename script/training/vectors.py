"""Word vectors of the news: words that stand in like company are near each other.

Theory: positive pointwise mutual information of words within `WINDOW` of each other in a sentence,
contexts smoothed to the power `SMOOTHED`, then the singular vectors of the largest `DIMENSIONS`
singular values, weighted by the roots of these (Levy, Goldberg and Dagan 2015). Vectors have length 1.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

WINDOW = 8  # stems after a stem, stop words left out: most of a clause
SMOOTHED = 0.75  # rare contexts say less than their chance would have it
RAREST = 6  # sentences that a word must stand in: of rarer words the company is chance
RARE = 600  # sentences: a word is not taken for rarer than this, as the rarest have the least certain vectors
DIMENSIONS = 60
SHORTEST = 3  # stems of a sentence that has company to tell of


@dataclass(frozen=True, slots=True)
class Vectors:
    """Words by name, their rarity, and a row for each. Made by `vectors`, read by fit."""

    rarity: Mapping[str, float]  # logarithm of sentences over sentences with the word and `RARE`, and 1
    rows: Any  # numpy: words, in the order of `rarity`, by dimensions


def vectors(sentences: Sequence[Sequence[str]]) -> Vectors:
    """The vectors of the words of some sentences, which come as stems; repeated ones count once."""
    import numpy as np
    from sklearn.utils.extmath import randomized_svd

    different = list(dict.fromkeys(tuple(s) for s in sentences if len(s) >= SHORTEST))
    standing = Counter(word for s in different for word in set(s))
    words = sorted(w for w, n in standing.items() if n >= RAREST)
    left, values, _ = randomized_svd(_information(different, words), DIMENSIONS, n_iter=4, random_state=0)
    rows = left * np.sqrt(values)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    rarity = {w: math.log(len(different) / (standing[w] + RARE)) + 1 for w in words}
    return Vectors(rarity, rows / np.maximum(lengths, 1e-9))


def _information(sentences: Sequence[Sequence[str]], words: Sequence[str]) -> Any:
    """The positive pointwise mutual information of the words, sparse and square."""
    import numpy as np
    from scipy.sparse import csr_matrix

    together = _together(sentences, words)
    number = np.asarray(together.sum(axis=1)).ravel()
    context = number**SMOOTHED / (number**SMOOTHED).sum()
    pairs = together.tocoo()
    chance = number[pairs.row] * context[pairs.col]
    said = np.log(np.maximum(pairs.data, 1e-9) / np.maximum(chance, 1e-9))
    kept = said > 0
    return csr_matrix((said[kept], (pairs.row[kept], pairs.col[kept])), shape=pairs.shape)


def _together(sentences: Sequence[Sequence[str]], words: Sequence[str]) -> Any:
    """How often two words stand within the window; sparse, square and symmetric."""
    import numpy as np
    from scipy.sparse import coo_matrix

    place = {word: i for i, word in enumerate(words)}
    count: Counter[tuple[int, int]] = Counter()
    for sentence in sentences:
        known = [place[w] for w in sentence if w in place]
        for i, a in enumerate(known):
            count.update((min(a, b), max(a, b)) for b in known[i + 1 : i + 1 + WINDOW] if a != b)
    pairs = np.array(sorted(count), dtype=np.int64).reshape(-1, 2)
    numbers = np.array([count[a, b] for a, b in pairs.tolist()], dtype=float)
    half = coo_matrix((numbers, (pairs[:, 0], pairs[:, 1])), shape=(len(words), len(words))).tocsr()
    return half + half.T

"""From word vectors and labels to weights of words: a regression, multiplied out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from briefing.refine.themes.trained import CHANNELS, SCALE, Bag, Model, channels
from training.labels import LETTERS, Label
from training.vectors import Vectors

LOUDNESS = (1.0, 0.5, 0.3, 0.3)  # of the channels: a sentence is filed by what it says itself
PENALTY = 0.3  # scikit-learn's C: the smaller, the smoother
NONE = "none"


def fit(labels: Sequence[Label], found: Vectors) -> Model:
    """The model that the labels teach."""
    from sklearn.linear_model import LogisticRegression

    bags = _bags(labels, found)
    regression = LogisticRegression(C=PENALTY, max_iter=1000, tol=1e-6)
    shares = [one.share for one in labels]
    regression.fit(_matrix(bags, found), [one.label for one in labels], sample_weight=shares)
    return _multiplied(regression, found)


def written(known: Model) -> str:
    """The model as its file: whole numbers, words sorted."""
    words = (f"{w} {_numbers([known.rarity[w], *known.weights[w]])}" for w in sorted(known.weights))
    return "\n".join([" ".join(known.keys), _numbers(known.bias), *words]) + "\n"


def _numbers(values: Sequence[float]) -> str:
    return " ".join(str(round(float(v) * SCALE)) for v in values)


def _bags(labels: Sequence[Label], found: Vectors) -> list[tuple[Bag, ...]]:
    """The bags of each labelled sentence; an article is gone through once."""
    articles = {one.reading.article.id: one.reading for one in labels}
    bags = {key: channels(reading, found.rarity) for key, reading in articles.items()}
    return [bags[one.reading.article.id][one.index] for one in labels]


def _matrix(bags: Sequence[tuple[Bag, ...]], found: Vectors) -> Any:
    """A row for each sentence: the mean vectors of its four bags, side by side."""
    import numpy as np
    from scipy.sparse import csr_matrix

    place = {word: i for i, word in enumerate(found.rarity)}
    parts = []
    for channel, loudness in zip(range(len(CHANNELS)), LOUDNESS, strict=True):
        entries = [(i, place[w], share) for i, b in enumerate(bags) for w, share in b[channel].items()]
        rows, columns, shares = zip(*entries, strict=True) if entries else ((), (), ())
        words = csr_matrix((shares, (rows, columns)), shape=(len(bags), len(place)))
        parts.append(loudness * np.asarray(words @ found.rows))
    return np.hstack(parts)


def _multiplied(regression: Any, found: Vectors) -> Model:
    """The regression's coefficients times each word's vector, every theme against none."""
    import numpy as np

    keys = tuple(key for key in LETTERS.values() if key != NONE)
    order = list(regression.classes_)
    against = regression.coef_[[order.index(k) for k in keys]] - regression.coef_[order.index(NONE)]
    bias = regression.intercept_[[order.index(k) for k in keys]] - regression.intercept_[order.index(NONE)]
    parts = zip(LOUDNESS, np.hsplit(against, len(CHANNELS)), strict=True)
    blocks = [loudness * found.rows @ part.T for loudness, part in parts]
    weights = np.hstack(blocks)
    return Model(
        keys,
        tuple(float(b) for b in bias),
        dict(found.rarity),
        {word: tuple(float(w) for w in weights[i]) for i, word in enumerate(found.rarity)},
    )

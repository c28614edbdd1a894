"""dedupe: copies of one text become one dispatch, so that a reprint never counts as a second voice.

Requirement: false positives are not acceptable, a missed copy is: two reports of one event in
different words must stay two.

Theory: texts copied from each other share runs of words, independent ones do not (Broder 1997,
resemblance and containment of shingles). Two articles are copies when `COPY` of the shorter one's
shingles stand in the other. Containment rather than resemblance, because an excerpt in a feed is
a copy of the full page.

Rejected: titles (the same wire text runs under many); locality-sensitive hashing (exact counting
is faster below some 20,000 articles, and finds more); cosine of tf-idf (finds rewritten texts, but
also two reports of one event).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from briefing.language import tokens
from briefing.model import Article, Dispatch, Reading

SHINGLE = 4  # words
COPY = 0.5  # containment from which two texts are copies of each other
FULL = 0.8  # share of the longest printing that still counts as the whole text
FEWEST = 8  # shingles: shorter texts are copies only when they are equal


def dedupe(readings: Sequence[Reading]) -> list[Dispatch]:
    """One dispatch for each text, in the order of the readings."""
    groups: dict[int, list[Reading]] = {}
    for label, reading in zip(_labels(readings), readings, strict=True):
        groups.setdefault(label, []).append(reading)
    return [_dispatch(group) for group in groups.values()]


def containment(texts: Sequence[str]) -> NDArray[np.float64]:
    """For each pair of texts the share of the shorter one's shingles that the other holds.

    Shape (n, n), symmetric, 1 on the diagonal.
    """
    incidence = _shingles(texts)
    shared = (incidence @ incidence.T).toarray().astype(float)
    sizes = np.maximum(np.asarray(incidence.sum(axis=1)).ravel(), 1)
    share = shared / np.minimum.outer(sizes, sizes)
    share[np.minimum.outer(sizes, sizes) < FEWEST] *= COPY  # short: only 1.0 reaches COPY
    np.fill_diagonal(share, 1.0)
    return np.asarray(share)


def _labels(readings: Sequence[Reading]) -> list[int]:
    """For each reading the place of the text that it is a copy of: its own, if of none.

    The longest texts come first, and a copy joins the one text that holds most of it. Copies of
    copies do not chain: a short text about the background of the war would join the whole night.
    """
    if not readings:
        return []
    held = containment([" ".join(s.text for s in r.sentences) for r in readings])
    labels = list(range(len(readings)))
    originals: list[int] = []
    for i in sorted(labels, key=lambda i: (-_length(readings[i]), readings[i].article.id)):
        holder = max(originals, key=lambda o: held[i, o], default=i)
        if held[i, holder] >= COPY and holder != i:
            labels[i] = holder
        else:
            originals.append(i)
    return labels


def _shingles(texts: Sequence[str]) -> sparse.csr_matrix:
    columns: dict[tuple[str, ...], int] = {}
    rows, cols = [], []
    for row, text in enumerate(texts):
        words = [t.lower() for t in tokens(text)]
        size = min(SHINGLE, max(len(words), 1))
        for shingle in {tuple(words[i : i + size]) for i in range(len(words) - size + 1)}:
            rows.append(row)
            cols.append(columns.setdefault(shingle, len(columns)))
    shape = (len(texts), max(len(columns), 1))
    return sparse.csr_matrix((np.ones(len(rows), dtype=np.int32), (rows, cols)), shape=shape)


def _dispatch(group: Sequence[Reading]) -> Dispatch:
    """The reading that speaks for the text; the others are its copies."""
    lead = _newest_version(group) or _original(group)
    return Dispatch(lead, tuple(sorted((r.article for r in group if r is not lead), key=_order)))


def _newest_version(group: Sequence[Reading]) -> Reading | None:
    """The last version of an outlet that changed its text at a later time; None where none did."""
    outlets: dict[str, list[Reading]] = {}
    for reading in group:
        outlets.setdefault(reading.article.outlet or reading.article.url, []).append(reading)
    updated = [
        r
        for versions in outlets.values()
        if len({_order(v.article)[0] for v in versions}) > 1
        for r in versions
    ]
    return max(updated, key=lambda r: _order(r.article), default=None)


def _original(group: Sequence[Reading]) -> Reading:
    """The earliest printing among those that carry the text in full."""
    longest = max(_length(r) for r in group)
    full = [r for r in group if _length(r) >= FULL * longest]
    return min(full, key=lambda r: (r.article.published is None, _order(r.article)))


def _length(reading: Reading) -> int:
    """Characters of reporting: furniture differs from printing to printing."""
    return sum(len(s.text) for s in reading.sentences)


def _order(article: Article) -> tuple[float, str]:
    """By time, the undated first: they never update anything."""
    when = article.updated or article.published
    return (when.timestamp() if when else 0.0, article.id)

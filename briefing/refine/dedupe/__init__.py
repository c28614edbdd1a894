"""dedupe: copies of one text become one dispatch, so that a reprint never counts as a second voice.

Requirement: false positives are not acceptable, a missed copy is: two reports of one event in
different words must stay two.

Theory: two articles are copies when `COPY` of the shorter one's words stand in runs that the other
holds, and at least `THROUGHOUT` of it follows the other (`runs`). Containment rather than
resemblance, because an excerpt in a feed is a copy of the full page.

Rejected: titles (the same wire text runs under many); locality-sensitive hashing (exact counting
is faster below some 20,000 articles, and finds more); cosine of tf-idf (finds rewritten texts, but
also two reports of one event).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from briefing.model import Article, Dispatch, Reading
from briefing.refine.dedupe.runs import held

COPY = 0.3  # share of the shorter text's words in shared runs from which the two are copies
THROUGHOUT = 0.5  # share of its words in sentences that follow the other text, from which they are
FULL = 0.8  # share of the longest printing that still counts as the whole text


def dedupe(readings: Sequence[Reading]) -> list[Dispatch]:
    """One dispatch for each text, in the order of the readings."""
    groups: dict[int, list[Reading]] = {}
    for label, reading in zip(_labels(readings), readings, strict=True):
        groups.setdefault(label, []).append(reading)
    return [_dispatch(group) for group in groups.values()]


def containment(texts: Sequence[Sequence[str]]) -> NDArray[np.float64]:
    """For each pair of texts, as sentences, how much of the shorter one the other holds, from 0 to 1.

    Shape (n, n), symmetric, 1 on the diagonal; copies from `COPY` on.
    """
    covered, followed = held(texts)
    return np.asarray(np.minimum(covered, np.where(followed >= THROUGHOUT, 1.0, followed * COPY)))


def _labels(readings: Sequence[Reading]) -> list[int]:
    """For each reading the place of the text that it is a copy of: its own, if of none.

    The longest texts come first, and a copy joins the one text that holds most of it. Copies of
    copies do not chain: a short text about the background of the war would join the whole night.
    """
    if not readings:
        return []
    share = containment([[s.text for s in r.sentences] for r in readings])
    labels = list(range(len(readings)))
    originals: list[int] = []
    for i in sorted(labels, key=lambda i: (-_length(readings[i]), readings[i].article.id)):
        holder = max(originals, key=lambda o: share[i, o], default=i)
        if share[i, holder] >= COPY and holder != i:
            labels[i] = holder
        else:
            originals.append(i)
    return labels


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

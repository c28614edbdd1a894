"""stories: which passages of which articles tell of the same event.

Requirement: a round-up feeds several stories; six reports of one strike are one story.

Theory, in two steps. (1) An article is cut where it turns to another subject: before an opening
such as "Elsewhere," and where the words of the sentences before and after have least in common
(TextTiling, Hearst 1997). (2) Passages are grouped by average linkage on the cosine of their
tf-idf vectors; names count twice, because two reports of one event share its people and places
more surely than its verbs. The title speaks for the first passage of its article.

Rejected: whole articles as members (a round-up would join everything); single linkage and
connected components (chains through round-ups); HDBSCAN (calls two or three articles noise).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from briefing.language import language, names, stems
from briefing.model import Passage, Reading, Sentence, Story

APART = 0.8  # mean cosine distance from which two groups are different stories
BLOCK = 3  # sentences on each side of a possible turn
TURN = 0.01  # similarity of the blocks below which the article has changed its subject
SHORTEST = 2  # sentences of a passage
NAME = 2  # a name counts as much as so many words


def group(readings: Sequence[Reading]) -> list[Story]:
    """Every sentence of every reading, in passages, in stories; the order of readings is kept."""
    by_id = {r.article.id: r for r in readings}
    passages = [p for r in readings for p in passages_of(r)]
    stories: dict[int, list[Passage]] = {}
    for label, passage in zip(_labels(passages, by_id), passages, strict=True):
        stories.setdefault(int(label), []).append(passage)
    return [Story(_id(members), "", _joined(members)) for members in stories.values()]


def passages_of(reading: Reading) -> list[Passage]:
    """An article cut where it turns to another subject."""
    sentences = reading.sentences
    bags = [_bag(s.text, reading.article.language) for s in sentences]
    turns = [i for i in range(SHORTEST, len(sentences)) if _turns(reading, bags, i)]
    starts = [0]
    for turn in turns:
        if turn - starts[-1] >= SHORTEST:
            starts.append(turn)
    return [
        Passage(reading.article.id, sentences[a:b])
        for a, b in zip(starts, [*starts[1:], len(sentences)], strict=True)
        if a < b
    ]


def _turns(reading: Reading, bags: Sequence[Counter[str]], i: int) -> bool:
    """Whether the sentence opens another subject, by its own word or by the lack of common ones."""
    sentence = reading.sentences[i]
    if language(reading.article.language).turns.match(sentence.text):
        return True
    if sentence.paragraph == reading.sentences[i - 1].paragraph and _has_paragraphs(reading):
        return False
    before, after = _sum(bags[max(0, i - BLOCK) : i]), _sum(bags[i : i + BLOCK])
    return len(bags) - i >= SHORTEST and _cosine(before, after) < TURN


def _has_paragraphs(reading: Reading) -> bool:
    return reading.sentences[-1].paragraph > 0


def _labels(passages: Sequence[Passage], by_id: dict[str, Reading]) -> NDArray[np.int32]:
    if len(passages) < 2:
        return np.zeros(len(passages), dtype=np.int32)
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    distance = 1.0 - _similarity([_words(p, by_id[p.article]) for p in passages])
    np.fill_diagonal(distance, 0.0)
    condensed = squareform(np.round(np.clip(distance, 0.0, 1.0), 12), checks=False)
    labels: NDArray[np.int32] = fcluster(linkage(condensed, "average"), APART, "distance")
    return labels


def _similarity(bags: Sequence[Counter[str]]) -> NDArray[np.float64]:
    """Cosines of tf-idf vectors, shape (n, n); logarithmic term counts."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.feature_extraction.text import TfidfTransformer

    if not any(bags):
        return np.eye(len(bags))
    counts = DictVectorizer().fit_transform(bags)
    weights = TfidfTransformer(sublinear_tf=True).fit_transform(counts)
    return np.asarray((weights @ weights.T).toarray())


def _words(passage: Passage, reading: Reading) -> Counter[str]:
    code = reading.article.language
    bag = _sum([_bag(s.text, code) for s in passage.sentences])
    if passage.sentences[0].index == 0:
        bag += _bag(reading.article.title, code)
    return bag


def _bag(text: str, code: str) -> Counter[str]:
    bag = Counter(stems(text, code))
    for name in names(text):
        for stem in stems(name, code):
            bag[stem] += NAME - 1
    return bag


def _sum(bags: Sequence[Counter[str]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for bag in bags:
        total.update(bag)
    return total


def _cosine(a: Counter[str], b: Counter[str]) -> float:
    dot = sum(n * b[w] for w, n in a.items())
    size = sum(n * n for n in a.values()) * sum(n * n for n in b.values())
    return float(dot / size**0.5) if size else 0.0


def _joined(members: Sequence[Passage]) -> tuple[Passage, ...]:
    """Neighbouring passages of one article in one story are one passage."""
    joined: list[Passage] = []
    for passage in members:
        last = joined[-1] if joined else None
        if last and last.article == passage.article and _follow(last.sentences[-1], passage.sentences[0]):
            joined[-1] = Passage(last.article, last.sentences + passage.sentences)
        else:
            joined.append(passage)
    return tuple(joined)


def _follow(a: Sentence, b: Sentence) -> bool:
    return b.index == a.index + 1


def _id(members: Sequence[Passage]) -> str:
    places = sorted(f"{p.article}:{p.sentences[0].start}" for p in members)
    return hashlib.sha256(" ".join(places).encode()).hexdigest()[:12]

"""What the default method's weights are learned by: `python -m measure.learn DIR`, from the project's folder.

The days of long crises (timelines/) say which words of their articles a journalist took. A logistic
regression gives the odds of a concept; a ridge regression says what makes the words of a sentence
likely ones. Printed are the weights over all topics, to be copied into `methods/coverage.py`, and
the figures by cross-validation over topics: each is digested with weights that the other topics gave.

No other set is learned from: the licences of the rest allow to measure only.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from briefing.language import stems
from briefing.refine import leading
from briefing.refine.methods.coverage import Coverage, Weights, concepts_of
from briefing.refine.methods.document import document
from briefing.refine.standing import familiar
from briefing.refine.summarise import candidates
from measure.data import Item, article, items
from measure.digests import DAY
from measure.scorer import printed, write

CONCEPT = ("times", "agreement", "depth", "pair")
SENTENCE = ("lead", "agreement", "quoted", "conditional")
EXTRA = 2.0  # what a sentence's own signs weigh against its concepts; .256/.075 at 2, .255/.074 at 4
PULL = 0.01  # of the ridge towards zero, in shares of the features' variance

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Lesson:
    """One day: its signs, and what of it was wanted."""

    key: str
    topic: str
    offered: Any  # the sumy document
    concepts: Array
    wanted: Array  # of each concept, 0 or 1
    sentences: Array
    good: Array  # of each sentence, the share of its words and twice that of its pairs that were wanted


def lessons(folder: Path) -> list[Lesson]:
    """Every day of the timelines."""
    texts = {a["id"]: a["text"] for a in items(folder / "timelines/articles.jsonl")}
    return [_lesson(day, texts) for day in items(folder / "timelines/daily_tasks.jsonl")]


def _lesson(day: Item, texts: Mapping[str, str]) -> Lesson:
    readings = leading([article(key, texts[key]) for key in day["articles"] if key in texts])
    known = familiar([r.article.text for r in readings])
    groups = [[s.text for s in candidates(r, r.sentences, known)] for r in readings]
    offered = document(groups, "en", [[s.text for s in r.sentences] for r in readings])
    teacher = Coverage("en")
    found, signs = teacher.concepts(offered), teacher.signs(offered)
    told = [tuple(stems(line, "en")) for lines in day["references"] for line in lines]
    wanted = {concept for line in told for concept in concepts_of(line)}
    plain = [_plain(line) for lines in day["references"] for line in lines]
    return Lesson(
        day["id"],
        day["collection"].split("_")[0],
        offered,
        np.array([[s[name] for name in CONCEPT] for s in found.values()]).reshape(-1, len(CONCEPT)),
        np.array([float(c in wanted) for c in found]),
        np.array([[s[name] for name in SENTENCE] for s in signs]).reshape(-1, len(SENTENCE)),
        np.array([_share(_plain(str(s)), plain) for s in offered.sentences]),
    )


def _plain(text: str) -> list[str]:
    return [word.strip(".,;:!?\"“”'()").lower() for word in text.split()]


def _share(words: Sequence[str], told: Sequence[Sequence[str]]) -> float:
    """The share of words and twice the share of pairs of a sentence that a journalist used, too."""
    single = {w for line in told for w in line}
    pairs = {p for line in told for p in pairwise(line)}
    both = list(pairwise(words))
    return (sum(w in single for w in words) + 2 * sum(p in pairs for p in both)) / max(len(words), 1)


def learned(lessons: Sequence[Lesson]) -> Weights:
    """The weights that some days give; each day counts as much as any other."""
    from sklearn.linear_model import LogisticRegression

    signs, mean, spread = _standard([d.concepts for d in lessons])
    days = np.concatenate([np.full(len(d.wanted), 1 / max(len(d.wanted), 1)) for d in lessons])
    model = LogisticRegression(tol=1e-8, max_iter=1000)
    model.fit(signs, np.concatenate([d.wanted for d in lessons]), sample_weight=days / days.mean())
    concept = model.coef_[0] / spread
    always = float(model.intercept_[0] - (concept * mean).sum())
    sentence = EXTRA * _ridge(lessons)
    return Weights(always, _named(CONCEPT, concept), _named(SENTENCE, sentence))


def _ridge(lessons: Sequence[Lesson]) -> Array:
    """How a sentence's signs tell, within a day, how much of it was wanted."""
    _, _, spread = _standard([d.sentences for d in lessons])
    square = np.zeros((len(SENTENCE), len(SENTENCE)))
    along = np.zeros(len(SENTENCE))
    for day in (d for d in lessons if len(d.good)):
        signs = (day.sentences - day.sentences.mean(axis=0)) / spread
        square += signs.T @ signs / len(signs) / len(lessons)
        along += signs.T @ (day.good - day.good.mean()) / len(signs) / len(lessons)
    found: Array = np.linalg.solve(square + PULL * np.eye(len(along)), along) / spread
    return found


def _standard(arrays: Sequence[Array]) -> tuple[Array, Array, Array]:
    together = np.vstack(arrays)
    mean, spread = together.mean(axis=0), together.std(axis=0) + 1e-9
    return (together - mean) / spread, mean, spread


def _named(names: Sequence[str], values: Array) -> dict[str, float]:
    return {name: round(float(value), 3) for name, value in zip(names, values, strict=True)}


def digest(day: Lesson, weights: Weights) -> list[str]:
    """A day in sixty words, as `summarise` makes it."""
    sentences = [str(s) for s in day.offered.sentences]
    chosen: list[int] = []
    for place in Coverage("en", weights).order(day.offered):
        if sum(len(sentences[i].split()) for i in chosen) >= DAY:
            break
        chosen.append(place)
    return [sentences[i] for i in chosen]


def crossed(days: Sequence[Lesson]) -> list[Item]:
    """The digest of each day, with weights of the other topics."""
    topics = sorted({d.topic for d in days})
    by_topic = {t: learned([d for d in days if d.topic != t]) for t in topics}
    for topic, weights in by_topic.items():
        print(f"without {topic}: {weights}")
    return [{"id": d.key, "sentences": digest(d, by_topic[d.topic])} for d in days]


def main() -> None:
    """Learn, and print what was learned and how far it carries."""
    folder = Path(sys.argv[1])
    days = lessons(folder)
    with tempfile.TemporaryDirectory() as temporary:
        predictions = Path(temporary) / "days.jsonl"
        write(predictions, crossed(days))
        print(printed(folder, ("timelines.py",), predictions))
    print(f"all topics: {learned(days)}")


if __name__ == "__main__":
    main()

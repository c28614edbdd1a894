"""Our default: the fewest sentences that cover what the articles are likely to be summed up by.

Theory: a summary is good when it holds the concepts, words and pairs of neighbouring words, that
people would put into one (Gillick and Favre 2009; Lin and Bilmes 2011: coverage is submodular, so
taking the best sentence again and again comes near the best set). How likely a concept is wanted is
learned from a few plain signs of it (Li, Qian and Liu 2013): how often and in how many articles it
stands, and how early. A concept counts once, so that nothing is said twice; its sentence pays for
its length. What makes a sentence as a whole a good line is added: nearness to the articles'
openings, words on which articles agree; less for quotation and for "should", "could", "if".

The `WEIGHTS` were learned by `script/measure/learn.py` from what journalists
wrote of single days of long crises, the texts being thrown away; docs/methods.md has the figures.

Rejected: document frequency as the only weight (few articles a day: everything is rare); gain
per word (short scraps win); a threshold instead of learned weights; capitals and digits as signs of
a concept, tenses and dates as signs of a sentence (no figure moved).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from heapq import heapify, heappop, heappush
from itertools import islice, pairwise
from types import MappingProxyType
from typing import Any

from sumy.summarizers._summarizer import AbstractSummarizer

from briefing.language import QUOTED, language
from briefing.refine.methods.document import stem, stop_words
from briefing.why import Reason

COST = 0.5  # exponent of a sentence's words that its concepts are divided by: between no price and a full one
LEAD = 3  # sentences that open an article
SAME = 0.6  # share of the shorter sentence's stems that two sentences have in common when they say the same
NAMED = 5  # concepts that a reason names
DIGITS = 12  # scores are rounded, then compared: the same order everywhere

Words = tuple[str, ...]  # the stems of one sentence, in order
Concept = tuple[str, ...]  # one stem, or two neighbours


@dataclass(frozen=True, slots=True)
class Weights:
    """What the signs weigh. Learned by script/measure/learn.py, read here."""

    always: float  # log odds of a concept without any sign
    concept: Mapping[str, float]  # what the signs of a concept add to them
    sentence: Mapping[str, float]  # what a sentence gains beside its concepts


WEIGHTS = Weights(
    always=-3.9,
    concept=MappingProxyType({"times": 0.43, "agreement": 2.4, "depth": -0.73, "pair": -0.56}),
    sentence=MappingProxyType({"lead": 0.65, "agreement": 0.64, "quoted": -0.08, "conditional": -0.05}),
)


@dataclass(frozen=True, slots=True)
class Material:
    """What all sentences of some articles tell about words. Made and read here."""

    signs: Mapping[Concept, Mapping[str, float]]
    agreement: Mapping[str, float]  # share of the articles, its own apart, that have a stem
    rarity: Mapping[str, float]  # inverse sentence frequency of a stem
    opening: Mapping[str, float]  # the articles' openings, weighted by rarity; a unit vector


@dataclass(frozen=True, slots=True)
class Offered:
    """One sentence that may be chosen. Made and read here."""

    words: Words
    length: int  # words, stop words too
    extra: float  # what it gains beside its concepts
    holds: Mapping[Concept, float]  # how likely each of its concepts is wanted

    def covers(self, covered: Collection[Concept]) -> float:
        """What its concepts add to those that are covered."""
        new = sum(v for c, v in self.holds.items() if c not in covered)
        return float(new / self.length**COST)


class Coverage(AbstractSummarizer):  # type: ignore[misc]  # sumy publishes no types
    """Covers likely concepts. Works on any sumy document; a paragraph is one article.

    A `Selection` also tells it what stands in the articles beside the sentences that it may choose.
    """

    def __init__(self, code: str, weights: Weights = WEIGHTS) -> None:
        super().__init__(partial(stem, code=code))
        self._weights = weights
        self._stop_words = stop_words(code)
        self._conditional = language(code).conditional

    def __call__(self, document: Any, sentences_count: Any) -> tuple[Any, ...]:
        """At most that many sentences, no two of them saying the same, in the order of the document."""
        sentences = list(document.sentences)
        count = sentences_count if isinstance(sentences_count, int) else len(sentences_count(sentences))
        return tuple(sentences[i] for i in sorted(islice(self.order(document), count)))

    def order(self, document: Any) -> Iterator[int]:
        """The places of the sentences that cover most, the best first; none says what one before it says."""
        return _covering(self._offered(document))

    def reasons(self, document: Any, chosen: Collection[int] = ()) -> list[tuple[Reason, ...]]:
        """For each sentence what it adds to those at the places `chosen`: its values add up to the gain.

        First what its concepts say, with those that say most; then the signs of a good line.
        """
        offered, material = self._offered(document), self._material(document)
        covered = {c for i in chosen for c in offered[i].holds}
        found = []
        for sentence, one in zip(document.sentences, offered, strict=True):
            new = sorted((-v, c) for c, v in one.holds.items() if c not in covered)
            named = ", ".join(" ".join(concept) for _, concept in new[:NAMED])
            signs = self._signs(str(sentence), one.words, material)
            found.append(
                (
                    Reason("covers", one.covers(covered), named),
                    *(Reason(name, self._weights.sentence[name] * value) for name, value in signs.items()),
                )
            )
        return found

    def _offered(self, document: Any) -> list[Offered]:
        material = self._material(document)
        likely = {c: self._likelihood(signs) for c, signs in material.signs.items()}
        words = [self._words(s) for s in document.sentences]
        return [
            Offered(
                w,
                max(len(str(s).split()), 1),
                _weighed(self._signs(str(s), w, material), self._weights.sentence),
                {c: likely.get(c, 0.0) for c in concepts_of(w)},
            )
            for s, w in zip(document.sentences, words, strict=True)
        ]

    def signs(self, document: Any) -> list[dict[str, float]]:
        """What each sentence has of the signs of a good line; read by the script that learns, too."""
        material = self._material(document)
        return [self._signs(str(s), self._words(s), material) for s in document.sentences]

    def concepts(self, document: Any) -> Mapping[Concept, Mapping[str, float]]:
        """What each concept of the articles has of the signs that it is wanted."""
        return self._material(document).signs

    def _material(self, document: Any) -> Material:
        whole = getattr(document, "whole", document)
        return _material([[self._words(s) for s in p.sentences] for p in whole.paragraphs])

    def _likelihood(self, signs: Mapping[str, float]) -> float:
        return 1.0 / (1.0 + math.exp(-self._weights.always - _weighed(signs, self._weights.concept)))

    def _words(self, sentence: Any) -> Words:
        plain = (word for word in sentence.words if word.lower() not in self._stop_words and len(word) > 1)
        return tuple(self.stem_word(word) for word in plain)

    def _signs(self, text: str, words: Words, material: Material) -> dict[str, float]:
        own = dict.fromkeys(words)
        return {
            "lead": _nearness(own, material),
            "agreement": sum(material.agreement.get(w, 0.0) for w in own) / max(len(own), 1),
            "quoted": sum(len(m.group()) for m in QUOTED.finditer(text)) / max(len(text), 1),
            "conditional": float(bool(self._conditional.search(QUOTED.sub(" ", text)))),
        }


def _weighed(signs: Mapping[str, float], weights: Mapping[str, float]) -> float:
    return sum(weights[name] * value for name, value in signs.items())


def concepts_of(words: Words) -> list[Concept]:
    """The words of a sentence and its pairs of neighbours, each once, in order."""
    return list(dict.fromkeys([*((w,) for w in words), *pairwise(words)]))


def _material(articles: Sequence[Sequence[Words]]) -> Material:
    times: Counter[Concept] = Counter()
    spread: Counter[Concept] = Counter()
    sentences: Counter[str] = Counter()
    openings: Counter[str] = Counter()
    depth: dict[Concept, int] = {}
    for article in articles:
        for place, words in enumerate(article):
            times.update([*((w,) for w in words), *pairwise(words)])
            sentences.update(dict.fromkeys(words, 1))
            for concept in concepts_of(words):
                depth[concept] = min(depth.get(concept, place), place)
            if place < LEAD:
                openings.update(dict.fromkeys(words, 1))
        spread.update(dict.fromkeys((c for words in article for c in concepts_of(words)), 1))
    number, all_sentences = max(len(articles), 1), sum(map(len, articles))
    rarity = {w: math.log((all_sentences + 1) / (n + 0.5)) for w, n in sentences.items()}
    return Material(
        signs={
            c: {
                "times": math.log(times[c]),
                "agreement": spread[c] / number,
                "depth": math.log1p(depth[c]),
                "pair": float(len(c) == 2),
            }
            for c in times
        },
        agreement={w: (spread[(w,)] - 1) / number for w in sentences},
        rarity=rarity,
        opening=_unit({w: n * rarity[w] for w, n in openings.items()}),
    )


def _unit(vector: Mapping[str, float]) -> dict[str, float]:
    size = math.sqrt(sum(v * v for v in vector.values()))
    return {w: v / size for w, v in vector.items()} if size else {}


def _nearness(words: Mapping[str, None], material: Material) -> float:
    """Cosine of a sentence and the articles' openings."""
    own = _unit({w: material.rarity.get(w, 0.0) for w in words})
    return sum(v * material.opening.get(w, 0.0) for w, v in own.items())


def _covering(offered: Sequence[Offered]) -> Iterator[int]:
    """Again and again the sentence that adds most.

    What a sentence adds only falls as others are taken, so only the one that looked best has to be weighed
    again (lazy greedy, Minoux 1978).
    """
    covered: set[Concept] = set()
    chosen: list[int] = []

    def gain(i: int) -> float:
        return round(float(offered[i].covers(covered) + offered[i].extra), DIGITS)

    left = [(-gain(i), i) for i, one in enumerate(offered) if one.words]
    heapify(left)
    while left:
        _, best = heappop(left)
        now = (-gain(best), best)
        if left and now > left[0]:
            heappush(left, now)
        elif not any(_same(offered[best].words, offered[i].words) for i in chosen):
            chosen.append(best)
            covered.update(offered[best].holds)
            yield best


def _same(one: Words, other: Words) -> bool:
    a, b = frozenset(one), frozenset(other)
    return len(a & b) >= SAME * min(len(a), len(b))


def summarizer(code: str) -> Coverage:
    """The default method for a language."""
    return Coverage(code)

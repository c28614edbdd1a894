"""themes: every sentence is filed under one theme, or under none.

Requirement: any themes by configuration; one article may feed three sections; sport, markets and
culture belong to no section of a war briefing.

Theory: a sentence speaks for a theme by its words. A word that several themes list speaks for
each a little. Short sentences carry little, so the neighbours, the title and the drift of the
whole article add their part (`NEIGHBOUR`, `TITLE`, `DRIFT`): news keeps to its subject. The more
a sentence says itself, the less they count (`DAMPING`), so that a round-up keeps its subjects apart.

Rejected: letting the article decide alone (round-ups hold four subjects); counting a word twice in
one sentence (lists of weapons won everything); calling a sentence without theme words none (it
mostly goes on with what the one before said).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from briefing.config.settings import Theme
from briefing.language import language, stems
from briefing.model import Reading, ThemedSentence

NEIGHBOUR = 0.3  # share of the evidence of the sentence before, and of the one after
TITLE = 1.0
MOST_TITLE = 2.0  # evidence: a long title does not decide alone
DRIFT = 0.5  # of the article's mean evidence
DAMPING = 0.7  # how much a sentence's own evidence lowers what the others add
PHRASE = 1.5  # a phrase says more than a word
ENOUGH = 1.3  # evidence below which a sentence is filed under none

Evidence = dict[str, float]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The stems that speak for each theme in one language. Made by `lexicon`."""

    weights: Mapping[tuple[str, ...], Mapping[str, float]]
    longest: int
    keys: tuple[str, ...]


def classify(reading: Reading, themes: Sequence[Theme]) -> list[ThemedSentence]:
    """Each sentence of an article with its theme ("" for none) and the evidence for every theme."""
    code = reading.article.language
    words = lexicon(tuple(themes), code)
    own = [_evidence(stems(s.text, code), words) for s in reading.sentences]
    title = _evidence(stems(reading.article.title, code), words)
    drift = {k: sum(e[k] for e in own) / max(len(own), 1) for k in words.keys}
    filed = []
    for i, sentence in enumerate(reading.sentences):
        near = [own[j] for j in (i - 1, i + 1) if 0 <= j < len(own)]
        weight = 1 / (1 + DAMPING * max(own[i].values(), default=0.0))
        scores = {
            k: round(
                own[i][k]
                + weight * NEIGHBOUR * sum(e[k] for e in near)
                + weight * TITLE * min(title[k], MOST_TITLE)
                + weight * DRIFT * drift[k],
                4,
            )
            for k in words.keys
        }
        filed.append(ThemedSentence(sentence, _best(scores), scores))
    return filed


@lru_cache(maxsize=64)
def lexicon(themes: tuple[Theme, ...], code: str) -> Lexicon:
    """The words of the themes, and of the default themes' lists in this language, as stems."""
    lists = {t.key: (t.title, *t.words, *language(code).themes.get(t.key, ())) for t in themes}
    speaks: dict[tuple[str, ...], set[str]] = {}
    for key, listed in lists.items():
        for phrase in listed:
            if stemmed := tuple(stems(phrase, code)):
                speaks.setdefault(stemmed, set()).add(key)
    weights = {
        phrase: {k: (PHRASE if len(phrase) > 1 else 1.0) / len(keys) for k in sorted(keys)}
        for phrase, keys in speaks.items()
    }
    return Lexicon(weights, max(map(len, weights), default=1), tuple(lists))


def _evidence(sentence: Sequence[str], words: Lexicon) -> Evidence:
    """For each theme the weight of its different words in a sentence."""
    found = dict.fromkeys(words.keys, 0.0)
    runs = {
        tuple(sentence[i : i + n]) for n in range(1, words.longest + 1) for i in range(len(sentence) - n + 1)
    }
    for run in sorted(runs):
        for key, weight in words.weights.get(run, {}).items():
            found[key] += weight
    return found


def _best(scores: Mapping[str, float]) -> str:
    """The theme with most evidence; none where there is too little."""
    key = max(scores, key=lambda k: scores[k], default="")
    return key if key and scores[key] >= ENOUGH else ""

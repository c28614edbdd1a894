"""themes: every sentence is filed under one theme, or under none.

Requirement: any themes by configuration; one article may feed three sections; sport, markets and
culture belong to no section of a war briefing.

Theory: a sentence speaks for a theme by its words. A word that several themes list speaks for
each a little. Short sentences carry little, so the neighbours, the title and the drift of the
whole article add their part (`NEIGHBOUR`, `TITLE`, `DRIFT`): news keeps to its subject.

Rejected: letting the article decide alone (round-ups hold four subjects); counting a word twice in
one sentence (lists of weapons won everything).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from briefing.config.settings import Theme
from briefing.language import language, stems
from briefing.model import Reading, ThemedSentence

NEIGHBOUR = 0.2  # share of the evidence of the sentence before, and of the one after
TITLE = 1.0
DRIFT = 0.5  # of the article's mean evidence
PHRASE = 1.5  # a phrase says more than a word
ENOUGH = 1.2  # evidence below which a sentence is filed under none

Evidence = dict[str, float]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The stems that speak for each theme in one language. Made by `lexicon`."""

    weights: Mapping[tuple[str, ...], Mapping[str, float]]
    longest: int
    keys: tuple[str, ...]


def classify(reading: Reading, themes: Sequence[Theme]) -> list[ThemedSentence]:
    """Each sentence of an article with its theme ("" for none) and the evidence for every theme."""
    words = lexicon(tuple(themes), reading.article.language)
    code = reading.article.language
    own = [_evidence(stems(s.text, code), words) for s in reading.sentences]
    title = _evidence(stems(reading.article.title, code), words)
    drift = {k: sum(e[k] for e in own) / max(len(own), 1) for k in words.keys}
    filed = []
    for i, sentence in enumerate(reading.sentences):
        near = [own[j] for j in (i - 1, i + 1) if 0 <= j < len(own)]
        scores = {
            k: round(
                own[i][k] + NEIGHBOUR * sum(e[k] for e in near) + TITLE * min(title[k], 2) + DRIFT * drift[k],
                4,
            )
            for k in words.keys
        }
        filed.append(ThemedSentence(sentence, _best(scores, own[i]), scores))
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


def _best(scores: Mapping[str, float], own: Mapping[str, float]) -> str:
    """The theme with most evidence; none where there is too little, or nothing in the sentence."""
    key = max(scores, key=lambda k: scores[k], default="")
    if not key or scores[key] < ENOUGH or not any(own.values()):
        return ""
    return key

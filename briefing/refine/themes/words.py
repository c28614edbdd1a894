"""words: what a text says for themes by the words that a person listed for them.

Requirement: any theme by configuration, in any language, from a title and a few words.

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
from dataclasses import dataclass, field
from functools import lru_cache

from briefing.config.settings import Theme
from briefing.language import language, stems
from briefing.model import Reading
from briefing.why import Reason

NEIGHBOUR = 0.3  # share of the evidence of the sentence before, and of the one after
TITLE = 1.0
MOST_TITLE = 2.0  # evidence: a long title does not decide alone
DRIFT = 0.5  # of the article's mean evidence
DAMPING = 0.7  # how much a sentence's own evidence lowers what the others add
PHRASE = 1.5  # a phrase says more than a word
AROUND = ("neighbours", "title", "article")

Evidence = dict[str, float]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The stems that speak for each theme in a language. Made by `lexicon` and growth, read by `evidence`."""

    weights: Mapping[tuple[str, ...], Mapping[str, float]]
    keys: tuple[str, ...]
    longest: int = field(init=False)  # stems of the longest phrase; 0 where there are no words at all

    def __post_init__(self) -> None:
        object.__setattr__(self, "longest", max(map(len, self.weights), default=0))


@lru_cache(maxsize=64)
def lexicon(themes: tuple[Theme, ...], code: str, taught: frozenset[str] = frozenset()) -> Lexicon:
    """The words of the themes, and of the default themes' lists in this language, as stems.

    Of the themes in `taught` the model knows what they are: only words that a person added count.
    """
    lists = {
        t.key: t.words if t.key in taught else (t.title, *t.words, *language(code).themes.get(t.key, ()))
        for t in themes
    }
    speaks: dict[tuple[str, ...], set[str]] = {}
    for key, listed in lists.items():
        for phrase in listed:
            if stemmed := tuple(stems(phrase, code)):
                speaks.setdefault(stemmed, set()).add(key)
    weights = {
        phrase: {k: (PHRASE if len(phrase) > 1 else 1.0) / len(keys) for k in sorted(keys)}
        for phrase, keys in speaks.items()
    }
    return Lexicon(weights, tuple(lists))


def evidence(reading: Reading, words: Lexicon) -> list[Evidence]:
    """For each sentence of an article the evidence for every theme, from 0."""
    return [{k: sum(parts[k] for parts in one) for k in words.keys} for one in _parts(reading, words)]


def listed(reading: Reading, words: Lexicon, own: Lexicon) -> list[dict[str, tuple[Reason, ...]]]:
    """For each sentence and theme what `evidence` adds up: its words, the neighbours, title and article.

    A word that is not among the themes' `own` was learnt from the night.
    """
    code = reading.article.language
    return [
        {
            k: (
                *(
                    Reason("word" if k in own.weights.get(run, ()) else "learnt", of[k], " ".join(run))
                    for run, of in _spoken_for(stems(s.text, code), words)
                    if k in of
                ),
                *(Reason(name, one[k]) for name, one in zip(AROUND, parts[1:], strict=True) if one[k]),
            )
            for k in words.keys
        }
        for s, parts in zip(reading.sentences, _parts(reading, words), strict=True)
    ]


def _parts(reading: Reading, words: Lexicon) -> list[tuple[Evidence, ...]]:
    """For each sentence the evidence of its own words, then that of each of `AROUND`."""
    if not words.weights:
        none = dict.fromkeys(words.keys, 0.0)
        return [(none, none, none, none) for _ in reading.sentences]
    code = reading.article.language
    own = [spoken(stems(s.text, code), words) for s in reading.sentences]
    title = spoken(stems(reading.article.title, code), words)
    drift = {k: sum(e[k] for e in own) / max(len(own), 1) for k in words.keys}
    found: list[tuple[Evidence, ...]] = []
    for i in range(len(own)):
        near = [own[j] for j in (i - 1, i + 1) if 0 <= j < len(own)]
        weight = 1 / (1 + DAMPING * max(own[i].values(), default=0.0))
        found.append(
            (
                own[i],
                {k: weight * NEIGHBOUR * sum(e[k] for e in near) for k in words.keys},
                {k: weight * TITLE * min(title[k], MOST_TITLE) for k in words.keys},
                {k: weight * DRIFT * drift[k] for k in words.keys},
            )
        )
    return found


def spoken(sentence: Sequence[str], words: Lexicon) -> Evidence:
    """For each theme the weight of its different words in a sentence, which comes as stems."""
    found = dict.fromkeys(words.keys, 0.0)
    for _, of in _spoken_for(sentence, words):
        for key, weight in of.items():
            found[key] += weight
    return found


def _spoken_for(sentence: Sequence[str], words: Lexicon) -> list[tuple[tuple[str, ...], Mapping[str, float]]]:
    """The listed words and phrases of a sentence, and what each says for its themes."""
    longest = words.longest
    runs = {tuple(sentence[i : i + n]) for n in range(1, longest + 1) for i in range(len(sentence) - n + 1)}
    return [(run, words.weights[run]) for run in sorted(runs & words.weights.keys())]

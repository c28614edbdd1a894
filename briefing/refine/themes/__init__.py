"""themes: every sentence is filed under one theme, or under none.

Requirement: any themes by configuration; one article may feed three sections; sport, markets and
culture belong to no section of a war briefing.

Three ways in, one measure. Every theme gets evidence for a sentence; the one with most is its theme,
none where that is less than `ENOUGH`.

- `trained`: the default themes (by their keys), in a language that has a model. A theme has `ENOUGH`
  where the model thinks it as likely as all that is no configured theme.
- `words`: every other theme, and every language without a model, by the words listed for it. Words
  that a person adds to a default theme count on top of the model.
- `growth`: a theme of few words learns more from the articles of the night, where there are enough.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from briefing.config.settings import Theme
from briefing.model import Reading, ThemedSentence
from briefing.refine.themes.trained import Model, model, posteriors
from briefing.refine.themes.words import Evidence, Lexicon, evidence, lexicon

__all__ = ["ENOUGH", "classify", "main_theme"]

ENOUGH = 1.3  # evidence below which a sentence is filed under none: a word of its own and a hint beside it

Grown = Mapping[str, Lexicon]  # by language
NOTHING_GROWN: Grown = MappingProxyType({})


def classify(reading: Reading, themes: Sequence[Theme], grown: Grown = NOTHING_GROWN) -> list[ThemedSentence]:
    """Each sentence of an article with its theme ("" for none) and the evidence for every theme."""
    code = reading.article.language
    known = _served(themes, code)
    taught = frozenset(known.keys) if known else frozenset()
    found = evidence(reading, grown.get(code) or lexicon(tuple(themes), code, taught))
    if known:
        found = [_both(f, p) for f, p in zip(found, posteriors(reading, known), strict=True)]
    scores = [{k: round(v, 4) for k, v in one.items()} for one in found]
    return [ThemedSentence(s, _best(one), one) for s, one in zip(reading.sentences, scores, strict=True)]


def main_theme(filed: Sequence[ThemedSentence]) -> str:
    """The theme that most of some sentences have, "" where none of them has one.

    Where two have as many, the one with more evidence; then the first by key.
    """
    count = Counter(t.theme for t in filed if t.theme)
    evidence_of = {key: sum(t.scores[key] for t in filed) for key in count}
    return max(sorted(count), key=lambda key: (count[key], evidence_of[key]), default="")


def _served(themes: Sequence[Theme], code: str) -> Model | None:
    """The model of a language, where it knows any of the themes."""
    known = model(code)
    return known if known and {t.key for t in themes} & set(known.keys) else None


def _both(words: Evidence, shares: Mapping[str, float]) -> Evidence:
    """Evidence of the words and of the model.

    A theme is weighed against all that no section is for: a section that is not configured is none.
    """
    nowhere = max(0.0, 1 - sum(shares[key] for key in shares if key in words))
    taught = {k: 2 * ENOUGH * s / (s + nowhere) for k, s in shares.items() if k in words and s}
    return {key: found + taught.get(key, 0.0) for key, found in words.items()}


def _best(scores: Mapping[str, float]) -> str:
    """The theme with most evidence; none where there is too little."""
    key = max(scores, key=lambda k: scores[k], default="")
    return key if key and scores[key] >= ENOUGH else ""

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
from collections.abc import Collection, Mapping, Sequence

from briefing.config.settings import Theme
from briefing.language import language
from briefing.model import Reading, ThemedSentence
from briefing.refine.themes.growth import grown
from briefing.refine.themes.trained import Model, model, posteriors, weighed
from briefing.refine.themes.words import Evidence, Lexicon, evidence, lexicon, listed
from briefing.why import Reason, Weighing

__all__ = ["ENOUGH", "classify", "file_night", "knows", "main_theme", "night_words", "weighings"]

ENOUGH = 1.3  # evidence below which a sentence is filed under none: a word of its own and a hint beside it


def file_night(readings: Sequence[Reading], themes: Sequence[Theme]) -> dict[str, list[ThemedSentence]]:
    """The sentences of all articles of a night, by article: `classify` with what the themes learn from it.

    Themes grow in a language in which all of them are told by a title and words alone: beside a model, or
    a list of hundreds of words, the words of a person hold their own as they are.
    """
    filed = {r.article.id: classify(r, themes) for r in readings}
    more = night_words(filed, readings, themes)
    again = [r for r in readings if r.article.language in more]
    return filed | {r.article.id: classify(r, themes, more[r.article.language]) for r in again}


def night_words(
    filed: Mapping[str, Sequence[ThemedSentence]], readings: Sequence[Reading], themes: Sequence[Theme]
) -> dict[str, Lexicon]:
    """The words of each language in which themes learn from a night; `filed` is without what they learn."""
    learnt: dict[str, Lexicon] = {}
    for code in sorted({r.article.language for r in readings}):
        if _served(themes, code) or {t.key for t in themes} & set(language(code).themes):
            continue
        words = lexicon(tuple(themes), code)
        more = grown(filed, [r for r in readings if r.article.language == code], words)
        if more is not words:
            learnt[code] = more
    return learnt


def classify(
    reading: Reading, themes: Sequence[Theme], words: Lexicon | None = None, *, known: Model | None = None
) -> list[ThemedSentence]:
    """Each sentence of an article with its theme ("" for none) and the evidence for every theme.

    `words` are the themes' in the article's language, where they are more than what is listed; `known` is
    another model than the one that ships, for those who measure.
    """
    known = known or _served(themes, reading.article.language)
    found = evidence(reading, words or _listed(reading, themes, known))
    if known:
        found = [_both(f, p) for f, p in zip(found, posteriors(reading, known), strict=True)]
    scores = [{k: round(v, 4) for k, v in one.items()} for one in found]
    return [ThemedSentence(s, _best(one), one) for s, one in zip(reading.sentences, scores, strict=True)]


def weighings(
    reading: Reading, themes: Sequence[Theme], words: Lexicon | None = None
) -> list[tuple[Weighing, ...]]:
    """For each sentence why `classify` gives each theme its score, the best theme first."""
    known = _served(themes, reading.article.language)
    own = _listed(reading, themes, known)
    told = listed(reading, words or own, own)
    shares = posteriors(reading, known) if known else [{} for _ in told]
    odds = weighed(reading, known) if known else [{} for _ in told]
    bias = dict(zip(known.keys, known.bias, strict=True)) if known else {}
    rows: list[tuple[Weighing, ...]] = []
    for filed, of, share, speaks in zip(classify(reading, themes, words), told, shares, odds, strict=True):
        taught = _taught(of, share)
        one = [
            Weighing(
                key,
                score,
                of[key],
                taught.get(key, 0.0),
                share.get(key, 0.0),
                (*speaks[key], Reason("start", bias[key])) if key in speaks else (),
            )
            for key, score in filed.scores.items()
        ]
        rows.append(tuple(sorted(one, key=lambda w: (-w.score, w.theme))))
    return rows


def main_theme(filed: Sequence[ThemedSentence]) -> str:
    """The theme that most of some sentences have, "" where none of them has one.

    Where two have as many, the one with more evidence; then the first by key.
    """
    count = Counter(t.theme for t in filed if t.theme)
    evidence_of = {key: sum(t.scores[key] for t in filed) for key in count}
    return max(sorted(count), key=lambda key: (count[key], evidence_of[key]), default="")


def knows(themes: Sequence[Theme], code: str) -> bool:
    """Whether a model tells, in a language, what is of none of the themes: it knows them all."""
    served = _served(themes, code)
    return bool(served) and {t.key for t in themes} <= set(served.keys if served else ())


def _served(themes: Sequence[Theme], code: str) -> Model | None:
    """The model of a language, where it knows any of the themes."""
    known = model(code)
    return known if known and {t.key for t in themes} & set(known.keys) else None


def _listed(reading: Reading, themes: Sequence[Theme], known: Model | None) -> Lexicon:
    """The words of the themes in an article's language, beside what a model knows of them."""
    return lexicon(tuple(themes), reading.article.language, frozenset(known.keys) if known else frozenset())


def _both(words: Evidence, shares: Mapping[str, float]) -> Evidence:
    """Evidence of the words and of the model."""
    taught = _taught(words, shares)
    return {key: found + taught.get(key, 0.0) for key, found in words.items()}


def _taught(themes: Collection[str], shares: Mapping[str, float]) -> Evidence:
    """Evidence of the model: a theme is weighed against all that no section is for.

    A section that is not configured is none.
    """
    nowhere = max(0.0, 1 - sum(shares[key] for key in shares if key in themes))
    return {k: 2 * ENOUGH * s / (s + nowhere) for k, s in shares.items() if k in themes and s}


def _best(scores: Mapping[str, float]) -> str:
    """The theme with most evidence; none where there is too little."""
    key = max(scores, key=lambda k: scores[k], default="")
    return key if key and scores[key] >= ENOUGH else ""

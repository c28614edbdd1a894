"""article: what every step sees in one article, sentence by sentence."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from briefing.config.settings import Theme
from briefing.model import Article, Figure, Reading, Statement
from briefing.refine.bygone import old_time
from briefing.refine.claims import flags_of
from briefing.refine.clean import clean
from briefing.refine.cut import cut
from briefing.refine.desk import NO_DESK, Desk
from briefing.refine.inspect.numbers import counted
from briefing.refine.inspect.speaking import said, speaker
from briefing.refine.inspect.spelling import spelling_of, spelt_weighing
from briefing.refine.opinion import opinion
from briefing.refine.standing import familiar
from briefing.refine.summarise import judged
from briefing.refine.themes import classify, night_words, weighings
from briefing.refine.themes.words import Lexicon
from briefing.why import Inspection, Judged, Refusal


def inspected(
    articles: Sequence[Article],
    themes: Sequence[Theme],
    desk: Desk = NO_DESK,
    only: Collection[str] | None = None,
) -> list[Inspection]:
    """Each article, or those whose ids are `only`; all of them teach the themes and tell what is known."""
    readings = [cut(clean(a)) for a in articles]
    learnt = night_words({r.article.id: classify(r, themes) for r in readings}, readings, themes)
    known = familiar([a.text for a in articles])
    return [
        _inspection(r, themes, learnt.get(r.article.language), known, desk)
        for r in readings
        if only is None or r.article.id in only
    ]


def _inspection(
    reading: Reading,
    themes: Sequence[Theme],
    words: Lexicon | None,
    known: frozenset[str],
    desk: Desk,
) -> Inspection:
    sentences = tuple(_judged(reading, themes, words, known, desk))
    figures, refusals = _counted(reading, sentences)
    return Inspection(reading.article, reading.cuts, sentences, figures, refusals, opinion(reading))


def _judged(
    reading: Reading,
    themes: Sequence[Theme],
    words: Lexicon | None,
    known: frozenset[str],
    desk: Desk,
) -> Iterator[Judged]:
    filed, why = classify(reading, themes, words), weighings(reading, themes, words)
    spelling = spelling_of([reading])
    lines = judged(reading, reading.sentences, known, desk=desk)
    for themed, weighed, line in zip(filed, why, lines, strict=True):
        sentence, article = themed.sentence, reading.article
        claim, hedges = said(sentence, reading, desk)
        yield Judged(
            themed,
            tuple(spelt_weighing(w, spelling) for w in weighed),
            claim,
            speaker(claim, sentence, article),
            flags_of(hedges),
            hedges,
            old_time(sentence.text, article.language, desk.since) if desk.since else "",
            "" if isinstance(line, Statement) else line,
        )


def _counted(reading: Reading, sentences: Sequence[Judged]) -> tuple[tuple[Figure, ...], tuple[Refusal, ...]]:
    """The figures of an article, and the numbers that are none."""
    figures: list[Figure] = []
    refusals: list[Refusal] = []
    for one in sentences:
        s = one.themed.sentence
        statement = Statement(s.text, reading.article.id, s.start, s.end, one.claim, one.flags, one.hedges)
        kept, refused = counted(statement, reading.article)
        figures += kept
        refusals += refused
    return tuple(figures), tuple(refusals)

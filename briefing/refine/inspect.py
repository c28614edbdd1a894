"""inspect: what every step sees in one article, for people who ask why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from briefing.config.settings import Theme
from briefing.model import Article, Inspection, Statement
from briefing.refine.claims import claim, flags_of, table_of
from briefing.refine.clean import clean
from briefing.refine.cut import cut
from briefing.refine.figures import figures
from briefing.refine.opinion import opinion
from briefing.refine.themes import classify


def inspected(
    article: Article, themes: Sequence[Theme], speakers: Mapping[str, Sequence[str]] | None = None
) -> Inspection:
    """What was cut from an article, and each sentence with its theme, claim, hedges and figures.

    `speakers` are those that the configuration lists, by kind.
    """
    reading, table = cut(clean(article)), table_of(speakers or {})
    following = [*reading.sentences, None][1:]
    said = [claim(s, article, n, table) for s, n in zip(reading.sentences, following, strict=True)]
    statements = [
        Statement(s.text, article.id, s.start, s.end, c, flags_of(hedges), hedges)
        for s, (c, hedges) in zip(reading.sentences, said, strict=True)
    ]
    return Inspection(
        article,
        reading.cuts,
        tuple(classify(reading, themes)),
        tuple(c for c, _ in said),
        tuple(flags_of(hedges) for _, hedges in said),
        tuple(f for s in statements for f in figures(s, article, "")),
        opinion(reading),
    )

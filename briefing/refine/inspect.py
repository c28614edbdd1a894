"""inspect: what every step sees in one article, for people who ask why."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.config.settings import Theme
from briefing.model import Article, Inspection, Statement
from briefing.refine.claims import claim
from briefing.refine.clean import clean
from briefing.refine.cut import cut
from briefing.refine.figures import figures
from briefing.refine.opinion import opinion
from briefing.refine.themes import classify


def inspected(article: Article, themes: Sequence[Theme]) -> Inspection:
    """What was cut from an article, and each sentence with its theme, claim, hedges and figures."""
    reading = cut(clean(article))
    texts = [s.text for s in reading.sentences]
    said = [claim(s, article, after) for s, after in zip(reading.sentences, [*texts, ""][1:], strict=True)]
    statements = [
        Statement(s.text, article.id, s.start, s.end, c, flags)
        for s, (c, flags) in zip(reading.sentences, said, strict=True)
    ]
    return Inspection(
        article,
        reading.cuts,
        tuple(classify(reading, themes)),
        tuple(c for c, _ in said),
        tuple(flags for _, flags in said),
        tuple(f for s in statements for f in figures(s, article, "")),
        opinion(reading),
    )

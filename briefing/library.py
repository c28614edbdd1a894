"""The public functions: the steps one by one, for scripts and notebooks.

from briefing import load, summarise
for statement in summarise(load("inbox/"), words=100):
    print(statement.text, statement.article, statement.start, statement.end)
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from briefing import pipeline
from briefing.config import Settings, Theme, adhoc
from briefing.errors import BriefingError, ConfigError
from briefing.model import Article, Edition, Statement, Story, ThemedSentence
from briefing.refine import digest, grouped, themed


def load(path: str | Path) -> list[Article]:
    """The articles of a file or folder, with a warning for each part that could not be read.

    Raises BriefingError with the reasons where there are none.
    """
    harvest = pipeline.afresh(adhoc([str(path)], Path.cwd()))
    if not harvest.articles:
        reasons = "; ".join(f"{m.address}: {m.reason}" for m in harvest.misses) or "no articles in it"
        raise BriefingError(f"nothing could be loaded from {path}: {reasons}")
    for miss in harvest.misses:
        warnings.warn(f"not loaded: {miss.address}: {miss.reason}", stacklevel=2)
    return list(harvest.articles)


def summarise(articles: Sequence[Article], words: int = 60, method: str = "default") -> list[Statement]:
    """Sentences of the articles that fill a number of words, the last one may run over it.

    Copies speak once. What matters most comes first, as in a newspaper, so that a cut at the end
    loses least. Methods: `briefing.refine.methods`.
    """
    if words < 1:
        raise ValueError(f"words is {words}; a summary has one at least")
    return digest(articles, words, method)


def classify(article: Article, themes: Sequence[Theme]) -> list[ThemedSentence]:
    """Each sentence with its offsets, its theme ("" for none) and the evidence for every theme."""
    return themed(article, themes)


def group(articles: Sequence[Article]) -> list[Story]:
    """The stories of the articles; members are passages, so that one article may feed several."""
    return grouped(articles)


def build(settings: Settings, now: datetime | None = None) -> Edition:
    """One edition as a value: sources are fetched, nothing is written.

    `now` is aware; where it is left out, the settings must fix it. ConfigError where neither does.
    """
    moment = now or settings.now
    if moment is None:
        raise ConfigError("build: say for which moment, now=datetime.now(UTC), or set now: in the settings")
    return pipeline.compose(settings, moment)

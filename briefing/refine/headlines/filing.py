"""filing: under which theme a headline stands that is printed without lines. Read by sections.

Theory: a soft story about a war is filed by its sentences, which speak of the war; its title says that
it is a concert or a poll. So a bare headline is filed by its own words: one with too little evidence
for any theme (`HINT`) is of none, and one that is clearly of another theme stands there. Only where a
model knows all themes: by lists of words alone, a title of few words has no evidence for anything.
"""

from __future__ import annotations

from collections.abc import Sequence

from briefing.config.settings import Theme
from briefing.model import Article, Reading, Sentence
from briefing.refine.themes import ENOUGH, classify, knows

HINT = ENOUGH / 2  # evidence of a headline's words from which it belongs to any section
CLEARLY = 2  # times as much evidence for another theme moves it there


def theme_of(headline: str, theme: str, code: str, themes: Sequence[Theme]) -> str:
    """The theme of a bare headline of a story that is mainly of a theme; "" where it is of none."""
    if not knows(themes, code):
        return theme
    title = headline.strip("… ")
    article = Article("", "", "", title, language=code)
    (filed,) = classify(Reading(article, (Sentence("", 0, len(title), title, 0, 0),)), themes)
    best = max(filed.scores, key=lambda key: filed.scores[key])
    if filed.scores[best] < HINT:
        return ""
    clear = filed.scores[best] >= max(ENOUGH, CLEARLY * filed.scores.get(theme, 0.0))
    return best if clear else theme

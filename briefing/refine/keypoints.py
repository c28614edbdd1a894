"""key points: page one's few lines, the bottom line first.

One line for each theme with news, in the order of the themes, from its weightiest story that is
mainly about that theme; lines that are left go to the weightiest stories that have none. A story
takes a second line where its theme has no other that is as much news: not `LIGHT`, and of
several outlets or with a named claimant. A line in the edition's own language goes before one in
another. A story's first line serves, unless it tells nothing of the headline, and no figure and no
claimant either, and another one does.
"""

from __future__ import annotations

from collections.abc import Sequence

from briefing.config.settings import Settings
from briefing.model import KeyPoint, Statement
from briefing.refine.figures import quantities
from briefing.refine.sections.choosing import TELLS
from briefing.refine.sections.told import Told
from briefing.refine.summarise import BACKGROUND, sense

STANDS_OUT = 2  # origins from which a theme's second story may take a line that is left
OF_A_THEME = 2  # lines
LIGHT = 2 / 3  # of the weight (logarithms) of the theme's first story: below, another story is lighter news


def key_points(told: Sequence[Told], settings: Settings) -> tuple[KeyPoint, ...]:
    """At most `settings.summary.key_points` lines."""
    lines = [t for t in told if t.statements]
    themes = list(dict.fromkeys(t.theme for t in lines))
    chosen: list[Told] = []
    for theme in themes:
        section = [t for t in lines if t.theme == theme]
        taken = {t.story.id for t in chosen}
        news = [t for t in section if t.story.id not in taken and _weighs(t, section[0])]
        first = _first(sorted(news, key=lambda t: not t.main), chosen, settings.language)
        chosen += first or section[:1]
    for other in sorted((t for t in lines if t.main), key=lambda t: (-t.weight, t.story.id)):
        lent = sum(t.theme == other.theme for t in chosen)
        if other.origins >= STANDS_OUT and lent < OF_A_THEME and other.language == settings.language:
            chosen += _first([other], chosen, settings.language)
    kept = sorted(chosen[: settings.summary.key_points], key=lambda t: themes.index(t.theme))
    return tuple(KeyPoint(t.theme, _line(t), t.origins) for t in kept)


def _first(section: Sequence[Told], taken: Sequence[Told], language: str) -> list[Told]:
    """The first story without a line so far, one in the edition's language if there is one."""
    stories = {t.story.id for t in taken}
    free = [t for t in section if t.story.id not in stories]
    return ([t for t in free if t.language == language] or free)[:1]


def _weighs(told: Told, first: Told) -> bool:
    """Whether a story is as much news as the first of its section."""
    heard = told.origins >= STANDS_OUT or bool(told.statements[0].claim.source)
    return told is first or (heard and told.weight >= LIGHT * first.weight)


def _line(told: Told) -> Statement:
    """The line of a story that says most: the first, or one with a claimant or a figure."""
    title = sense(told.story.headline, told.language)
    first = told.statements[0]
    if _says(first, told) or len(title & sense(first.text, told.language)) >= TELLS * max(len(title), 1):
        return first
    return next((s for s in told.statements if _says(s, told) and BACKGROUND not in s.flags), first)


def _says(statement: Statement, told: Told) -> bool:
    """Whether a line has a claimant or a figure."""
    return bool(statement.claim.source or quantities(statement.text, told.language))

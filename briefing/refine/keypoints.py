"""key points: page one's few lines, the bottom line first.

One line for each theme with news, in the order of the themes, from its weightiest story that is
mainly about that theme; lines
that are left go to the weightiest stories that have none. A story takes a second line only where
a theme has no other. A line in the edition's own language goes before one in another.
"""

from __future__ import annotations

from collections.abc import Sequence

from briefing.config.settings import Settings
from briefing.model import KeyPoint
from briefing.refine.sections import Told

STANDS_OUT = 2  # origins from which a theme's second story may take a line that is left
OF_A_THEME = 2  # lines


def key_points(told: Sequence[Told], settings: Settings) -> tuple[KeyPoint, ...]:
    """At most `settings.summary.key_points` lines."""
    lines = [t for t in told if t.statements]
    themes = list(dict.fromkeys(t.theme for t in lines))
    chosen: list[Told] = []
    for theme in themes:
        section = sorted((t for t in lines if t.theme == theme), key=lambda t: not t.main)
        chosen += _first(section, chosen, settings.language) or section[:1]
    for other in sorted((t for t in lines if t.main), key=lambda t: (-t.weight, t.story.id)):
        taken = sum(t.theme == other.theme for t in chosen)
        if other.origins >= STANDS_OUT and taken < OF_A_THEME and other.language == settings.language:
            chosen += _first([other], chosen, settings.language)
    kept = sorted(chosen[: settings.summary.key_points], key=lambda t: themes.index(t.theme))
    return tuple(KeyPoint(t.theme, t.statements[0]) for t in kept)


def _first(section: Sequence[Told], taken: Sequence[Told], language: str) -> list[Told]:
    """The first story without a line so far, one in the edition's language if there is one."""
    stories = {t.story.id for t in taken}
    free = [t for t in section if t.story.id not in stories]
    return ([t for t in free if t.language == language] or free)[:1]

"""key points: page one's few lines, the bottom line first.

One line for each theme with news, in the order of the themes, from its weightiest story; lines
that are left go to the weightiest stories that have none. No two lines on one story. A line in
the edition's own language goes before one in another.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from briefing.config.settings import Settings
from briefing.model import KeyPoint
from briefing.refine.sections import Told

STANDS_OUT = 2  # origins from which a theme's second story may take a line that is left


def key_points(told: Sequence[Told], settings: Settings) -> tuple[KeyPoint, ...]:
    """At most `settings.summary.key_points` lines."""
    most = settings.summary.key_points
    themes = list(dict.fromkeys(t.theme for t in told))
    chosen: list[Told] = []
    for theme in themes:
        chosen += _first((t for t in told if t.theme == theme), chosen, settings.language)
    others = sorted((t for t in told if t.origins >= STANDS_OUT), key=lambda t: (-t.weight, t.story.id))
    while len(chosen) < most and (more := _first(others, chosen, settings.language)):
        chosen += more
    kept = sorted(chosen[:most], key=lambda t: themes.index(t.theme))
    return tuple(KeyPoint(t.theme, t.statements[0]) for t in kept)


def _first(told: Iterable[Told], taken: Sequence[Told], language: str) -> list[Told]:
    """The first story that has a line and no place yet, in the edition's language if one is."""
    stories = {t.story.id for t in taken}
    free = [t for t in told if t.statements and t.story.id not in stories]
    return ([t for t in free if t.language == language] or free)[:1]

"""board: the key figures of an edition, from its leading stories.

The board shows what a desk asks for every morning: how many killed, wounded, evacuated, without
power. It takes the figures of what the leading stories say, the same figure once,
and stops at `MOST` rows: page one stands alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from briefing.model import Article, Dispatch, Edition, Figure, Statement
from briefing.refine.figures import compared, figures
from briefing.refine.sections import Told

MOST = 12  # rows
OF_A_KIND = 3  # rows of one kind from one story


def board(
    told: Sequence[Told],
    dispatches: Mapping[str, Dispatch],
    matched: Mapping[str, str],
    previous: Edition | None,
) -> tuple[Figure, ...]:
    """The figures of the edition's statements, each marked against its story's others."""
    articles = {key: d.reading.article for key, d in dispatches.items()}
    rows: list[Figure] = []
    for story, statements in _by_story(told).items():
        oldest_first = sorted(statements, key=lambda s: (_time(articles[s.article]), s.article, s.start))
        mine = _few(f for s in oldest_first for f in figures(s, articles[s.article], story))
        before = [f for f in previous.figures if f.story == matched.get(story)] if previous else []
        rows.extend(compared(mine, before))
    return tuple(rows[:MOST])


def _by_story(told: Sequence[Told]) -> dict[str, list[Statement]]:
    """The statements of each story, whatever their theme, the weightiest story first."""
    stories: dict[str, list[Statement]] = {}
    for t in sorted(told, key=lambda t: (-t.weight, t.story.id)):
        if t.statements:
            stories.setdefault(t.story.id, []).extend(t.statements)
    return stories


def _few(found: Iterable[Figure]) -> list[Figure]:
    """The same figure once, and not more than a few of a kind."""
    kept: list[Figure] = []
    for figure in found:
        kind = [f for f in kept if f.what == figure.what]
        if len(kind) < OF_A_KIND and all(f.text.lower() != figure.text.lower() for f in kind):
            kept.append(figure)
    return kept


def _time(article: Article) -> float:
    """Seconds since the epoch; the undated come first, because they never update a figure."""
    return article.published.timestamp() if article.published else 0.0

"""window: why an article that was fetched is not in this edition.

The store picks the articles of a slot (`Store.articles`): published after the window's start and
not after its end, and the undated ones that this slot saw first. A date without a time counts as
the end of that local day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from briefing.model import Article, Drop, Slot

DATED_AHEAD = "dated after this edition"
DATED_AHEAD_DAY = "dated after this edition (a date without a time counts as the end of its day)"


def outside(fetched: Iterable[Article], pool: Sequence[Article], slot: Slot) -> list[Drop]:
    """A drop, with its reason, for each fetched article that the pool does not hold."""
    inside = {a.id for a in pool}
    return [Drop(a.title, a.outlet, a.url, _reason(a, slot), a.source) for a in fetched if a.id not in inside]


def _reason(article: Article, slot: Slot) -> str:
    if article.published is None:
        return "undated, and first seen for another edition"
    if article.published > slot.window.end:
        return DATED_AHEAD_DAY if article.day_only else DATED_AHEAD
    return "older than the window"

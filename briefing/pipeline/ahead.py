"""Dates that lie ahead of the moment at which an item is seen.

Read takes a date as it is stated; what it is worth shows only against the moment of the fetch.

- Up to AHEAD it is kept: posts are scheduled, clocks are wrong, and a time without a zone may be read some
  hours late. The item belongs to the edition whose window holds its date: nothing is lost, only later.
- Further ahead it is not believed: a post that is pinned to the top, the day of an event, a slip in the year.
  The item counts as undated, so it belongs to the first slot that sees it, prints "date unknown" and updates
  no figure; a note says what was stated.

For sources on the network alone. What lies in a folder was put there by a person, and building a past day
again from an archive must leave out what came later. AHEAD is also how far back a day can be built again
from feeds as they are now without its future being taken for undated.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from briefing.model import Article

AHEAD: Final = timedelta(days=14)  # nobody schedules a report further


def believed(article: Article, seen: datetime) -> Article:
    """The article without the dates that lie too far ahead of `seen` (aware)."""
    limit = seen.timestamp() + AHEAD.total_seconds()
    published, updated = article.published, article.updated
    if updated and updated.timestamp() > limit:
        updated = None
    if published is None or published.timestamp() <= limit:
        return article if updated is article.updated else replace(article, updated=updated)
    note = f"its date {published:%d.%m.%Y} lies too far ahead to be believed"
    return replace(article, published=None, day_only=False, updated=updated, notes=(*article.notes, note))

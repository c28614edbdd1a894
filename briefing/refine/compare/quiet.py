"""quiet: the stories of the last editions that nobody wrote about since. Read by assemble.

Only what mattered: told in full, and in several editions, by several outlets, or on page one. The weightiest
first: told in most editions, then by most outlets and articles. A story is named for `LAST` days after its
last edition; then it is no news that nobody writes about it. Nor has a story fallen silent where one of today
is of its subject (`matching.KINDRED`), though it tells of another event.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from briefing.model import Quiet
from briefing.refine.compare.history import History, Part

MOST = 8
LAST = 3  # days


def quiet(history: History, heard: Collection[str], date: dt.date) -> tuple[Quiet, ...]:
    """The threads that are not `heard` of today, at most `MOST`."""
    threads: dict[str, list[Part]] = {}
    for part in history.parts:
        if part.thread not in heard and part.thread not in history.kindred:
            threads.setdefault(part.thread, []).append(part)
    fallen = [parts for parts in threads.values() if _fell(parts, history.since, date)]
    ranked = sorted(fallen, key=_weight)[:MOST]
    return tuple(Quiet(p.headline, p.slot, (date - p.date).days, p.thread) for p, *_ in ranked)


def _fell(parts: Sequence[Part], since: str, date: dt.date) -> bool:
    newest = parts[0]
    recent = newest.slot == since or (date - newest.date).days <= LAST
    told = [p for p in parts if p.lines]
    return recent and (len(told) > 1 or any(p.origins > 1 or p.leads for p in told))


def _weight(parts: Sequence[Part]) -> tuple[int, int, int, str]:
    told = [p for p in parts if p.lines]
    widest = max(told, key=lambda p: (p.origins, len(p.articles)))
    return -len(told), -widest.origins, -len(widest.articles), parts[0].thread

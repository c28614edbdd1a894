"""From an address to where it leads: a short chain, never a circle, never from https to http.

Permanent redirects (301, 308: RFC 9110, 15.4) are remembered, so that a feed that has moved is asked where
it is. Only what is permanent from the start on counts: behind a 302 a 301 says where today's stand-in has
moved to, not the feed.

From https to http: whoever wrote https:// into feeds.yaml asked that nobody on the way writes their news.
Servers behind a gateway often name themselves with the wrong scheme, so the same address is asked over
https; where it names a port of its own, or leads in a circle, that is a miss that says so. Who trusts the
way writes http:// into feeds.yaml.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import httpx2

from briefing import bounds
from briefing.fetch.http import Reply
from briefing.fetch.reasons import Trouble

PERMANENT = (301, 308)
DOWNGRADE = Trouble("it leads from https to http: not followed")


@dataclass(frozen=True, slots=True)
class Landed:
    """Where a chain of redirects ended. Made here, read by asking."""

    reply: Reply
    address: str
    moved: str = ""  # where the address has moved for good; "" where it stands


async def follow(
    address: str, ask: Callable[[str], Awaitable[Reply | Trouble]], most: int = bounds.MAX_REDIRECTS
) -> Landed | Trouble:
    """The reply at the end of the redirects that start at an address. `ask` makes one request."""
    here, moved, lasting, seen = address, "", True, {address}
    for _ in range(most + 1):
        reply = await ask(here)
        if isinstance(reply, Trouble):
            return reply
        if not reply.target:
            return Landed(reply, here, moved)
        target = _secured(here, reply.target.partition("#")[0])
        if not target:
            return DOWNGRADE
        upgraded = target != reply.target.partition("#")[0]
        if target in seen:
            return DOWNGRADE if upgraded else Trouble("its redirects lead in a circle")
        lasting = lasting and not upgraded and reply.status in PERMANENT
        moved = target if lasting else moved
        seen.add(target)
        here = target
    return Trouble(f"more than {most} redirects")


def _secured(here: str, target: str) -> str:
    """The target, over https where it was left for http; "" where that cannot be."""
    if not here.lower().startswith("https:") or not target.lower().startswith("http:"):
        return target
    url = httpx2.URL(target)
    return "" if url.port not in (None, 80) else str(url.copy_with(scheme="https", port=None))

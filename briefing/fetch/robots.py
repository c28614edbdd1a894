"""Whether a page may be asked for: its server's robots.txt (RFC 9309), read by protego.

It is fetched once a server and run, by the same client and with the same manners as everything else.
2.3.1 of the RFC: with redirects, five at most; not there (4xx): everything is allowed; not to be had (5xx,
no connection): nothing is. We are `briefing` there.

Rejected: robots.txt for feeds. It is for crawlers that find their own way; a feed is an offer to programs,
and somebody wrote this one into feeds.yaml.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

import httpx2

from briefing import bounds
from briefing.fetch.reasons import Trouble, of_status
from briefing.fetch.redirects import Landed

if TYPE_CHECKING:
    from protego import Protego

Ask = Callable[[str], Awaitable[Landed | Trouble]]  # as politely as all else
Slower = Callable[[str, float], None]  # a host, and the seconds that it wants between two requests

NAME = "briefing"
UNREAD = "its robots.txt cannot be read, so no page of it is asked for"
FORBIDDEN = "its robots.txt does not allow this page"


class Robots:
    """The rules of each server that a run asks for pages: None allows everything, words are why none does."""

    def __init__(self) -> None:
        self._rules: dict[str, asyncio.Task[Protego | str | None]] = {}

    def close(self) -> None:
        """Nobody waits any more for rules that are still on their way."""
        for task in self._rules.values():
            task.cancel()

    async def refusal(self, address: str, ask: Ask, slower: Slower) -> str:
        """Why a page is not asked for; "" where it may be. `slower` is told of a crawl delay."""
        try:
            url = httpx2.URL(address)
        except (httpx2.InvalidURL, ValueError):
            return ""  # asking says what is wrong with it
        where = str(url.copy_with(path="/robots.txt", query=None, fragment=None))
        if where not in self._rules:
            self._rules[where] = asyncio.create_task(_rules(where, url.host, ask, slower))
        rules = await asyncio.shield(self._rules[where])
        if rules is None or isinstance(rules, str):
            return rules or ""
        return "" if rules.can_fetch(address, NAME) else FORBIDDEN


async def _rules(where: str, host: str, ask: Ask, slower: Slower) -> Protego | str | None:
    from protego import Protego

    landed = await ask(where)
    if isinstance(landed, Trouble):
        return f"{UNREAD}: {landed.reason}"
    reply = landed.reply
    if 400 <= reply.status < 500:
        return None
    if reply.status != 200:
        return f"{UNREAD}: {of_status(reply.status).reason}"
    rules = Protego.parse(reply.content[: bounds.MAX_ROBOTS].decode("utf-8", "replace"))
    if delay := rules.crawl_delay(NAME):
        slower(host, delay)
    return rules

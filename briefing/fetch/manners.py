"""Whose turn it is: how many requests run at once, at all and at one server, and how far apart they start.

A request waits for its server first and for a place among all of them last, so that a thousand feeds of
one slow server hold up nobody else, and nobody who holds a place waits for a server. What it waits for
its turn is not counted as its own time.

Rejected: a limit by address and port. Two ports of one machine are one machine to whoever runs it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from briefing.config.network import Network

LONGEST_PAUSE = 10.0  # seconds, of a robots.txt: thirty pages at it are five minutes


class Manners:
    """The turns of one run. `room` is awaited before each start: the reader may have too much to read."""

    def __init__(self, network: Network, room: Callable[[], Awaitable[object]]) -> None:
        self._network = network
        self._room = room
        self._places = asyncio.Semaphore(network.at_once)
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[Callable[[], None]]:
        """Inside, one request may be made; what it gives is to be called once that is sent."""
        one = self._host(host)
        async with one.places:
            async with one.starting:
                await one.rested()
                await self._places.acquire()
                try:
                    await self._room()
                except BaseException:
                    self._places.release()
                    raise
                one.started()
            try:
                yield one.started
            finally:
                self._places.release()

    def slower(self, host: str, seconds: float) -> None:
        """A server asks for a longer pause between requests."""
        one = self._host(host)
        one.pause = max(one.pause, min(LONGEST_PAUSE, seconds))

    def _host(self, host: str) -> _Host:
        network = self._network
        return self._hosts.setdefault(host, _Host(network.per_host, network.pause.total_seconds()))


class _Host:
    """One server: how many requests it has, and when the last of them started."""

    def __init__(self, places: int, pause: float) -> None:
        self.places = asyncio.Semaphore(places)
        self.starting = asyncio.Lock()
        self.pause = pause
        self._last = float("-inf")

    async def rested(self) -> None:
        """Until the pause since the last start is over."""
        while (left := self._last + self.pause - asyncio.get_running_loop().time()) > 0:
            await asyncio.sleep(left)

    def started(self) -> None:
        """A request starts now; called again when it is sent, which connecting can make much later."""
        self._last = asyncio.get_running_loop().time()

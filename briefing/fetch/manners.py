"""Whose turn it is: how many requests run at once, at all and at one server, and how far apart they start.

A request waits for its server first and for a place among all of them last, so that a thousand feeds of
one slow server hold up nobody else, and nobody who holds a place waits for a server. What it waits for
its turn is not counted as its own time.

A server that LOST requests in a row never reached is not tried again in that run: with thirty feeds there
and ten seconds each, one dead server would take the time of all others.

Rejected: a limit by address and port. Two ports of one machine are one machine to whoever runs it. (Whether
one answers says nothing of the other: what was lost is counted by port.)
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from briefing.config.network import Network
from briefing.fetch.reasons import Trouble

LOST = 3  # one may be chance
LONGEST_PAUSE = 10.0  # seconds, of a robots.txt: thirty pages at it are five minutes


class Manners:
    """The turns of one run. `room` is awaited before each start: the reader may have too much to read."""

    def __init__(self, network: Network, room: Callable[[], Awaitable[object]]) -> None:
        self._network = network
        self._room = room
        self._places = asyncio.Semaphore(network.at_once)
        self._hosts: dict[str, _Host] = {}
        self._lost: dict[str, tuple[int, Trouble | None]] = {}

    @asynccontextmanager
    async def turn(self, host: str, origin: str) -> AsyncIterator[Callable[[], None] | Trouble]:
        """Inside, one request may be made; what it gives is to be called once that is sent.

        Trouble: the server at this origin was given up, and is not to be asked.
        """
        one = self._host(host)
        async with one.places:
            async with one.starting:
                if self.given_up(origin) is None:
                    await one.rested()
                trouble = self.given_up(origin)
                if trouble is None:
                    await self._placed()
                    one.started()
                sent = one.sent
            try:
                yield trouble or sent.now
            finally:
                if trouble is None:
                    sent.settled.set()
                    self._places.release()

    async def _placed(self) -> None:
        await self._places.acquire()
        try:
            await self._room()
        except BaseException:
            self._places.release()
            raise

    def given_up(self, origin: str) -> Trouble | None:
        """Why a server is not asked again in this run; None where it may be."""
        lost, why = self._lost.get(origin, (0, None))
        return why if lost >= LOST else None

    def ended(self, origin: str, reached: bool, outcome: object) -> None:
        """How a request went: whether it was sent, and what came of it."""
        if reached or not isinstance(outcome, Trouble):
            self._lost.pop(origin, None)
        else:
            self._lost[origin] = (self._lost.get(origin, (0, None))[0] + 1, outcome)

    def slower(self, host: str, seconds: float) -> None:
        """A server asks for a longer pause between requests."""
        one = self._host(host)
        one.pause = max(one.pause, min(LONGEST_PAUSE, seconds))

    def _host(self, host: str) -> _Host:
        network = self._network
        return self._hosts.setdefault(host, _Host(network.per_host, network.pause.total_seconds()))


class _Host:
    """One server: how many requests it has, and when the last of them was sent."""

    def __init__(self, places: int, pause: float) -> None:
        self.places = asyncio.Semaphore(places)
        self.starting = asyncio.Lock()
        self.pause = pause
        self.sent = _Sent(float("-inf"))
        self.sent.settled.set()

    async def rested(self) -> None:
        """Until the pause since the last request is over; connecting may take longer than the pause."""
        if self.pause:
            await self.sent.settled.wait()
        while (left := self.sent.at + self.pause - asyncio.get_running_loop().time()) > 0:
            await asyncio.sleep(left)

    def started(self) -> None:
        """A request starts now."""
        self.sent = _Sent(asyncio.get_running_loop().time())


class _Sent:
    """When one request was sent, or started if it never was; `settled` once that is known."""

    def __init__(self, started: float) -> None:
        self.at = started
        self.settled = asyncio.Event()

    def now(self) -> None:
        """It is sent."""
        self.at = asyncio.get_running_loop().time()
        self.settled.set()

"""How long one request may take, and how long a whole run.

Both are totals: a read timeout never ends a server that sends a byte now and then. A request's time is
what it spends on the network, redirects, body and a second try together; neither waiting for its turn nor
the reader counts. A run's time is the clock's of the hatch, which stands still while the reader is behind.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

LOOK = 0.05  # seconds between two looks at a clock that may stand still


class Budget:
    """The time of one request. Raises TimeoutError from inside `spending` once it is spent."""

    def __init__(self, limit: timedelta) -> None:
        self.limit = limit
        self.left = limit.total_seconds()
        self.begun = False

    def renewed(self) -> None:
        """As if nothing had been spent."""
        self.left = self.limit.total_seconds()

    @asynccontextmanager
    async def spending(self) -> AsyncIterator[None]:
        """What happens inside is paid from the budget."""
        clock = asyncio.get_running_loop().time
        start, self.begun = clock(), True
        try:
            async with asyncio.timeout(max(self.left, 0)):
                yield
        finally:
            self.left -= clock() - start


class Run:
    """The time of a run. `over` once it has passed; whoever is inside `within` then gets a TimeoutError."""

    def __init__(self, limit: timedelta, clock: Callable[[], float]) -> None:
        self.limit = limit
        self.over = False
        self._clock = clock
        self._end = clock() + limit.total_seconds()
        self._inside: set[asyncio.Timeout] = set()

    @asynccontextmanager
    async def within(self) -> AsyncIterator[None]:
        """What happens inside ends with the run."""
        if self.over:
            raise TimeoutError
        async with asyncio.timeout(None) as timeout:
            self._inside.add(timeout)
            try:
                yield
            finally:
                self._inside.discard(timeout)

    async def watch(self) -> None:
        """Until the run's time has passed; to be cancelled when it ends earlier."""
        while (left := self._end - self._clock()) > 0:
            await asyncio.sleep(max(left, LOOK))
        self.over = True
        for timeout in self._inside:
            timeout.reschedule(asyncio.get_running_loop().time())

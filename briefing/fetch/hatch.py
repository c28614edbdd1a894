"""From the loop that asks to the one who reads: results in the order of arrival, and never many of them.

The loop runs in a thread of its own; reading goes on in the caller's. A reader who is slower than the
network would otherwise let documents pile up: once some wait, no request starts until one is taken
(`room`). Time that passes so is the reader's and not the network's: it is not counted as the run's.

When the caller stops early, by `break` or by Ctrl-C, the loop is cancelled and its thread joined.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from queue import SimpleQueue
from typing import Generic, TypeVar

T = TypeVar("T")
# Results that wait before no further request starts: as many as may come in one burst of the default limit.
WAITING = 16


class Hatch(Generic[T]):
    """Where results are handed through. Made in the loop's thread."""

    def __init__(self, through: SimpleQueue[T | BaseException | None]) -> None:
        self._through = through
        self._loop = asyncio.get_running_loop()
        self._waiting = 0
        self._open = asyncio.Event()
        self._open.set()
        self._shut_since = 0.0
        self._shut_for = 0.0

    async def room(self) -> None:
        """Until few enough results wait."""
        await self._open.wait()

    def hand(self, result: T) -> None:
        """Leave a result for the reader."""
        self._waiting += 1
        if self._waiting >= WAITING and self._open.is_set():
            self._open.clear()
            self._shut_since = self._loop.time()
        self._through.put(result)

    def time(self) -> float:
        """The loop's monotonic clock, which stands still while the hatch is shut."""
        now = self._loop.time() if self._open.is_set() else self._shut_since
        return now - self._shut_for

    def taken(self) -> None:
        """One result was taken; to be called in any thread."""
        with suppress(RuntimeError):  # the loop has ended: nobody waits any more
            self._loop.call_soon_threadsafe(self._taken)

    def _taken(self) -> None:
        self._waiting -= 1
        if self._waiting < WAITING and not self._open.is_set():
            self._shut_for += self._loop.time() - self._shut_since
            self._open.set()


def through(work: Callable[[Hatch[T]], Awaitable[None]], threads: int) -> Generator[T, None, None]:
    """What `work` hands through its hatch, as it comes. Raises what it raises.

    `threads` is how many files and folders may be read at once.
    """
    results: SimpleQueue[T | BaseException | None] = SimpleQueue()
    started = threading.Event()
    running: list[tuple[asyncio.AbstractEventLoop, asyncio.Future[None], Hatch[T]]] = []

    async def all_of_it() -> None:
        loop, hatch = asyncio.get_running_loop(), Hatch(results)
        loop.set_default_executor(ThreadPoolExecutor(threads, thread_name_prefix="fetch"))
        task = asyncio.ensure_future(work(hatch))
        running.append((loop, task, hatch))
        started.set()
        await task

    def run() -> None:
        try:
            asyncio.run(all_of_it())
        except asyncio.CancelledError:
            results.put(None)
        except BaseException as error:
            results.put(error)
        else:
            results.put(None)
        finally:
            started.set()

    thread = threading.Thread(target=run, name="fetch", daemon=True)
    thread.start()
    started.wait()
    try:
        while (result := results.get()) is not None:
            if isinstance(result, BaseException):
                raise result
            running[0][2].taken()
            yield result
    finally:
        for loop, task, _ in running:
            with suppress(RuntimeError):  # it has ended by itself
                loop.call_soon_threadsafe(task.cancel)
        thread.join()

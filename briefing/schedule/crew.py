"""The child processes of the daemon: each does what is due for one briefing, and ends.

A process of its own, because a build fills memory that a daemon would keep for weeks, and because a
process can be ended from outside whatever it hangs in. Wherever that hits it, the next one goes on.
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from multiprocessing import resource_tracker
from multiprocessing.connection import wait
from multiprocessing.context import SpawnProcess
from typing import Final

from briefing.config import Settings

Say = Callable[[str], None]  # a line of the log; a function of a module, which a child can find again
Work = Callable[[Settings, datetime], None]  # ends the process with the exit code

LONGEST: Final = 2 * 3600.0  # seconds: an hour of fetching and building, an hour of mailing; then it hangs
PATIENCE: Final = 5.0  # seconds from the request to end until a process is ended without one
_SPAWN: Final = multiprocessing.get_context("spawn")  # a fork would copy locks that other threads hold
_NOT_FOR_CHILDREN: Final = (signal.SIGINT, signal.SIGHUP)  # a terminal sends them to the whole group


class Crew:
    """Whoever is at work. Methods may be called from any thread."""

    def __init__(self, work: Work, longest: float = LONGEST) -> None:
        self._work = work
        self._longest = longest
        self._lock = threading.Lock()
        self._open = True
        self._at_work: set[SpawnProcess] = set()

    def send(self, settings: Settings, now: datetime) -> int | None:
        """Let a child do what is due, and wait for it: its exit code, negative where a signal ended it.

        None where no work is taken any more.
        """
        process = _SPAWN.Process(target=_alone, args=(self._work, settings, now), name=settings.key)
        resource_tracker.ensure_running()  # it would let the signals through that are held back below
        with self._lock:
            if not self._open:
                return None
            with _held_back(_NOT_FOR_CHILDREN):
                process.start()
            self._at_work.add(process)
        try:
            return self._awaited(process)
        finally:
            with self._lock:
                self._at_work.discard(process)

    def close(self) -> None:
        """Take no work any more."""
        with self._lock:
            self._open = False

    def idle(self) -> bool:
        """Whether nobody is at work."""
        with self._lock:
            return not self._at_work

    def end(self, *, kill: bool = False) -> None:
        """Ask those who are at work to end, or end them without asking."""
        with self._lock:
            for process in self._at_work:
                process.kill() if kill else process.terminate()

    def _awaited(self, process: SpawnProcess) -> int:
        for patience, end in ((self._longest, process.terminate), (PATIENCE, process.kill)):
            if wait([process.sentinel], patience):
                break
            end()
        wait([process.sentinel])
        # Another thread that starts a child may have taken the exit code, and be about to note it.
        while process.exitcode is None:
            process.join(0.01)
        return process.exitcode


def _alone(work: Work, settings: Settings, now: datetime) -> None:
    """Work undisturbed by what a terminal sends: the daemon decides what ends a child."""
    for number in _NOT_FOR_CHILDREN:
        signal.signal(number, signal.SIG_IGN)
    work(settings, now)


@contextmanager
def _held_back(signals: tuple[signal.Signals, ...]) -> Iterator[None]:
    """Keep these signals from this thread, and from the processes that it starts until those ignore them."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)

"""Who looks after a briefing as a daemon: a lock file that its holder cannot leave behind.

Two daemons on one briefing harm nothing, because the ledger decides what is due; but somebody may
wonder. So the lock keeps no one out: it tells.
"""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Final

from briefing.config.settings import Settings
from briefing.errors import Locked, StoreError
from briefing.store import holder, lock

FILE: Final = ".daemon.lock"


def running(settings: Settings) -> str | None:
    """Who looks after a briefing, as "process 12 on desk"; None: no daemon."""
    return holder(_file(settings))


class Presence:
    """The locks that one daemon holds. Methods are called from one thread."""

    def __init__(self) -> None:
        self._held: dict[Path, ExitStack] = {}
        self._others: set[Path] = set()

    def announce(self, settings: Settings) -> str | None:
        """Take the lock of a briefing, if it is free; whoever else has it, where that was not told yet."""
        file = _file(settings)
        if file in self._held:
            return None
        stack = ExitStack()
        try:
            stack.enter_context(lock(file))
        except Locked:
            return self._told_once(file)
        except StoreError:  # the folder cannot be written, which a child tells with more to say
            return None
        self._held[file] = stack
        self._others.discard(file)
        return None

    def leave(self) -> None:
        """Give all locks back."""
        for stack in self._held.values():
            stack.close()
        self._held.clear()

    def _told_once(self, file: Path) -> str | None:
        if file in self._others:
            return None
        self._others.add(file)
        return holder(file)


def _file(settings: Settings) -> Path:
    return settings.output_folder() / settings.key / FILE

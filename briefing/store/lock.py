"""One run at a time: a lock file that the operating system frees when its holder ends, however it ends."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from briefing.errors import Locked, StoreError

_NAME_LENGTH: Final = 120  # characters of the holder's name that a message shows


@contextmanager
def lock(path: Path) -> Iterator[None]:
    """Hold the lock file `path` while the block runs; its folder is made where there is none.

    Raises Locked at once when another run holds it, StoreError when the file cannot be written.
    The file stays: removing it would let two runs hold two files of one name.
    """
    held = FileLock(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        held.acquire(blocking=False)
    except Timeout as error:
        raise Locked(
            f"{_named(path)} is building this briefing and holds {path}: "
            "wait for it or end it, then run again"
        ) from error
    except OSError as error:
        raise StoreError(
            f"cannot write the lock file {path}: {error.strerror}; make its folder writable"
        ) from error
    try:
        path.write_text(f"process {os.getpid()} on {socket.gethostname()}\n", encoding="utf-8")
        yield
    finally:
        held.release()


def holder(path: Path) -> str | None:
    """Who holds the lock file now; None: nobody, or it cannot be asked. Makes no file."""
    try:
        if path.exists():
            with FileLock(path, blocking=False):
                return None
    except Timeout:
        return _named(path)
    except OSError:
        return None
    return None


def _named(path: Path) -> str:
    """Who wrote the file; it may just be about to, or have been killed before it could."""
    try:
        name = path.read_text(encoding="utf-8", errors="replace").strip()[:_NAME_LENGTH]
    except OSError:
        name = ""
    return name if name.isprintable() and name else "another run"

"""Work that may be killed: both ends of a process that forks for each piece of it.

The process has imported everything before it is asked, so that a kill hits the work and not the start of
Python. It is told what to do line by line and answers each with "killed SECONDS" or "done CODE SECONDS".
"""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent


def say(line: str) -> None:
    """Answer whoever started this process."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def forked(work: Callable[[], int], limit: str) -> str:
    """Do it in a process of its own, killed after `limit` seconds, or to its end where that is "-"."""
    began = time.monotonic()
    child = os.fork()
    if child == 0:
        code = 70
        try:
            code = work()
        finally:
            os._exit(code)
    ended = os.pidfd_open(child)
    if not select.select([ended], [], [], None if limit == "-" else float(limit))[0]:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    os.close(ended)
    took = time.monotonic() - began
    return f"killed {took}" if os.WIFSIGNALED(status) else f"done {os.WEXITSTATUS(status)} {took}"


class Mortal:
    """That process, seen by the test that starts it."""

    def __init__(self, script: Path, *arguments: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(script), *arguments],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._answer() == ["ready"]

    def __call__(self, what: str, limit: float | None = None) -> list[str]:
        """Have it done, and killed after `limit` seconds; the words of the answer."""
        assert self._process.stdin
        self._process.stdin.write(f"{what} {limit or '-'}\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> list[str]:
        assert self._process.stdout
        return self._process.stdout.readline().split()

    def close(self) -> None:
        """Let it end, and wait for it."""
        self._process.communicate(timeout=60)

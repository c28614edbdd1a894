"""Runs duties of one briefing and kills them: started by test_kill.py, told what to do line by line.

    2026-03-12T06:00:00+02:00 0.125      a duty at that moment, killed after so many seconds
    2026-03-12T06:00:00+02:00 -          a duty at that moment, to its end

Each duty is a fork of this process, which has imported everything: so a kill hits the work, not the
start of Python. Answers "killed SECONDS" or "done CODE SECONDS".
"""

from __future__ import annotations

import os
import select
import signal
import sys
import time
from datetime import datetime
from pathlib import Path

from briefing.config import Settings, load
from briefing.schedule.duty import on_duty


def main() -> None:
    settings = load(Path(sys.argv[1]))
    on_duty(settings, datetime.fromisoformat(sys.argv[2]), lambda _: None)  # imports whatever is needed
    say("ready")
    for line in sys.stdin:
        moment, limit = line.split()
        say(duty(settings, datetime.fromisoformat(moment), None if limit == "-" else float(limit)))


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def duty(settings: Settings, now: datetime, limit: float | None) -> str:
    """One duty in a process of its own."""
    began = time.monotonic()
    child = os.fork()
    if child == 0:
        code = 70
        try:
            code = on_duty(settings, now, lambda _: None)
        finally:
            os._exit(code)
    ended = os.pidfd_open(child)
    if not select.select([ended], [], [], limit)[0]:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    os.close(ended)
    took = time.monotonic() - began
    return f"killed {took}" if os.WIFSIGNALED(status) else f"done {os.WEXITSTATUS(status)} {took}"


if __name__ == "__main__":
    main()

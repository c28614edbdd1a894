"""Runs fetches and builds of one briefing and kills them: started by test_kill_runs.py, told line by line.

    fetch /folder/feeds.yaml 0.125      a fetch, killed after so many seconds
    build /folder/feeds.yaml -          a build, to its end

Each run is a fork of this process, which has imported everything: so a kill hits the work, not the start
of Python. Answers "killed SECONDS" or "done CODE SECONDS".
"""

from __future__ import annotations

import os
import select
import signal
import sys
import time
from pathlib import Path

from briefing import pipeline
from briefing.config import load


def main() -> None:
    run("build", Path(sys.argv[1]))  # imports whatever is needed
    say("ready")
    for line in sys.stdin:
        what, feeds, limit = line.split()
        say(killed(what, Path(feeds), None if limit == "-" else float(limit)))


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def run(what: str, feeds: Path) -> None:
    """One fetch or build at the moment that feeds.yaml fixes."""
    settings = load(feeds)
    assert settings.now is not None
    if what == "fetch":
        pipeline.fetch_all(settings, settings.now)
    else:
        pipeline.run(settings, settings.now)


def killed(what: str, feeds: Path, limit: float | None) -> str:
    """One run in a process of its own."""
    began = time.monotonic()
    child = os.fork()
    if child == 0:
        code = 70
        try:
            run(what, feeds)
            code = 0
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

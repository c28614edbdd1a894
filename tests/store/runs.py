"""Runs fetches and builds of one briefing and kills them: started by test_kill_runs.py, told line by line.

fetch /folder/feeds.yaml 0.125      a fetch, killed after so many seconds
build /folder/feeds.yaml -          a build, to its end
"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

from briefing import pipeline
from briefing.config import load
from tests.mortal import forked, say


def main() -> None:
    run("build", Path(sys.argv[1]))  # imports whatever is needed
    say("ready")
    for line in sys.stdin:
        what, feeds, limit = line.split()
        say(forked(partial(run, what, Path(feeds)), limit))


def run(what: str, feeds: Path) -> int:
    """One fetch or build at the moment that feeds.yaml fixes."""
    settings = load(feeds)
    assert settings.now is not None
    if what == "fetch":
        pipeline.fetch_all(settings, settings.now)
    else:
        pipeline.run(settings, settings.now)
    return 0


if __name__ == "__main__":
    main()

"""Runs duties of one briefing and kills them: started by test_kill.py, told what to do line by line.

2026-03-12T06:00:00+02:00 0.125      a duty at that moment, killed after so many seconds
2026-03-12T06:00:00+02:00 -          a duty at that moment, to its end
"""

from __future__ import annotations

import sys
from datetime import datetime
from functools import partial
from pathlib import Path

from briefing.config import load
from briefing.schedule.duty import on_duty
from tests.mortal import forked, say


def main() -> None:
    settings = load(Path(sys.argv[1]))
    on_duty(settings, datetime.fromisoformat(sys.argv[2]), lambda _: None)  # imports whatever is needed
    say("ready")
    for line in sys.stdin:
        moment, limit = line.split()
        say(forked(partial(on_duty, settings, datetime.fromisoformat(moment), lambda _: None), limit))


if __name__ == "__main__":
    main()

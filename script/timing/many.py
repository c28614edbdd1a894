"""Many feeds at once, against the least time that the limits of `network:` allow.

Each feed is at a host of its own and takes a tenth of a second, so the least is what the number of requests
under way at once allows: 1,000 feeds, 16 at a time, .1 s each are 6.25 s. Nothing here waits for anything
else: pauses and limits per host do not come into it. The asking side is a process of its own too; what it
grew to is compared between a tenth of the feeds and all of them, and what it is given is let go of at once,
as the pipeline does.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from briefing.config.network import Network
from briefing.config.source import Source
from briefing.fetch import fetch
from briefing.model import Document
from timing.model import Figure
from timing.server import serving

FEEDS, FEW = 1_000, 100
LATENCY = 0.1  # seconds
TIMES = 1.5  # the least
GROWTH = 1.25  # of memory, from FEW to FEEDS
LINK = "https://harbour.example"
ENTRY = f"<item><title>Bridge {{0}}</title><link>{LINK}/{{0}}</link><description>{{1}}</description></item>"
NETWORK = Network(allow=("127.0.0.0/8",), pause=timedelta(0))


def many(_: Path) -> Iterator[Figure]:
    """The figures of FEEDS feeds."""
    with tempfile.TemporaryDirectory() as temporary:
        entries = "".join(ENTRY.format(n, "It is wide. " * 30) for n in range(30))
        feed = f"<rss version='2.0'><channel><title>Harbour</title>{entries}</channel></rss>"
        (Path(temporary) / "feed").write_text(feed)
        with serving(Path(temporary), LATENCY) as port:
            few, all_of_them = (_asked(port, number) for number in (FEW, FEEDS))
    least = FEEDS / NETWORK.at_once * LATENCY
    took, answered, megabytes = all_of_them
    yield Figure("many", "feeds answered", answered, "", note=f"of {FEEDS:,}, {NETWORK.at_once} at a time")
    yield Figure("many", "feeds without an answer", FEEDS - answered, "", 0)
    yield Figure(
        "many", "to the least", took / least, "times", TIMES, f"{took:.2f} s, the least {least:.2f} s"
    )
    yield Figure("many", f"memory to {FEW} feeds", megabytes / few[2], "times", GROWTH, f"{megabytes:.0f} MB")


def _asked(port: int, number: int) -> tuple[float, int, float]:
    """(seconds, answers, megabytes at the most) of asking so many feeds in a process of their own."""
    command = [sys.executable, "-P", "-m", "timing.many", str(port), str(number)]
    done = subprocess.run(command, capture_output=True, check=True, text=True)  # noqa: S603  # this module
    seconds, answers, megabytes = json.loads(done.stdout)
    return float(seconds), int(answers), float(megabytes)


def main() -> None:
    """Ask, and tell what it took."""
    port, number = int(sys.argv[1]), int(sys.argv[2])
    sources = [
        Source(feed=f"http://127.{n // 62_500 + 1}.{n // 250 % 250}.{n % 250 + 1}:{port}/feed", name=f"S{n}")
        for n in range(number)
    ]
    start, answers = time.monotonic(), 0
    for _, fetched in fetch(sources, Path.cwd(), now=datetime.now(UTC), network=NETWORK):
        answers += all(isinstance(document, Document) for document in fetched.documents)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([time.monotonic() - start, answers, most]))


if __name__ == "__main__":
    main()

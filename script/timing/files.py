"""Every feed and every page, each read in a process of its own: 2 s and 200 MB.

The process branches off one that has loaded the libraries, so what is counted is the file: seconds of the
processor, and by how much the process grew beyond what it began with. Each tenth file is given to the
library alone as well (feedparser, trafilatura), in the same run on the same machine: the ratio is what the
program adds.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from briefing.config.source import Source
from briefing.model import Document
from briefing.read import read
from timing.model import Figure

SECONDS, MEGABYTES = 2.0, 200.0
GIVEN_UP = 30  # seconds on the clock
EVERY = 10  # n-th file is given to the library alone
PER_MEGABYTE = 1024  # ru_maxrss is in kilobytes on Linux
ADDRESS = "https://example.org/feed"
WARM = b"""<rss version="2.0"><channel><item><title>Un pont</title><pubDate>7 mai 2020 MSK</pubDate>
<description>&lt;p&gt;Il est large.&lt;/p&gt;</description></item></channel></rss>"""
PARAGRAPHS = "<p>It is wide and long and new.</p>" * 40
PAGE = f"<html><body><article><h1>A bridge</h1>{PARAGRAPHS}</article></body></html>"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one file took."""

    name: str
    seconds: float
    megabytes: float
    ended: bool


def files(folder: Path) -> Iterator[Figure]:
    """The figures of feeds and of pages; of a folder that is not there, none."""
    _read_feed(WARM)
    _read_page(PAGE.encode())
    feeds = sorted(p for p in (folder / "feeds").glob("*/**/*") if p.is_file())
    pages = sorted(p for p in (folder / "pages").glob("*/**/*") if p.is_file())
    yield from _kind("feeds", feeds, _read_feed, _feedparser, "feedparser")
    yield from _kind("pages", pages, _read_page, _trafilatura, "trafilatura")


def _kind(
    of: str,
    paths: Sequence[Path],
    ours: Callable[[bytes], object],
    theirs: Callable[[bytes], object],
    library: str,
) -> Iterator[Figure]:
    if not paths:
        return
    costs = [_cost(path, ours) for path in paths]
    some = [(cost, _cost(path, theirs)) for path, cost in list(zip(paths, costs, strict=True))[::EVERY]]
    slowest = max(costs, key=lambda cost: cost.seconds)
    largest = max(costs, key=lambda cost: cost.megabytes)
    lost = [cost.name for cost in costs if not cost.ended]
    total, alone = (sum(pair[n].seconds for pair in some) for n in (0, 1))
    yield Figure(of, "files", len(costs), "")
    yield Figure(of, "that ended a process", len(lost), "", 0, ", ".join(lost[:3]))
    yield Figure(of, "slowest", slowest.seconds, "s", SECONDS, slowest.name)
    yield Figure(of, "largest", largest.megabytes, "MB", MEGABYTES, largest.name)
    yield Figure(of, f"to {library} alone", total / max(alone, 0.01), "times")


def _cost(path: Path, work: Callable[[bytes], object]) -> Cost:
    """What reading one file takes, in a process that ends with it."""
    content = path.read_bytes()
    before = _resident()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            signal.alarm(GIVEN_UP)
            work(content)
            code = 0
        finally:
            os._exit(code)
    _, status, used = os.wait4(child, 0)
    grown = max(used.ru_maxrss / PER_MEGABYTE - before, 0)
    return Cost("/".join(path.parts[-2:]), used.ru_utime + used.ru_stime, grown, status == 0)


def _resident() -> float:
    """Megabytes that this process holds, which its children begin with."""
    if not sys.platform.startswith("linux"):
        return 0.0
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024 / PER_MEGABYTE


def _read_feed(content: bytes) -> object:
    return read(Document("bench", ADDRESS, content), Source(feed=ADDRESS), "UTC")


def _read_page(content: bytes) -> object:
    return read(Document("bench", "a.html", content), Source(file="a.html"), "UTC")


def _feedparser(content: bytes) -> object:
    import feedparser

    return feedparser.parse(content)


def _trafilatura(content: bytes) -> object:
    import trafilatura

    return trafilatura.bare_extraction(content)

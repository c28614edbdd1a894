"""Every feed and every page, each read in a process of its own: 2 s and 200 MB.

The process branches off one that has read each fortieth of them, so that the libraries have loaded what they
load when it is first needed. What is counted is the file: seconds of the processor, and by how much the
process grew beyond what it began with. Each tenth file is given to the
library alone as well (feedparser, trafilatura), in the same run on the same machine: the ratio is what the
program adds.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from measure.data import items

from briefing.config.source import Source
from briefing.model import Document
from briefing.read import read
from timing.model import Figure

SECONDS, MEGABYTES = 2.0, 200.0
GIVEN_UP = 30  # seconds on the clock
WARM = 40  # each n-th file is read before the first is measured
EVERY = 10  # n-th file is given to the library alone
PER_MEGABYTE = 1024  # ru_maxrss is in kilobytes on Linux
PAGES = ("segments.jsonl", "readability.jsonl")
ADDRESS = "https://example.org/feed"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one file took."""

    name: str
    seconds: float
    megabytes: float
    ended: bool


def files(folder: Path) -> Iterator[Figure]:
    """The figures of feeds and of pages; of a folder that is not there, none."""
    feeds = _listed(folder / "feeds", "index.jsonl", "path")
    pages = [p for name in PAGES for p in _listed(folder / "pages", name, "file")]
    yield from _kind("feeds", feeds, _read_feed, _feedparser, "feedparser")
    yield from _kind("pages", pages, _read_page, _trafilatura, "trafilatura")


def _listed(folder: Path, index: str, key: str) -> list[Path]:
    """The files that an index names; none where it is not there."""
    path = folder / index
    return [folder / row[key] for row in items(path)] if path.is_file() else []


def _kind(
    of: str,
    paths: Sequence[Path],
    ours: Callable[[bytes], object],
    theirs: Callable[[bytes], object],
    library: str,
) -> Iterator[Figure]:
    if not paths:
        return
    for path in paths[::WARM]:
        ours(path.read_bytes())
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
    receiving, sending = os.pipe()
    child = os.fork()
    if child == 0:
        _work(work, content, sending)
    os.close(sending)
    _, status, used = os.wait4(child, 0)
    with os.fdopen(receiving) as said:
        grown = float(said.read() or "0")
    return Cost("/".join(path.parts[-2:]), used.ru_utime + used.ru_stime, grown, status == 0)


def _work(work: Callable[[bytes], object], content: bytes, told: int) -> NoReturn:
    """Do the work, tell by how many megabytes this process grew, and end it whatever happens."""
    code = 1
    try:
        signal.alarm(GIVEN_UP)
        before = _resident()
        work(content)
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / PER_MEGABYTE
        os.write(told, f"{max(most - before, 0):.2f}".encode())
        code = 0
    finally:
        os._exit(code)


def _resident() -> float:
    """Megabytes that this process holds now; on other systems than Linux its peak so far."""
    if not sys.platform.startswith("linux"):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / PER_MEGABYTE
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

"""1 fetch: Source -> Document | Miss. World to bytes; the only room that reads the network.

    get      the seam: one GET, or why it failed
    http     a Get over HTTP, bounded
    web      feeds and pages, through a Get
    files    folders and files

A further kind of source is one function and one line in NEAR or FAR.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import MappingProxyType

from briefing.config.source import Source
from briefing.fetch.files import fetch_file, fetch_folder, reason_of
from briefing.fetch.get import Answer, Failure, Get
from briefing.fetch.web import fetch_feed, fetch_pages
from briefing.model import Document, Miss

__all__ = ["Answer", "Failure", "Get", "fetch", "is_remote"]

WORKERS = 8  # sources asked at once: enough that one that hangs delays nobody, few enough to be polite

Fetched = list[Document | Miss]
# By the key of feeds.yaml that is set: those on disk, and those on the network.
NEAR: Mapping[str, Callable[[Source, Path], Fetched]] = MappingProxyType(
    {"folder": fetch_folder, "file": fetch_file}
)
FAR: Mapping[str, Callable[[Source, Get], Fetched]] = MappingProxyType(
    {"feed": fetch_feed, "pages": fetch_pages}
)


def fetch(
    sources: Sequence[Source], base: Path, *, offline: bool = False, get: Get | None = None
) -> list[Fetched]:
    """Documents and misses of each source, in the order of `sources`; `base` is what paths are relative to.

    `offline` gives an empty list for every source on the network. `get` replaces the network.
    """
    if get is None and not offline and any(map(is_remote, sources)):
        from briefing.fetch.http import Web

        with Web() as web:
            return _all(sources, base, web)
    return _all(sources, base, None if offline else get)


def is_remote(source: Source) -> bool:
    """Whether a source is asked over the network."""
    return any(getattr(source, key) for key in FAR)


def _all(sources: Sequence[Source], base: Path, get: Get | None) -> list[Fetched]:
    with ThreadPoolExecutor(WORKERS, thread_name_prefix="fetch") as pool:
        return list(pool.map(lambda source: _one(source, base, get), sources))


def _one(source: Source, base: Path, get: Get | None) -> Fetched:
    try:
        return _asked(source, base, get)
    except (OSError, RuntimeError, ValueError) as error:
        # A folder that may not be entered, a name that is too long or holds NUL, ~ of nobody.
        return [Miss(source.label, source.address, reason_of(error))]


def _asked(source: Source, base: Path, get: Get | None) -> Fetched:
    for key, near in NEAR.items():
        if getattr(source, key):
            return near(source, base)
    if get is None:
        return []
    return next((far(source, get) for key, far in FAR.items() if getattr(source, key)), [])

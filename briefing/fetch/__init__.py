"""1 fetch: Source -> Document | Miss. World to bytes; the only room that reads the network.

    get      the seam: one GET, or why it failed
    http     a Get over HTTP, bounded
    web      feeds and pages, through a Get
    files    folders and files
    mail     saved mail (mbox: the newest mails of a mailbox in one file)

A further kind of source is one function and one line in NEAR or FAR.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from briefing.config.network import Network
from briefing.config.source import Source
from briefing.fetch.files import fetch_file, fetch_folder, reason_of
from briefing.fetch.get import Answer, Failure, Get
from briefing.fetch.mail import fetch_mail
from briefing.fetch.web import fetch_feed, fetch_pages
from briefing.model import Document, Fetched, Miss, Visit

__all__ = ["Answer", "Failure", "Get", "fetch", "is_remote"]

Found = list[Document | Miss]
# By the key of feeds.yaml that is set: those on disk, and those on the network.
NEAR: Mapping[str, Callable[[Source, Path], Found]] = MappingProxyType(
    {"folder": fetch_folder, "file": fetch_file, "mail": fetch_mail}
)
FAR: Mapping[str, Callable[[Source, Get], Found]] = MappingProxyType(
    {"feed": fetch_feed, "pages": fetch_pages}
)


POLITE = Network()


def fetch(
    sources: Sequence[Source],
    base: Path,
    *,
    now: datetime,
    network: Network = POLITE,
    visits: Mapping[str, Visit] = MappingProxyType({}),
    offline: bool = False,
) -> Iterator[tuple[int, Fetched]]:
    """What asking each source gave, as the answers come, each with its place in `sources`.

    `base` is what paths are relative to. `visits` is how addresses were last asked: with validators
    of what is still at hand, so that "not modified" can be answered from it. `offline` asks nobody
    on the network and gives nothing for such sources.
    """
    from briefing.fetch.http import Web

    del now, visits
    near = [(index, source) for index, source in enumerate(sources) if not (offline and is_remote(source))]
    with Web() as web, ThreadPoolExecutor(network.at_once, thread_name_prefix="fetch") as pool:
        under_way = {pool.submit(_one, source, base, web): index for index, source in near}
        for done in as_completed(under_way):
            yield under_way[done], Fetched(tuple(done.result()))


def is_remote(source: Source) -> bool:
    """Whether a source is asked over the network."""
    return any(getattr(source, key) for key in FAR)


def _one(source: Source, base: Path, get: Get) -> Found:
    try:
        return _asked(source, base, get)
    except (OSError, RuntimeError, ValueError) as error:
        # A folder that may not be entered, a name that is too long or holds NUL, ~ of nobody.
        return [Miss(source.label, source.address, reason_of(error))]


def _asked(source: Source, base: Path, get: Get) -> Found:
    for key, near in NEAR.items():
        if getattr(source, key):
            return near(source, base)
    return next((far(source, get) for key, far in FAR.items() if getattr(source, key)), [])

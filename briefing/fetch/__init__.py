"""1 fetch: Source -> Document | Unchanged | Miss. World to bytes; the only room that reads the network.

    get          the seam: one GET, and what comes of it
    asking       a Get for one source: all that stands between an address and its answer
      patience, freshness     what is remembered, and when an address is asked again
      manners, deadline       whose turn it is, and for how long
      redirects, http         to where it leads; one request
      reasons                 why it gave nothing
    hatch        from the loop that asks to the one who reads
    web          feeds and pages, through a Get
    watch        the feed that a page links, or the pages that it lists
    files        folders and files
    mail         saved mail (mbox: the newest mails of a mailbox in one file)
    imap         a mailbox on a server (wire: a connection with it)

A kind of source is a function and a line here. The line is under the key of feeds.yaml that is set:

- NEAR, on disk: `def fetch_x(source, base) -> list[Document | Miss]`, in a thread of its own; an OSError,
  RuntimeError or ValueError becomes a Miss.
- POST, a mailbox: `def fetch_x(source, base, *, now, visits) -> Fetched`, in a thread too. It is on the
  network, but nobody is asked by HTTP: what one remembers, one returns.
- FAR, on the network: `async def fetch_x(source, get) -> list[Document | Unchanged | Miss]`, where
  `await get(address)` gives an `Answer`, a `Failure` or `Same` and never raises (`get.Get`); `page=True`
  where a robots.txt is to be obeyed. `web.document` makes of them what a kind returns. Whatever one asks
  through its `get` is asked politely and remembered.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Generator, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from briefing.config.network import Network
from briefing.config.source import Source
from briefing.fetch.files import fetch_file, fetch_folder, reason_of
from briefing.fetch.get import Answer, Failure, Get, Same
from briefing.fetch.hatch import Hatch, through
from briefing.fetch.imap import fetch_imap
from briefing.fetch.mail import fetch_mail
from briefing.fetch.watch import fetch_watch
from briefing.fetch.web import document, fetch_feed, fetch_pages
from briefing.model import Document, Fetched, Link, Miss, Unchanged, Visit

if TYPE_CHECKING:
    from briefing.fetch.asking import Asking

__all__ = ["Answer", "Failure", "Get", "Same", "fetch", "fetch_links", "is_remote"]

# By the key of feeds.yaml that is set: those on disk, and those on the network.
NEAR: Mapping[str, Callable[[Source, Path], list[Document | Miss]]] = MappingProxyType(
    {"folder": fetch_folder, "file": fetch_file, "mail": fetch_mail}
)
POST = MappingProxyType({"imap": fetch_imap})
FAR: Mapping[str, Callable[[Source, Get], Awaitable[list[Document | Unchanged | Miss]]]] = MappingProxyType(
    {"feed": fetch_feed, "pages": fetch_pages, "watch": fetch_watch}
)
POLITE = Network()
NOT_VISITED: Mapping[str, Visit] = MappingProxyType({})
Handed = tuple[int, Fetched]
Ask = Callable[["Asking"], Awaitable[list[Document | Unchanged | Miss]]]  # for one source or link


def fetch(
    sources: Sequence[Source],
    base: Path,
    *,
    now: datetime,
    network: Network = POLITE,
    visits: Mapping[str, Visit] = NOT_VISITED,
    held: Sequence[Collection[str]] = (),
    offline: bool = False,
) -> Generator[Handed, None, None]:
    """What asking each source gave, as the answers come, each with its place in `sources`.

    `base` is what paths are relative to. `now` is the moment of all requests. `visits` is how addresses
    were last asked. `held` are the addresses whose documents each source has at hand, so that "not modified"
    can be answered: all others are asked in full; where it is left out, those of `visits` are. `offline`
    asks nobody on the network and gives nothing for such sources.
    Closing it, or leaving its loop, ends the asking.
    """
    near = [(index, source) for index, source in enumerate(sources) if not is_remote(source)]
    remote = [] if offline else [(index, source) for index, source in enumerate(sources) if is_remote(source)]
    far = [(index, source) for index, source in remote if _key(source, FAR)]
    post = [(index, source) for index, source in remote if _key(source, POST)]

    async def on_disk(hatch: Hatch[Handed]) -> None:
        async with asyncio.TaskGroup() as group:
            for index, source in near:
                group.create_task(_in_a_thread(hatch, index, source, partial(_read, source, base)))
            for index, source in post:
                mine = {one: visits[one] for one in held[index] if one in visits} if held else visits
                ask = partial(POST[_key(source, POST)], source, base, now=now, visits=mine)
                group.create_task(_in_a_thread(hatch, index, source, ask))

    async def everything(hatch: Hatch[Handed]) -> None:
        questions = {index: (source.label, source.address, _question(source)) for index, source in far}
        async with asyncio.TaskGroup() as group:
            group.create_task(on_disk(hatch))
            group.create_task(_asked(hatch, questions, now, network, visits, held=held))

    return through(everything if far else on_disk, network.at_once)


def fetch_links(
    links: Sequence[Link],
    *,
    now: datetime,
    network: Network = POLITE,
    visits: Mapping[str, Visit] = NOT_VISITED,
    held: Sequence[Collection[str]] = (),
) -> Generator[Handed, None, None]:
    """The article pages that feeds link, as `fetch` gives sources: each with its place in `links`.

    Their hosts' robots.txt is obeyed. It has a run's time of its own.
    """

    def question(link: Link) -> Ask:
        async def ask(get: Asking) -> list[Document | Unchanged | Miss]:
            return [document(link.source, link.url, await get(link.url, page=True))]

        return ask

    questions = {index: (link.source, link.url, question(link)) for index, link in enumerate(links)}
    return through(lambda hatch: _asked(hatch, questions, now, network, visits, held=held), network.at_once)


def is_remote(source: Source) -> bool:
    """Whether a source is asked over the network."""
    return bool(_key(source, FAR) or _key(source, POST))


def _key(source: Source, kinds: Mapping[str, object]) -> str:
    """The key of feeds.yaml that says where a source is, if it is one of these; else ""."""
    return next((key for key in kinds if getattr(source, key)), "")


def _question(source: Source) -> Ask:
    far = FAR[_key(source, FAR)]
    return lambda get: far(source, get)


async def _asked(
    hatch: Hatch[Handed],
    questions: Mapping[int, tuple[str, str, Ask]],
    now: datetime,
    network: Network,
    visits: Mapping[str, Visit],
    *,
    held: Sequence[Collection[str]] = (),
) -> None:
    """Every question's answer through the hatch; a question is a label, an address and how to ask."""
    from briefing.fetch.asking import Asking, opened  # the client is needed by those who ask alone

    async def one(index: int, label: str, address: str, ask: Ask) -> None:
        get = Asking(shared, held[index] if held else None)
        try:
            found = await ask(get)
        except Exception as error:  # one source's trouble is never another's
            found = [Miss(label, address, f"asking failed: {type(error).__name__}")]
        hatch.hand((index, Fetched(tuple(found), tuple(get.visits.values()))))

    async with opened(network, now, visits, hatch) as shared, asyncio.TaskGroup() as group:
        for index, question in questions.items():
            group.create_task(one(index, *question))


async def _in_a_thread(hatch: Hatch[Handed], index: int, source: Source, ask: Callable[[], Fetched]) -> None:
    await hatch.room()
    try:
        fetched = await asyncio.to_thread(ask)
    except (OSError, RuntimeError, ValueError) as error:
        # A folder that may not be entered, a name that is too long or holds NUL, ~ of nobody.
        fetched = Fetched((Miss(source.label, source.address, reason_of(error)),))
    except Exception as error:  # as above
        fetched = Fetched((Miss(source.label, source.address, f"asking failed: {type(error).__name__}"),))
    hatch.hand((index, fetched))


def _read(source: Source, base: Path) -> Fetched:
    return Fetched(tuple(NEAR[_key(source, NEAR)](source, base)))

"""A server that plays the sources of a bad night: what it sends is written byte by byte.

It listens on loopback alone, on one address for each host that it plays (all of 127.0.0.0/8 leads to
this machine), and ends with its `with` block. It is no framework: a page is a function that is given the
request and the socket's two ends, so that it may lie about lengths, drip, or hang up.
"""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it came: names of headers in lower case."""

    path: str
    host: str
    headers: Mapping[str, str]
    at: float  # the loop's monotonic clock


Page = Callable[[Request, asyncio.StreamWriter], Awaitable[None]]


def reply(body: bytes = b"", status: str = "200 OK", *, length: int | None = None, **headers: str) -> Page:
    """Send this body with these headers (`content_type` becomes Content-Type), then hang up.

    `length` is what Content-Length claims, where it should lie.
    """
    named = {name.replace("_", "-").title(): value for name, value in headers.items()}
    head = {"Content-Length": str(len(body) if length is None else length), "Connection": "close", **named}
    lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())

    async def page(_: Request, out: asyncio.StreamWriter) -> None:
        out.write(f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body)
        await out.drain()

    return page


def late(page: Page, seconds: float) -> Page:
    """The same page after a while."""

    async def waiting(request: Request, out: asyncio.StreamWriter) -> None:
        await asyncio.sleep(seconds)
        await page(request, out)

    return waiting


def drip(head: bytes, piece: bytes, every: float) -> Page:
    """Send `head`, then `piece` again and again, until the other side has had enough."""

    async def page(_: Request, out: asyncio.StreamWriter) -> None:
        out.write(head)
        while True:
            await out.drain()
            await asyncio.sleep(every)
            out.write(piece)

    return page


@dataclass
class Wild:
    """The server. `pages` may be changed while it runs; a path that is not there is a 404.

    Keys are a path ("/feed"), or a host and a path ("127.0.0.7/feed"), which goes first.
    """

    pages: dict[str, Page] = field(default_factory=dict)
    hosts: tuple[str, ...] = ("127.0.0.1", "127.0.0.2", "127.0.0.3")
    tls: ssl.SSLContext | None = None
    requests: list[Request] = field(default_factory=list)
    most: int = 0  # connections that were open at once
    port: int = 0
    _open: int = 0
    _loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)
    _thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        started = threading.Event()
        self._thread = threading.Thread(target=self._serve, args=(started,), name="wild", daemon=True)
        self._thread.start()
        if not started.wait(10):
            raise RuntimeError("the server did not start")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        if self._thread is not None:
            self._thread.join(10)

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        """The address of a path."""
        return f"{'https' if self.tls else 'http'}://{host}:{self.port}{path}"

    def asked(self, path: str) -> list[Request]:
        """The requests for a path, in their order."""
        return [request for request in self.requests if request.path == path]

    def _serve(self, started: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        servers = [self._loop.run_until_complete(self._listen(host)) for host in self.hosts]
        started.set()
        try:
            self._loop.run_forever()
        finally:
            for server in servers:
                server.close()
            for task in asyncio.all_tasks(self._loop):
                task.cancel()
            self._loop.run_until_complete(asyncio.sleep(0))
            self._loop.close()

    async def _listen(self, host: str) -> asyncio.Server:
        """Listen on one address; all of them have the port that the first was given."""
        server = await asyncio.start_server(self._answer, host, self.port, ssl=self.tls, backlog=1_000)
        self.port = server.sockets[0].getsockname()[1]
        return server

    async def _answer(self, incoming: asyncio.StreamReader, out: asyncio.StreamWriter) -> None:
        self._open += 1
        self.most = max(self.most, self._open)
        try:
            await self._play(incoming, out)
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # the other side went away, which is its right
        finally:
            self._open -= 1
            out.close()

    async def _play(self, incoming: asyncio.StreamReader, out: asyncio.StreamWriter) -> None:
        head = (await incoming.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = head.strip().split("\r\n")
        headers = {
            name.strip().lower(): value.strip() for name, _, value in (x.partition(":") for x in lines)
        }
        path = first.split(" ")[1]
        host = headers.get("host", "").rpartition(":")[0]
        request = Request(path, host, headers, self._loop.time())
        self.requests.append(request)
        page = self.pages.get(host + path) or self.pages.get(path) or reply(b"no such page", "404 Not Found")
        await page(request, out)

"""One HTTP request whose whole answer is its status, with a bound on what a server may cost.

The body of an answer is never read: it says nothing that the status does not, and a page that says
"not found" often repeats the address, which may be a secret. Redirects are not followed: what is
sent goes where a person wrote, or nowhere.
"""

from __future__ import annotations

import asyncio
import hashlib
import socket
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

import httpx2

from briefing.errors import ConfigError
from briefing.version import VERSION

LAST_PORT = 65535
DIGITS = 8  # of the checksum in `masked`: enough to tell a person's few addresses apart


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may cost, in seconds."""

    connect: float
    read: float  # between two pieces of the answer
    total: float  # for the whole of it: a slow drip never trips `read`


@dataclass(frozen=True, slots=True)
class Reply:
    """How a server answered. Made by `ask`, read by the channels."""

    code: int  # 0: there was no answer
    said: str  # the standard's words for the code, or why there was none; never the address

    @property
    def ok(self) -> bool:
        """Whether the server took it."""
        return 200 <= self.code <= 299


def masked(url: str) -> str:
    """The address without what may be secret in it: "https://hooks.example.org/…3fa2b1c9".

    Chat services put a key into the path, others into the query or before the host. The checksum
    tells two addresses of one host apart. A password is not in it: unlike a key it may be short
    enough to be found by trying.
    """
    parts = urlsplit(url)
    login, _, host = parts.netloc.rpartition("@")
    whole = "\n".join((parts.scheme, login.partition(":")[0], host, parts.path, parts.query))
    checksum = hashlib.sha256(whole.encode("utf-8", "replace")).hexdigest()
    return f"{parts.scheme}://{host.lower()}/…{checksum[:DIGITS]}"


def usable(url: str) -> httpx2.URL:
    """The address as the client takes it. Raises ConfigError, which does not repeat it."""
    try:
        parsed = httpx2.URL(url)
        if parsed.port is None or 0 < parsed.port <= LAST_PORT:
            return parsed
    except (httpx2.InvalidURL, ValueError):
        pass  # said below, without the words of the error: they hold the address
    raise ConfigError(f"{masked(url)}: this address cannot be asked; look at its host and port")


def ask(
    method: str,
    url: httpx2.URL,
    *,
    limits: Limits,
    headers: Mapping[str, str] | None = None,
    content: bytes = b"",
) -> Reply:
    """Send one request; whatever goes wrong with it is in the reply."""
    try:
        code = asyncio.run(_status(method, url, limits, headers or {}, content))
    except (httpx2.HTTPError, httpx2.StreamError, OSError, ValueError) as error:
        return Reply(0, _reason(error, limits))
    return Reply(code, _phrase(code))


async def _status(
    method: str, url: httpx2.URL, limits: Limits, headers: Mapping[str, str], content: bytes
) -> int:
    """The status code. Asynchronous for the sake of `total`: nothing else ends a header that drips."""
    times = httpx2.Timeout(limits.read, connect=limits.connect)
    named = {"User-Agent": f"briefing/{VERSION}", **headers}
    async with (
        asyncio.timeout(limits.total),
        # No proxies and no .netrc: where it goes depends on feeds.yaml alone.
        httpx2.AsyncClient(trust_env=False, follow_redirects=False, timeout=times) as client,
        client.stream(method, url, headers=named, content=content) as response,
    ):
        return int(response.status_code)


def _reason(error: Exception, limits: Limits) -> str:
    """One stable line: no address, no port, no wording of the operating system."""
    if isinstance(error, httpx2.ConnectTimeout):
        return f"no connection within {limits.connect:g} s"
    if isinstance(error, httpx2.TimeoutException):
        return f"no answer within {limits.read:g} s"
    if isinstance(error, TimeoutError):
        return f"not finished within {limits.total:g} s"
    causes = list(_causes(error))
    for kind, reason in REASONS:
        if any(isinstance(cause, kind) for cause in causes):
            return reason
    return "the request failed"


# The first that any cause of the error is an instance of.
REASONS: tuple[tuple[type[BaseException], str], ...] = (
    (socket.gaierror, "name not found"),
    (ssl.SSLCertVerificationError, "its certificate is not valid"),
    (ssl.SSLError, "no secure connection (TLS)"),
    (ConnectionRefusedError, "connection refused"),
    (httpx2.ConnectError, "no connection"),
    (httpx2.RemoteProtocolError, "the connection ended early or broke the HTTP protocol"),
    (httpx2.NetworkError, "the connection broke"),
    (ValueError, "name not found"),  # a host that no name server would be asked for
)


def _phrase(code: int) -> str:
    """HTTP 404 Not Found: the standard's phrase, not the server's."""
    try:
        return f"HTTP {code} {HTTPStatus(code).phrase}"
    except ValueError:
        return f"HTTP {code}"


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what it was raised from."""
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        seen = seen.__cause__ or seen.__context__

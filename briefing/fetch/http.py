"""A Get over HTTP, by httpx2, with a bound on everything that a server decides: time, size, redirects."""

from __future__ import annotations

import re
import socket
import ssl
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus

import httpx2

from briefing import bounds
from briefing.fetch.get import Answer, Failure
from briefing.version import VERSION

MEGABYTE = 1_000_000
ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, text/html;q=0.9, */*;q=0.8"
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may cost. Seconds, bytes after decompression, and hops."""

    connect: float = bounds.CONNECT_SECONDS
    read: float = bounds.READ_SECONDS  # between two pieces of an answer
    total: float = 60.0  # for the whole of it, redirects included: a slow drip never trips `read`
    size: int = bounds.MAX_ANSWER
    redirects: int = bounds.MAX_REDIRECTS


class Web:
    """Answers GETs from the network; safe to call from several threads. Close it, or use `with`."""

    def __init__(self, limits: Limits = Limits()) -> None:
        self._limits = limits
        self._client = httpx2.Client(
            trust_env=False,  # no proxies, no .netrc: what is fetched depends on feeds.yaml alone
            timeout=httpx2.Timeout(limits.read, connect=limits.connect),
            headers={"User-Agent": user_agent(), "Accept": ACCEPT},
        )

    def __enter__(self) -> Web:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def __call__(self, address: str) -> Answer | Failure:
        """The answer at an http(s) address, or why there is none."""
        try:
            return self._followed(httpx2.URL(address), time.monotonic() + self._limits.total)
        except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError, OSError, ValueError) as error:
            return Failure(self._reason(error))

    def _followed(self, url: httpx2.URL, deadline: float) -> Answer | Failure:
        for _ in range(self._limits.redirects + 1):
            if url.scheme not in ("http", "https") or not url.host:
                return Failure("not an http:// or https:// address")
            with self._client.stream("GET", url, follow_redirects=False) as response:
                if not response.has_redirect_location:
                    return self._answer(response, deadline)
                url = url.join(response.headers["Location"])
            self._client.cookies.clear()  # what one server sets is nobody else's, nor the next run's
            if time.monotonic() > deadline:
                return Failure(self._too_slow())
        return Failure(f"more than {self._limits.redirects} redirects")

    def _answer(self, response: httpx2.Response, deadline: float) -> Answer | Failure:
        if response.status_code != HTTPStatus.OK:
            return Failure(_status(response.status_code))
        content = bytearray()
        for piece in _pieces(response):
            content += piece
            if len(content) > self._limits.size:
                return Failure(f"larger than {_size(self._limits.size)}: cut off")
            if time.monotonic() > deadline:
                return Failure(self._too_slow())
        self._client.cookies.clear()
        kind = response.headers.get("Content-Type", "")
        charset = CHARSET.search(kind)
        return Answer(bytes(content), kind.split(";")[0].strip().lower(), charset[1] if charset else "")

    def _too_slow(self) -> str:
        return f"not finished within {self._limits.total:g} s"

    def _reason(self, error: Exception) -> str:
        """One stable line: no ports, no addresses of memory, no wording of the operating system."""
        causes = list(_causes(error))
        if isinstance(error, httpx2.ConnectTimeout):
            return f"no connection within {self._limits.connect:g} s"
        if isinstance(error, httpx2.TimeoutException):
            return f"no answer within {self._limits.read:g} s"
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
    (httpx2.DecodingError, "its compression is broken"),
    (httpx2.RemoteProtocolError, "the connection ended early or broke the HTTP protocol"),
    (httpx2.NetworkError, "the connection broke"),
    (httpx2.InvalidURL, "not a valid address"),
    (httpx2.UnsupportedProtocol, "not an http:// or https:// address"),
    (ValueError, "not a valid address"),
)


def user_agent() -> str:
    """What servers read in their logs: briefing/<version>."""
    return f"briefing/{VERSION}"


def _pieces(response: httpx2.Response) -> Iterator[bytes]:
    """The body, decompressed; counted by what comes out, never by what Content-Length promises."""
    return response.iter_bytes()  # no chunk size: collecting a chunk would hide the time it takes


def _status(code: int) -> str:
    """HTTP 404 Not Found: the standard's phrase, not the server's."""
    try:
        return f"HTTP {code} {HTTPStatus(code).phrase}"
    except ValueError:
        return f"HTTP {code}"


def _size(count: int) -> str:
    return f"{count / MEGABYTE:g} MB" if count >= MEGABYTE else f"{count:,} bytes"


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what it was raised from, innermost last; the order of REASONS decides."""
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        seen = seen.__cause__ or seen.__context__

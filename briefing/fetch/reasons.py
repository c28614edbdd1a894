"""Why a request gave nothing, as one short line.

The same trouble has the same words on every machine and in every run: no ports, no addresses of
memory, no wording of an operating system or of a library. An edition prints them.
"""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus

import httpx2

from briefing.fetch.guard import Refused

MEGABYTE = 1_000_000
# Worth another try at once: the next machine behind the same name may do better.
PASSING = frozenset({HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT})
# No network at all. Nobody was asked, so nobody has to be spared.
NO_NETWORK = frozenset({errno.ENETUNREACH, errno.ENETDOWN, errno.EHOSTUNREACH})


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a request failed, and what that means for the next. Made here, read by asking."""

    reason: str
    passing: bool = False  # worth one quick retry
    wait: timedelta | None = None  # the server said how long
    reached: bool = True  # somebody was asked, and is to be asked less often


def of_status(code: int, wait: timedelta | None = None) -> Trouble:
    """HTTP 404 Not Found: the standard's phrase, not the server's."""
    try:
        reason = f"HTTP {code} {HTTPStatus(code).phrase}"
    except ValueError:
        reason = f"HTTP {code}"
    return Trouble(reason, passing=code in PASSING and wait is None, wait=wait)


def of_error(error: Exception, connect: float, read: float) -> Trouble:
    """What an exception of the client means. `connect` and `read` are its limits in seconds."""
    if isinstance(error, httpx2.ConnectTimeout):
        return Trouble(f"no connection within {connect:g} s")
    if isinstance(error, httpx2.TimeoutException):
        return Trouble(f"no answer within {read:g} s")
    causes = list(_causes(error))
    for cause in causes:
        if isinstance(cause, Refused):
            return Trouble(str(cause), reached=False)
        if isinstance(cause, ssl.SSLCertVerificationError):
            return Trouble(CERTIFICATES.get(cause.verify_code, "its certificate is not valid"))
        if isinstance(cause, OSError) and cause.errno in NO_NETWORK:
            return Trouble("no way to its network", reached=False)
    for kind, trouble in TROUBLES:
        if any(isinstance(cause, kind) for cause in causes):
            return trouble
    return Trouble("the request failed")


# OpenSSL's codes of verification.
CERTIFICATES = {
    9: "its certificate is not valid yet",
    10: "its certificate has expired",
    18: "its certificate is not signed by a known authority",
    19: "its certificate is not signed by a known authority",
    20: "its certificate is not signed by a known authority",
    21: "its certificate is not signed by a known authority",
    23: "its certificate was revoked",
    62: "its certificate is for another name",
    64: "its certificate is for another name",
}

# The first that any cause of the error is an instance of.
TROUBLES: tuple[tuple[type[BaseException], Trouble], ...] = (
    (socket.gaierror, Trouble("name not found", reached=False)),
    (UnicodeError, Trouble("name not found", reached=False)),
    (ssl.SSLError, Trouble("no secure connection (TLS)")),
    (ConnectionRefusedError, Trouble("connection refused")),
    (ConnectionResetError, Trouble("the connection broke", passing=True)),
    (httpx2.ConnectError, Trouble("no connection")),
    (httpx2.DecodingError, Trouble("its compression is broken")),
    (
        httpx2.RemoteProtocolError,
        Trouble("the connection ended early or broke the HTTP protocol", passing=True),
    ),
    (httpx2.NetworkError, Trouble("the connection broke", passing=True)),
    (httpx2.InvalidURL, Trouble("not a valid address")),
    (httpx2.UnsupportedProtocol, Trouble("not an http:// or https:// address")),
    (ValueError, Trouble("not a valid address")),
)


def size(count: int) -> str:
    """A number of bytes, for people."""
    return f"{count / MEGABYTE:g} MB" if count >= MEGABYTE else f"{count:,} bytes"


def span(wait: timedelta) -> str:
    """A length of time, for people: 10 min, 1.5 s."""
    seconds = wait.total_seconds()
    return f"{seconds / 60:g} min" if seconds >= 120 and seconds % 60 == 0 else f"{seconds:g} s"


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what it was raised from; of a server with several addresses all that were tried."""
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        if isinstance(seen, BaseExceptionGroup):
            for one in seen.exceptions:
                yield from _causes(one)
        seen = seen.__cause__ or seen.__context__

"""A connection with an IMAP server (RFC 9051), encrypted and bounded in all that a server decides.

IMAPClient speaks: it is kept up (4.1 follows Python's own changes to `imaplib`), verifies certificates where
it is given a context, parses answers and encodes the names of folders. What neither bounds is bounded here:
the time of the whole (a brake stops the socket from another thread, whatever wraps it by then), its bytes and
lines, and the size that a server may claim for one literal, which is else reserved before it comes.

The guard against one's own network is not asked: no stranger gives this address, it stands in feeds.yaml.
"""

from __future__ import annotations

import imaplib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from briefing.bounds import CONNECT_SECONDS, IMAP_SECONDS, MAX_IMAP, MAX_IMAP_LINES, MAX_MAIL, READ_SECONDS

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


@dataclass(frozen=True, slots=True)
class Limits:
    """What one mailbox may cost. Seconds and bytes."""

    connect: float = CONNECT_SECONDS
    read: float = READ_SECONDS  # between two pieces of an answer
    total: float = IMAP_SECONDS  # for the whole, from the connection to the last mail
    whole: int = MAX_IMAP  # all that the server says
    lines: int = MAX_IMAP_LINES  # of it; each is kept as an object
    literal: int = (
        MAX_MAIL + MAX_MAIL // 10
    )  # sizes are told inexactly: one piece of it that is announced with its size: a mail


@dataclass(frozen=True, slots=True)
class Account:
    """Which server is asked, how, and who asks. Made and read in this room."""

    host: str
    port: int
    security: Literal["tls", "starttls"]
    context: ssl.SSLContext
    user: str
    password: str


class NoMailbox(Exception):
    """Why a mailbox cannot be read: one stable line, in which no server has a word."""


class _Flood(OSError):
    """The server says more than one may be told."""


@contextmanager
def connected(account: Account, limits: Limits = Limits()) -> Iterator[IMAPClient]:
    """A client that is logged in, over TLS. Raises NoMailbox for all that goes wrong before and within."""
    brake = _Brake(limits.total)
    try:
        with closing(brake), _client(account, limits, brake) as client:
            if account.security == "starttls":
                _encrypt(client, account.context)
            _log_in(client, account)
            yield client
    except NoMailbox:
        raise
    except Exception as error:  # whatever parsers raise on answers that are none, deep nesting included
        late = f"not finished within {limits.total:g} s" if brake.pulled else ""
        raise NoMailbox(late or _reason(error, limits)) from None


def _encrypt(client: IMAPClient, context: ssl.SSLContext) -> None:
    try:
        client.starttls(context)
    except imaplib.IMAP4.abort:
        raise
    except IMAPClientError:
        raise NoMailbox("it offers no encryption (STARTTLS), and without it nobody logs in") from None


def _log_in(client: IMAPClient, account: Account) -> None:
    """By AUTHENTICATE PLAIN where the server has it, which takes any letters; else by LOGIN."""
    try:
        plain = client.has_capability("AUTH=PLAIN")
        (client.plain_login if plain else client.login)(account.user, account.password)
    except imaplib.IMAP4.abort:
        raise
    except UnicodeEncodeError:
        raise NoMailbox("it takes no login with letters beyond ASCII") from None
    except IMAPClientError:
        raise NoMailbox("it refused the login: see what user_from and password_from name") from None


def _client(account: Account, limits: Limits, brake: _Brake) -> IMAPClient:
    """A client whose sockets count, and whose literals have a size that can be."""
    left, lines = limits.whole, limits.lines

    def count(size: int) -> None:
        nonlocal left
        left -= size
        if left < 0:
            raise _Flood

    secure, plain = _metered(ssl.SSLSocket, count), _metered(socket.socket, count)
    account.context.sslsocket_class = secure

    class Connection(imaplib.IMAP4):
        def _create_socket(self, timeout: float | None = None) -> socket.socket:
            del timeout
            wire = socket.create_connection((account.host, account.port), limits.connect)
            brake.hold(wire)
            if account.security == "tls":
                return account.context.wrap_socket(wire, server_hostname=account.host)
            counted: socket.socket = plain(wire.family, wire.type, wire.proto, wire.detach())
            counted.settimeout(limits.read)
            return counted

        def readline(self) -> bytes:
            nonlocal lines
            lines -= 1
            if lines < 0:
                raise _Flood
            return super().readline()

        def read(self, size: int) -> bytes:
            if size > limits.literal:
                raise _Flood
            return super().read(size)

    class Client(IMAPClient):  # type: ignore[misc]  # the library is untyped
        def _create_IMAP4(self) -> imaplib.IMAP4:  # noqa: N802 - the library's own name
            return Connection(account.host, account.port)

    # The library's `ssl` says whether STARTTLS has nothing more to do.
    return Client(
        account.host,
        account.port,
        ssl=account.security == "tls",
        ssl_context=account.context,
        timeout=limits.read,
    )


def _metered(kind: type[socket.socket], count: Callable[[int], None]) -> Any:
    """A kind of socket that tells how much it has received."""

    class Metered(kind):  # type: ignore[misc,valid-type]  # made from an argument
        def recv_into(self, buffer: WriteableBuffer, *arguments: Any) -> int:
            size: int = super().recv_into(buffer, *arguments)
            count(size)
            return size

    return Metered


class _Brake:
    """Stops a connection when its time is up."""

    def __init__(self, seconds: float) -> None:
        self.pulled = False
        self._wire: socket.socket | None = None
        self._timer = threading.Timer(seconds, self._pull)
        self._timer.daemon = True
        self._timer.start()

    def hold(self, wire: socket.socket) -> None:
        """Take hold of a connection, by a second handle on it."""
        self._wire = wire.dup()
        if self.pulled:
            self._pull()

    def close(self) -> None:
        """Let go."""
        self._timer.cancel()
        if self._wire is not None:
            self._wire.close()

    def _pull(self) -> None:
        self.pulled = True
        if self._wire is not None:
            with suppress(OSError):
                self._wire.shutdown(socket.SHUT_RDWR)


# The first that the error is an instance of.
REASONS: tuple[tuple[type[BaseException], str], ...] = (
    (_Flood, "it says more than a mailbox of this size can"),
    (socket.gaierror, "name not found"),
    (ssl.SSLCertVerificationError, "its certificate is not valid"),
    (ssl.SSLError, "no secure connection (TLS)"),
    (ConnectionRefusedError, "connection refused"),
    (OSError, "the connection broke"),
    (imaplib.IMAP4.abort, "the connection broke"),
)


def _reason(error: Exception, limits: Limits) -> str:
    if isinstance(error, TimeoutError):
        return f"no answer within {limits.read:g} s"
    told = (reason for kind, reason in REASONS if isinstance(error, kind))
    return next(told, "it broke the IMAP protocol")

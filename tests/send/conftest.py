"""Mail servers on loopback that do what a test tells them, and a small edition to mail."""

from __future__ import annotations

import asyncio
import io
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from briefing.config.delivery import Mail
from briefing.model import Edition, Letter, Page, Parcel
from briefing.render import load
from briefing.send.mail import Mailer
from briefing.send.server import Limits

ROOT = Path(__file__).parents[2]
SENDER = '"Стіл, ранок" <desk@example.org>'
LETTER = Letter(
    subject="Ранковий брифінг – четвер, 12 березня 2026",
    text="КЛЮЧОВЕ\n\n.Рядок, що починається з крапки.\nFrom here on it is plain — mostly.\n"
    + "довго " * 300
    + "\n",
    html="<!doctype html>\n<html lang='uk'><p>Рядок</p>\n<p>" + "ü" * 1200 + "</p></html>\n",
)
SLIM = Letter(
    "Ранковий брифінг – четвер, 12 березня 2026", "PDF: https://b.example.org/\n", "<p>PDF: там</p>\n"
)
SHORT = Limits(connect=20.0, command=20.0, message=30.0, answer=30.0, goodbye=0.5)  # no test hangs
USER, PASSWORD = "desk", "pässword-Ж-4711"


# --- what is mailed -------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def pdf() -> bytes:
    """A real PDF of one page."""
    import pypdfium2

    document, file = pypdfium2.PdfDocument.new(), io.BytesIO()
    document.new_page(200, 200)
    document.save(file)
    return file.getvalue()


@pytest.fixture(scope="session")
def week() -> Edition:
    """The edition that the sample week gives."""
    return load((ROOT / "tests" / "golden" / "week" / "edition.json").read_bytes())


@pytest.fixture(scope="session")
def parcel(week: Edition, pdf: bytes) -> Parcel:
    """An edition of the sample week, with short letters in another script."""
    edition = replace(week, briefing="ранковий-брифінг", title="Ранковий брифінг")
    pages = (Page("json", "edition.json", b"{}"), Page("pdf", "edition.pdf", pdf))
    return Parcel(edition, pages, LETTER, SLIM, (), Path("output"), "", "0123456789abcdef" * 2)


# --- who mails it ---------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def options() -> Callable[..., Mail]:
    """`options(port)`: a server on loopback and three readers, or what a test says in their place."""
    usual = {
        "server": "localhost",
        "port": 25,
        "ca_file": "ca.pem",
        "sender": SENDER,
        "to": ["Anna <anna@example.org>"],
        "cc": ["borys@Example.COM"],
        "bcc": ["chef@example.net"],
    }
    return lambda port=25, **changes: Mail.model_validate(usual | {"port": port} | changes)


@pytest.fixture
def mailer(authority: Authority, options: Callable[..., Mail]) -> Callable[..., Mailer]:
    """`mailer(port)`: the channel with such options, which trusts the authority and is not patient."""
    return lambda port=25, limits=SHORT, **changes: Mailer(options(port, **changes), authority.folder, limits)


@pytest.fixture(autouse=True)
def no_login(monkeypatch: pytest.MonkeyPatch) -> None:
    """No login from the environment of whoever runs the tests."""
    for name in ("BRIEFING_SMTP_USER", "BRIEFING_SMTP_PASSWORD"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def login(monkeypatch: pytest.MonkeyPatch, no_login: None) -> str:
    """A login in the environment, and its password, which is the right one."""
    monkeypatch.setenv("BRIEFING_SMTP_USER", USER)
    monkeypatch.setenv("BRIEFING_SMTP_PASSWORD", PASSWORD)
    return PASSWORD


# --- certificates -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Authority:
    """Whoever trusts `file` trusts the servers that it vouches for."""

    ca: trustme.CA
    folder: Path  # holds ca.pem

    def serving(self, *names: str) -> ssl.SSLContext:
        """What a server of these names needs."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.ca.issue_cert(*names).configure_cert(context)
        return context


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """An authority that this session made, its certificate in ca.pem."""
    folder, ca = tmp_path_factory.mktemp("authority"), trustme.CA()
    ca.cert_pem.write_to_path(folder / "ca.pem")
    return Authority(ca, folder)


# --- a real SMTP server -----------------------------------------------------------------------------


@dataclass
class Inbox:
    """Keeps what it is sent, and answers as told: `answers["RCPT anna@example.org"]`, one after the other."""

    answers: dict[str, list[str]] = field(default_factory=dict)
    mails: list[tuple[str, bytes]] = field(default_factory=list)  # recipient, content
    connections: list[Any] = field(default_factory=list)  # the name in each EHLO
    options: list[str] = field(default_factory=list)  # of each MAIL FROM

    def _told(self, place: str) -> str:
        waiting = self.answers.get(place, [])
        return waiting.pop(0) if waiting else ""

    async def handle_EHLO(  # noqa: N802 – aiosmtpd calls it so
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections.append(hostname)
        session.host_name = hostname
        return responses

    async def handle_MAIL(  # noqa: N802 – aiosmtpd calls it so
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.options.append(" ".join(options))
        if told := self._told("MAIL"):
            return told
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 – aiosmtpd calls it so
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if told := self._told(f"RCPT {address}"):
            if told == "hang up":
                _hang_up(server)
            return told
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 – as above
        (recipient,), told = envelope.rcpt_tos, self._told(f"DATA {envelope.rcpt_tos[0]}")
        if told in {"", "hang up"}:
            self.mails.append((recipient, envelope.original_content or b""))
        if told == "hang up":
            _hang_up(server)
        return told or "250 kept"

    def authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        told = self._told("AUTH")
        right = data == LoginPassword(USER.encode(), PASSWORD.encode())
        return AuthResult(success=right and not told, handled=False, message=told or None)

    @property
    def recipients(self) -> list[str]:
        return [recipient for recipient, _ in self.mails]


def _hang_up(server: SMTP) -> None:
    assert isinstance(server.transport, asyncio.Transport)
    server.transport.abort()


@dataclass(frozen=True)
class Office:
    """A server that runs."""

    port: int
    inbox: Inbox


def free_port() -> int:
    """A port that nobody listens on; whoever takes it soon has it."""
    with closing(socket.create_server(("127.0.0.1", 0))) as held:
        return int(held.getsockname()[1])


@pytest.fixture
def office(authority: Authority) -> Iterator[Callable[..., Office]]:
    """`office("starttls", {"RCPT a@b.c": ["550 no"]})`: a real SMTP server, while the test lasts."""
    running: list[Controller] = []

    def start(
        security: str = "starttls",
        answers: dict[str, list[str]] | None = None,
        *,
        names: tuple[str, ...] = ("localhost", "127.0.0.1"),
        login: bool = False,
        **options: Any,
    ) -> Office:
        inbox, port = Inbox(answers or {}), free_port()
        context = None if security == "none" else authority.serving(*names)
        if security == "starttls":
            options |= {"tls_context": context, "require_starttls": True}
        if login:
            options |= {"authenticator": inbox.authenticate, "auth_required": True}
        controller = Controller(
            inbox,
            "127.0.0.1",
            port,
            ssl_context=context if security == "tls" else None,
            server_hostname="office.example.net",
            **options,
        )
        controller.start()
        running.append(controller)
        return Office(port, inbox)

    yield start
    for controller in running:
        controller.stop()


# --- a server that follows a script, for what no decent server does ----------------------------------


@pytest.fixture
def scripted() -> Iterator[Callable[[Callable[[socket.socket], None]], int]]:
    """`scripted(talk)`: the port of a server that lets `talk` loose on each connection."""
    listening: list[socket.socket] = []

    def serve(server: socket.socket, talk: Callable[[socket.socket], None]) -> None:
        with suppress(OSError):  # the test is over
            while True:
                wire, _ = server.accept()
                with wire, suppress(OSError):  # the client has gone
                    wire.settimeout(30)
                    talk(wire)

    def start(talk: Callable[[socket.socket], None]) -> int:
        server = socket.create_server(("127.0.0.1", 0))
        listening.append(server)
        threading.Thread(target=serve, args=(server, talk), daemon=True).start()
        return int(server.getsockname()[1])

    yield start
    for server in listening:
        with suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)
        server.close()

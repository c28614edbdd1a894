"""Mailboxes on a server: Dovecot as Debian ships it, and one that lies."""

from __future__ import annotations

import logging
import os
import socket
import ssl
import subprocess
import tempfile
import threading
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import trustme

from briefing.bounds import MAX_MAIL
from briefing.config.source import Imap, Source
from briefing.fetch.imap import fetch_imap
from briefing.fetch.wire import Limits
from briefing.model import Document, Fetched, Miss, Unchanged
from briefing.read import read
from tests.imapd import DOVECOT, PASSWORD, Dovecot, running

NOW = datetime.now(UTC)  # the server dates what arrives by its own clock
PATIENT = Limits()
SHORT = Limits(connect=10.0, read=2.0, total=60.0)

Ask = Callable[..., Fetched]
Serve = Callable[..., Any]


def letter(number: int) -> bytes:
    return f"From: Harbour <news@harbour.example>\r\nSubject: Ferry {number}\r\n\r\nIt sails.\r\n".encode()


@dataclass(frozen=True)
class Authority:
    """Whoever trusts `folder`/ca.pem trusts the servers that it vouches for."""

    ca: trustme.CA
    folder: Path


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """An authority that this session made, its certificate in ca.pem."""
    folder, ca = tmp_path_factory.mktemp("authority"), trustme.CA()
    ca.cert_pem.write_to_path(folder / "ca.pem")
    return Authority(ca, folder)


@pytest.fixture(scope="session")
def dovecots(authority: Authority) -> Iterator[Callable[[str], Dovecot]]:
    """`dovecots("plain")`: Dovecot on loopback, as a user that is not root; one for each kind of login."""
    if not Path(DOVECOT).exists():
        if os.environ.get("CI"):
            pytest.fail("Dovecot is missing (dovecot-imapd), and on CI it must be there")
        pytest.skip("needs Dovecot: apt-get install dovecot-imapd")
    started: dict[str, tuple[Dovecot, subprocess.Popen[bytes]]] = {}
    with tempfile.TemporaryDirectory() as name:  # its sockets need a short path, and tmp_path has none

        def start(mechanisms: str) -> Dovecot:
            if mechanisms not in started:
                started[mechanisms] = running(Path(name) / mechanisms, authority.ca, mechanisms)
            return started[mechanisms][0]

        Path(name).chmod(0o755)  # for the user that is not root
        yield start
        for _, process in started.values():
            process.terminate()
            process.wait(30)


@pytest.fixture
def dovecot(
    dovecots: Callable[[str], Dovecot], monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Callable[..., Dovecot]:
    """`dovecot(mechanisms="plain")`: a server with a mailbox of this test's own, and the login to it."""
    user = f"desk{abs(hash(request.node.nodeid))}"
    monkeypatch.setenv("BRIEFING_IMAP_USER", user)
    monkeypatch.setenv("BRIEFING_IMAP_PASSWORD", PASSWORD)

    def mine(mechanisms: str = "plain") -> Dovecot:
        server = replace(dovecots(mechanisms), user=user)
        server.deliver()
        return server

    return mine


@pytest.fixture(autouse=True)
def login(monkeypatch: pytest.MonkeyPatch) -> None:
    """A login in the environment."""
    monkeypatch.setenv("BRIEFING_IMAP_USER", "desk")
    monkeypatch.setenv("BRIEFING_IMAP_PASSWORD", "geheim")


@pytest.fixture
def ask(authority: Any) -> Ask:
    """`ask(port)`: what the mailbox at a port of this machine gives."""

    def asked(
        port: int,
        limits: Limits = PATIENT,
        visits: Fetched | None = None,
        now: datetime = NOW,
        **changes: Any,
    ) -> Fetched:
        options = {"server": "localhost", "port": port, "ca_file": "ca.pem"} | changes
        source = Source(name="Post", imap=Imap.model_validate(options))
        known = {visit.address: visit for visit in visits.visits} if visits else {}
        return fetch_imap(source, authority.folder, now=now, visits=known, limits=limits)

    return asked


def reasons(fetched: Fetched) -> list[str]:
    return [one.reason for one in fetched.documents if isinstance(one, Miss)]


def subjects(fetched: Fetched) -> list[bytes]:
    return [one.content.split(b"\r\n")[1] for one in fetched.documents if isinstance(one, Document)]


def test_mails_are_fetched_once_the_newest_first_and_stay_unseen(dovecot: Serve, ask: Ask) -> None:
    server = dovecot()
    server.deliver(letter(1), letter(2))
    first = ask(server.tls)
    assert subjects(first) == [b"Subject: Ferry 2", b"Subject: Ferry 1"]
    addresses = [one.address for one in first.documents]
    head = f"imap://localhost:{server.tls}/INBOX;UIDVALIDITY="
    assert all(address.startswith(head) for address in addresses)
    assert [address.rpartition("/;UID=")[2] for address in addresses] == ["2", "1"]
    server.deliver(letter(3))
    second = ask(server.tls, visits=first)
    assert subjects(second) == [b"Subject: Ferry 3"]
    unchanged = {one.address for one in second.documents if isinstance(one, Unchanged)}
    assert unchanged == set(addresses)
    assert server.flags() == ["", "", ""]  # no mail was marked as seen


def test_a_mail_whose_article_is_no_longer_at_hand_is_fetched_again(dovecot: Serve, ask: Ask) -> None:
    server = dovecot()
    server.deliver(letter(1))
    first = ask(server.tls)
    forgotten = replace(first, visits=tuple(replace(visit, etag="") for visit in first.visits))
    assert ask(server.tls, visits=forgotten) == first


def test_a_fetched_mail_is_read_as_a_mail(dovecot: Serve, ask: Ask) -> None:
    server = dovecot()
    server.deliver(letter(1))
    (document,) = ask(server.tls).documents
    assert isinstance(document, Document)
    (article,) = read(document, Source(imap=Imap(server="localhost")), "UTC")
    assert (getattr(article, "title", ""), getattr(article, "url", "x")) == ("Ferry 1", "")


def test_a_folder_is_chosen_by_its_name_in_any_letters(dovecot: Serve, ask: Ask) -> None:
    server = dovecot()
    server.deliver(letter(1))
    server.deliver(letter(2), folder=".&BBsEOARBBEIEOA-")  # "Листи" in IMAP's own UTF-7
    found = ask(server.tls, folder="Листи")
    assert subjects(found) == [b"Subject: Ferry 2"]
    assert "/%D0%9B%D0%B8%D1%81%D1%82%D0%B8;UIDVALIDITY=" in found.documents[0].address
    assert reasons(ask(server.tls, folder="Nowhere")) == ["it has no such folder, or none that may be read"]


def test_starttls_encrypts_before_the_login(dovecot: Serve, ask: Ask) -> None:
    server = dovecot()
    server.deliver(letter(1))
    assert len(ask(server.plain, security="starttls").documents) == 1


def test_a_login_with_letters_beyond_ascii_needs_authenticate(dovecot: Serve, ask: Ask) -> None:
    server = dovecot(mechanisms="login")
    assert reasons(ask(server.tls)) == ["it takes no login with letters beyond ASCII"]


def test_a_wrong_password_is_told_without_it(
    dovecot: Serve, ask: Ask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    server = dovecot()
    monkeypatch.setenv("BRIEFING_IMAP_PASSWORD", "geheim-4711")
    with caplog.at_level(logging.DEBUG):
        found = ask(server.tls)
    assert reasons(found) == ["it refused the login: see what user_from and password_from name"]
    assert "geheim-4711" not in repr(found) + caplog.text


def test_a_certificate_that_nobody_vouches_for_is_refused(dovecot: Serve, ask: Ask) -> None:
    server = dovecot()
    assert reasons(ask(server.tls, ca_file=None)) == ["its certificate is not valid"]
    assert reasons(ask(server.plain, ca_file=None, security="starttls")) == ["its certificate is not valid"]
    assert reasons(ask(server.tls, server="127.0.0.1")) == ["its certificate is not valid"]  # another name


def test_mails_that_came_before_are_not_asked_for(dovecot: Serve, ask: Ask) -> None:
    server = dovecot()
    server.deliver(letter(1))
    assert ask(server.tls, now=NOW + timedelta(days=6), since="7d").documents
    assert not ask(server.tls, now=NOW + timedelta(days=30), since="7d").documents
    assert ask(server.tls, now=datetime.fromtimestamp(0, UTC)).documents  # a look without a memory


def test_a_mail_that_is_too_large_is_a_miss_and_the_others_come(dovecot: Serve, ask: Ask) -> None:
    server = dovecot()
    server.deliver(letter(1), letter(2) + b"x" * MAX_MAIL, letter(3))
    found = ask(server.tls)
    assert subjects(found) == [b"Subject: Ferry 3", b"Subject: Ferry 1"]
    assert reasons(found) == ["larger than 10 MB"]


# --- what is wrong before anything is asked -------------------------------------------------------


def test_a_login_that_is_not_set_is_told(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BRIEFING_IMAP_PASSWORD")
    assert reasons(ask(1)) == ["BRIEFING_IMAP_PASSWORD is not set, or is more than one line"]


def test_a_password_that_would_break_the_line_is_not_sent(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFING_IMAP_PASSWORD", "a\r\nA1 DELETE INBOX")
    assert reasons(ask(1)) == ["BRIEFING_IMAP_PASSWORD is not set, or is more than one line"]


def test_a_password_that_others_may_read_is_not_used(ask: Ask, authority: Any) -> None:
    (authority.folder / "word").write_text("geheim-4711")
    (authority.folder / "word").chmod(0o644)
    (reason,) = reasons(ask(1, password_from="./word"))
    assert reason == "word: mode 0644 lets others read this secret; chmod 600 word"


def test_certificates_that_are_missing_are_told(ask: Ask) -> None:
    assert reasons(ask(1, ca_file="nowhere.pem")) == ["ca_file nowhere.pem holds no certificates"]


def test_nobody_listens(ask: Ask) -> None:
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
    assert reasons(ask(port)) == ["connection refused"]


# --- a server that lies ---------------------------------------------------------------------------

GREETING = b"* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready\r\n"
Play = Callable[[ssl.SSLSocket, bytes], bytes | None]


@pytest.fixture
def liar(authority: Any) -> Iterator[Callable[[Play], int]]:
    """`liar(play)`: a server whose answer to each line is `play(wire, line)`; gives its port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca: trustme.CA = authority.ca
    ca.issue_cert("localhost").configure_cert(context)
    held: list[socket.socket] = []

    def serve(listening: socket.socket, play: Play) -> None:
        try:
            wire = context.wrap_socket(listening.accept()[0], server_side=True)
            held.append(wire)
            wire.sendall(GREETING)
            for line in wire.makefile("rb"):
                answer = play(wire, line)
                if answer is None:
                    return
                wire.sendall(answer)
        except OSError:
            pass  # the other side has had enough

    def start(play: Play) -> int:
        listening = socket.create_server(("127.0.0.1", 0))
        held.append(listening)
        threading.Thread(target=serve, args=(listening, play), daemon=True).start()
        port: int = listening.getsockname()[1]
        return port

    yield start
    for one in held:
        one.close()


def honest(line: bytes, **lies: bytes) -> bytes:
    """What a server with one mail says, except where it lies; `TAG` becomes the tag of the question."""
    tag, _, rest = line.strip().partition(b" ")
    usual = {
        "AUTHENTICATE": b"+ \r\n",
        "CAPABILITY": b"* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\nTAG OK done\r\n",
        "EXAMINE": b"* 1 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\nTAG OK [READ-ONLY] done\r\n",
        "SEARCH": b"* SEARCH 1\r\nTAG OK done\r\n",
        "SIZE": b"* 1 FETCH (UID 1 RFC822.SIZE 20)\r\nTAG OK done\r\n",
        "PEEK": b"* 1 FETCH (UID 1 BODY[] {5}\r\nA: b\n)\r\nTAG OK done\r\n",
        "LOGOUT": b"* BYE\r\nTAG OK done\r\n",
    } | lies
    for word, answer in usual.items():
        if word.encode() in rest:
            return answer.replace(b"TAG", tag)
    return tag + b" OK done\r\n"


def test_the_liar_can_be_honest(liar: Callable[[Play], int], ask: Ask) -> None:
    tags: list[bytes] = []

    def play(_: ssl.SSLSocket, line: bytes) -> bytes:
        if b"AUTHENTICATE" in line:
            tags.append(line.split()[0])
        return tags[0] + b" OK done\r\n" if b" " not in line.strip() else honest(line)

    found = ask(liar(play), SHORT)
    assert [getattr(one, "content", one) for one in found.documents] == [b"A: b\n"]


LIES: dict[str, tuple[dict[str, bytes], str]] = {
    "a literal of terabytes": (
        {"PEEK": b"* 1 FETCH (UID 1 BODY[] {9999999999999}\r\nabc"},
        "it says more than a mailbox of this size can",
    ),
    "a literal that never comes": (
        {"PEEK": b"* 1 FETCH (UID 1 BODY[] {9000000}\r\nabc"},
        "no answer within 2 s",
    ),
    "an endless line": ({"SEARCH": b"* SEARCH " + b"1" * 2_000_000}, "it broke the IMAP protocol"),
    "no answer": ({"EXAMINE": b""}, "no answer within 2 s"),
    "numbers that are none": ({"SEARCH": b"* SEARCH a b\r\nTAG OK done\r\n"}, "it broke the IMAP protocol"),
    "nesting": (
        {"SIZE": b"* 1 FETCH " + b"(" * 100_000 + b"\r\nTAG OK done\r\n"},
        "it broke the IMAP protocol",
    ),
    "no UIDVALIDITY": (
        {"EXAMINE": b"* 1 EXISTS\r\nTAG OK done\r\n"},
        "it gives its mails no lasting numbers (UIDVALIDITY)",
    ),
    "a refusal": ({"SEARCH": b"TAG NO geheim\r\n"}, "it broke the IMAP protocol"),
    "no size": ({"SIZE": b"* 1 FETCH (UID 1)\r\nTAG OK done\r\n"}, ""),
    "another mail": ({"PEEK": b"* 9 FETCH (UID 9 BODY[] {5}\r\nA: b\n)\r\nTAG OK done\r\n"}, ""),
    "good-bye": ({"SEARCH": b"* BYE\r\n"}, "the connection broke"),
}


@pytest.mark.parametrize(("lies", "said"), LIES.values(), ids=LIES)
def test_a_server_that_lies_is_a_miss(
    liar: Callable[[Play], int], ask: Ask, lies: dict[str, bytes], said: str
) -> None:
    tags: list[bytes] = []

    def play(_: ssl.SSLSocket, line: bytes) -> bytes:
        if b"AUTHENTICATE" in line:
            tags.append(line.split()[0])
        return tags[0] + b" OK done\r\n" if b" " not in line.strip() else honest(line, **lies)

    tracemalloc.start()
    found = ask(liar(play), SHORT)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert reasons(found) == ([said] if said else [])
    assert peak < 60_000_000


def test_a_drip_ends_with_the_time_of_the_whole(liar: Callable[[Play], int], ask: Ask) -> None:
    stop = threading.Event()

    def play(wire: ssl.SSLSocket, _: bytes) -> bytes | None:
        while not stop.wait(0.05):
            wire.sendall(b"* OK still here\r\n")
        return None

    try:
        assert reasons(ask(liar(play), replace(SHORT, total=1.5))) == ["not finished within 1.5 s"]
    finally:
        stop.set()


@pytest.mark.parametrize(("line", "bound"), [(b"x" * 50_000, {"whole": 3_000_000}), (b"x", {"lines": 5_000})])
def test_a_flood_ends_with_the_bytes_or_lines_of_the_whole(
    liar: Callable[[Play], int], ask: Ask, line: bytes, bound: dict[str, int]
) -> None:
    def play(wire: ssl.SSLSocket, _: bytes) -> bytes | None:
        while True:
            wire.sendall(b"* OK " + line + b"\r\n")

    said = "it says more than a mailbox of this size can"
    assert reasons(ask(liar(play), replace(SHORT, **bound))) == [said]


def test_who_offers_no_encryption_gets_no_login(ask: Ask) -> None:
    heard: list[bytes] = []

    def serve(listening: socket.socket) -> None:
        wire = listening.accept()[0]
        wire.sendall(b"* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready\r\n")
        for line in wire.makefile("rb"):
            heard.append(line)
            tag = line.split()[0]
            wire.sendall(b"* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n" + tag + b" OK done\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=serve, args=(listening,), daemon=True).start()
        found = ask(listening.getsockname()[1], SHORT, security="starttls")
    assert reasons(found) == ["it offers no encryption (STARTTLS), and without it nobody logs in"]
    assert not [line for line in heard if b"LOGIN" in line or b"AUTHENTICATE" in line]

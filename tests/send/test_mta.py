"""One edition through Exim, as Debian ships it: STARTTLS, login, local delivery, an unknown recipient."""

from __future__ import annotations

import getpass
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import trustme

from briefing.model import Parcel, Receipt
from briefing.render import letter, render
from briefing.send.mail import Mailer
from briefing.send.server import Limits

EXIM = shutil.which("exim4") or "/usr/sbin/exim4"  # Debian: exim4-daemon-light
OWNER = "Debian-exim"  # whom its postinst makes; root may not deliver
ANNA, BORYS, NOBODY = "anna@example.org", "borys@example.org", "nobody@example.org"
PATIENT = Limits()

# A submission server as RFC 6409 has it: nothing without encryption and login, mail into Maildirs.
CONFIGURATION = """
primary_hostname = mail.example.org
exim_user = {user}
exim_group = {group}
deliver_drop_privilege = true
spool_directory = {folder}/spool
log_file_path = {folder}/log/%slog
pid_file_path = {folder}/exim.pid
local_interfaces = 127.0.0.1
domainlist local_domains = example.org
host_lookup =
rfc1413_query_timeout = 0s
keep_environment =
message_size_limit = {most}
tls_advertise_hosts = *
tls_certificate = {folder}/server.pem
auth_advertise_hosts = ${{if eq {{$tls_in_cipher}}{{}} {{}}{{*}}}}
smtputf8_advertise_hosts = *
acl_smtp_rcpt = recipients
begin acl
recipients:
  deny !encrypted = *
  deny !authenticated = *
  deny !verify = recipient
  accept
begin routers
people:
  driver = accept
  domains = +local_domains
  local_parts = anna : borys
  transport = files
begin transports
files:
  driver = appendfile
  directory = {folder}/mail/$local_part_data
  maildir_format
  user = {user}
  group = {group}
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_condition = ${{if and {{{{eq {{$auth2}}{{desk}}}}{{eq {{$auth3}}{{morning}}}}}}}}
  server_set_id = $auth2
"""


@dataclass(frozen=True)
class Exim:
    """A mail server that runs, and where it leaves mail."""

    port: int
    folder: Path

    def delivered(self, person: str) -> list[bytes]:
        """What lies in somebody's Maildir once something does; Exim delivers after it has answered."""
        deadline = time.monotonic() + 30
        while not (found := list((self.folder / "mail" / person).glob("new/*"))):
            assert time.monotonic() < deadline, (self.folder / "log" / "mainlog").read_text()
            time.sleep(0.05)
        return [path.read_bytes() for path in found]


@pytest.fixture
def exim(authority: Any) -> Iterator[Callable[..., Exim]]:
    """`exim(most=20_000_000)`: Exim on loopback, as a user that is not root; ends with the test."""
    if not Path(EXIM).exists():
        if os.environ.get("CI"):
            pytest.fail("Exim is missing (exim4-daemon-light), and on CI it must be there")
        pytest.skip("needs Exim: apt-get install exim4-daemon-light")
    running: list[subprocess.Popen[bytes]] = []
    user = pwd.getpwnam(OWNER if os.geteuid() == 0 else getpass.getuser())
    with tempfile.TemporaryDirectory() as name:  # tmp_path lies in a folder that only its owner may enter

        def start(most: int = 20_000_000) -> Exim:
            with closing(socket.create_server(("127.0.0.1", 0))) as held:
                at = Exim(held.getsockname()[1], Path(name))
            _furnish(at, authority.ca, user, most)
            running.append(_started(at, user))
            return at

        yield start
        for process in running:
            process.terminate()
            process.wait(30)


def _furnish(at: Exim, ca: trustme.CA, user: pwd.struct_passwd, most: int) -> None:
    """Folders, certificate and configuration, all of them the user's."""
    for folder in ("spool", "log", "mail"):
        (at.folder / folder).mkdir()
    ca.issue_cert("localhost").private_key_and_cert_chain_pem.write_to_path(at.folder / "server.pem")
    text = CONFIGURATION.format(folder=at.folder, user=user.pw_uid, group=user.pw_gid, most=most)
    (at.folder / "exim.conf").write_text(text, encoding="utf-8")
    if os.geteuid() == 0:
        for path in (at.folder, *at.folder.iterdir()):
            os.chown(path, user.pw_uid, user.pw_gid)


def _started(at: Exim, user: pwd.struct_passwd) -> subprocess.Popen[bytes]:
    """Exim in the foreground (-bdf), once it listens."""
    root = os.geteuid() == 0
    with (at.folder / "stderr").open("wb") as told:
        process = subprocess.Popen(
            [EXIM, "-C", str(at.folder / "exim.conf"), "-bdf", "-oX", str(at.port)],
            cwd=at.folder,
            stdin=subprocess.DEVNULL,
            stderr=told,
            user=user.pw_uid if root else None,
            group=user.pw_gid if root else None,
            extra_groups=[] if root else None,
        )
    deadline = time.monotonic() + 30
    while True:
        try:
            socket.create_connection(("127.0.0.1", at.port), 1).close()
        except OSError:
            assert process.poll() is None, (at.folder / "stderr").read_text()
            assert time.monotonic() < deadline
            time.sleep(0.05)
        else:
            return process


@pytest.fixture(scope="module")
def edition(parcel: Parcel) -> Parcel:
    """The sample week's edition as a reader gets it."""
    link = "https://b.example.org/week/"
    return replace(
        parcel,
        pages=render(parcel.edition, ("pdf",)).pages,
        letter=letter(parcel.edition, None, link=link),
        slim=letter(parcel.edition, None, link=link, attached=False),
    )


@pytest.fixture
def channel(mailer: Callable[..., Mailer], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Mailer]:
    """`channel(port)`: mail to two people whom Exim knows and one whom it does not."""
    monkeypatch.setenv("BRIEFING_SMTP_USER", "desk")
    monkeypatch.setenv("BRIEFING_SMTP_PASSWORD", "morning")
    readers = {"to": [f'"Desk, night" <{ANNA}>', NOBODY], "cc": [], "bcc": [BORYS]}
    return lambda port: mailer(port, limits=PATIENT, **readers)


def outcomes(receipts: list[Receipt]) -> dict[str, tuple[str, str]]:
    return {
        receipt.address: (receipt.state, receipt.detail) for receipt in receipts if receipt.state != "sending"
    }


def read(content: bytes) -> EmailMessage:
    mail = message_from_bytes(content, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    assert not [defect for part in mail.walk() for defect in part.defects]
    return mail


def text_of(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n").rstrip("\n")


@pytest.mark.slow
def test_exim_takes_the_edition_delivers_it_and_refuses_a_stranger(
    exim: Callable[..., Exim], channel: Callable[..., Mailer], edition: Parcel
) -> None:
    at = exim()
    told = outcomes(list(channel(at.port).deliver(edition, (ANNA, NOBODY, BORYS))))
    assert {address: state for address, (state, _) in told.items()} == {
        ANNA: "sent",
        NOBODY: "refused",
        BORYS: "sent",
    }
    assert told[NOBODY][1].startswith("550 ")
    assert told[ANNA][1].startswith("250 OK id=")
    for person in ("anna", "borys"):
        (content,) = at.delivered(person)
        mail = read(content)
        assert text_of(mail, "plain") == edition.letter.text.rstrip("\n")
        assert text_of(mail, "html") == edition.letter.html.rstrip("\n")
        (attached,) = mail.iter_attachments()
        assert attached.get_content() == edition.pages[0].content
        assert len(pypdfium2.PdfDocument(attached.get_content())) >= 2
        assert mail["subject"] == edition.letter.subject
        assert mail["from"].addresses[0].display_name == "Стіл, ранок"
        assert [a.display_name for a in mail["to"].addresses] == ["Desk, night", ""]
        assert mail["bcc"] is None
        assert mail["message-id"] == f"<{edition.name}@example.org>"
        assert " with esmtpsa " in str(mail["received"])  # encrypted, and logged in


@pytest.mark.slow
def test_exim_with_a_small_limit_gets_the_mail_without_the_pdf(
    exim: Callable[..., Exim], channel: Callable[..., Mailer], edition: Parcel
) -> None:
    heavy = replace(
        edition, pages=(replace(edition.pages[0], content=edition.pages[0].content + b" " * 400_000),)
    )
    at = exim(most=400_000)
    told = outcomes(list(channel(at.port).deliver(heavy, (ANNA,))))
    assert told[ANNA][0] == "sent"
    (content,) = at.delivered("anna")
    assert text_of(read(content), "plain") == edition.slim.text.rstrip("\n")
    assert not list(read(content).iter_attachments())


@pytest.mark.slow
def test_exim_tells_a_wrong_password(
    exim: Callable[..., Exim],
    channel: Callable[..., Mailer],
    edition: Parcel,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at = exim()
    monkeypatch.setenv("BRIEFING_SMTP_PASSWORD", "evening")
    told = outcomes(list(channel(at.port).deliver(edition, (ANNA,))))
    assert told == {
        ANNA: ("later", f"localhost:{at.port}: the login failed: 535 Incorrect authentication data")
    }

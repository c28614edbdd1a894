"""A real IMAP server: Dovecot, as Debian ships it."""

from __future__ import annotations

import getpass
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import trustme

DOVECOT = shutil.which("dovecot") or "/usr/sbin/dovecot"  # Debian: dovecot-imapd
OWNER = "dovecot"  # whom its postinst makes; for root, who should own no mail
PASSWORD = "pässword-Ж-4711"  # of every user

# Nobody's server but this test's: no root, no system users, nothing outside the folder.
CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:{folder}/mail/%u
disable_plaintext_auth = yes
auth_mechanisms = {mechanisms}
ssl = required
ssl_cert = <{folder}/server.pem
ssl_key = <{folder}/server.pem
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {plain}
  }}
  inet_listener imaps {{
    port = {tls}
  }}
}}
"""


@dataclass(frozen=True)
class Dovecot:
    """A mail server that runs, and where somebody's mail lies."""

    tls: int
    plain: int
    folder: Path
    user: str = "desk"

    def deliver(self, *mails: bytes, folder: str = "") -> None:
        """Put mails into the inbox, or a folder, one after the other."""
        box = self.folder / "mail" / self.user / folder
        number = sum(1 for _ in box.rglob("1*"))
        for at, content in enumerate(mails, start=number):
            for part in ("cur", "new", "tmp"):
                (box / part).mkdir(parents=True, exist_ok=True)
            path = box / "new" / f"{1_700_000_000 + at}.{at}.test"
            path.write_bytes(content)
        self._own()

    def flags(self) -> list[str]:
        """The flags of every mail in the inbox: ":2," and "S" for one that was seen."""
        box = self.folder / "mail" / self.user
        return sorted(
            path.name.partition(":2,")[2] for part in ("cur", "new") for path in (box / part).iterdir()
        )

    def _own(self) -> None:
        owner = _owner()
        if os.geteuid() == 0:
            for path in (self.folder, *self.folder.rglob("*")):
                os.chown(path, owner.pw_uid, owner.pw_gid, follow_symlinks=False)


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
    running: dict[str, tuple[Dovecot, subprocess.Popen[bytes]]] = {}
    with tempfile.TemporaryDirectory() as name:  # its sockets need a short path, and tmp_path has none

        def start(mechanisms: str) -> Dovecot:
            if mechanisms not in running:
                at = Dovecot(*_free_ports(2), Path(name) / mechanisms)
                _furnish(at, authority.ca, mechanisms)
                running[mechanisms] = at, _started(at)
            return running[mechanisms][0]

        Path(name).chmod(0o755)  # for the user that is not root
        yield start
        for _, process in running.values():
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


def _owner() -> pwd.struct_passwd:
    return pwd.getpwnam(OWNER if os.geteuid() == 0 else getpass.getuser())


def _free_ports(count: int) -> Sequence[int]:
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return ports


def _furnish(at: Dovecot, ca: trustme.CA, mechanisms: str) -> None:
    """Folders, certificate, user and configuration."""
    owner = _owner()
    for folder in ("run", "mail", "home"):
        (at.folder / folder).mkdir(parents=True)
    ca.issue_cert("localhost").private_key_and_cert_chain_pem.write_to_path(at.folder / "server.pem")
    group = subprocess.run(["id", "-gn", owner.pw_name], capture_output=True, text=True, check=True)
    text = CONFIGURATION.format(
        folder=at.folder,
        user=owner.pw_name,
        group=group.stdout.strip(),
        uid=owner.pw_uid,
        gid=owner.pw_gid,
        mechanisms=mechanisms,
        password=PASSWORD,
        tls=at.tls,
        plain=at.plain,
    )
    (at.folder / "dovecot.conf").write_text(text, encoding="utf-8")
    at.deliver()


def _started(at: Dovecot) -> subprocess.Popen[bytes]:
    """Dovecot in the foreground (-F), once it listens."""
    root, owner = os.geteuid() == 0, _owner()
    with (at.folder / "stderr").open("wb") as told:
        process = subprocess.Popen(
            [DOVECOT, "-F", "-c", str(at.folder / "dovecot.conf")],
            cwd=at.folder,
            stdin=subprocess.DEVNULL,
            stdout=told,
            stderr=told,
            user=owner.pw_uid if root else None,
            group=owner.pw_gid if root else None,
            extra_groups=[] if root else None,
        )
    deadline = time.monotonic() + 30
    while True:
        with closing(socket.socket()) as wire:
            if wire.connect_ex(("127.0.0.1", at.tls)) == 0:
                return process
        log = at.folder / "log"
        said = (at.folder / "stderr").read_text() + (log.read_text() if log.exists() else "")
        assert process.poll() is None, said
        assert time.monotonic() < deadline, said
        time.sleep(0.05)

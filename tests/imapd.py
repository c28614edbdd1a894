"""A real IMAP server: Dovecot, as Debian ships it."""

from __future__ import annotations

import getpass
import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

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


def running(folder: Path, ca: trustme.CA, mechanisms: str) -> tuple[Dovecot, subprocess.Popen[bytes]]:
    """Dovecot on loopback, as a user that is not root. Whoever starts it ends it."""
    tls, plain = _free_ports(2)
    at = Dovecot(tls, plain, folder)
    _furnish(at, ca, mechanisms)
    return at, _started(at)


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

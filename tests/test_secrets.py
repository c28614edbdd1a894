"""Secrets are planted everywhere that one may stand, and everything that is written is searched for them."""

from __future__ import annotations

import socket
import sqlite3
import ssl
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from hypothesis import given
from hypothesis import strategies as st

from briefing.masked import masked
from tests.imapd import DOVECOT, running
from tests.wild import Wild, reply

PASSWORD, KEY, TOKEN = "pw-canary-1", "key-canary-2", "tok-canary-3"
SMTP, HOOK = "smtp-canary-4", "hook-canary-5"
PLANTED = (PASSWORD, KEY, TOKEN, SMTP, HOOK)
FEED = """<rss version='2.0'><channel><title>Wire</title><item><title>Depot struck at Stepova</title>
<pubDate>Wed, 11 Mar 2026 20:00:00 +0000</pubDate><description>Drones struck the rail depot at Stepova on
Wednesday and wounded three workers, Governor Taras Ovsienko said.</description></item></channel></rss>"""


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("https://desk:pw@feeds.example/a", "https://…@feeds.example/a"),
        ("https://desk@feeds.example/a", "https://…@feeds.example/a"),
        ("https://x.example/?key=abc&page=2", "https://x.example/?key=…&page=2"),
        ("https://x.example/?a=1&api_key=abc", "https://x.example/?a=1&api_key=…"),
        ("https://x.example/?accessToken=abc#top", "https://x.example/?accessToken=…#top"),
        ("https://x.example/?X-Amz-Signature=abc", "https://x.example/?X-Amz-Signature=…"),
        ("moved to https://x.example/?sig=a, twice", "moved to https://x.example/?sig=…, twice"),
        ("https://x.example/?q=keys", "https://x.example/?q=keys"),
        ("https://x.example/@desk/post", "https://x.example/@desk/post"),
        ("inbox/a?key=b", "inbox/a?key=b"),
    ],
)
def test_an_address_is_told_without_its_secrets(address: str, told: str) -> None:
    assert masked(address) == told


@given(st.text())
def test_masking_twice_changes_nothing_more(text: str) -> None:
    once = masked("https://a:b@x.example/?key=" + text)
    assert masked(once) == once


def test_no_secret_is_in_anything_that_is_written(tmp_path: Path, program: Any) -> None:
    pages = {
        f"/good?key={KEY}": reply(FEED.encode(), content_type="application/rss+xml"),
        f"/bad?token={TOKEN}": reply(b"<rss", content_type="application/rss+xml"),
        f"/moved?token={TOKEN}": reply(status="302 Found", location=f"/gone?token={TOKEN}"),
    }
    with Wild(pages) as server:
        login = server.url().replace("http://", f"http://desk:{PASSWORD}@").rstrip("/")
        (tmp_path / "feeds.yaml").write_text(
            'title: Desk\nnow: "2026-03-12T06:00:00+00:00"\nformats: [md, html, pdf, json]\n'
            "network: {allow: [127.0.0.1], pause: 0s}\nsources:\n"
            f"  - feed: {server.url(f'/good?key={KEY}')}\n"
            f"  - feed: {server.url(f'/bad?token={TOKEN}')}\n"
            f"  - feed: {server.url(f'/moved?token={TOKEN}')}\n"
            f"  - feed: {login}/locked\n"
            f"  - pages: ['{login}/page']\n"
            f"  - feed: http://desk:{PASSWORD}@10.0.0.1/inside?key={KEY}\n"
            "deliver:\n"
            "  - mail: {server: 127.0.0.1, port: 9, security: none, sender: a@desk.example,"
            " to: [b@desk.example], user_from: SMTP_USER, password_from: SMTP_SECRET}\n"
        )
        secrets = {"SMTP_USER": "desk", "SMTP_SECRET": SMTP, "HOOK_SECRET": HOOK}
        runs = [
            program(*words, cwd=tmp_path, **secrets)
            for words in (["build", "--send"], ["fetch"], ["build", "--offline"])
        ]
        (tmp_path / "wrong.yaml").write_text(
            f"sources:\n  - feed: ftp://desk:{PASSWORD}@x.example/?key={KEY}\n"
        )
        runs.append(program("build", "--config", "wrong.yaml", cwd=tmp_path))
    assert [request.headers.get("authorization") is not None for request in server.asked("/locked")][:1] == [
        True
    ]  # the request itself has it
    assert (tmp_path / "output").is_dir()
    for done in runs:
        assert not [secret for secret in PLANTED if secret in done.stdout + done.stderr], done.stderr
    for path in (tmp_path / "output").rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not [secret for secret in PLANTED if secret.encode() in content], path
    (store,) = tmp_path.glob("*.db")
    assert not held(store) - {("visits", "address"), ("visits", "moved"), ("carried", "address")}


def held(store: Path) -> set[tuple[str, str]]:
    """(table, column) wherever a planted secret lies in a store.

    visits and carried find a source's last answer again by the address that was asked, login and key
    included: a checksum would not do, as what was moved is asked at its new address. The store is as private
    as feeds.yaml, where the same address stands.
    """
    found: set[tuple[str, str]] = set()
    with closing(sqlite3.connect(store)) as base:
        tables = [name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            rows = base.execute(f"SELECT * FROM {table}")
            names = [column[0] for column in rows.description]
            found |= {
                (table, name)
                for row in rows
                for name, value in zip(names, row, strict=True)
                if any(secret in str(value) for secret in PLANTED)
            }
    return found


def test_no_secret_of_a_channel_is_in_anything_that_is_written(tmp_path: Path, program: Any) -> None:
    """A webhook that is signed and taken, one that is refused, a mail server that refuses the login."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost", "127.0.0.1").configure_cert(context)
    seen: list[LoginPassword] = []
    pages = {
        "/feed": reply(FEED.encode(), content_type="application/rss+xml"),
        f"/hook?token={TOKEN}": reply(b"taken"),
        f"/gone?token={TOKEN}": reply(TOKEN.encode(), status="410 Gone"),
    }

    def refuse(_server: Any, _session: Any, _envelope: Any, _mechanism: Any, data: Any) -> AuthResult:
        seen.append(data)
        return AuthResult(success=False, handled=False, message=f"535 not {data.password.decode()}")

    with Wild(pages) as server, socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        taken.close()
        office = Controller(
            object(), "127.0.0.1", port, tls_context=context, require_starttls=True, authenticator=refuse,
            auth_required=True,
        )  # fmt: skip
        office.start()
        (tmp_path / "feeds.yaml").write_text(
            'title: Desk\nnow: "2026-03-12T06:00:00+00:00"\nformats: [md, json]\n'
            "network: {allow: [127.0.0.1], pause: 0s}\n"
            f"sources: [{{feed: '{server.url('/feed')}'}}]\n"
            "deliver:\n"
            f"  - webhook: {{url: '{server.url(f'/hook?token={TOKEN}')}', secret_from: HOOK_SECRET}}\n"
            f"  - webhook: {{url: '{server.url(f'/gone?token={TOKEN}')}', secret_from: HOOK_SECRET}}\n"
            f"  - mail: {{server: localhost, port: {port}, security: starttls, sender: a@desk.example,"
            " to: [b@desk.example], user_from: SMTP_USER, password_from: SMTP_SECRET}\n"
        )
        secrets = {"SMTP_USER": "desk", "SMTP_SECRET": SMTP, "HOOK_SECRET": HOOK}
        trusted = {"SSL_CERT_FILE": str(tmp_path / "ca.pem")}
        runs = [
            program(*words, cwd=tmp_path, **secrets, **trusted)
            for words in (["build", "--send"], ["send", "--list"])
        ]
        office.stop()
    assert [data.password for data in seen][:1] == [SMTP.encode()], runs[0].stderr
    assert server.asked(f"/hook?token={TOKEN}")[0].headers["webhook-signature"]
    written = [done.stdout + done.stderr for done in runs]
    written += [path.read_text("latin-1") for path in (tmp_path / "output").rglob("*") if path.is_file()]
    assert not [(secret, text) for secret in PLANTED for text in written if secret in text]
    for store in tmp_path.glob("*.db"):
        assert not held(store)


@pytest.mark.slow
@pytest.mark.parametrize(
    "store",
    [
        f"postgresql+psycopg://desk:{PASSWORD}@127.0.0.1:9/briefing",
        f"postgresql+psycopg://desk@127.0.0.1:9/briefing?password={PASSWORD}",
        f"sqlite:////proc/nowhere/{KEY}/a.db?key={PASSWORD}",
    ],
)
def test_a_store_that_cannot_be_reached_is_told_without_its_password(
    store: str, tmp_path: Path, program: Any
) -> None:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "feeds.yaml").write_text(f"store: '{store}'\nsources: [{{folder: inbox}}]\n")
    for words in (["build"], ["fetch"], ["search", "depot"]):
        done = program(*words, cwd=tmp_path)
        assert done.returncode, done.stdout
        assert PASSWORD not in done.stdout + done.stderr


@pytest.mark.slow
def test_a_mailbox_that_refuses_the_login_is_told_without_it(tmp_path: Path, program: Any) -> None:
    if not Path(DOVECOT).exists():
        pytest.skip("needs Dovecot: apt-get install dovecot-imapd")
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    with tempfile.TemporaryDirectory() as name:  # its sockets need a short path, and tmp_path has none
        Path(name).chmod(0o755)
        server, process = running(Path(name) / "plain", authority, "plain")
        try:
            (tmp_path / "feeds.yaml").write_text(
                "network: {allow: [127.0.0.1]}\n"
                f"sources: [{{imap: {{server: localhost, port: {server.tls}, user_from: IMAP_USER,"
                " password_from: IMAP_SECRET}}]\n"
            )
            secrets = {"IMAP_USER": KEY, "IMAP_SECRET": PASSWORD, "SSL_CERT_FILE": str(tmp_path / "ca.pem")}
            runs = [program(*words, cwd=tmp_path, **secrets) for words in (["fetch"], ["feeds", "check"])]
        finally:
            process.terminate()
            process.wait(30)
    told = "".join(done.stdout + done.stderr for done in runs)
    assert "login" in told.lower()
    assert not [secret for secret in PLANTED if secret in told], told
    for store in tmp_path.glob("*.db"):
        assert not held(store)

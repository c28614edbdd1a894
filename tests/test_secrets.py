"""Secrets are planted everywhere that one may stand, and everything that is written is searched for them."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.masked import masked
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
    with sqlite3.connect(store) as base:
        for table in ("outcomes", "editions"):
            rows = str(base.execute(f"SELECT * FROM {table}").fetchall())
            assert not [secret for secret in PLANTED if secret in rows], table

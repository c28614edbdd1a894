"""Certificates that nobody should trust, and the way from https to http."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import trustme

from briefing.fetch.http import Reply
from briefing.fetch.reasons import Trouble
from briefing.fetch.redirects import follow
from briefing.model import Document
from tests.fetch.conftest import ask, reason
from tests.wild import Wild, reply


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> trustme.CA:
    """One that this machine trusts, as OpenSSL is told: in a file that the environment names."""
    ca = trustme.CA()
    ca.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    return ca


def served(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


Certificate = Callable[[trustme.CA], trustme.LeafCert]


@pytest.mark.parametrize(
    ("certificate", "said"),
    [
        (lambda ca: ca.issue_cert("127.0.0.1"), ""),
        (
            lambda ca: ca.issue_cert("127.0.0.1", not_after=datetime(2020, 1, 1, tzinfo=UTC)),
            "its certificate has expired",
        ),
        (
            lambda ca: ca.issue_cert("127.0.0.1", not_before=datetime(2100, 1, 1, tzinfo=UTC)),
            "its certificate is not valid yet",
        ),
        (lambda ca: ca.issue_cert("example.org"), "its certificate is for another name"),
        (
            lambda ca: trustme.CA().issue_cert("127.0.0.1"),
            "its certificate is not signed by a known authority",
        ),
    ],
)
def test_what_is_wrong_with_a_certificate_is_said(
    authority: trustme.CA, certificate: Certificate, said: str
) -> None:
    with Wild({"/": reply(b"x")}, tls=served(certificate(authority))) as wild:
        found, _ = ask(wild.url("/"))
    if said:
        assert reason(found) == said
    else:
        assert isinstance(found, Document)


def test_a_server_without_tls_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def plain() -> None:
            with listening.accept()[0] as end:
                end.sendall(b"HTTP/1.0 400 Bad Request\r\n\r\n")

        thread = threading.Thread(target=plain)
        thread.start()
        found, _ = ask(f"https://127.0.0.1:{listening.getsockname()[1]}/")
        thread.join()
    assert reason(found) == "no secure connection (TLS)"


@pytest.mark.parametrize("named", ["nowhere.pem", "empty.pem"])
def test_a_store_of_authorities_that_cannot_be_read_stops_nobody(
    wild: Wild, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    (tmp_path / "empty.pem").touch()
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / named))
    wild.pages["/"] = reply(b"x")
    assert isinstance(ask(wild.url("/"))[0], Document)


def test_nobody_is_led_from_https_to_http(authority: trustme.CA, wild: Wild) -> None:
    wild.pages["/plain"] = reply(b"x")
    tls = served(authority.issue_cert("127.0.0.1"))
    with Wild({"/": reply(b"", "301 Moved", location=wild.url("/plain"))}, tls=tls) as secure:
        found, visits = ask(secure.url("/"))
        assert reason(found) == "it leads from https to http: not followed"
        assert not wild.requests
        assert [visit.moved for visit in visits.values()] == [""]


@pytest.mark.parametrize(
    ("here", "target", "secured"),
    [
        ("https://a.example/", "http://a.example/feed", "https://a.example/feed"),
        ("https://a.example/", "HTTP://a.example:80/feed", "https://a.example/feed"),
        ("https://a.example/", "http://a.example:8080/feed", ""),
        ("https://a.example/", "https://b.example:8443/feed", "https://b.example:8443/feed"),
        ("http://a.example/", "http://b.example/feed", "http://b.example/feed"),
    ],
)
def test_a_server_that_forgets_its_s_is_asked_with_it(here: str, target: str, secured: str) -> None:
    asked: list[str] = []

    async def once(address: str) -> Reply | Trouble:
        asked.append(address)
        return Reply(301, {}, target=target) if address == here else Reply(200, {}, b"x")

    landed = asyncio.run(follow(here, once))
    assert asked == [here, secured][: 2 if secured else 1]
    if isinstance(landed, Trouble):
        assert landed.reason == "it leads from https to http: not followed"
    else:
        assert landed.moved == (secured if target == secured else "")

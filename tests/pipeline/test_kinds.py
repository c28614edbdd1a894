"""Watched pages and mailboxes over several runs: what was read once is answered from the store."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
import trustme

from briefing import pipeline
from briefing.config import Settings, Source
from briefing.config.network import Network
from briefing.config.source import Imap
from briefing.errors import NoEdition
from briefing.model import Article, Harvest
from briefing.store import open_store
from tests.imapd import DOVECOT, PASSWORD, running
from tests.wild import Wild, reply

NOW = datetime(2026, 3, 12, 6, tzinfo=UTC)
NETWORK = Network(allow=("127.0.0.0/8",), pause=timedelta(0))


@pytest.fixture
def wild() -> Iterator[Wild]:
    with Wild() as server:
        yield server


def settings(folder: Path, *sources: Source) -> Settings:
    return Settings(base=folder, title="Desk", timezone="UTC", sources=sources, network=NETWORK)


def titles(found: Harvest) -> list[tuple[str, str]]:
    return sorted((one.source, one.title) for one in found.articles)


def listing(wild: Wild, path: str, *names: str) -> None:
    """A page at `path` that lists articles, and the articles."""
    links = "".join(f"<li><a href='/2026/{name}'>{name}</a></li>" for name in names)
    wild.pages[path] = reply(f"<html><body><ul>{links}</ul></body></html>".encode(), content_type="text/html")
    for name in names:
        lines = [
            f"The ferry to {name} stopped at {hour} on Monday because of the ice there." for hour in range(9)
        ]
        text = f"<h1>Ice stops the ferry to {name}</h1>" + "".join(f"<p>{line}</p>" for line in lines)
        body = f"<!doctype html><html><body><article>{text}</article></body></html>".encode()
        wild.pages[f"/2026/{name}"] = reply(body, content_type="text/html", etag=f'"{name}"')


def test_a_watched_page_brings_each_article_once(tmp_path: Path, wild: Wild) -> None:
    listing(wild, "/news", "Lund", "Vik")
    made = settings(tmp_path, Source(watch=wild.url("/news"), links="/2026/*", name="Harbour"))
    first = pipeline.fetch_all(made, NOW)
    assert titles(first) == [("Harbour", f"Ice stops the ferry to {name}") for name in ("Lund", "Vik")]
    assert {article.outlet for article in first.articles} == {"Harbour"}
    listing(wild, "/news", "Vik", "Oye")
    second = pipeline.fetch_all(made, NOW + timedelta(hours=1))
    assert titles(second) == [("Harbour", f"Ice stops the ferry to {name}") for name in ("Oye", "Vik")]
    assert [len(wild.asked(f"/2026/{name}")) for name in ("Lund", "Vik", "Oye")] == [1, 1, 1]


def test_two_pages_that_list_one_article_both_have_it(tmp_path: Path, wild: Wild) -> None:
    listing(wild, "/sport", "Oye")
    listing(wild, "/news", "Lund")
    made = settings(
        tmp_path,
        Source(watch=wild.url("/news"), links="/2026/*", name="News"),
        Source(watch=wild.url("/sport"), links="/2026/*", name="Sport"),
    )
    pipeline.fetch_all(made, NOW)
    listing(wild, "/sport", "Lund")
    found = pipeline.fetch_all(made, NOW + timedelta(hours=1))
    assert titles(found) == [
        ("News", "Ice stops the ferry to Lund"),
        ("Sport", "Ice stops the ferry to Lund"),
    ]
    assert not found.misses


def test_a_listing_that_failed_leaves_what_is_kept(tmp_path: Path, wild: Wild) -> None:
    listing(wild, "/news", "Lund")
    made = settings(tmp_path, Source(watch=wild.url("/news"), links="/2026/*", name="Harbour"))
    assert titles(pipeline.fetch_all(made, NOW))
    wild.pages["/news"] = reply(b"<html><body>Moved</body></html>", content_type="text/html")
    with pytest.raises(NoEdition, match="Harbour: it has no links"):
        pipeline.fetch_all(made, NOW + timedelta(hours=1))
    with open_store(made.store_url()) as store:
        assert len(store.sources.carried("Harbour")) == 1


@pytest.mark.skipif(not Path(DOVECOT).exists(), reason="needs Dovecot: apt-get install dovecot-imapd")
def test_a_mailbox_brings_each_mail_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = datetime.now(UTC)
    monkeypatch.setenv("BRIEFING_IMAP_USER", "desk")
    monkeypatch.setenv("BRIEFING_IMAP_PASSWORD", PASSWORD)
    ca = trustme.CA()
    ca.cert_pem.write_to_path(tmp_path / "ca.pem")

    def letter(place: str) -> bytes:
        head = f"From: Harbour <a@b>\nList-Id: <x>\nDate: {format_datetime(now)}\nSubject: Ice at {place}\n"
        return f"{head}\nThe ferry to {place} stopped because of the ice, the port said.\n".encode()

    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        server, process = running(Path(name) / "d", ca, "plain")
        try:
            mailbox = Imap(server="localhost", port=server.tls, ca_file="ca.pem")
            made = settings(tmp_path, Source(imap=mailbox, name="Post"))
            server.deliver(letter("Lund"))
            first = pipeline.fetch_all(made, now)
            (article,) = first.articles
            assert isinstance(article, Article)
            assert (article.title, article.outlet, article.source) == ("Ice at Lund", "Harbour", "Post")
            assert pipeline.fetch_all(made, now + timedelta(minutes=1)).articles == first.articles
            server.deliver(letter("Vik"))
            both = pipeline.fetch_all(made, now + timedelta(minutes=2))
            assert titles(both) == [("Post", "Ice at Lund"), ("Post", "Ice at Vik")]
        finally:
            process.terminate()
            process.wait(30)
    with open_store(made.store_url()) as store:
        attempts = store.sources.attempts("Post", now - timedelta(hours=1))
        assert [one.status for one in attempts] == ["ok", "unchanged", "ok"]
    with pytest.raises(NoEdition, match="Post: connection refused"):
        pipeline.fetch_all(made, now + timedelta(minutes=3))

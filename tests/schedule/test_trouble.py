"""What goes wrong in a night: told in words, with the right code, and over without a hand when it is over."""

from __future__ import annotations

import asyncio
import datetime as dt
import resource
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from briefing.config import Settings, load
from briefing.schedule.duty import on_duty
from briefing.store import open_store

KYIV = dt.timezone(dt.timedelta(hours=2))
REPORT = """Shelling damages a power line near Lysychne

Two people were killed and five injured when shells hit the village of Lysychne, the regional
administration said on Wednesday. The shelling damaged a power line and left the village without light.
"""
FEEDS = """
title: Desk
timezone: Europe/Kyiv
at: "06:00"
formats: [md, json]
sources:
  - {{folder: inbox, name: Inbox, outlet: Inbox, published: 2026-03-11}}
deliver:
  - mail:
      {{server: localhost, port: {port}, security: none, sender: a@desk.example, attach_up_to: 0 kB,
       to: [b@desk.example, c@desk.example], operator: o@desk.example}}
"""


def at(hour: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"2026-03-12T{hour}").replace(tzinfo=KYIV)


class Post:
    """A mail server that can be opened and shut on one port, and what it took."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.taken: list[tuple[str, str]] = []

    async def handle_DATA(self, server: object, session: object, envelope: object) -> str:  # noqa: N802 - aiosmtpd's own name
        content = envelope.content.decode("ascii")  # type: ignore[attr-defined]  # aiosmtpd publishes no types
        subject = next(line for line in content.splitlines() if line.startswith("Subject: "))
        self.taken += [(reader, subject) for reader in envelope.rcpt_tos]  # type: ignore[attr-defined]  # as above
        return "250 taken"

    @contextmanager
    def open(self) -> Iterator[None]:
        server = Controller(self, hostname="127.0.0.1", port=self.port, loop=asyncio.new_event_loop())
        server.start()
        yield
        server.stop()


@pytest.fixture
def post() -> Post:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as free:
        return Post(free.getsockname()[1])


@pytest.fixture
def desk(tmp_path: Path, post: Post) -> Settings:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "report.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "feeds.yaml").write_text(FEEDS.format(port=post.port), encoding="utf-8")
    settings = load(tmp_path / "feeds.yaml")
    assert on_duty(settings, at("05:00"), lambda _: None) == 0
    return settings


def duty(settings: Settings, hour: str) -> tuple[int, str]:
    told: list[str] = []
    return on_duty(settings, at(hour), told.append), "\n".join(told)


def readers(post: Post) -> list[str]:
    """Who has the edition; alerts go to the operator."""
    return sorted(reader for reader, _ in post.taken if reader != "o@desk.example")


def test_a_mail_server_that_is_down_for_an_hour(desk: Settings, post: Post) -> None:
    code, told = duty(desk, "06:00")
    assert (code, readers(post)) == (5, [])
    assert "later" in told
    for minute in range(1, 60):
        duty(desk, f"06:{minute:02}")
    with open_store(desk.store_url()) as store:
        tries = {d.tries for d in store.ledger.deliveries(desk.key, "2026-03-12")}
    assert tries == {6}  # at 0, 1, 3, 7, 15 and 31 minutes past the hour
    with post.open():
        for minute in range(60):
            assert duty(desk, f"07:{minute:02}")[0] == 0
    assert readers(post) == ["b@desk.example", "c@desk.example"]


def test_a_database_that_another_program_holds(
    desk: Settings, post: Post, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefing.store.opening.open_store.__defaults__", (0.2,))  # seconds of patience
    with closing(sqlite3.connect(tmp_path / "briefing.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        code, told = duty(desk, "06:00")
    assert code == 1
    assert "another program is writing to it" in told
    with post.open():
        assert duty(desk, "06:01")[0] == 0
    assert readers(post) == ["b@desk.example", "c@desk.example"]
    assert any(reader == "o@desk.example" for reader, _ in post.taken)


def test_an_output_folder_that_cannot_be_written(desk: Settings, post: Post, tmp_path: Path) -> None:
    slot = tmp_path / "output" / "desk" / "2026-03-12"
    slot.write_text("a file where a folder should be", encoding="utf-8")
    code, told = duty(desk, "06:00")
    assert code == 1
    assert "cannot write the edition" in told
    slot.unlink()
    with post.open():
        assert duty(desk, "06:01")[0] == 0
    assert readers(post) == ["b@desk.example", "c@desk.example"]
    assert [subject for reader, subject in post.taken if reader == "o@desk.example"] == [
        "Subject: Desk: no edition of 2026-03-12 yet"
    ]


def test_a_disk_that_is_full(desk: Settings, post: Post) -> None:
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(
        resource.RLIMIT_FSIZE, (1000, usual[1])
    )  # no file may grow beyond it, the store's neither
    try:
        code, told = duty(desk, "06:00")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    assert code == 1
    assert "free space" in told
    assert not list((desk.output_folder() / "desk").glob("2026-03-12/edition.*"))
    with post.open():
        assert duty(desk, "06:01")[0] == 0
    assert readers(post) == ["b@desk.example", "c@desk.example"]


def test_a_clock_set_back_a_day_sends_nothing_again(desk: Settings, post: Post) -> None:
    with post.open():
        assert duty(desk, "06:00")[0] == 0
        for day in (11, 12, 13):
            on_duty(desk, at("06:30").replace(day=day), lambda _: None)
            on_duty(desk, at("05:30"), lambda _: None)
    subjects = [subject for reader, subject in post.taken if reader == "b@desk.example"]
    assert len(subjects) == len(set(subjects))

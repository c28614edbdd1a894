"""Killed at any moment of build and delivery, everyone has the edition once, and every page is whole.

The one window that the documents name: killed between the server's "taken" and the ledger's "sent",
nobody can tell, and it is sent again with the same Message-ID.
"""

from __future__ import annotations

import datetime as dt
import email
import os
import random
import socket
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from briefing.config import load
from briefing.model import Delivery
from briefing.store import open_store
from tests.mortal import Mortal

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("BRIEFING_KILLS", "300"))
ZONE = dt.timezone(dt.timedelta(hours=2))
FIRST = dt.datetime(2026, 3, 12, 6, tzinfo=ZONE)
READERS = ["ann@desk.example", "bob@desk.example", "eve@desk.example"]
REPORT = """Shelling damages a power line near Lysychne

This was day {day} of the month. Two people were killed and five injured when shells hit the village of
Lysychne, the regional administration said on Wednesday. The shelling damaged a power line and left the
village without light.
"""
FEEDS = """
title: Desk
at: "06:00"
timezone: {zone}
formats: [md, json]
fetch_every: 30d
sources:
  - {{folder: inbox, outlet: Inbox}}
deliver:
  - mail:
      {{server: localhost, port: {port}, security: none, sender: desk@desk.example, to: [{to}],
        attach_up_to: {size}}}
  - folder: {{path: share}}
  - atom: {{}}
"""


class Inbox:
    """A mail server that notes whom it took which message for."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, str]] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's own name
        identifier = str(email.message_from_bytes(envelope.content)["Message-ID"])
        self.taken += [(reader, identifier) for reader in envelope.rcpt_tos]
        return "250 taken"


@pytest.fixture
def inbox() -> Iterator[tuple[Inbox, int]]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(Inbox(), hostname="127.0.0.1", port=port)
    server.start()
    yield server.handler, port
    server.stop()


def desk(folder: Path, port: int, size: str) -> Path:
    (folder / "inbox").mkdir()
    (folder / "share").mkdir()
    feeds = folder / "feeds.yaml"
    feeds.write_text(
        FEEDS.format(port=port, zone="Etc/GMT-2", to=", ".join(READERS), size=size), encoding="utf-8"
    )
    return feeds


def news(folder: Path, day: int) -> None:
    """A report that was not there the day before."""
    (folder / "inbox" / "report.txt").write_text(REPORT.format(day=day), encoding="utf-8")


def pages(folder: Path) -> dict[str, bytes]:
    """Every file under a name of its own; hidden leftovers of a killed run are nobody's to read."""
    if not folder.is_dir():
        return {}
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.startswith(".")}


def in_doubt(delivery: Delivery) -> bool:
    return "a second copy is possible" in delivery.receipt.detail


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kills", "size"), [(KILLS * 9 // 10, "0 kB"), (KILLS // 10, "1 MB")], ids=["text", "pdf"]
)
def test_killed_anywhere_everyone_has_the_edition_once(
    tmp_path: Path,
    inbox: tuple[Inbox, int],
    kills: int,
    size: str,
    record_property: Callable[[str, object], None],
) -> None:
    server, port = inbox
    chance = random.Random(size)
    feeds = desk(tmp_path, port, size)
    settings = load(feeds)
    news(tmp_path, 0)
    kennel = Mortal(Path(__file__).with_name("kennel.py"), str(feeds), FIRST.isoformat())
    longest = 0.0
    for day in range(1, 4):  # how long it takes when nobody kills it
        news(tmp_path, day)
        code, took = kennel((FIRST + dt.timedelta(days=day)).isoformat())[1:]
        assert code == "0"
        longest = max(longest, float(took))

    killed = doubtful = 0
    day = 3
    while killed < kills:
        day += 1
        now = FIRST + dt.timedelta(days=day)
        slot = now.date().isoformat()
        seen: list[dict[str, bytes]] = []
        server.taken.clear()
        news(tmp_path, day)
        # Killed up to three times in one morning, then left alone until nothing is due.
        for _ in range(chance.randint(1, 3)):
            if kennel(now.isoformat(), chance.uniform(0.001, longest))[0] == "killed":
                killed += 1
            seen += [pages(tmp_path / "output" / "desk" / slot), pages(tmp_path / "share" / "desk" / slot)]
        assert kennel(now.isoformat())[:2] == ["done", "0"]

        whole = pages(tmp_path / "output" / "desk" / slot)
        assert set(whole) >= {"edition.md", "edition.json"}
        for before in seen:
            assert all(whole[name] == content for name, content in before.items())
        assert pages(tmp_path / "share" / "desk" / slot) == whole
        with open_store(settings.store_url()) as store:
            deliveries = store.ledger.deliveries("desk", slot)
            assert [issue.due.slot for issue in store.ledger.issues("desk", now.date())] == [slot]
        assert all(d.receipt.state == "sent" for d in deliveries)
        mails = {d.receipt.address: d for d in deliveries if d.receipt.channel == "mail"}
        copies = Counter(reader for reader, _ in server.taken)
        assert set(copies) == set(mails) == set(READERS)
        assert len({identifier for _, identifier in server.taken}) == 1
        for reader, count in copies.items():
            assert count == 1 or (in_doubt(mails[reader]) and count <= 4)
        doubtful += sum(in_doubt(d) for d in mails.values())
    kennel.close()
    record_property("doubtful", doubtful)

"""How a briefing stands: what the ledger's rows mean to a monitor, and a file that is never half there."""

from __future__ import annotations

import datetime as dt
import json
import os
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.config import override
from briefing.config.settings import Settings
from briefing.errors import BriefingError
from briefing.model import Delivery, Due, Issue, Receipt
from briefing.schedule.due import due_between
from briefing.schedule.plan import FETCHED, since_mark
from briefing.schedule.state import facts, write_state
from briefing.schedule.status import NEVER, Status, status
from briefing.store import Store, open_store

ROOT = Path(__file__).parents[2]
UTC = dt.UTC
MINUTE = dt.timedelta(minutes=1)
WEBHOOK = {"webhook": {"url": "https://hooks.example.org/", "secret_from": "HOOK"}}
FIRST = dt.datetime(2026, 3, 1, tzinfo=UTC)  # on duty since then


def at(text: str) -> dt.datetime:
    """A moment of March 2026 in Kyiv's winter: "12 06:00"."""
    day, hour = text.split()
    return dt.datetime.fromisoformat(f"2026-03-{day}T{hour}").replace(
        tzinfo=dt.timezone(dt.timedelta(hours=2))
    )


class Desk:
    """A briefing at six in the morning, and its ledger."""

    def __init__(self, folder: Path) -> None:
        self.settings = override(
            Settings(title="Desk", base=folder), timezone="Europe/Kyiv", at="06:00", deliver=[WEBHOOK]
        )
        self.store: Store = open_store(self.settings.store_url())
        self.ledger = self.store.ledger

    def on_duty(self) -> None:
        self.ledger.mark("desk", since_mark(""), FIRST)

    def due(self, day: int) -> Due:
        (due,) = due_between(self.settings, at(f"{day:02} 05:00"), at(f"{day:02} 07:00"))
        return due

    def put(self, day: int, **told: object) -> Issue:
        issue = Issue(self.due(day), **told)  # type: ignore[arg-type]  # fields of the table that calls it
        self.ledger.put("desk", issue)
        return issue

    def built(self, day: int, minute: int = 0) -> None:
        moment = self.due(day).at + minute * MINUTE
        self.put(day, built=moment, delivered=moment)

    def delivered(self, day: int, address: str, state: str, detail: str = "", again: str = "") -> None:
        moment = self.due(day).at
        receipt = Receipt("mail", address, state, detail)  # type: ignore[arg-type]  # one of the four
        delivery = Delivery(receipt, 2, moment, moment, next_try=at(again) if again else None)
        self.ledger.record("desk", f"2026-03-{day:02}", delivery)

    def status(self, now: str) -> Status:
        return status(self.settings, at(now))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = Desk(tmp_path)
    yield opened
    opened.store.close()


def test_a_briefing_that_nothing_ever_looked_after_is_not_well(tmp_path: Path) -> None:
    settings = override(Settings(title="Desk", base=tmp_path), at="06:00")
    found = status(settings, FIRST)
    assert found.troubles == (NEVER,)
    assert found.last is None
    assert found.next.slot == "2026-03-01"
    assert not list(tmp_path.iterdir())  # asking leaves no trace


def test_an_edition_is_overdue_a_quarter_of_an_hour_after_its_hour(desk: Desk) -> None:
    desk.on_duty()
    desk.built(11)
    assert desk.status("12 06:14").healthy
    found = desk.status("12 06:15")
    assert found.troubles == (
        "the edition of 2026-03-12 was due at 06:00 and is not built: nothing was running",
    )
    assert [issue.due.slot for issue in found.failed] == ["2026-03-12"]
    desk.built(12, minute=16)
    found = desk.status("12 06:17")
    assert found.healthy
    assert not found.failed
    assert found.last is not None
    assert found.last.due.slot == "2026-03-12"


def test_a_build_that_failed_is_told_at_once_and_a_trouble_after_a_quarter_of_an_hour(desk: Desk) -> None:
    desk.on_duty()
    desk.built(11)
    desk.put(12, tries=2, error="every source failed", next_try=at("12 06:03"))
    early, late = desk.status("12 06:02"), desk.status("12 06:20")
    assert early.healthy
    assert [issue.error for issue in early.failed] == ["every source failed"]
    assert late.troubles == (
        "the edition of 2026-03-12 was due at 06:00 and is not built: every source failed",
    )


def test_a_missed_edition_is_a_trouble_until_a_later_one_is_built(desk: Desk) -> None:
    desk.on_duty()
    desk.built(10)
    desk.put(11, missed=True, error="nothing was running")
    assert desk.status("11 20:00").troubles == ("the edition of 2026-03-11 was missed: nothing was running",)
    desk.built(12)
    found = desk.status("12 20:00")
    assert found.healthy
    assert not found.failed


@pytest.mark.parametrize(
    ("state", "again", "told", "healthy"),
    [
        ("sent", "", "sent", True),
        ("later", "12 06:10", "waiting", True),
        ("sending", "12 06:00", "waiting", True),
        ("later", "", "given up", False),
        ("refused", "", "refused", False),
    ],
)
def test_a_monitor_hears_of_addresses_that_nobody_tries_any_more(
    state: str, again: str, told: str, healthy: bool, desk: Desk
) -> None:
    desk.on_duty()
    desk.built(12)
    desk.delivered(12, "a@example.org", "sent")
    desk.delivered(12, "b@example.org", state, "550 no such user" if state != "sent" else "", again)
    found = desk.status("12 06:05")
    assert found.healthy == healthy
    if not healthy:
        assert found.troubles == (f"mail to b@example.org: {told}; 550 no such user",)
    said = facts(found)
    counted = {"sent": 1, "waiting": 0, "refused": 0, "given up": 0}
    counted[told] += 1
    assert said["last"]["deliveries"] == counted
    assert [d["state"] for d in said["failed"]["deliveries"]] == [told] * (told != "sent")
    desk.built(13)
    assert desk.status("13 06:05").healthy  # of the last edition only


def test_an_edition_that_no_channel_was_given_is_a_trouble(desk: Desk) -> None:
    desk.on_duty()
    moment = desk.due(12).at
    desk.put(12, built=moment, next_try=moment)
    assert desk.status("12 06:14").healthy
    assert desk.status("12 06:16").troubles == (
        "the edition of 2026-03-12 is built, and nothing has brought it to anyone",
    )
    desk.put(12, built=moment)  # by hand
    assert desk.status("12 06:16").healthy


def test_rules_that_nobody_looks_after_yet_are_not_overdue(desk: Desk) -> None:
    desk.ledger.mark("desk", since_mark("morning"), at("11 12:00"))
    rules = [{"name": "morning", "at": "06:00"}, {"name": "evening", "at": "18:00"}]
    settings = override(desk.settings, editions=rules)
    assert status(settings, at("12 05:59")).healthy
    found = status(settings, at("12 19:00"))
    assert [issue.due.slot for issue in found.failed] == ["2026-03-12-0600"]


def test_the_last_edition_is_told_however_old_it_is(desk: Desk) -> None:
    desk.on_duty()
    desk.built(2)
    desk.put(3, missed=True)
    found = status(desk.settings, at("30 20:00"))
    assert found.last is not None
    assert found.last.due.slot == "2026-03-02"
    assert len(found.failed) == 8  # of the days that matter


def test_sources_that_failed_in_the_last_edition_are_named(desk: Desk) -> None:
    desk.on_duty()
    sources = [
        {"name": "Wire", "status": "failed", "error": "HTTP 503"},
        {"name": "Agency", "status": "ok", "error": ""},
    ]
    desk.store.keep("desk", "2026-03-12", json.dumps({"sources": sources}).encode(), [])
    desk.built(12)
    assert facts(desk.status("12 06:05"))["failed"]["sources"] == [{"name": "Wire", "error": "HTTP 503"}]


def test_the_state_file_says_it_all_in_the_briefings_own_time(desk: Desk) -> None:
    desk.on_duty()
    desk.ledger.mark("desk", FETCHED, at("12 06:00").astimezone(UTC))
    desk.put(12, built=at("12 07:10").astimezone(UTC), late=at("12 07:10"), tries=1, error="no network")
    desk.delivered(12, "b@example.org", "later", "451 try again", again="12 07:11")
    write_state(desk.settings, at("12 07:10").astimezone(UTC))
    path = desk.settings.output_folder() / "desk" / "state.json"
    assert json.loads(path.read_text(encoding="utf-8")) == {
        "schema": "briefing-state/1",
        "briefing": "desk",
        "title": "Desk",
        "written": "2026-03-12T07:10:00+02:00",
        "healthy": True,
        "troubles": [],
        "last": {
            "slot": "2026-03-12",
            "edition": "",
            "due": "2026-03-12T06:00:00+02:00",
            "built": "2026-03-12T07:10:00+02:00",
            "late": True,
            "delivered": None,
            "deliveries": {"sent": 0, "waiting": 1, "refused": 0, "given up": 0},
        },
        "next": {"slot": "2026-03-13", "edition": "", "due": "2026-03-13T06:00:00+02:00"},
        "fetched": "2026-03-12T06:00:00+02:00",
        "failed": {
            "editions": [],
            "deliveries": [
                {
                    "channel": "mail",
                    "address": "b@example.org",
                    "state": "waiting",
                    "reason": "451 try again",
                    "tries": 2,
                    "next_try": "2026-03-12T07:11:00+02:00",
                }
            ],
            "sources": [],
        },
    }
    assert not stat.S_IMODE(path.stat().st_mode) & stat.S_IRWXO  # recipients are nobody else's business


WRITER = """
import datetime as dt, sys
from pathlib import Path
from briefing.config import override
from briefing.config.settings import Settings
from briefing.schedule.state import write_state
settings = override(Settings(title="Desk", base=Path(sys.argv[1])), at="06:00")
print("ready", flush=True)
while True:
    write_state(settings, dt.datetime(2026, 3, 12, 6, tzinfo=dt.UTC))
"""


def test_several_writers_that_are_killed_leave_a_whole_file(desk: Desk, tmp_path: Path) -> None:
    path, broken = tmp_path / "output" / "desk" / "state.json", []
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE)
        for _ in range(2)
    ]
    for writer in writers:
        assert writer.stdout is not None
        writer.stdout.readline()
    for writer in writers:
        threading.Timer(3, writer.kill).start()
    while any(writer.poll() is None for writer in writers):
        try:
            json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            pass  # not written yet
        except ValueError as error:
            broken.append(error)
    assert not broken
    for writer in writers:
        writer.communicate()
    assert json.loads(path.read_text(encoding="utf-8"))["briefing"] == "desk"


def test_what_killed_writers_left_is_removed_when_it_can_be_nobodys(desk: Desk) -> None:
    folder = desk.settings.output_folder() / "desk"
    folder.mkdir(parents=True)
    now = dt.datetime.now(UTC)
    for name, age in (("old", 2 * 3600), ("young", 60)):
        leftover = folder / f".state.json.{name}"
        leftover.write_text("{", encoding="utf-8")
        os.utime(leftover, (now.timestamp() - age,) * 2)
    write_state(desk.settings, now)
    assert sorted(path.name for path in folder.iterdir()) == [".state.json.young", "state.json"]


def test_a_folder_that_cannot_be_written_is_told_and_the_store_is_left_alone(desk: Desk) -> None:
    (desk.settings.base / "output").write_text("a file where a folder should be", encoding="utf-8")
    with pytest.raises(BriefingError, match=r"cannot write .*state\.json: .*; make its folder writable"):
        write_state(desk.settings, FIRST)

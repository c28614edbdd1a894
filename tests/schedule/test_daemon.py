"""The daemon in this process: the real APScheduler and a real ledger, on a clock of the test's own."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from queue import SimpleQueue

import pytest
import time_machine

from briefing.config import Settings, load
from briefing.errors import BriefingError, ConfigError, StoreError
from briefing.model import Due, Issue
from briefing.schedule.crew import Crew
from briefing.schedule.daemon import Daemon
from briefing.schedule.due import due_between
from briefing.schedule.plan import FETCHED, PUNCTUAL, plan, since_mark
from briefing.schedule.roster import roster
from briefing.store import open_store

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0  # seconds that anything may take on a slow machine
REPORT = """Rescue workers clear a road near Lysychne

Two people were injured when a bridge gave way near the village of Lysychne, the regional
administration said on Wednesday. Rescue workers cleared the road and left the village by noon.
"""


def until(true: Callable[[], object], what: str = "what was waited for") -> None:
    """Wait for something to become true."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, f"{what} did not come"
        time.sleep(0.05)


class Notes(Crew):
    """Does what a child would do, but for the work: notes each edition as built, and when."""

    def __init__(self) -> None:
        super().__init__(lambda _settings, _now: None)
        self.built: list[tuple[Due, dt.datetime]] = []
        self.missed: list[Due] = []
        self.fails = False
        self.sent = 0

    def has(self, due: Due) -> bool:
        return due in [built for built, _ in self.built]

    def send(self, settings: Settings, now: dt.datetime) -> int:
        self.sent += 1
        try:
            return 1 if self.fails else self._noted(settings, now)
        except StoreError:
            return 1

    def _noted(self, settings: Settings, now: dt.datetime) -> int:
        with open_store(settings.store_url()) as store:
            if store.ledger.marked(settings.key, since_mark("")) is None:
                store.ledger.mark(settings.key, since_mark(""), now - PUNCTUAL)
            todo = plan(settings, now, store.ledger)
            for due in todo.missed:
                self.missed.append(due)
                store.ledger.put(settings.key, Issue(due, missed=True))
            for due in todo.build:
                self.built.append((due, now))
                known = store.ledger.issue(settings.key, due) or Issue(due)
                store.ledger.put(settings.key, replace(known, built=now, delivered=now))
            if todo.fetch:
                store.ledger.mark(settings.key, FETCHED, now)
        return 0


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def yaml(folder: Path, **keys: str) -> Path:
    """A feeds.yaml of one line a key, with a folder of one report for its source."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "inbox").mkdir(exist_ok=True)
    (folder / "inbox" / "report.txt").write_text(REPORT, encoding="utf-8")
    told = {
        "title": "Desk",
        "timezone": "UTC",
        "formats": "[md, json]",
        "sources": "[{folder: inbox}]",
    } | keys
    path = folder / "feeds.yaml"
    path.write_text("".join(f"{key}: {value}\n" for key, value in told.items()), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("zone", "hour", "first"),
    [
        ("Europe/Kyiv", "03:30", "2026-03-27T12:00"),
        ("Europe/Kyiv", "03:30", "2026-10-23T12:00"),
        ("Australia/Lord_Howe", "02:15", "2026-10-02T12:00"),
        ("Australia/Lord_Howe", "01:45", "2026-04-03T12:00"),
    ],
)
def test_the_scheduler_fires_at_each_due_moment_across_a_change_of_the_clocks(
    zone: str, hour: str, first: str, tmp_path: Path
) -> None:
    path = yaml(tmp_path, timezone=zone, at=f'"{hour}"', fetch_every="7d")
    crew, start = Notes(), utc(first)
    lines: list[str] = []
    due = due_between(load(path), start, start + dt.timedelta(days=4))
    with time_machine.travel(start, tick=True) as clock:
        daemon = Daemon([path], lines.append, crew=crew)
        daemon.start()
        until(lambda: crew.sent)
        for one in due:
            clock.move_to(one.at.astimezone(dt.UTC) - dt.timedelta(seconds=1))
            daemon.look()
            until(partial(crew.has, one), f"the edition of {one.slot}")
        daemon.stop(SimpleQueue())
    assert [(built, now >= built.at) for built, now in crew.built] == [(one, True) for one in due]
    assert not crew.missed
    assert len([line for line in lines if "the clock jumped" in line]) == len(due)


class Travel:
    """A daemon whose clock the test moves."""

    def __init__(self, path: Path, start: str) -> None:
        self.crew = Notes()
        self.lines: list[str] = []
        self._clock = time_machine.travel(utc(start), tick=True)
        self._path = path

    def __enter__(self) -> Travel:
        self._moving = self._clock.start()
        self.daemon = Daemon([self._path], self.lines.append, crew=self.crew)
        self.daemon.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.daemon.stop(SimpleQueue())
        self._clock.stop()

    def arrive(self, moment: str, then: Callable[[], object] = lambda: True) -> None:
        """Jump, and wait for what is to happen; each further push is another jump, as from a bad clock."""
        self._moving.move_to(utc(moment))
        self.daemon.look()

        def pushed() -> object:
            self._moving.shift(10)
            self.daemon.look()
            return then()

        until(pushed)


def test_a_machine_that_slept_builds_when_it_wakes_and_a_clock_set_back_builds_nothing_twice(
    tmp_path: Path,
) -> None:
    path = yaml(tmp_path, timezone="Europe/Kyiv", at='"06:00"', grace="6h", fetch_every="30d")
    with Travel(path, "2026-03-10T10:00") as travel:
        crew = travel.crew
        until(lambda: crew.sent)
        travel.arrive("2026-03-11T06:30", lambda: len(crew.built) == 1)  # two and a half hours late
        travel.arrive("2026-03-12T12:00", lambda: len(crew.missed) == 1)  # eight: missed
        travel.arrive("2026-03-11T05:00")  # set back by more than a day
        travel.arrive("2026-03-11T05:30")
        travel.arrive("2026-03-13T04:00", lambda: len(crew.built) == 2)  # the hour itself
        travel.arrive("2026-03-13T05:00")
    assert [(due.slot, due.at < now) for due, now in crew.built] == [
        ("2026-03-11", True),
        ("2026-03-13", True),
    ]
    assert [due.slot for due in crew.missed] == ["2026-03-12"]


def test_what_failed_is_left_alone_for_a_while_and_a_new_edition_does_not_wait_for_it(tmp_path: Path) -> None:
    path = yaml(tmp_path, at='"06:00"', fetch_every="30d")
    with Travel(path, "2026-03-10T10:00") as travel:
        crew = travel.crew
        crew.fails = True
        until(lambda: crew.sent == 1)
        for minute in (20, 40):  # the machine's own clock goes on by fractions of a second
            travel.arrive(f"2026-03-10T10:{minute}")
        assert crew.sent == 1
        travel.arrive("2026-03-11T06:00", lambda: crew.sent == 2)
        travel.arrive("2026-03-11T06:10")
    assert crew.sent == 2


HANGS = """
import sys, time
from datetime import UTC, datetime
from briefing.config.settings import Settings
from briefing.schedule.crew import Crew

def hang(settings, now):
    time.sleep(600)

if __name__ == "__main__":
    print(Crew(hang, longest=0.5).send(Settings(), datetime.now(UTC)))
"""


def test_a_child_that_hangs_is_ended_and_keeps_nobody_waiting(tmp_path: Path) -> None:
    (tmp_path / "hangs.py").write_text(HANGS, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "hangs.py"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE,
    )
    assert done.stdout == "-15\n"


def test_one_store_that_cannot_be_read_stops_no_other_briefing(tmp_path: Path) -> None:
    good, bad = yaml(tmp_path / "good", title="Good"), yaml(tmp_path / "bad", title="Bad")
    (tmp_path / "bad" / "briefing.db").write_bytes(b"no database " * 1000)
    crew = Notes()
    with time_machine.travel(utc("2026-03-12T06:00:01"), tick=True):
        daemon = Daemon([bad, good], lambda _: None, crew=crew)
        daemon.start()
        until(lambda: crew.built)
        until(lambda: crew.sent >= 2)  # a child goes to the other too: it tells the operator
        daemon.stop(SimpleQueue())
    assert [due.slot for due, _ in crew.built] == ["2026-03-12"]


def test_a_scheduler_that_calls_nobody_any_more_ends_the_daemon_with_an_error(tmp_path: Path) -> None:
    daemon = Daemon([yaml(tmp_path)], lambda _: None, crew=Notes())
    daemon.start()
    daemon.look()
    with time_machine.travel(dt.datetime.now(dt.UTC), tick=True) as clock:
        daemon._scheduler.pause()  # what an exception inside it would amount to
        for _ in range(2):  # the first is a jump of the clock, after which it has its chance
            clock.shift(3)
            daemon.look()
        for _ in range(200):
            clock.shift(4)
            daemon._drift += 4  # as if that time had passed
        with pytest.raises(BriefingError, match="stopped calling its jobs"):
            daemon.look()
    daemon.stop(SimpleQueue())


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({"title": "Desk"}, "both write to"),
        ({"title": "desk!"}, "both write to"),
        ({"title": "Desk", "output": "elsewhere"}, ""),
        ({"title": "Night desk"}, ""),
    ],
)
def test_two_briefings_that_share_a_folder_are_refused(
    keys: dict[str, str], told: str, tmp_path: Path
) -> None:
    one = yaml(tmp_path)
    two = one.with_name("two.yaml")
    two.write_text(yaml(tmp_path / "x", **keys).read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(ConfigError, match=told) if told else nullcontext():
        assert [settings.base for settings in roster([one, two])] == [tmp_path, tmp_path]


def test_a_fixed_clock_is_refused_with_its_line(tmp_path: Path) -> None:
    path = yaml(tmp_path, now="2026-03-12T06:00:00+02:00")
    with pytest.raises(ConfigError, match=r"feeds\.yaml:5: now: fixes the clock, .* remove that line"):
        roster([path])

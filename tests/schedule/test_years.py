"""Whole years of one ledger: machines that wake at odd moments, sleep, are set back, and come in pairs.

Every date that a rule asks for is built once or, where the machine slept past its grace, noted as missed
once. Time is the test's own clock; the ledger is a real one, and a build is the note that it was made.
"""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from briefing.config import override
from briefing.config.settings import Settings
from briefing.model import Due, Issue
from briefing.schedule.daemon import HEARTBEAT, Beat
from briefing.schedule.due import due_between, next_due
from briefing.schedule.plan import FETCHED, PUNCTUAL, Plan, plan, since_mark
from briefing.store import Store, open_store, sqlite_url

START = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
END = START + dt.timedelta(days=366)
HOUR, MINUTE = dt.timedelta(hours=1), dt.timedelta(minutes=1)
ZONES = {  # an hour inside the gap of each zone's spring, which is as good as any in zones without one
    "Europe/Kyiv": "03:30",
    "America/New_York": "02:30",
    "Asia/Kathmandu": "06:00",
    "Australia/Lord_Howe": "02:15",
    "Africa/Cairo": "00:30",
    "UTC": "06:00",
}
REPEATED = {"Europe/Kyiv": "03:15", "America/New_York": "01:30", "Australia/Lord_Howe": "01:45"}


def desk(zone: str) -> Settings:
    rules = (
        {"name": "night", "at": ZONES[zone]},
        {"name": "repeated", "at": REPEATED.get(zone, "23:30"), "days": ["sat", "sun", "mon"]},
        {"name": "evening", "at": "18:00", "days": ["mon", "wed", "fri"]},
    )
    return override(Settings(title=zone), timezone=zone, editions=rules, fetch_every="1d", grace="6h")


@dataclass
class Machine:
    """Whoever wakes: makes a plan, and does what it says as duty does, but for the work itself."""

    settings: Settings
    store: Store
    built: Counter[Due] = field(default_factory=Counter)
    missed: Counter[Due] = field(default_factory=Counter)
    late: set[Due] = field(default_factory=set)

    def wake(self, now: dt.datetime) -> None:
        self.carry_out(self.planned(now), now)

    def planned(self, now: dt.datetime) -> Plan:
        ledger, key = self.store.ledger, self.settings.key
        for rule in self.settings.rules():
            if ledger.marked(key, since_mark(rule.name)) is None:
                ledger.mark(key, since_mark(rule.name), now - PUNCTUAL)
        return plan(self.settings, now.astimezone(self.settings.zone), ledger)

    def carry_out(self, todo: Plan, now: dt.datetime) -> None:
        ledger, key = self.store.ledger, self.settings.key
        for due in todo.missed:
            known = ledger.issue(key, due) or Issue(due)
            self.missed[due] += not known.missed
            ledger.put(key, replace(known, missed=True))
        for due in todo.build:
            known = ledger.issue(key, due) or Issue(due)
            if known.built:  # another was quicker: asked again under the lock
                continue
            self.built[due] += 1
            if now - due.at > PUNCTUAL:
                self.late.add(due)
            ledger.put(key, replace(known, built=now, delivered=now))
        if todo.fetch:
            ledger.mark(key, FETCHED, now)


def wakings(settings: Settings, seed: str, *, set_back: bool = False) -> Iterator[dt.datetime]:
    """Moments of a year at which something wakes, in the order in which they come.

    Mostly at a due moment, as a daemon does, or some minutes after, as cron does; some nights the
    machine sleeps for hours, and some weekends for days. With `set_back` the clock is put back now
    and then.
    """
    dice = random.Random(seed)
    now = START
    while now < END:
        yield now
        due = next_due(settings, now).at.astimezone(dt.UTC)
        kind = dice.random()
        if kind < 0.55:
            now = due
        elif kind < 0.75:
            now = max(now, due - 2 * MINUTE) + dt.timedelta(minutes=dice.uniform(0, 14))
        elif kind < 0.9:
            now = due + dt.timedelta(hours=dice.uniform(0.3, 5.9))
        elif kind < 0.96:
            now = due + dt.timedelta(hours=dice.uniform(6.1, 70))
        elif set_back:
            now = max(START, now - dice.choice([HOUR, 24 * HOUR]))
        else:
            now += dt.timedelta(seconds=dice.uniform(1, 90))
    yield END


def fate(settings: Settings, moments: list[dt.datetime]) -> tuple[set[Due], set[Due], set[Due]]:
    """Built, late among those, and missed, by counting: the first waking at or after its hour decides."""
    built: set[Due] = set()
    late: set[Due] = set()
    missed: set[Due] = set()
    for due in due_between(settings, moments[0] - PUNCTUAL, max(moments)):
        behind = next(now for now in moments if now.timestamp() >= due.at.timestamp()) - due.at
        (missed if behind > settings.grace else built).add(due)
        if PUNCTUAL < behind <= settings.grace:
            late.add(due)
    return built, late, missed


def judge(machines: list[Machine], settings: Settings, moments: list[dt.datetime]) -> None:
    built = sum((machine.built for machine in machines), Counter())
    missed = sum((machine.missed for machine in machines), Counter())
    wanted, late, slept = fate(settings, moments)
    assert set(built) == wanted
    assert set(missed) == slept
    assert set(built.values()) == {1}
    assert set(missed.values()) <= {1}
    assert set().union(*(machine.late for machine in machines)) == late
    assert len(wanted) > 300
    assert late
    assert slept


@pytest.mark.parametrize("zone", ZONES)
def test_a_machine_that_sleeps_and_starts_again_makes_each_edition_once(zone: str, tmp_path: Path) -> None:
    settings, url = desk(zone), sqlite_url(tmp_path / "briefing.db")
    moments = list(wakings(settings, zone))
    machines = []
    for first in range(0, len(moments), 97):  # killed and started again now and then
        with open_store(url) as store:
            machines.append(Machine(settings, store))
            for now in moments[first : first + 97]:
                machines[-1].wake(now)
    judge(machines, settings, moments)


@pytest.mark.parametrize("zone", ZONES)
def test_two_daemons_and_a_clock_that_is_set_back_double_nothing(zone: str, tmp_path: Path) -> None:
    settings, url = desk(zone), sqlite_url(tmp_path / "briefing.db")
    moments = list(wakings(settings, f"{zone} set back", set_back=True))
    with open_store(url) as one, open_store(url) as two:
        machines = [Machine(settings, one), Machine(settings, two)]
        for now in moments:
            plans = [machine.planned(now) for machine in machines]  # both before either does anything
            for machine, todo in zip(machines, plans, strict=True):
                machine.carry_out(todo, now)
    judge(machines, settings, moments)


@pytest.mark.parametrize("zone", ["Europe/Kyiv", "Australia/Lord_Howe"])
def test_the_trigger_fires_at_every_due_moment_of_a_year_and_every_minute(zone: str) -> None:
    settings = desk(zone)
    trigger = Beat(settings)
    for due in due_between(settings, START, END):
        now, hour = due.at.astimezone(dt.UTC) - dt.timedelta(minutes=3.3), due.at.astimezone(dt.UTC)
        fired = []
        while now <= hour:
            before, now = now, trigger.get_next_fire_time(None, now.astimezone(settings.zone))
            assert dt.timedelta(0) < now - before <= HEARTBEAT
            fired.append(now)
        assert hour in fired


@pytest.mark.parametrize(
    ("due", "now", "missed"),
    [
        ("2026-03-28T22:30", "2026-03-29T04:29", False),  # the clocks go forward: 6 hours are 7 on the wall
        ("2026-03-28T22:30", "2026-03-29T04:31", True),
        ("2026-10-24T21:30", "2026-10-25T03:29", False),  # and back: 6 hours are 5 on the wall
        ("2026-10-24T21:30", "2026-10-25T03:31", True),
    ],
)
def test_grace_is_counted_in_hours_that_pass(due: str, now: str, missed: bool, tmp_path: Path) -> None:
    settings = override(Settings(), timezone="Europe/Kyiv", at="00:30", grace="6h")
    start, moment = (dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC) for text in (due, now))
    with open_store(sqlite_url(tmp_path / "briefing.db")) as store:
        store.ledger.mark(settings.key, since_mark(""), start - MINUTE)
        todo = plan(settings, moment.astimezone(settings.zone), store.ledger)
    assert [due.at.timestamp() for due in todo.missed] == [start.timestamp()] * missed
    assert [due.at.timestamp() for due in todo.build] == [start.timestamp()] * (not missed)

"""Whole years by a clock of the test's own: every date that a rule asks for is due once."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.config import override
from briefing.config.settings import Settings
from briefing.model import Due
from briefing.schedule.due import DAYS, due_between, due_on, next_due, settled_by, slot, slot_of, upcoming

ZONES = (
    "Europe/Kyiv",
    "America/New_York",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",  # half an hour
    "Africa/Cairo",  # at midnight
    "America/Santiago",  # at midnight, in the southern summer
    "Africa/Casablanca",  # back for Ramadan
    "America/Nuuk",  # a gap that ends at midnight
    "UTC",
)
HOURS = ("06:00", "00:00", "02:30", "01:45", "23:59")
START, END = dt.datetime(2025, 1, 1, tzinfo=dt.UTC), dt.datetime(2028, 1, 1, tzinfo=dt.UTC)
DAY, MINUTE = dt.timedelta(days=1), dt.timedelta(minutes=1)
THREE = (
    {"name": "night", "at": "02:30"},
    {"name": "morning", "at": "06:00", "days": ["mon", "tue", "wed", "thu", "fri"], "window": "12h"},
    {"name": "evening", "at": "23:30", "days": ["fri", "sun"]},
)


def once_a_day(zone: str, hour: str, days: tuple[str, ...] = ()) -> Settings:
    return override(Settings(), timezone=zone, at=hour, days=days)


def thrice(zone: str) -> Settings:
    return override(Settings(), timezone=zone, editions=THREE)


def steps(seed: str) -> Iterator[dt.timedelta]:
    """7 minutes to 3 hours, and now and then a machine that sleeps through a night or a week."""
    dice = random.Random(seed)
    while True:
        asleep = dice.random() < 0.1
        yield dt.timedelta(minutes=dice.uniform(600, 11_000) if asleep else dice.uniform(7, 180))


def walked(settings: Settings, seed: str) -> list[Due]:
    """Everything that fell due while the clock went from START to END; both questions agree at each step."""
    found: list[Due] = []
    now = START
    for step in steps(seed):
        later = min(now + step, END)
        fell = due_between(settings, now.astimezone(settings.zone), later)
        following = next_due(settings, now)
        assert fell[0] == following if fell else following.at.timestamp() > later.timestamp()
        found += fell
        now = later
        if now == END:
            return found
    raise AssertionError("the steps have no end")


def wanted(zone: str, days: tuple[str, ...], hour: str) -> list[tuple[dt.date, dt.datetime]]:
    """Each date from START to END on which a rule falls, and its moment, by counting."""
    first, last = (moment.astimezone(ZoneInfo(zone)).date() for moment in (START, END))
    every = (first + number * DAY for number in range((last - first).days + 1))
    chosen = [day for day in every if not days or DAYS[day.weekday()] in days]
    return [(day, moment) for day in chosen if START < (moment := told(zone, day, hour)) <= END]


def told(zone: str, day: dt.date, hour: str) -> dt.datetime:
    """The moment in UTC of an hour on a day; where the clocks change, by looking at them every minute."""
    clock = dt.datetime.combine(day, dt.time.fromisoformat(hour))
    around = [noon(zone, day + number * DAY) for number in (-1, 0, 1)]
    if len(set(around)) == 1:
        return clock.replace(tzinfo=dt.UTC) - around[0]
    minutes = shown(zone, day)
    for moment, wall in minutes:
        if wall == clock:
            return moment  # the first of two
    (end, last), (start, first) = next((a, b) for a, b in pairwise(minutes) if a[1] < clock < b[1])
    gap = (first - last) - (start - end)
    behind = clock + gap
    return start + (behind - first) if behind.date() == day else end - (last - (clock - gap))


def noon(zone: str, day: dt.date) -> dt.timedelta:
    """How far a zone's clocks are from UTC at noon."""
    return dt.datetime.combine(day, dt.time(12), ZoneInfo(zone)).utcoffset() or dt.timedelta()


def shown(zone: str, day: dt.date) -> list[tuple[dt.datetime, dt.datetime]]:
    """Each minute in UTC around a day, and what a clock in that zone shows then."""
    start = dt.datetime.combine(day, dt.time(), dt.UTC) - noon(zone, day) - 180 * MINUTE
    moments = [start + number * MINUTE for number in range(30 * 60)]
    return [(one, one.astimezone(ZoneInfo(zone)).replace(tzinfo=None)) for one in moments]


@pytest.mark.parametrize("hour", HOURS)
@pytest.mark.parametrize("zone", ZONES)
def test_every_day_of_three_years_is_due_once_and_at_its_hour(zone: str, hour: str) -> None:
    found = walked(once_a_day(zone, hour), f"{zone} {hour}")
    assert [(due.date, due.at.astimezone(dt.UTC)) for due in found] == wanted(zone, (), hour)
    assert all(due.slot == due.date.isoformat() == due.at.date().isoformat() for due in found)
    assert all(due.at.tzinfo == ZoneInfo(zone) for due in found)


@pytest.mark.parametrize("zone", ZONES)
def test_three_editions_a_day_are_each_due_once_on_their_own_days(zone: str) -> None:
    found = walked(thrice(zone), zone)
    assert [due.at.timestamp() for due in found] == sorted(due.at.timestamp() for due in found)
    for rule in thrice(zone).rules():
        own = [due for due in found if due.edition == rule.name]
        moments = [(due.date, due.at.astimezone(dt.UTC)) for due in own]
        assert moments == wanted(zone, rule.days, f"{rule.at:%H:%M}")
        assert all(due.slot == f"{due.date}-{rule.at:%H%M}" for due in own)
    assert len({due.slot for due in found}) == len(found)
    names = [due.slot for due in found]
    assert names == sorted(names)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("days", [("mon",), ("sat", "sun")])
def test_a_rule_is_due_on_its_days_alone(zone: str, days: tuple[str, ...]) -> None:
    found = walked(once_a_day(zone, "02:30", days), zone)
    assert [(due.date, due.at.astimezone(dt.UTC)) for due in found] == wanted(zone, days, "02:30")


@pytest.mark.parametrize("hour", [*HOURS, "23:30"])
@pytest.mark.parametrize("zone", ZONES)
def test_a_build_settles_what_was_due_from_its_hour_on_and_only_on_its_day(zone: str, hour: str) -> None:
    settings = once_a_day(zone, hour)
    every = [START.date() + number * DAY for number in range(1, 3 * 365 - 1)]
    changes = [day for day in every if noon(zone, day - DAY) != noon(zone, day + DAY)]
    for day in sorted({*changes, *every[::31]}):
        due = told(zone, day, hour)
        built = slot(settings, due)
        assert (built.name, built.as_of) == (day.isoformat(), due.astimezone(ZoneInfo(zone)))
        (known,) = due_between(settings, due - MINUTE, due)
        assert settled_by(settings, built) == known
        assert slot_of(settings, known) == built
        for moment in (due - MINUTE, due + MINUTE):  # just before and just behind, on whichever day that is
            other = slot(settings, moment)
            settled = settled_by(settings, other)
            assert (settled is None) == (moment < told(zone, other.date, hour))
            assert settled is None or settled.date == other.date


moments = st.datetimes(START.replace(tzinfo=None), END.replace(tzinfo=None), timezones=st.just(dt.UTC))
rules = st.lists(
    st.builds(
        lambda at, days: {"at": f"{at:%H:%M}", "days": tuple(days)},
        st.times()
        | st.sampled_from([dt.time(1, 30), dt.time(2), dt.time(2, 30), dt.time(3), dt.time(23, 30)]),
        st.lists(st.sampled_from(DAYS), unique=True),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda rule: rule["at"],
).map(lambda found: [{"name": f"e{number}", **rule} for number, rule in enumerate(found)])


@given(st.sampled_from(ZONES), rules, moments)
def test_a_build_on_demand_is_of_the_rule_last_due_that_day_or_of_its_first(
    zone: str, editions: list[dict[str, object]], now: dt.datetime
) -> None:
    settings = override(Settings(), timezone=zone, editions=editions)
    today = now.astimezone(settings.zone).date()
    of_day = due_between(settings, now - 2 * DAY, now + 2 * DAY)
    of_day = [due for due in of_day if due.date == today]
    passed = [due for due in of_day if due.at.timestamp() <= now.timestamp()]
    found = slot(settings, now)
    assert found.date == today
    if passed:
        assert (found.edition, found.name) == (passed[-1].edition, passed[-1].slot)
        assert settled_by(settings, found) == passed[-1]
    else:
        first = of_day[0].edition if of_day else settings.rules()[0].name
        assert found.edition == first
        assert settled_by(settings, found) is None


@given(st.sampled_from(ZONES), rules, moments)
def test_an_edition_that_is_named_is_built_and_settles_its_own_hour_alone(
    zone: str, editions: list[dict[str, object]], now: dt.datetime
) -> None:
    settings = override(Settings(), timezone=zone, editions=editions)
    for rule in settings.rules():
        found = slot(settings, now, rule.name)
        assert (found.edition, found.window.end) == (rule.name, found.as_of)
        hour = due_on(settings, found.date, rule.name)
        falls = not rule.days or DAYS[found.date.weekday()] in rule.days
        settled = settled_by(settings, found)
        assert (settled is not None) == (falls and hour.timestamp() <= now.timestamp())
        assert settled is None or (settled.date, settled.edition, settled.at) == (found.date, rule.name, hour)


@given(st.sampled_from(ZONES), rules, moments, st.timedeltas(dt.timedelta(), 20 * DAY))
def test_what_is_due_in_a_stretch_is_what_is_due_in_its_halves(
    zone: str, editions: list[dict[str, object]], start: dt.datetime, length: dt.timedelta
) -> None:
    settings = override(Settings(), timezone=zone, editions=editions)
    middle, end = start + length / 3, start + length
    whole = due_between(settings, start, end)
    assert whole == [*due_between(settings, start, middle), *due_between(settings, middle, end)]
    assert len({(due.date, due.edition) for due in whole}) == len(whole)
    assert not due_between(settings, end, start)
    following = next_due(settings, end)
    assert following in due_between(settings, end, end + 9 * DAY)
    ahead = upcoming(settings, end)
    assert (ahead.name, ahead.date, ahead.edition) == (following.slot, following.date, following.edition)


@pytest.mark.parametrize(
    ("zone", "now", "due"),
    [
        ("Europe/Kyiv", "2026-10-25T03:40+03:00", "2026-10-25"),  # the first 03:40: past the first 03:30
        ("Europe/Kyiv", "2026-10-25T03:10+02:00", "2026-10-25"),  # the second 03:10: the wall says before
        ("Europe/Kyiv", "2026-10-25T03:10+03:00", ""),
        ("Europe/Kyiv", "2026-03-29T04:10+03:00", ""),  # 03:30 is at 04:30 that night
        ("Europe/Kyiv", "2026-03-29T04:30+03:00", "2026-03-29"),
    ],
)
def test_the_clock_on_the_wall_does_not_decide_what_is_past(zone: str, now: str, due: str) -> None:
    settings = once_a_day(zone, "03:30")
    settled = settled_by(settings, slot(settings, dt.datetime.fromisoformat(now)))
    assert (settled.slot if settled else "") == due


def test_two_rules_that_a_gap_brings_together_are_both_due() -> None:
    editions = [{"name": "a", "at": "02:30"}, {"name": "b", "at": "03:30"}]
    settings = override(Settings(), timezone="America/New_York", editions=editions)
    at = dt.datetime(2026, 3, 8, 7, 30, tzinfo=dt.UTC)
    assert [due.edition for due in due_between(settings, at - MINUTE, at)] == ["a", "b"]
    assert next_due(settings, at - MINUTE).edition == "a"
    assert slot(settings, at).edition == "b"

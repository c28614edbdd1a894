"""Slots and the next issue, on the nights when the clocks change as on any other."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.config import override
from briefing.config.settings import Settings
from briefing.schedule import due_on, next_due, slot

ZONES = (
    "Europe/Kyiv",
    "America/New_York",
    "Australia/Lord_Howe",
    "America/Santiago",
    "Asia/Kathmandu",
    "Africa/Casablanca",
)


def at(zone: str, time: str = "06:00", **changes: object) -> Settings:
    return override(Settings(), timezone=zone, at=time, **changes)


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("zone", "day", "time", "due"),
    [
        ("Europe/Kyiv", "2026-03-12", "06:00", "2026-03-12T04:00"),
        ("Europe/Kyiv", "2026-03-29", "03:30", "2026-03-29T01:30"),  # 03:00-04:00 does not exist: 04:30 local
        ("Europe/Kyiv", "2026-10-25", "03:30", "2026-10-25T00:30"),  # 03:00-04:00 comes twice: the first
        ("America/New_York", "2026-03-08", "02:30", "2026-03-08T07:30"),  # becomes 03:30
        ("America/New_York", "2026-11-01", "01:30", "2026-11-01T05:30"),
        ("Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03T15:45"),  # a gap of half an hour: 02:45
        ("Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-04T14:45"),
        ("America/Santiago", "2026-09-06", "00:00", "2026-09-06T04:00"),  # midnight itself is missing: 01:00
        ("Asia/Kathmandu", "2026-03-12", "06:00", "2026-03-12T00:15"),
        ("Africa/Casablanca", "2026-02-10", "06:00", "2026-02-10T05:00"),
        ("Africa/Casablanca", "2026-02-20", "06:00", "2026-02-20T06:00"),  # Ramadan sets the clocks back
    ],
)  # fmt: skip
def test_the_configured_hour_of_a_day(zone: str, day: str, time: str, due: str) -> None:
    moment = due_on(at(zone, time), dt.date.fromisoformat(day))
    assert moment.astimezone(dt.UTC) == utc(due)  # Python calls a repeated hour unequal to any other zone's
    assert moment.tzinfo == ZoneInfo(zone)
    assert moment.date().isoformat() == day


@pytest.mark.parametrize(
    ("zone", "now", "name"),
    [
        ("Europe/Kyiv", "2026-03-11T21:59", "2026-03-11"),
        ("Europe/Kyiv", "2026-03-11T22:00", "2026-03-12"),
        ("Europe/Kyiv", "2026-03-29T01:00", "2026-03-29"),
        ("America/New_York", "2026-03-12T03:59", "2026-03-11"),
        ("Asia/Kathmandu", "2026-03-11T18:15", "2026-03-12"),
        ("Australia/Lord_Howe", "2026-04-04T13:00", "2026-04-05"),
    ],
)
def test_a_slot_is_the_local_date(zone: str, now: str, name: str) -> None:
    found = slot(at(zone), utc(now))
    assert (found.name, found.date.isoformat()) == (name, name)
    assert found.as_of.astimezone(dt.UTC) == utc(now)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(
    "first",
    ["2026-03-07", "2026-03-28", "2026-04-04", "2026-09-05", "2026-10-03", "2026-10-24", "2026-10-31"],
)
def test_daily_windows_meet_without_gap_or_overlap_on_the_nights_of_the_change(zone: str, first: str) -> None:
    settings = at(zone)
    day = dt.date.fromisoformat(first)
    one, two = (slot(settings, due_on(settings, d)).window for d in (day, day + dt.timedelta(days=1)))
    assert one.end.astimezone(dt.UTC) == two.start.astimezone(dt.UTC)
    assert two.end == next_due(settings, one.end).at


moments = st.datetimes(dt.datetime(2025, 1, 1), dt.datetime(2028, 1, 1)).map(
    lambda m: m.replace(tzinfo=dt.UTC)
)
hours = st.times().map(lambda t: t.strftime("%H:%M"))


@given(st.sampled_from(ZONES), moments, hours)
def test_the_next_issue_is_the_first_configured_hour_after_now(
    zone: str, now: dt.datetime, time: str
) -> None:
    settings = at(zone, time)
    local = now.astimezone(ZoneInfo(zone))
    following = next_due(settings, local).at
    assert following.astimezone(dt.UTC) > now
    assert following.astimezone(dt.UTC) - now <= dt.timedelta(hours=25)
    for days in (-1, 0, 1):
        other = due_on(settings, local.date() + dt.timedelta(days=days)).astimezone(dt.UTC)
        assert other <= now or other >= following.astimezone(dt.UTC)


@given(st.sampled_from(ZONES), st.dates(dt.date(2025, 1, 1), dt.date(2028, 1, 1)), hours)
def test_every_day_has_one_issue_and_it_falls_on_that_day(zone: str, day: dt.date, time: str) -> None:
    settings = at(zone, time)
    due = due_on(settings, day)
    assert due.date() == day
    assert due_on(settings, day + dt.timedelta(days=1)).astimezone(dt.UTC) > due.astimezone(dt.UTC)


@given(st.sampled_from(ZONES), moments, st.timedeltas(dt.timedelta(0), dt.timedelta(days=3)))
def test_later_moments_have_no_earlier_slots(zone: str, now: dt.datetime, later: dt.timedelta) -> None:
    settings = at(zone)
    assert slot(settings, now).name <= slot(settings, now + later).name


@given(st.sampled_from(ZONES), moments, st.sampled_from(ZONES))
def test_a_slot_does_not_depend_on_the_zone_in_which_now_is_written(
    zone: str, now: dt.datetime, other: str
) -> None:
    settings = at(zone)
    assert slot(settings, now) == slot(settings, now.astimezone(ZoneInfo(other)))

"""Daily windows over three years: no moment is in none of them, none is in two, whatever the clocks do."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.config import override
from briefing.config.settings import Settings
from briefing.model import Window
from briefing.schedule.due import due_between, slot_of

ZONES = (
    "Europe/Kyiv",
    "America/New_York",
    "Australia/Lord_Howe",  # half an hour
    "America/Nuuk",  # a gap that ends at midnight
    "Africa/Cairo",  # at midnight
    "Asia/Kolkata",  # never
)
HOURS = ("06:00", "00:00", "02:15", "02:30", "03:00", "03:30", "23:45")
START, END = dt.datetime(2025, 1, 1, tzinfo=dt.UTC), dt.datetime(2028, 1, 1, tzinfo=dt.UTC)


def windows(zone: str, hour: str) -> list[Window]:
    settings = override(Settings(), timezone=zone, at=hour)
    return [slot_of(settings, due).window for due in due_between(settings, START, END)]


@pytest.mark.parametrize("hour", HOURS)
@pytest.mark.parametrize("zone", ZONES)
def test_each_window_begins_where_the_one_before_it_ended(zone: str, hour: str) -> None:
    found = windows(zone, hour)
    assert len(found) > 3 * 360
    apart = [
        (one.end, other.start)
        for one, other in pairwise(found)
        if one.end.timestamp() != other.start.timestamp()
    ]
    assert not apart


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/Kyiv", "2026-03-29", 23),
        ("Europe/Kyiv", "2026-10-25", 25),
        ("America/New_York", "2026-03-08", 23),
        ("America/New_York", "2026-11-01", 25),
        ("Australia/Lord_Howe", "2026-10-04", 23.5),
        ("Australia/Lord_Howe", "2026-04-05", 24.5),
        ("Asia/Kolkata", "2026-03-29", 24),
    ],
)
def test_on_the_day_of_a_change_a_window_is_a_day_of_readers_not_of_clocks(
    zone: str, day: str, hours: float
) -> None:
    (window,) = (w for w in windows(zone, "06:00") if w.end.date().isoformat() == day)
    assert (window.end.timestamp() - window.start.timestamp()) / 3600 == hours
    assert window.start.hour == window.end.hour == 6


@given(
    st.sampled_from(ZONES),
    st.times(),
    st.datetimes(dt.datetime(2025, 1, 3), dt.datetime(2027, 12, 20), timezones=st.just(dt.UTC)),
)
def test_every_moment_is_in_one_window(zone: str, hour: dt.time, moment: dt.datetime) -> None:
    settings = override(Settings(), timezone=zone, at=f"{hour:%H:%M}")
    around = due_between(settings, moment - dt.timedelta(days=3), moment + dt.timedelta(days=3))
    holding = [
        due.slot
        for due in around
        if (w := slot_of(settings, due).window).start.timestamp() < moment.timestamp() <= w.end.timestamp()
    ]
    assert len(holding) == 1

"""Times as sources write them."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.read.when import moment, stated

KYIV = ZoneInfo("Europe/Kyiv")


@pytest.mark.parametrize(
    ("raw", "language", "expected"),
    [
        ("Tue, 06 Aug 2024 09:15:00 MSK", "en", "2024-08-06T09:15:00+03:00"),
        ("Tue, 06 Aug 2024 09:15:00 EEST", "en", "2024-08-06T09:15:00+03:00"),
        ("Tue, 06 Feb 2024 09:15:00 CET", "en", "2024-02-06T09:15:00+01:00"),
        ("6 Aug 24 09:15 EDT", "en", "2024-08-06T09:15:00-04:00"),
        ("Tue, 06 Aug 2024 09:15:00 +0000 (UTC)", "en", "2024-08-06T09:15:00+00:00"),
        ("2024-08-06T09:15:00Z", "en", "2024-08-06T09:15:00+00:00"),
        ("2024-08-06T09:15:00.5+0530", "en", "2024-08-06T09:15:00.500000+05:30"),
        ("20240806T0915Z", "en", "2024-08-06T09:15:00+00:00"),
        ("2024-02-06 09:15", "en", "2024-02-06T09:15:00+02:00"),
        ("2024-08-06 09:15 Europe/Paris", "en", "2024-08-06T09:15:00+02:00"),
        ("August 6, 2024 9:15 p.m. EDT", "en", "2024-08-06T21:15:00-04:00"),
        ("Tue Aug  6 09:15:00 2024", "en", "2024-08-06T09:15:00+03:00"),
        ("06.08.2024, 09:15", "uk", "2024-08-06T09:15:00+03:00"),
        ("6 серпня 2024, 09:15", "uk", "2024-08-06T09:15:00+03:00"),
        ("6 августа 2024 в 09:15 МСК", "ru", "2024-08-06T09:15:00+03:00"),
        ("Tue, 06 Aug 2024 09:15:00 ET", "en", "2024-08-06T09:15:00-04:00"),
        ("Tue, 06 Feb 2024 09:15:00 ET", "en", "2024-02-06T09:15:00-05:00"),
        ("Aug 6, 2024 9:15 a.m. PT", "en", "2024-08-06T09:15:00-07:00"),
        ("06 Feb 2024 09:15 CT", "en", "2024-02-06T09:15:00-06:00"),
        ("6 Jul 2024 09:15 EST", "en", "2024-07-06T09:15:00-05:00"),  # what it says, not the season
        ("6 Aug 2024 09:15 CST", "en", "2024-08-06T09:15:00-06:00"),  # RFC 822
        ("2012-08-06 09:15 MSK", "en", "2012-08-06T09:15:00+04:00"),
        ("06 Feb 2024 09:15 EET", "en", "2024-02-06T09:15:00+02:00"),
        ("06 Aug 2024 09:15 GMT+3", "en", "2024-08-06T09:15:00+03:00"),
        ("06 Aug 2024 09:15 UTC +2", "en", "2024-08-06T09:15:00+02:00"),
        ("6 Aug 2024 09:15 (GMT+3)", "en", "2024-08-06T09:15:00+03:00"),
        ("06 Aug 2024 09:15 EDT-0400", "en", "2024-08-06T09:15:00-04:00"),
        ("2024-08-06 09:15:00 -0400 EDT", "en", "2024-08-06T09:15:00-04:00"),
        ("2024-08-06T09:15:00+03:00[Europe/Kyiv]", "en", "2024-08-06T09:15:00+03:00"),
        ("2024-08-06T09:15:00−05:00", "en", "2024-08-06T09:15:00-05:00"),
        ("Tue Aug 06 2024 09:15:00 GMT+0300 (Eastern European Summer Time)", "", "2024-08-06T09:15:00+03:00"),
        ("August 6, 2024 at 9:15 a.m. Eastern Time", "en", "2024-08-06T09:15:00-04:00"),
        ("6 Aug 2024, 09:15 (Moscow time)", "en", "2024-08-06T09:15:00+03:00"),
        ("6 Aug 2024 09:15 Kyiv time", "en", "2024-08-06T09:15:00+03:00"),
        ("6 серпня 2024, 09:15 за київським часом", "uk", "2024-08-06T09:15:00+03:00"),
        ("6 серпня 2024, 09:15 (за Лондоном)", "uk", "2024-08-06T09:15:00+01:00"),
        ("6 августа 2024, 09:15 (по московскому времени)", "ru", "2024-08-06T09:15:00+03:00"),
        ("06.08.2024 09:15 мск", "ru", "2024-08-06T09:15:00+03:00"),
        ("6. August 2024, 09:15 Uhr", "de", "2024-08-06T09:15:00+03:00"),
        ("Tue, 06 Aug 2024 24:00:00 GMT", "en", "2024-08-07T00:00:00+00:00"),
    ],
)
def test_a_stated_time_keeps_its_zone(raw: str, language: str, expected: str) -> None:
    found = moment(raw, KYIV, language)
    assert found and (found.at.isoformat(), found.day_only) == (expected, False)


@pytest.mark.parametrize(
    ("name", "own", "hours"),
    [
        ("IST", "Asia/Kolkata", 5.5),
        ("IST", "Europe/Dublin", 1),
        ("IST", "Asia/Jerusalem", None),  # in August its clocks show IDT
        ("AST", "America/Halifax", None),  # and these ADT
        ("AST", "Asia/Riyadh", 3),
        ("CST", "Asia/Shanghai", 8),
        ("CST", "Europe/Kyiv", -6),
        ("BST", "Asia/Dhaka", 6),
        ("BST", "Europe/Kyiv", 1),
        ("EST", "Australia/Brisbane", 10),
        ("ET", "Australia/Brisbane", -4),
    ],
)
def test_a_name_of_several_zones_is_settled_by_where_the_source_is(
    name: str, own: str, hours: float | None
) -> None:
    found = moment(f"6 Aug 2024 09:15 {name}", ZoneInfo(own), "en", own=True)
    assert found and found.zone_unknown == (hours is None)
    if hours is not None:
        assert found.at.utcoffset() == timedelta(hours=hours)


def test_the_zone_of_the_briefing_settles_nothing() -> None:
    found = moment("6 Aug 2024 09:15 IST", ZoneInfo("Asia/Kolkata"), "en")
    assert found and found.day_only and found.zone_unknown


@pytest.mark.parametrize(
    "raw",
    [
        "2024-08-06",
        "6 August 2024",
        "06.08.2024",
        "06.08.24",
        "6. 8. 2024",
        "Tue, 06.08.24",
        "Updated 06.08.24",
        "2024-W32-2",
        "2024W322",
        "6 серпня 2024 р.",
        "Tue, 06 Aug 2024 09:15:00 XQT",
        "6 Aug 2024 09:15 IST",
    ],
)
def test_a_date_without_a_known_time_is_the_end_of_that_day(raw: str) -> None:
    found = moment(raw, KYIV, "uk" if "серп" in raw else "en")
    assert found and (found.at.isoformat(), found.day_only) == ("2024-08-06T23:59:59+03:00", True)


@pytest.mark.parametrize(
    "raw",
    ["", "yesterday", "2 hours ago", "вчора", "09:15", "Tuesday", "August 2024", "6 August", "2024",
     "1722900000", "06/08/2024", "06-08-2024", "06-08-2024 09:15", "06 08 2024", "06_08_2024", "24-08-06",
     "06-08-2024T09:15", "2024-W32", "2024-W60-1", "2024-3-W1",
     "2024-13-45", "Mon, 01 Jan 0001 00:00:00 GMT", "x" * 10_000],
)  # fmt: skip
def test_nothing_is_guessed(raw: str) -> None:
    assert moment(raw, KYIV, "en") is None


@pytest.mark.parametrize("language", ["", "en", "uk", "de"])
@pytest.mark.parametrize("raw", ["06.08.24", "06.08.2024", "2024-W32-2"])
def test_dots_and_weeks_mean_the_same_in_every_language(raw: str, language: str) -> None:
    found = moment(raw, KYIV, language)
    assert found and found.at.date() == date(2024, 8, 6)


@pytest.mark.parametrize(
    ("raw", "language", "day"),
    [
        ("13-08-2024", "", date(2024, 8, 13)),
        ("08-13-2024", "en", date(2024, 8, 13)),
        ("13/08/2024", "en", date(2024, 8, 13)),
        ("06-08-2024", "uk", date(2024, 8, 6)),
        ("06-08-2024", "de", date(2024, 8, 6)),
    ],
)
def test_an_order_that_the_numbers_or_the_language_fix_is_read(raw: str, language: str, day: date) -> None:
    found = moment(raw, KYIV, language)
    assert found and found.at.date() == day


@settings(deadline=None)  # the first example loads libraries
@given(st.text(alphabet="0123456789-/.:TZ+ AugMSKpam,()", max_size=40))
def test_no_string_raises(raw: str) -> None:
    found = moment(raw, KYIV, "en")
    assert found is None or found.at.tzinfo is not None


def test_what_configuration_says_counts_as_a_day_or_a_time() -> None:
    for day in (date(2026, 3, 11), datetime(2026, 3, 11)):
        found = stated(day, KYIV)
        assert found and found.day_only and found.at.isoformat() == "2026-03-11T23:59:59+02:00"
    timed = stated(datetime(2026, 3, 11, 9), KYIV)
    assert timed and not timed.day_only and timed.at.isoformat() == "2026-03-11T09:00:00+02:00"

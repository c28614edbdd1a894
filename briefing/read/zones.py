"""The zones of times: offsets, abbreviations, names of regions. Abbreviations are nobody's standard.

The rule, from the plain to the doubtful:

1. An offset means itself, whatever stands before it: +0300, +3, GMT+3, EDT-0400.
2. A name that follows a place's clocks means that place on that day: ET is four or five hours behind
   Greenwich by the season, MSK was four hours ahead of it from 2011 to 2014.
3. A name of one zone means it, whatever the season: EST in July is EST.
4. A name of several zones means the one in which the source itself is: with `timezone: Asia/Kolkata` at the
   source, IST is five and a half hours ahead. The briefing's own zone says nothing of the source, so it does
   not count. Otherwise it means what RFC 822 (section 5.1) says of it, and BST is Britain's.
5. What remains (IST, AST, AMT, GST of nobody; military letters, which RFC 2822, section 4.3, declares
   unusable) is unknown: the date keeps its day and loses its time. A wrong hour is worse than none.
"""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

HOUR = 60
FURTHEST = 14 * HOUR  # no clock on Earth is further from Greenwich
# Minutes east of Greenwich.
OFFSETS = {
    "GMT": 0, "UT": 0, "UTC": 0, "Z": 0, "ZULU": 0, "WET": 0, "WEST": HOUR,
    "CET": HOUR, "CEST": 2 * HOUR, "MET": HOUR, "MEST": 2 * HOUR, "MEZ": HOUR, "MESZ": 2 * HOUR,
    "EET": 2 * HOUR, "EEST": 3 * HOUR, "MSD": 4 * HOUR, "TRT": 3 * HOUR, "IDT": 3 * HOUR, "FET": 3 * HOUR,
    "SAMT": 4 * HOUR, "GET": 4 * HOUR, "AZT": 4 * HOUR, "YEKT": 5 * HOUR, "UZT": 5 * HOUR, "OMST": 6 * HOUR,
    "KRAT": 7 * HOUR, "IRKT": 8 * HOUR, "YAKT": 9 * HOUR, "VLAT": 10 * HOUR,
    "SAST": 2 * HOUR, "EAT": 3 * HOUR, "CAT": 2 * HOUR, "WAT": HOUR, "PKT": 5 * HOUR, "IRST": 210, "NPT": 345,
    "ICT": 7 * HOUR, "WIB": 7 * HOUR, "HKT": 8 * HOUR, "SGT": 8 * HOUR, "AWST": 8 * HOUR, "JST": 9 * HOUR,
    "KST": 9 * HOUR, "ACST": 570, "ACDT": 630, "AEST": 10 * HOUR, "AEDT": 11 * HOUR, "NZST": 12 * HOUR,
    "NZDT": 13 * HOUR, "CDT": -5 * HOUR, "MDT": -6 * HOUR, "PDT": -7 * HOUR, "NST": -210, "NDT": -150,
    "AKST": -9 * HOUR, "AKDT": -8 * HOUR, "HST": -10 * HOUR, "BRT": -3 * HOUR, "ART": -3 * HOUR,
}  # fmt: skip
PLACES = {
    "ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles",
    "MSK": "Europe/Moscow", "МСК": "Europe/Moscow",
}  # fmt: skip
# What each may mean; where the source's own zone is none of them the first counts, and None is unknown.
SEVERAL: dict[str, tuple[int | None, ...]] = {
    "EST": (-5 * HOUR, 10 * HOUR), "EDT": (-4 * HOUR, 11 * HOUR), "CST": (-6 * HOUR, 8 * HOUR, -5 * HOUR),
    "MST": (-7 * HOUR, 8 * HOUR, 390), "PST": (-8 * HOUR, 8 * HOUR), "BST": (HOUR, 6 * HOUR, 11 * HOUR),
    "IST": (None, 330, HOUR, 2 * HOUR), "AST": (None, -4 * HOUR, 3 * HOUR),
    "ADT": (None, -3 * HOUR, 4 * HOUR), "GST": (None, 4 * HOUR, -2 * HOUR),
    "AMT": (None, 4 * HOUR, -4 * HOUR), "SST": (None, 8 * HOUR, -11 * HOUR),
    "WST": (None, 8 * HOUR, 13 * HOUR), "ECT": (None, -5 * HOUR, -4 * HOUR), "BT": (None, 6 * HOUR, 3 * HOUR),
}  # fmt: skip
OFFSET = re.compile(r"(?:[A-Z]{1,5})?([+-])(\d{1,2}):?(\d{2})?")  # EDT-0400: the number says it


def zone_named(name: str, wall: dt.datetime, own: ZoneInfo | None = None) -> dt.tzinfo | None:
    """The zone that a name or offset means at a time on the wall; None for one that is not known.

    `own` is the zone in which the source is, where feeds.yaml says so.
    """
    word = name.upper().rstrip(".")
    if found := OFFSET.fullmatch(word):
        minutes = int(found[2]) * HOUR + int(found[3] or 0)
        return _fixed(minutes if found[1] == "+" else -minutes)
    if word in SEVERAL:
        return _settled(word, wall, own)
    if word in PLACES:
        return ZoneInfo(PLACES[word])
    return _fixed(OFFSETS[word]) if word in OFFSETS else region(name)


def region(name: str) -> ZoneInfo | None:
    """A zone by its IANA name, such as Europe/Kyiv."""
    if "/" not in name:
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def _fixed(minutes: int) -> dt.tzinfo | None:
    return dt.timezone(dt.timedelta(minutes=minutes)) if abs(minutes) <= FURTHEST else None


def _settled(word: str, wall: dt.datetime, own: ZoneInfo | None) -> dt.tzinfo | None:
    """The one of several zones whose clocks the source has at that time, or the customary one."""
    usual, *others = SEVERAL[word]
    there = wall.replace(tzinfo=own).utcoffset() if own else None
    if there is not None and there // dt.timedelta(minutes=1) in (usual, *others):
        return dt.timezone(there)
    return None if usual is None else _fixed(usual)

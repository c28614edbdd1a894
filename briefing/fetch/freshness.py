"""How long what came stays good, and how long to wait: by what the server and the feed say.

A server says it in Cache-Control or Expires (RFC 9111, 4.2: less the age that it has already), or, where
it cannot answer, in Retry-After (RFC 9110, 10.2.3). A feed says it in <ttl> (RSS 2.0: minutes) or in
sy:updatePeriod and sy:updateFrequency (RSS 1.0 syndication). The longest of them holds, within bounds:

- LONGEST. Some servers give everything a year, some feeds say "daily" and write all night; an edition at six
  has to know what came since three. Nobody who asks eight times a day is a burden. A server that asks to be
  left alone is believed for longer: LONGEST_TOLD, so that one that is asked once a day is always asked.
- SLACK. What says "an hour" and is asked every hour by cron would be asked every second hour only: a run
  starts seconds earlier or later than the one before. A tenth of the time is let off, five minutes at most.

Rejected: parsing the feed for its period (reading is another room's, and it costs a hundred times as much);
skipHours and skipDays (rare, in GMT, and mostly left over from a template); s-maxage (for shared caches).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

LONGEST = timedelta(hours=3)
LONGEST_TOLD = timedelta(hours=6)
SLACK = timedelta(minutes=5)
HEAD = 32_000  # bytes in which a feed says how often it is written
NOTHING = timedelta(0)

MAX_AGE = re.compile(r"\bmax-age\s*=\s*\"?(\d{1,10})", re.IGNORECASE)
UNKEPT = re.compile(r"\bno-(?:store|cache)\b", re.IGNORECASE)
TTL = re.compile(rb"<ttl>\s*(\d{1,6})\s*</ttl>")
PERIOD = re.compile(rb"<\w*:?updatePeriod>\s*(hourly|daily|weekly|monthly|yearly)\s*<", re.IGNORECASE)
FREQUENCY = re.compile(rb"<\w*:?updateFrequency>\s*(\d{1,4})\s*<")
FIRST_ENTRY = re.compile(rb"<(?:item|entry)[\s>]")
HOURS = {b"hourly": 1, b"daily": 24, b"weekly": 168, b"monthly": 720, b"yearly": 8760}


def good_for(headers: Mapping[str, str], content: bytes, now: datetime) -> timedelta:
    """How long after `now` nothing new is to be expected; zero where nobody says."""
    said = max(_lifetime(headers, now), _period(content[:HEAD]))
    said = min(said, LONGEST)
    return said - min(said / 10, SLACK)


def retry_after(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """How long the server asks to wait, LONGEST_TOLD at most; None where it does not say."""
    said = headers.get("Retry-After", "").strip()
    if said.isascii() and said.isdigit():
        return min(timedelta(seconds=int(said[:10])), LONGEST_TOLD)
    moment = _moment(said)
    if moment is None:
        return None
    return max(NOTHING, min(moment - (_moment(headers.get("Date", "")) or now), LONGEST_TOLD))


def _lifetime(headers: Mapping[str, str], now: datetime) -> timedelta:
    control = headers.get("Cache-Control", "")
    if UNKEPT.search(control):
        return NOTHING
    if stated := MAX_AGE.search(control):
        lifetime = timedelta(seconds=int(stated[1]))
    elif expires := _moment(headers.get("Expires", "")):
        lifetime = expires - (_moment(headers.get("Date", "")) or now)
    else:
        return NOTHING
    age = headers.get("Age", "").strip()
    return max(NOTHING, lifetime - timedelta(seconds=int(age[:10]) if age.isdecimal() else 0))


def _period(content: bytes) -> timedelta:
    entry = FIRST_ENTRY.search(content)
    head = content[: entry.start()] if entry else content
    ttl, period, often = TTL.search(head), PERIOD.search(head), FREQUENCY.search(head)
    by_ttl = timedelta(minutes=int(ttl[1])) if ttl else NOTHING
    if not period:
        return by_ttl
    times = max(1, int(often[1])) if often else 1
    return max(by_ttl, timedelta(hours=HOURS[period[1].lower()]) / times)


def _moment(said: str) -> datetime | None:
    """An HTTP date; None where it is none ("0" and "-1" stand for long ago, and are none)."""
    with suppress(ValueError, TypeError, OverflowError, IndexError):
        moment = parsedate_to_datetime(said)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None

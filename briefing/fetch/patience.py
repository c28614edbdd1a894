"""What is remembered of an address after it was asked, and when it is asked again.

An address that fails is asked less and less often: FIRST, then twice as long each time, so that a build that
is tried again after 1, 2, 4 minutes asks anew each time; and CEILING at most, so that what failed all night
is asked by every fetch of a daemon that fetches every hour, and before every morning. Where the server says
how long, that holds instead. Half of the time is jitter (equal jitter: Brooker, "Exponential backoff and
jitter", 2015), so that what failed together does not come back together; it is taken from a hash of the
address and the count, not from chance: same in, same out.

Where there was no network at all, nobody was burdened and nobody is spared: the next run asks again.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta

from briefing.fetch.freshness import NOTHING, good_for
from briefing.fetch.http import Reply
from briefing.fetch.reasons import Trouble
from briefing.model import Visit

FIRST = timedelta(minutes=1)
CEILING = timedelta(minutes=55)
LONGEST_VALIDATOR = 1_000  # characters; real ones have forty


def validators(visit: Visit | None) -> dict[str, str]:
    """The headers of a conditional request."""
    if visit is None:
        return {}
    headers = {"If-None-Match": visit.etag, "If-Modified-Since": visit.modified}
    return {name: value for name, value in headers.items() if value}


def forgotten(visit: Visit) -> Visit:
    """The same where the document is not at hand: asked for in full and at once, unless it failed."""
    return replace(visit, etag="", modified="", not_before=visit.not_before if visit.failures else None)


def waiting(visit: Visit | None, now: datetime) -> datetime | None:
    """Until when an address is not to be asked; None where it may be.

    A visit of the future (the clock was set back, or `now` is of the past) makes nobody wait.
    """
    if visit is None or visit.not_before is None or visit.tried > now:
        return None
    return visit.not_before if visit.not_before > now else None


def answered(before: Visit | None, address: str, moved: str, reply: Reply, now: datetime) -> Visit:
    """After a document, or after "not modified": then what was not said anew holds on."""
    same = reply.status == 304
    known = before if same and before else Visit(address, now)
    wait = good_for(reply.headers, reply.content, now)
    if same and known.not_before and not known.failures:
        wait = max(wait, known.not_before - known.tried)  # the feed's own period: it was not sent again
    return Visit(
        address,
        now,
        now,
        etag=_clean(reply.headers.get("ETag", "")) or known.etag,
        modified=_clean(reply.headers.get("Last-Modified", "")) or known.modified,
        moved=moved,
        not_before=now + wait if wait > NOTHING else None,
    )


def failed(before: Visit | None, address: str, trouble: Trouble, now: datetime) -> Visit:
    """After a failure: what was known of its document holds on."""
    known = before or Visit(address, now)
    failures = known.failures + 1
    if trouble.wait is not None:
        wait = trouble.wait
    else:
        wait = backoff(address, failures) if trouble.reached else NOTHING
    return replace(
        known,
        tried=now,
        failures=failures,
        error=trouble.reason,
        not_before=now + wait if wait > NOTHING else None,
    )


def backoff(address: str, failures: int) -> timedelta:
    """How long an address rests after so many failures in a row."""
    doublings: int = 2 ** min(failures - 1, 20)
    longest = min(FIRST * doublings, CEILING)
    return longest / 2 + longest / 2 * jitter(f"{address} {failures}")


def jitter(of: str) -> float:
    """A number from 0 to 1 that looks like chance, always the same for the same words."""
    return int.from_bytes(hashlib.sha256(of.encode("utf-8", "replace")).digest()[:4], "big") / 2**32


def _clean(validator: str) -> str:
    """A validator that can be sent back; "" where it could not be a header."""
    fit = validator.isascii() and validator.isprintable() and len(validator) <= LONGEST_VALIDATOR
    return validator.strip() if fit else ""

"""`state.json` beside the editions: how a briefing stands, for programs that cannot ask.

The file says when it was written: whoever reads it compares the hour of the next edition with its own
clock, because a schedule that died writes nothing. `briefing schedule --status` reads the ledger instead.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, get_args

from briefing.config.settings import Settings
from briefing.durable import flush_folder, write_through
from briefing.errors import BriefingError
from briefing.model import Delivery, Issue
from briefing.schedule.status import Standing, Status, standing, status

SCHEMA: Final = "briefing-state/1"
FILE: Final = "state.json"
_PRIVATE: Final = 0o640  # it names recipients and what servers said: nothing for whoever may read the pages
_LEFTOVER: Final = dt.timedelta(hours=1)  # a hidden file of ours that is older belongs to nobody

Facts = dict[str, Any]


def write_state(settings: Settings, now: dt.datetime) -> None:
    """Write state.json in place of the earlier one, which stays whole until then.

    Only its owner and group may read it. Raises BriefingError where it cannot be written.
    """
    content = json.dumps(facts(status(settings, now)), ensure_ascii=False, indent=2) + "\n"
    folder = settings.output_folder() / settings.key
    hidden = folder / f".{FILE}.{os.getpid()}"  # a name of its own: a daemon and cron may write at a time
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _clear(folder, now)
        hidden.unlink(missing_ok=True)
        write_through(hidden, content.encode(), _PRIVATE)
        hidden.replace(folder / FILE)
        flush_folder(folder)
    except OSError as error:
        with suppress(OSError):
            hidden.unlink(missing_ok=True)
        raise BriefingError(
            f"cannot write {folder / FILE}: {error.strerror or error}; "
            "make its folder writable and free space there, or name another under `output:`"
        ) from error


def facts(found: Status) -> Facts:
    """The plain data of a status: what state.json says. Times are in the briefing's zone."""
    return {
        "schema": SCHEMA,
        "briefing": found.briefing,
        "title": found.title,
        "written": _time(found.as_of, found),
        "healthy": found.healthy,
        "troubles": list(found.troubles),
        "last": _last(found.last, found) if found.last else None,
        "next": {
            "slot": found.next.slot,
            "edition": found.next.edition,
            "due": _time(found.next.at, found),
        },
        "fetched": _time(found.fetched, found),
        "failed": {
            "editions": [_edition(issue, found) for issue in found.failed],
            "deliveries": [_delivery(d, found) for d in found.deliveries if standing(d) != "sent"],
            "sources": [{"name": name, "error": error} for name, error in found.silent],
        },
    }


def _last(issue: Issue, found: Status) -> Facts:
    counted = Counter(map(standing, found.deliveries))
    return {
        "slot": issue.due.slot,
        "edition": issue.due.edition,
        "due": _time(issue.due.at, found),
        "built": _time(issue.built, found),
        "late": issue.late is not None,
        "delivered": _time(issue.delivered, found),
        "deliveries": {name: counted[name] for name in get_args(Standing)},
    }


def _edition(issue: Issue, found: Status) -> Facts:
    return {
        "slot": issue.due.slot,
        "edition": issue.due.edition,
        "due": _time(issue.due.at, found),
        "missed": issue.missed,
        "tries": issue.tries,
        "error": issue.error,
        "next_try": _time(issue.next_try, found),
    }


def _delivery(delivery: Delivery, found: Status) -> Facts:
    return {
        "channel": delivery.receipt.channel,
        "address": delivery.receipt.address,
        "state": standing(delivery),
        "reason": delivery.receipt.detail,
        "tries": delivery.tries,
        "next_try": _time(delivery.next_try, found),
    }


def _time(moment: dt.datetime | None, found: Status) -> str | None:
    return moment.astimezone(found.as_of.tzinfo).isoformat(timespec="seconds") if moment else None


def _clear(folder: Path, now: dt.datetime) -> None:
    """Remove what killed runs left."""
    for leftover in folder.glob(f".{FILE}.*"):
        with suppress(FileNotFoundError):
            if now.timestamp() - leftover.stat().st_mtime > _LEFTOVER.total_seconds():
                leftover.unlink()

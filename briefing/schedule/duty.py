"""Doing what is due: fetch, build, deliver, tell the operator, and say in the state file how it went.

One call of `on_duty` is what cron runs and what the daemon starts at the right moments. It may be
killed anywhere: the next call makes a new plan from the ledger and goes on.
"""

from __future__ import annotations

import datetime as dt
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Final

from briefing import pipeline
from briefing.config import Settings
from briefing.errors import BriefingError, Locked, NotDelivered
from briefing.model import Due, Edition, Issue, Receipt, SourceReport
from briefing.schedule.alert import raise_alert, send_alerts
from briefing.schedule.plan import FETCHED, PUNCTUAL, Plan, plan, since_mark, wait
from briefing.schedule.state import write_state
from briefing.store import Store, open_store

Tell = Callable[[str], None]

SETTLE: Final = 4  # failed builds (a quarter of an hour) after which what was fetched before must do
SILENT_SHARE: Final = 0.5  # of the sources: as many failed or silent ones are worth an alert
SILENT_LEAST: Final = 2


@dataclass(frozen=True, slots=True)
class Shift:
    """One call: the briefing, the moment, and who listens. Made by `on_duty`."""

    settings: Settings
    now: dt.datetime  # in UTC: Python compares two moments of one zone by the clock on the wall
    tell: Tell
    warn: Tell


def on_duty(settings: Settings, now: dt.datetime, tell: Tell, warn: Tell | None = None) -> int:
    """Do what is due at `now` (aware); the exit code of the worst that happened, 0 where all went well.

    Another run on duty is no error: it does what is due. `tell` gets a line for everything done,
    `warn` (`tell` if left out) one for everything that went wrong, each once.
    """
    shift, codes = Shift(settings, now.astimezone(dt.UTC), tell, _each_once(warn or tell)), [0]
    for step in (_miss_and_build, _fetch_in_between, _deliver_all, _send_alerts, _write_state):
        with _reported(shift, codes):
            codes += step(shift)
    return max(codes)


def _each_once(warn: Tell) -> Tell:
    """A store that cannot be opened stops every step with the same words."""
    said: set[str] = set()

    def once(line: str) -> None:
        if line not in said:
            said.add(line)
            warn(line)

    return once


def _miss_and_build(shift: Shift) -> Iterator[int]:
    todo = _planned(shift)
    for due in todo.missed:
        _miss(shift, due)
    for due in todo.build:
        yield _build(shift, due)


def _fetch_in_between(shift: Shift) -> Iterator[int]:
    if _planned(shift).fetch:
        yield _fetch(shift)


def _deliver_all(shift: Shift) -> Iterator[int]:
    for issue in _planned(shift).deliver:
        yield _deliver(shift, issue.due.slot)


def _send_alerts(shift: Shift) -> Sequence[int]:
    send_alerts(shift.settings, shift.now, shift.tell, shift.warn)
    return ()


def _write_state(shift: Shift) -> Sequence[int]:
    write_state(shift.settings, shift.now)
    return ()


def _planned(shift: Shift) -> Plan:
    with _store(shift) as store:
        _begin(shift, store)
        return plan(shift.settings, shift.now, store.ledger)


def _begin(shift: Shift, store: Store) -> None:
    """Note since when each rule is on duty."""
    for rule in shift.settings.rules():
        mark = since_mark(rule.name)
        if store.ledger.marked(shift.settings.key, mark) is None:
            store.ledger.mark(shift.settings.key, mark, shift.now - PUNCTUAL)


def _build(shift: Shift, due: Due) -> int:
    """Build an edition that is due; a failure is noted with the moment of the next try."""
    with _store(shift) as store:
        known = store.ledger.issue(shift.settings.key, due) or Issue(due)
        store.ledger.mark(shift.settings.key, FETCHED, shift.now)  # a build asks the sources too
    try:
        outcome = pipeline.issue(
            shift.settings,
            due,
            shift.now,
            late=_late(shift, due),
            answers_needed=known.tries < SETTLE,
        )
    except Locked:
        raise
    except Exception as error:  # whatever it is, the edition is tried again and the operator is told
        return _failed(shift, known, error)
    if outcome is None:
        return 0
    shift.tell(f"built {due.slot}: {len(outcome.edition.articles)} articles cited")
    for note in outcome.notes:
        shift.warn(note)
    _warn_of_silence(shift, outcome.edition)
    return 0


def _late(shift: Shift, due: Due) -> dt.datetime | None:
    """The minute at which it is built, where that is worth telling."""
    if shift.now - due.at <= PUNCTUAL:
        return None
    return shift.now.astimezone(shift.settings.zone).replace(second=0, microsecond=0)


def _failed(shift: Shift, known: Issue, error: Exception) -> int:
    said = str(error) if isinstance(error, BriefingError) else f"{type(error).__name__}: {error}"
    shift.warn(f"no edition of {known.due.slot}: {said}")
    if not isinstance(error, BriefingError):
        shift.warn("".join(traceback.format_exception(error)))
    _alert(shift, f"{known.due.slot} build", f"no edition of {known.due.slot} yet", said)
    tries = known.tries + 1
    with _store(shift) as store:
        store.ledger.put(
            shift.settings.key,
            replace(known, tries=tries, error=said, next_try=shift.now + wait(tries)),
        )
    return error.exit_code if isinstance(error, BriefingError) else 1


def _miss(shift: Shift, due: Due) -> None:
    """Note that an edition was not built within its grace."""
    with _store(shift) as store:
        known = store.ledger.issue(shift.settings.key, due) or Issue(due)
        reason = known.error or "nothing was running"
        store.ledger.put(shift.settings.key, replace(known, missed=True, error=reason, next_try=None))
    shift.warn(f"missed {due.slot}: {reason}")
    _alert(shift, f"{due.slot} missed", f"the edition of {due.slot} was missed", reason)


def _fetch(shift: Shift) -> int:
    with _store(shift) as store:  # before, so that a fetch that is killed or fails is not tried at once
        store.ledger.mark(shift.settings.key, FETCHED, shift.now)
    found = pipeline.fetch_all(shift.settings, shift.now)
    answered = sum(source.status != "failed" for source in found.sources)
    shift.tell(
        f"fetched: {answered} of {len(found.sources)} sources answered, {len(found.articles)} articles"
    )
    return 0


def _deliver(shift: Shift, slot: str) -> int:
    receipts = pipeline.deliver(shift.settings, slot, shift.now)
    lost = _lost(shift, slot)
    for receipt in receipts:
        say = shift.warn if receipt in lost else shift.tell
        say(f"{slot} by {receipt.channel} to {receipt.address}: {receipt.state} {receipt.detail}".rstrip())
    _warn_of_the_undelivered(shift, slot, lost)
    return 0 if all(receipt.state == "sent" for receipt in receipts) else NotDelivered.exit_code


def _lost(shift: Shift, slot: str) -> list[Receipt]:
    """The receipts of those to whom nobody tries to bring it any more."""
    with _store(shift) as store:
        known = store.ledger.deliveries(shift.settings.key, slot)
    return [d.receipt for d in known if d.next_try is None and d.receipt.state != "sent"]


def _warn_of_the_undelivered(shift: Shift, slot: str, lost: Sequence[Receipt]) -> None:
    if lost:
        lines = [f"{r.channel} {r.address}: {r.state}, {r.detail}" for r in lost]
        _alert(
            shift,
            f"{slot} undelivered {_names(lost)}",
            f"{len(lost)} did not get the edition of {slot}",
            *lines,
        )


def _names(receipts: Sequence[Receipt]) -> str:
    return " ".join(f"{receipt.channel}:{receipt.address}" for receipt in receipts)


def _warn_of_silence(shift: Shift, edition: Edition) -> None:
    silent = [one for one in edition.sources if one.silent or one.status in ("failed", "empty", "stale")]
    if len(silent) >= max(SILENT_LEAST, SILENT_SHARE * len(edition.sources)):
        subject = f"{len(silent)} of {len(edition.sources)} sources are silent"
        lines = [f"{one.name}: {_how(one)} {one.error}".rstrip() for one in silent]
        shift.warn("\n".join([f"{subject} in {edition.slot}", *lines]))
        _alert(shift, f"{edition.slot} silent", subject, *lines)


def _how(source: SourceReport) -> str:
    """How a source is silent: one that has articles gives far fewer than it used to."""
    return "far fewer articles than usual" if source.status in ("ok", "unchanged") else source.status


def _alert(shift: Shift, name: str, subject: str, *lines: str) -> None:
    text = "\n".join([f"{shift.settings.title}: {subject}", "", *lines, ""])
    raise_alert(shift.settings, name, f"{shift.settings.title}: {subject}", text)


@contextmanager
def _reported(shift: Shift, codes: list[int]) -> Iterator[None]:
    """Turn what ends a step early into a line, an alert and a code."""
    try:
        yield
    except Locked:
        shift.tell("another run is on duty")
    except Exception as error:  # whatever it is, the steps that do not need this one are done
        expected = isinstance(error, BriefingError)
        said = str(error) if expected else "".join(traceback.format_exception(error))
        shift.warn(said)
        day = shift.now.astimezone(shift.settings.zone).date().isoformat()
        _alert(shift, f"{day} {type(error).__name__}", "something is wrong", said)
        codes.append(error.exit_code if isinstance(error, BriefingError) else 1)


def _store(shift: Shift) -> Store:
    return open_store(shift.settings.store_url())

"""What is due by now and not in the ledger. Pure: it reads the ledger that it is given, and changes nothing.

An edition is built at its hour, or, where the machine was asleep or the build failed, as soon as it
can be within the grace; then it is missed. So a plan depends on the ledger and the clock alone, not on
what the daemon remembers: any number of daemons and cron jobs, killed and started at any moment, come
to the same plan, and whoever takes the lock first carries it out.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from briefing.config.settings import Settings
from briefing.model import Due, Issue
from briefing.schedule.due import due_between, next_due
from briefing.store.ledger import Ledger

PUNCTUAL: Final = dt.timedelta(minutes=15)  # later than that an edition says that it is late
LOOK_BACK: Final = dt.timedelta(days=8)  # editions missed before are history
QUIET: Final = dt.timedelta(minutes=3)  # before an edition nothing is fetched: its build fetches by itself
LONGEST_WAIT: Final = dt.timedelta(minutes=30)  # between two tries: greylisting lets a mail through before
FETCHED: Final = "fetch"  # names of marks in the ledger
SINCE: Final = "since"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done now, in this order. Made by `plan`, read by duty."""

    missed: tuple[Due, ...] = ()  # past their grace, and not noted yet
    build: tuple[Due, ...] = ()
    deliver: tuple[Issue, ...] = ()
    fetch: bool = False

    @property
    def idle(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.missed or self.build or self.deliver or self.fetch)


def plan(settings: Settings, now: dt.datetime, ledger: Ledger) -> Plan:
    """What is to be done for a briefing at `now` (aware)."""
    now = now.astimezone(dt.UTC)  # Python subtracts two moments of one zone by the clock on the wall
    start = now - LOOK_BACK
    issues = ledger.issues(settings.key, (start - dt.timedelta(days=1)).date())
    known = {(issue.due.date, issue.due.edition): issue for issue in issues}
    since = {rule.name: _on_duty_since(settings, rule.name, now, ledger) for rule in settings.rules()}
    open_ones = [
        due
        for due in due_between(settings, start, now)
        if due.at > since[due.edition] and not _closed(known.get((due.date, due.edition)))
    ]
    missed = [due for due in open_ones if now - due.at > settings.grace]
    build = [due for due in open_ones if due not in missed]
    build = [due for due in build if _turn(known.get((due.date, due.edition)), now)]
    deliver = [issue for issue in issues if _deliverable(issue, settings, now)]
    fetch = not build and _stale(settings, now, ledger)
    return Plan(tuple(missed), tuple(build), tuple(deliver), fetch)


def wait(tries: int) -> dt.timedelta:
    """How long after so many tries of anything the next is due: 1, 2, 4, 8, 16, then 30 minutes."""
    return min(LONGEST_WAIT, dt.timedelta(minutes=1 << min(tries - 1, 10)))


def since_mark(edition: str) -> str:
    """The name of the mark that says since when a rule is on duty."""
    return f"{SINCE} {edition}".strip()


def _on_duty_since(settings: Settings, edition: str, now: dt.datetime, ledger: Ledger) -> dt.datetime:
    """Nothing is due from before a rule was first seen: a new briefing does not start with a late edition."""
    return ledger.marked(settings.key, since_mark(edition)) or now - PUNCTUAL


def _closed(issue: Issue | None) -> bool:
    return issue is not None and (issue.built is not None or issue.missed)


def _turn(issue: Issue | None, now: dt.datetime) -> bool:
    return issue is None or reached(issue.next_try, now)


def reached(moment: dt.datetime | None, now: dt.datetime) -> bool:
    """Whether the moment of the next try has come; None is now.

    One that is further ahead than any wait was written by a clock that has been set back since: it
    counts as come.
    """
    return moment is None or moment <= now or moment > now + LONGEST_WAIT


def _deliverable(issue: Issue, settings: Settings, now: dt.datetime) -> bool:
    """Built and not with everyone yet. What was built by hand goes out within its grace only."""
    if issue.built is None or issue.delivered:
        return False
    if issue.next_try is None:
        return now - issue.due.at <= settings.grace
    return reached(issue.next_try, now)


def _stale(settings: Settings, now: dt.datetime, ledger: Ledger) -> bool:
    """Whether the sources are to be asked: their beat has come, and no edition is about to ask them.

    A little ahead of `now` is a run that began later; further, a clock that has been set back since.
    """
    fetched = ledger.marked(settings.key, FETCHED)
    if next_due(settings, now).at - now <= QUIET:
        return False
    return fetched is None or abs(now - fetched) >= settings.fetch_every

"""Duty at the right moments, from one process for any number of briefings, in the foreground.

    APScheduler    one job a briefing, at each due moment and once a minute   -> beat
    beat           is anything to do?                                         -> a child process, or nothing
    main thread    signals; a clock that was set or stood still; a second daemon

Nothing is remembered here that would be missed: what is due, the ledger decides. This module reads the
clock itself; besides it only `cli.choose` does.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Final

from apscheduler.events import EVENT_JOB_EXECUTED, EVENT_JOB_MAX_INSTANCES, JobEvent
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger

from briefing.config import Settings
from briefing.errors import BriefingError, ConfigError
from briefing.schedule.crew import Crew, Say
from briefing.schedule.due import next_due
from briefing.schedule.presence import Presence
from briefing.schedule.roster import apart, entry, roster
from briefing.schedule.watch import Watch
from briefing.version import VERSION

HEARTBEAT: Final = timedelta(seconds=60)  # the longest that a second try, a fetch or a woken machine waits
LOOK: Final = 30.0  # seconds between two looks at the clock
JUMP: Final = 5.0  # seconds between the wall's clock and the machine's, beyond what keeping time takes
STALLED: Final = timedelta(minutes=10)  # a job so overdue that nobody can be calling any
FINISH, ASKED, KILLED, CLOSED = 20.0, 4.0, 2.0, 2.0  # seconds of stopping, together less than 30
STOP: Final = (signal.SIGTERM, signal.SIGINT)
KEPT: Final = "what was configured before stays"

Inbox = SimpleQueue[int]  # signals; its `put` may interrupt a `get`


class Beat(BaseTrigger):  # type: ignore[misc]  # apscheduler publishes no types
    """The next due moment or the next heartbeat, whichever is sooner.

    The moments are ours: APScheduler's own triggers run an hour that repeats twice, or skip a gap.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def get_next_fire_time(self, _previous: datetime | None, now: datetime) -> datetime:
        """Later than `now`, in UTC: no hour repeats there."""
        now = now.astimezone(UTC)
        return min(next_due(self._settings, now).at.astimezone(UTC), now + HEARTBEAT)


def beat(watch: Watch, crew: Crew, say: Say) -> None:
    """Look, and send a child where there is something to do: what APScheduler calls."""
    now = datetime.now(UTC)
    todo = watch.look(now)
    if todo.nothing:
        watch.forget()
        return
    if watch.waits(todo, time.monotonic()):
        return
    code = crew.send(watch.settings, now)
    if code is not None:
        watch.note(todo, code, time.monotonic())
    if code is not None and code < 0:
        log(say, watch.settings.title, f"the run was ended by signal {-code}; the next goes on")


def duty_of_one(say: Say, quiet: bool, settings: Settings, now: datetime) -> None:
    """Do what is due for a briefing, and exit with the code of the worst: what a child process runs."""
    from briefing.schedule.duty import on_duty  # heavy, and the daemon itself never builds

    warn = partial(log, say, settings.title)
    sys.exit(on_duty(settings, now, _nothing if quiet else warn, warn))


def _nothing(_line: str) -> None:
    """Nobody wants to know."""


def log(say: Say, who: str, line: str) -> None:
    """Say a line with the moment and the briefing; a terminal that was closed stops nothing."""
    with suppress(OSError, ValueError):
        say(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {who}: {line}")


class Daemon:
    """The jobs and what they look after. Methods are called from the main thread."""

    def __init__(
        self, paths: Sequence[Path], say: Say, *, quiet: bool = False, crew: Crew | None = None
    ) -> None:
        self._paths = [path.absolute() for path in paths]
        self._watches = [Watch(p, s) for p, s in zip(self._paths, roster(self._paths), strict=True)]
        self._crew = crew or Crew(partial(duty_of_one, say, quiet))
        self._say, self._quiet = say, quiet
        self._scheduler = BackgroundScheduler(
            timezone=UTC, executors={"default": ThreadPoolExecutor(len(self._watches))}
        )
        self._overtaken: set[str] = set()  # jobs whose next beat came while they were at work
        self._presence = Presence()
        self._drift = _drift()

    def start(self) -> None:
        """Begin; what is due already is done at once."""
        # A job that still works when its next beat comes is usual, and no reason for a line.
        logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)
        for watch in self._watches:
            self._tell(watch, f"on duty (briefing {VERSION}, {watch.path}); {_outlook(watch.settings)}")
            self._scheduler.add_job(
                "briefing.schedule.daemon:beat",
                Beat(watch.settings),
                args=[watch, self._crew, self._say],
                id=str(watch.path),
                next_run_time=datetime.now(UTC),
                misfire_grace_time=None,  # a machine that slept
                coalesce=True,
                max_instances=1,
            )
        self._scheduler.add_listener(self._overtake, EVENT_JOB_MAX_INSTANCES)
        self._scheduler.add_listener(self._catch_up, EVENT_JOB_EXECUTED)
        self._announce()
        self._scheduler.start()

    def look(self) -> None:
        """See whether the clock jumped, and whether jobs are still being called.

        APScheduler sleeps until a moment that a clock set back has moved away, or that a machine
        slept through. Raises BriefingError where it does not work any more.
        """
        drift, self._drift = self._drift, _drift()
        if abs(self._drift - drift) > JUMP:
            self._tell(None, f"the clock jumped by {self._drift - drift:+.0f} seconds: looking what is due")
            self._all_now()
        elif any(job.next_run_time < datetime.now(UTC) - STALLED for job in self._scheduler.get_jobs()):
            raise BriefingError("the scheduler has stopped calling its jobs; start `briefing schedule` again")
        self._announce()

    def reload(self) -> None:
        """Read every feeds.yaml again; where one is wrong, what it said before stays."""
        fresh = {watch.path: self._read_again(watch) for watch in self._watches}
        try:
            apart(self._paths, [fresh[watch.path] or watch.settings for watch in self._watches])
        except ConfigError as error:
            self._warn(None, f"{error}; {KEPT}")
            return
        self._presence.leave()
        for watch in self._watches:
            if settings := fresh[watch.path]:
                watch.settings = settings
                watch.forget()
                self._scheduler.reschedule_job(str(watch.path), trigger=Beat(settings))
                self._tell(watch, f"configuration read again; {_outlook(settings)}")
        self._announce()
        self._all_now()

    def stop(self, inbox: Inbox) -> None:
        """Let children finish, or end them where that takes too long or a second signal comes."""
        self._tell(None, "stopping" if self._crew.idle() else "stopping as soon as the work at hand is done")
        self._scheduler.remove_listener(self._catch_up)
        self._scheduler.pause()
        self._crew.close()
        if not self._idle_within(FINISH, inbox):
            self._warn(None, "ending the work at hand; the next start goes on with it")
            self._crew.end()
        if not self._idle_within(ASKED):
            self._crew.end(kill=True)
            self._idle_within(KILLED)
        self._presence.leave()
        closing = threading.Thread(target=self._scheduler.shutdown, daemon=True)
        closing.start()
        closing.join(CLOSED)
        self._tell(None, "stopped")
        if closing.is_alive():  # a look that hangs in a database would keep the process for ever
            sys.stderr.flush()
            os._exit(0)

    def _overtake(self, event: JobEvent) -> None:
        self._overtaken.add(event.job_id)

    def _catch_up(self, event: JobEvent) -> None:
        """Look again at once: the beat that came meanwhile may have been a due moment."""
        if event.job_id in self._overtaken:
            self._overtaken.discard(event.job_id)
            self._scheduler.modify_job(event.job_id, next_run_time=datetime.now(UTC))

    def _idle_within(self, seconds: float, inbox: Inbox | None = None) -> bool:
        until = time.monotonic() + seconds
        while not self._crew.idle() and time.monotonic() < until:
            if _signal(inbox or SimpleQueue(), 0.1) in STOP:
                break
        return self._crew.idle()

    def _all_now(self) -> None:
        for watch in self._watches:
            self._scheduler.modify_job(str(watch.path), next_run_time=datetime.now(UTC))

    def _read_again(self, watch: Watch) -> Settings | None:
        try:
            return entry(watch.path)
        except ConfigError as error:
            self._warn(watch, f"{error}\n{KEPT}")
            return None

    def _announce(self) -> None:
        for watch in self._watches:
            if other := self._presence.announce(watch.settings):
                said = "the ledger sees to it that nothing is doubled"
                self._tell(watch, f"{other} looks after it too; {said}")

    def _tell(self, watch: Watch | None, line: str) -> None:
        if not self._quiet:
            self._warn(watch, line)

    def _warn(self, watch: Watch | None, line: str) -> None:
        log(self._say, watch.settings.title if watch else "briefing", line)


def run(paths: Sequence[Path], say: Say, *, quiet: bool = False) -> None:
    """Look after the briefings of these feeds.yaml files until SIGTERM or SIGINT; SIGHUP reads them again.

    `say` prints a line of the log; with `quiet` only what went wrong. Raises ConfigError at the start.
    """
    inbox: Inbox = SimpleQueue()
    daemon = Daemon(paths, say, quiet=quiet)
    for number in (*STOP, signal.SIGHUP):
        signal.signal(number, lambda received, _frame: inbox.put(received))
    signal.signal(
        signal.SIGCHLD, signal.SIG_DFL
    )  # whoever started us may have ignored it: no exit codes then
    daemon.start()
    while (received := _signal(inbox, LOOK)) not in STOP:
        if received == signal.SIGHUP:
            daemon.reload()
        daemon.look()
    daemon.stop(inbox)


def _signal(inbox: Inbox, seconds: float) -> int | None:
    try:
        return inbox.get(timeout=seconds)
    except Empty:
        return None


def _drift() -> float:
    """Seconds that the wall's clock is ahead of one that is never set and stands still in sleep."""
    return time.time() - time.monotonic()


def _outlook(settings: Settings) -> str:
    due = next_due(settings, datetime.now(UTC))
    return f"next edition {due.slot} at {due.at:%Y-%m-%d %H:%M %Z}"

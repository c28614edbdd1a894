"""Whether a briefing needs anybody now: a short look at its ledger, and patience with what fails.

The clock is an argument. A look is all that the daemon does by itself; the work is a child's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from briefing.config import Settings
from briefing.schedule.alert import alerts_waiting
from briefing.schedule.plan import Plan, plan
from briefing.store import open_store

FIRST_PAUSE: Final = 60.0  # seconds after a failure that the ledger knows nothing of; doubled for each more
LONGEST_PAUSE: Final = 900.0
PATIENCE: Final = 5.0  # seconds for a store that is busy: the next look is a minute away


@dataclass(frozen=True, slots=True)
class Todo:
    """What one look found. Made by `look`; equal as long as nothing has moved."""

    plan: Plan = field(default_factory=Plan)
    alerts: bool = False  # one waits for a mail server
    trouble: str = ""  # why the ledger could not be asked

    @property
    def nothing(self) -> bool:
        """Whether nobody is needed."""
        return self == Todo()


@dataclass(slots=True)
class Watch:
    """A briefing that is looked after, and what was in vain. Made by the daemon, used by one job."""

    path: Path  # of its feeds.yaml
    settings: Settings
    in_vain: Todo | None = None  # what was still to do when the last child had ended
    failures: int = 0  # in a row
    resume: float = 0.0  # seconds of a clock that is never set

    def look(self, now: datetime) -> Todo:
        """What is to do at `now` (aware); a store that cannot be read is a trouble."""
        try:
            with open_store(self.settings.store_url(), PATIENCE) as store:
                found = plan(self.settings, now, store.ledger)
        except Exception as error:  # whatever it is, a child that meets it too tells the operator
            return Todo(trouble=f"{type(error).__name__}: {error}")
        return Todo(found, alerts_waiting(self.settings))

    def waits(self, todo: Todo, clock: float) -> bool:
        """Whether this was in vain a short while ago."""
        return todo == self.in_vain and clock < self.resume

    def note(self, todo: Todo, code: int, clock: float) -> None:
        """Remember how a child fared that was sent to do this.

        Code 0 with a plan may be a plan that another run carries out: no reason to wait. Where only an
        alert was to be sent, its mail server may be down for hours.
        """
        if code == 0 and not todo.plan.idle:
            self.forget()
            return
        self.failures = self.failures + 1 if todo == self.in_vain else 1
        self.in_vain = todo
        self.resume = clock + min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(self.failures - 1, 10))

    def forget(self) -> None:
        """All is well, or something has changed: nothing was in vain."""
        self.in_vain, self.failures, self.resume = None, 0, 0.0

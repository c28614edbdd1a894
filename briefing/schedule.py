"""schedule: which edition is due. Pure: the clock is an argument.

A slot is the local date. A rule at a time that a day does not have (02:30 on the night the clocks
go forward) means the moment after the gap; at a time that a day has twice, the first of them. A
window of 24 hours reaches back to the same time of the day before, also across a change of the
clocks: so daily windows meet without a gap or an overlap.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

from briefing.config.settings import Settings
from briefing.model import Slot, Window


def slot(settings: Settings, now: dt.datetime) -> Slot:
    """The slot of an edition built at `now` (aware)."""
    zone = ZoneInfo(settings.timezone)
    local = now.astimezone(zone)
    return Slot(
        name=local.date().isoformat(),
        date=local.date(),
        as_of=local,
        window=Window(local - settings.window, local),
        next_issue=next_issue(settings, local),
    )


def upcoming(settings: Settings, now: dt.datetime) -> Slot:
    """The slot of the edition that is due next, as it stands at `now`: what a fetch in between is for."""
    due = next_issue(settings, now.astimezone(ZoneInfo(settings.timezone)))
    return replace(slot(settings, now), name=due.date().isoformat(), date=due.date())


def due_on(settings: Settings, day: dt.date) -> dt.datetime:
    """The configured hour of a day, in the briefing's zone."""
    zone = ZoneInfo(settings.timezone)
    moment = dt.datetime.combine(day, settings.at, tzinfo=zone)
    return moment.astimezone(dt.UTC).astimezone(zone)


def next_issue(settings: Settings, local: dt.datetime) -> dt.datetime:
    """The first configured hour after a moment."""
    today = due_on(settings, local.date())
    return today if today > local else due_on(settings, local.date() + dt.timedelta(days=1))

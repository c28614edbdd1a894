"""Rules of feeds.yaml and a moment -> slots and hours. Pure: the clock is an argument.

A slot is the local date, with the hour where a day has several editions. A rule at a time that a
day does not have (02:30 on the night the clocks go forward) means the moment as far behind the gap:
03:30, as RFC 5545 (section 3.3.5) has it; at a time that a day has twice, the first of them: so each
rule has one moment on each of its days. A window of 24 hours reaches back to the same time of the
day before, also across a change of the clocks: so daily windows meet without a gap or an overlap.

Python compares two moments of one zone by the clock on the wall, and calls an hour that comes twice
unequal to any other zone's (PEP 495): here moments are compared by their time stamps alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import Final

from briefing.config.settings import Rule, Settings
from briefing.config.values import one_of
from briefing.errors import ConfigError
from briefing.model import Due, Slot, Window

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")  # in the order of date.weekday()
WEEK: Final = 7  # days: within them every rule is due at least once


def slot(settings: Settings, now: dt.datetime, edition: str | None = None) -> Slot:
    """The slot of an edition built on demand at `now` (aware), of the rule `edition` where that is named.

    Otherwise of the rule that was due last on that day; before its first hour, of the first. Raises
    ConfigError for a rule that does not exist.
    """
    local = now.astimezone(settings.zone)
    if edition is not None:
        return _slot(settings, named(settings, edition), local)
    of_today = sorted(_on(settings, local.date()), key=_order)
    passed = [due for due in of_today if due.at.timestamp() <= local.timestamp()]
    chosen = (passed[-1:] or of_today[:1])[0].edition if of_today else settings.rules()[0].name
    return _slot(settings, named(settings, chosen), local)


def slot_of(settings: Settings, due: Due) -> Slot:
    """The slot of an edition as it was due, whenever it is built."""
    made = _slot(settings, named(settings, due.edition), due.at.astimezone(settings.zone))
    return replace(made, name=due.slot, date=due.date)


def upcoming(settings: Settings, now: dt.datetime) -> Slot:
    """The slot of the edition that is due next, as it stands at `now`: what a fetch in between is for."""
    due = next_due(settings, now)
    return replace(slot(settings, now, due.edition), name=due.slot, date=due.date)


def named(settings: Settings, edition: str) -> Rule:
    """The rule of this name; "" where there is one edition a day. Raises ConfigError for any other."""
    rules = {rule.name: rule for rule in settings.rules()}
    if edition not in rules:
        known = one_of(edition, [name for name in rules if name]) if settings.editions else "there is but one"
        raise ConfigError(f'no edition is called "{edition}"; {known}')
    return rules[edition]


def due_on(settings: Settings, day: dt.date, edition: str | None = None) -> dt.datetime:
    """The hour of a rule on a day, in the briefing's zone; of the day's first where none is named."""
    if edition is not None:
        return _moment(settings, named(settings, edition), day)
    rules = [rule for rule in settings.rules() if _falls(rule, day)] or settings.rules()
    return min((_moment(settings, rule, day) for rule in rules), key=lambda moment: moment.timestamp())


def next_due(settings: Settings, now: dt.datetime) -> Due:
    """The first edition that is due after `now`."""
    first = now.astimezone(settings.zone).date()
    days = (first + dt.timedelta(days=ahead) for ahead in range(WEEK + 1))
    every = chain.from_iterable(_on(settings, day) for day in days)
    return min((due for due in every if due.at.timestamp() > now.timestamp()), key=_order)


def due_between(settings: Settings, start: dt.datetime, end: dt.datetime) -> list[Due]:
    """Every edition that was due after `start` and not after `end`, the earliest first."""
    day, last = start.astimezone(settings.zone).date(), end.astimezone(settings.zone).date()
    found: list[Due] = []
    while day <= last:
        found += [
            due for due in _on(settings, day) if start.timestamp() < due.at.timestamp() <= end.timestamp()
        ]
        day += dt.timedelta(days=1)
    return sorted(found, key=_order)


def settled_by(settings: Settings, slot: Slot) -> Due | None:
    """The due edition that a build of this slot stands for.

    None where the rule does not fall on that day, or where it was built before its hour.
    """
    rule = named(settings, slot.edition)
    due = _due(settings, rule, slot.date)
    return due if _falls(rule, slot.date) and slot.as_of.timestamp() >= due.at.timestamp() else None


def _on(settings: Settings, day: dt.date) -> Iterator[Due]:
    return (_due(settings, rule, day) for rule in settings.rules() if _falls(rule, day))


def _falls(rule: Rule, day: dt.date) -> bool:
    return not rule.days or DAYS[day.weekday()] in rule.days


def _due(settings: Settings, rule: Rule, day: dt.date) -> Due:
    return Due(day, rule.name, _name(rule, day), _moment(settings, rule, day))


def _name(rule: Rule, day: dt.date) -> str:
    """The name of the slot; names sort as the days and hours that feeds.yaml states."""
    return f"{day.isoformat()}-{rule.at:%H%M}" if rule.name else day.isoformat()


def _moment(settings: Settings, rule: Rule, day: dt.date) -> dt.datetime:
    return _shown(settings, dt.datetime.combine(day, rule.at))


def _shown(settings: Settings, clock: dt.datetime) -> dt.datetime:
    """When the zone's clocks show this: through UTC, because an hour that the clocks skip exists in no zone.

    A gap that ends at midnight (America/Nuuk) would push it into the next day: then it is as far
    before the gap, which is what `fold=1` means there.
    """
    behind, before = (
        clock.replace(fold=fold, tzinfo=settings.zone).astimezone(dt.UTC).astimezone(settings.zone)
        for fold in (0, 1)
    )
    return behind if behind.date() == clock.date() else before


def _window(settings: Settings, rule: Rule, local: dt.datetime) -> Window:
    """What an edition at `local` covers.

    The one that is due counts back from the hour that its rule states, also where the clocks skipped it:
    so it begins where the one before it ended.
    """
    is_due = local.timestamp() == _moment(settings, rule, local.date()).timestamp()
    clock = dt.datetime.combine(local.date(), rule.at) if is_due else local.replace(tzinfo=None, fold=0)
    return Window(_shown(settings, clock - (rule.window or settings.window)), local)


def _order(due: Due) -> tuple[float, str]:
    """By their moments; two at once, which a gap can bring about, by their names."""
    return due.at.timestamp(), due.slot


def _slot(settings: Settings, rule: Rule, local: dt.datetime) -> Slot:
    return Slot(
        name=_name(rule, local.date()),
        date=local.date(),
        as_of=local,
        window=_window(settings, rule, local),
        next_issue=next_due(settings, local).at,
        edition=rule.name,
    )

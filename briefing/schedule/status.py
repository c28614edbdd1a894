"""How a briefing stands, read fresh from the ledger: the last edition, the next, and what failed."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from briefing.config.settings import Settings
from briefing.errors import StoreError
from briefing.model import Delivery, Due, Issue
from briefing.schedule.due import due_between, next_due
from briefing.schedule.plan import FETCHED, LOOK_BACK, PUNCTUAL, since_mark
from briefing.store import IN_MEMORY, Store, open_store, open_to_read

Standing = Literal["sent", "waiting", "refused", "given up"]
Silent = tuple[str, str]  # a source that failed, and why

LOST: Final = ("refused", "given up")  # nobody tries these any more
NEVER: Final = (
    "nothing looks after it yet: start `briefing schedule`, or `briefing schedule --once` from cron"
)


@dataclass(frozen=True, slots=True)
class Status:
    """How a briefing stands. Made by `status`, read by the state file and the command line."""

    briefing: str
    title: str
    as_of: dt.datetime  # in the briefing's zone
    last: Issue | None  # the edition that was built last
    deliveries: tuple[Delivery, ...]  # of it
    silent: tuple[Silent, ...]  # of it
    next: Due
    failed: tuple[Issue, ...]  # tried or missed, and no later edition has made it good
    fetched: dt.datetime | None  # when the sources were last asked between editions
    troubles: tuple[str, ...]  # why a person has to look, a line each

    @property
    def healthy(self) -> bool:
        """Whether the edition that was due last is built, and nobody was left without it."""
        return not self.troubles


def status(settings: Settings, now: dt.datetime) -> Status:
    """How a briefing stands at `now` (aware). Neither makes a store nor changes one; raises StoreError."""
    now = now.astimezone(dt.UTC)  # Python subtracts two moments of one zone by the clock on the wall
    with open_to_read(settings.store_url()) or open_store(IN_MEMORY) as store:
        issues = _issues(settings, now, store)
        last = max((issue for issue in issues if issue.built), key=_hour, default=None)
        deliveries = store.ledger.deliveries(settings.key, last.due.slot) if last else ()
        edition = store.edition(settings.key, last.due.slot) if last else None
        since = _on_duty_since(settings, store)
        fetched = store.ledger.marked(settings.key, FETCHED)
    failed = _failed(issues, _overdue(settings, now, since), last, now)
    return Status(
        briefing=settings.key,
        title=settings.title,
        as_of=now.astimezone(settings.zone),
        last=last,
        deliveries=deliveries,
        silent=_silent(edition),
        next=next_due(settings, now),
        failed=failed,
        fetched=fetched,
        troubles=(
            *([] if since else [NEVER]),
            *_unbuilt(settings, failed, now),
            *_undelivered(deliveries),
            *_unsent(settings, last, deliveries, now),
        ),
    )


def standing(delivery: Delivery) -> Standing:
    """How it is with one address: "waiting" is tried again, "given up" no more."""
    if delivery.receipt.state == "sent":
        return "sent"
    if delivery.receipt.state == "refused":
        return "refused"
    return "waiting" if delivery.next_try else "given up"


def _issues(settings: Settings, now: dt.datetime, store: Store) -> tuple[Issue, ...]:
    """What the ledger has of the days that matter; all of it where no edition was built in them."""
    recent = store.ledger.issues(settings.key, (now - LOOK_BACK - dt.timedelta(days=1)).date())
    if any(issue.built for issue in recent):
        return recent
    return store.ledger.issues(settings.key, dt.date.min)


def _on_duty_since(settings: Settings, store: Store) -> Mapping[str, dt.datetime]:
    """For each rule that is looked after, since when."""
    marks = {rule.name: store.ledger.marked(settings.key, since_mark(rule.name)) for rule in settings.rules()}
    return {name: mark for name, mark in marks.items() if mark}


def _overdue(settings: Settings, now: dt.datetime, since: Mapping[str, dt.datetime]) -> list[Due]:
    """The editions whose hour is so long ago that they should be there."""
    return [
        due
        for due in due_between(settings, now - LOOK_BACK, now - PUNCTUAL)
        if due.edition in since and due.at.timestamp() > since[due.edition].timestamp()
    ]


def _failed(
    issues: Sequence[Issue], overdue: Sequence[Due], last: Issue | None, now: dt.datetime
) -> tuple[Issue, ...]:
    """What should be there, was missed or was tried, and no later edition has made good."""
    known = {(issue.due.date, issue.due.edition): issue for issue in issues}
    wanting = [known.get((due.date, due.edition)) or Issue(due) for due in overdue]
    wanting += [issue for issue in issues if (issue.missed or issue.error) and issue not in wanting]
    after = max(_hour(last) if last else 0, (now - LOOK_BACK).timestamp())
    return tuple(sorted((i for i in wanting if not i.built and _hour(i) > after), key=_hour))


def _hour(issue: Issue) -> float:
    return issue.due.at.timestamp()


def _silent(edition: bytes | None) -> tuple[Silent, ...]:
    """The sources that failed, as edition.json tells it."""
    try:
        sources = json.loads(edition)["sources"] if edition else []
    except (ValueError, LookupError, TypeError):
        raise StoreError(
            "the last edition in the store is damaged: restore a copy, or build it again"
        ) from None
    return tuple((source["name"], source["error"]) for source in sources if source["status"] == "failed")


def _unbuilt(settings: Settings, failed: Sequence[Issue], now: dt.datetime) -> Iterator[str]:
    for issue in failed:
        if now - issue.due.at >= PUNCTUAL:
            hour = issue.due.at.astimezone(settings.zone)
            what = "was missed" if issue.missed else f"was due at {hour:%H:%M} and is not built"
            yield _line(f"the edition of {issue.due.slot} {what}: {issue.error or 'nothing was running'}")


def _undelivered(deliveries: Sequence[Delivery]) -> Iterator[str]:
    for delivery in deliveries:
        receipt, state = delivery.receipt, standing(delivery)
        if state in LOST:
            yield _line(f"{receipt.channel} to {receipt.address}: {state}; {receipt.detail}").removesuffix(
                ";"
            )


def _line(text: str) -> str:
    return " ".join(text.split())


def _unsent(
    settings: Settings, last: Issue | None, deliveries: Sequence[Delivery], now: dt.datetime
) -> Iterator[str]:
    """An edition that the schedule made (by hand there is no `next_try`), and that no channel was given."""
    if last is None or last.built is None or now - last.built < PUNCTUAL:
        return
    if last.next_try and not last.delivered and settings.deliver and not deliveries:
        yield f"the edition of {last.due.slot} is built, and nothing has brought it to anyone"

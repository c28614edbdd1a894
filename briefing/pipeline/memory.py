"""What a run remembers, under the briefing's lock: nobody else builds or delivers it meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Final

from briefing.config import Settings
from briefing.model import Edition
from briefing.render import load
from briefing.store import Store, lock, open_store

OF_A_WEEK = 28  # earlier editions that a new one is compared with: four a day


FORGOT: Final = "forget"  # the name of the mark that says when
EVERY: Final = timedelta(days=1)
SHORTEST: Final = timedelta(days=7)  # an edition of the last week can be built again, whatever `keep` says


def before(store: Store, briefing: str, slot: str) -> list[Edition]:
    """The editions that the one of a slot is compared with, the newest first."""
    return [load(edition) for edition in store.earlier(briefing, slot, most=OF_A_WEEK)]


def forget(store: Store, settings: Settings, now: datetime) -> None:
    """Once a day, let the store forget what nobody has needed for as long as feeds.yaml says.

    Time counts up to the last time that this was done: a run that is told a wrong `now` by mistake, such
    as `--now 2062-01-01`, forgets nothing.
    """
    last = store.ledger.marked(settings.key, FORGOT)
    if last and timedelta(0) <= now - last < EVERY:
        return
    if last:
        keep = max(settings.keep, SHORTEST + 2 * max(_windows(settings)))
        store.retention.forget([s.label for s in settings.sources], min(last, now) - keep, min(last, now))
    store.ledger.mark(settings.key, FORGOT, now)


def _windows(settings: Settings) -> list[timedelta]:
    return [settings.window, *(rule.window for rule in settings.editions if rule.window)]


@contextmanager
def memory(settings: Settings) -> Iterator[Store]:
    """The open store. Raises Locked while another run of this briefing is on, here or on another machine."""
    with (
        lock(settings.output_folder() / settings.key / ".lock"),
        open_store(settings.store_url()) as store,
        store.alone(settings.key),
    ):
        yield store

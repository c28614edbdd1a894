"""What a run remembers, under the briefing's lock: nobody else builds or delivers it meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from briefing.config import Settings
from briefing.model import Edition
from briefing.render import load
from briefing.store import Store, lock, open_store

OF_A_WEEK = 28  # earlier editions that a new one is compared with: four a day


def before(store: Store, briefing: str, slot: str) -> list[Edition]:
    """The editions that the one of a slot is compared with, the newest first."""
    return [load(edition) for edition in store.earlier(briefing, slot, most=OF_A_WEEK)]


@contextmanager
def memory(settings: Settings) -> Iterator[Store]:
    """The open store. Raises Locked while another run of this briefing is on, here or on another machine."""
    with (
        lock(settings.output_folder() / settings.key / ".lock"),
        open_store(settings.store_url()) as store,
        store.alone(settings.key),
    ):
        yield store

"""What a store tells of how much a source publishes. Runs on SQLite and on PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from briefing.model import Article, Attempt, Window
from briefing.store import Store

SIX = datetime(2026, 11, 23, 6, tzinfo=UTC)
SLOT = "2026-11-23"
HOUR = timedelta(hours=1)


def article(key: str, published: datetime | None, source: str = "north") -> Article:
    return Article(key, source, f"Title {key}", f"Text {key}.", published=published)


def test_days_are_counted_back_from_the_moment(store: Store) -> None:
    ages = (0, 1, 24, 25, 49, 24 * 399, 24 * 400, -1)
    store.add([article(f"a{age}", SIX - age * HOUR) for age in ages], SLOT)
    store.add([article("undated", None), article("south", SIX - HOUR, "south")], SLOT)
    found = store.sources.days(["north", "south", "nobody"], SIX)
    assert found == {"north": {0: 2, 1: 2, 2: 1, 399: 1}, "south": {0: 1}}
    assert store.sources.days([], SIX) == {}


def test_the_newest_article_is_not_of_the_future(store: Store) -> None:
    store.add([article("a", SIX - HOUR), article("b", SIX), article("c", SIX + HOUR)], SLOT)
    assert store.sources.newest(["north", "south"], SIX) == {"north": SIX}
    assert store.sources.newest(["north"], SIX - 2 * HOUR) == {}


def test_a_source_is_fresh_in_the_slot_that_first_saw_something_of_the_window(store: Store) -> None:
    window = Window(SIX - 24 * HOUR, SIX)
    store.add([article("old", SIX - 30 * HOUR), article("seen", SIX - HOUR, "south")], "2026-11-22")
    store.add(
        [article("older", SIX - 31 * HOUR), article("new", SIX, "east"), article("u", None, "west")], SLOT
    )
    everybody = ["north", "south", "east", "west"]
    assert store.sources.fresh(everybody, window, SLOT) == {"east", "west"}
    assert store.sources.fresh(everybody, window, "2026-11-22") == {"south"}


def test_an_attempt_counts_what_nobody_had_brought(store: Store) -> None:
    first, second = Attempt(SIX, "ok", 2), Attempt(SIX + HOUR, "ok", 2)
    both = [article("a", SIX), article("b", SIX)]
    store.sources.take("north", SLOT, both, attempt=first)
    store.sources.take("north", SLOT, both, attempt=first)  # a run that was started again
    store.sources.take("north", SLOT, [article("b", SIX), article("c", SIX)], attempt=second)
    store.sources.take("south", SLOT, [article("a", SIX, "south")], attempt=first)
    told = store.sources.attempts("north", SIX - HOUR)
    assert [attempt.new for attempt in told] == [2, 1]
    assert [attempt.new for attempt in store.sources.attempts("south", SIX - HOUR)] == [0]
    assert store.sources.kept("north", ["a", "b", "x"]) == {"a", "b"}

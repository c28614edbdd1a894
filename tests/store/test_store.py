"""What a store keeps, and what it gives back. Runs on SQLite and on PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from itertools import permutations
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from briefing.model import Article, Miss, SourceReport, Window
from briefing.store import Store, open_store

SIX = datetime(2026, 11, 23, 6, tzinfo=UTC)
DAY = Window(SIX - timedelta(hours=24), SIX)
SLOT = "2026-11-23"


def article(key: str, published: datetime | None = SIX, source: str = "north", **rest: Any) -> Article:
    return replace(Article(key, source, f"Title {key}", f"Text {key}.", published=published), **rest)


def ids(articles: tuple[Article, ...]) -> list[str]:
    return [item.id for item in articles]


AWKWARD = Article(
    "0" * 16,
    "Джерело «Північ» — RSS?a=1&b=%20'; DROP TABLE articles; --",
    "Обстріл ’ночі’ 🛰️👨‍👩‍👧 \\ \" ' ; : %s :name {}",
    "Перший абзац.\n\nДругий: \u202bעברית\u202c, ﷽, 𝔘, e\u0301, \u00a0.\n" * 50,
    outlet="Північ",
    kind="local media",
    url="https://example.org/статья?q=%D1%8F",
    author="О. Ґонта",
    published=datetime(2026, 11, 23, 1, 2, 3, 456789, tzinfo=ZoneInfo("Europe/Kyiv")),
    day_only=True,
    updated=datetime(2026, 11, 23, 4, 5, tzinfo=timezone(timedelta(hours=5, minutes=45))),
    language="uk",
    notes=("cut at 200,000 of 1,230,000 characters", "", "ї"),
)


def test_an_article_comes_back_equal_in_every_field_after_the_store_was_closed(url: str) -> None:
    with open_store(url) as store:
        store.add([AWKWARD], SLOT)
    with open_store(url) as store:
        found = store.article(AWKWARD.id)
    assert found == AWKWARD
    assert found is not None and found.published is not None and found.updated is not None
    assert found.published.tzinfo is AWKWARD.published.tzinfo  # type: ignore[union-attr]  # it is set above
    assert found.updated.utcoffset() == timedelta(hours=5, minutes=45)


@pytest.mark.parametrize("fold", [0, 1])
def test_the_hour_that_a_clock_change_repeats_comes_back_as_the_one_it_was(store: Store, fold: int) -> None:
    moment = datetime(2026, 10, 25, 3, 30, fold=fold, tzinfo=ZoneInfo("Europe/Kyiv"))
    store.add([article("a", moment)], SLOT)
    found = store.article("a")
    assert found is not None and found.published == moment
    assert found.published.utcoffset() == moment.utcoffset()


def test_the_window_is_open_at_its_start_and_closed_at_its_end(store: Store) -> None:
    tick = timedelta(microseconds=1)
    moments = [DAY.start - tick, DAY.start, DAY.start + tick, SIX - tick, SIX, SIX + tick]
    store.add([article(str(place), moment) for place, moment in enumerate(moments)], SLOT)
    assert ids(store.articles(["north"], DAY, SLOT)) == ["2", "3", "4"]


def test_the_window_compares_moments_whatever_the_zone(store: Store) -> None:
    kyiv, new_york = ZoneInfo("Europe/Kyiv"), ZoneInfo("America/New_York")
    store.add([article("at six", SIX.astimezone(new_york))], SLOT)
    store.add([article("a second late", (SIX + timedelta(seconds=1)).astimezone(new_york))], SLOT)
    window = Window(DAY.start.astimezone(kyiv), DAY.end.astimezone(kyiv))
    assert ids(store.articles(["north"], window, SLOT)) == ["at six"]


def test_articles_come_by_time_then_id_and_undated_ones_last(store: Store) -> None:
    hour_ago = SIX - timedelta(hours=1)
    store.add(
        [article("d", None), article("c", None), article("b"), article("a"), article("z", hour_ago)], SLOT
    )
    assert ids(store.articles(["north"], DAY, SLOT)) == ["z", "a", "b", "c", "d"]


def test_an_undated_item_belongs_to_the_first_slot_that_saw_it(store: Store) -> None:
    store.add([article("a", None)], "2026-11-22")
    store.add([article("a", None)], SLOT)
    assert ids(store.articles(["north"], DAY, "2026-11-22")) == ["a"]
    assert ids(store.articles(["north"], DAY, SLOT)) == []


def test_each_source_sees_an_undated_item_first_on_its_own(store: Store) -> None:
    store.add([article("a", None, "north")], "2026-11-22")
    store.add([article("a", None, "south")], SLOT)
    assert ids(store.articles(["north"], DAY, SLOT)) == []
    assert ids(store.articles(["south"], DAY, SLOT)) == ["a"]


def test_only_the_sources_asked_for_answer(store: Store) -> None:
    store.add([article("a", source="north"), article("b", source="south")], SLOT)
    assert ids(store.articles(["south"], DAY, SLOT)) == ["b"]
    assert store.articles([], DAY, SLOT) == ()
    assert store.articles(["nobody", "Ніхто"], DAY, SLOT) == ()


@pytest.mark.parametrize("order", list(permutations(["north", "south", "west"])))
def test_an_article_of_several_sources_comes_once_as_the_first_asked_for_carried_it(
    store: Store, order: tuple[str, ...]
) -> None:
    for source in order:
        store.add([article("a", source=source, kind=f"kind of {source}")], SLOT)
    (found,) = store.articles(["south", "west", "north"], DAY, SLOT)
    assert (found.source, found.kind) == ("south", "kind of south")
    single = store.article("a")
    assert single is not None and single.source == "north"


def test_what_is_stored_is_never_rewritten(store: Store) -> None:
    store.add([article("a")], SLOT)
    store.add([article("a", title="Another", author="Somebody"), article("b")], "2026-11-24")
    assert store.article("a") == article("a")
    assert store.article("b") == article("b")


def test_two_forms_of_one_article_in_one_call_leave_the_same_in_any_order(url: str) -> None:
    forms = [article("a"), article("a", SIX - timedelta(hours=1)), article("a", None)]
    kept = set()
    with open_store(url) as store:
        for number, order in enumerate(permutations(forms)):
            renamed = [replace(form, id=str(number)) for form in order]
            store.add(renamed, SLOT)
            kept.add(getattr(store.article(str(number)), "published", "missing"))
    assert len(kept) == 1


def test_nothing_and_the_unknown_are_no_errors(store: Store) -> None:
    store.add([], SLOT)
    assert store.article("unknown") is None
    assert store.articles(["north"], DAY, SLOT) == ()
    assert store.remembered("north", "https://example.org/feed") is None
    assert store.earlier("morning", SLOT) == ()
    assert store.used("morning", SLOT) == ()


def test_a_thousand_sources_and_a_large_article_are_no_trouble(store: Store) -> None:
    large = article("large", text="Рядок.\n" * 300_000)
    store.add([large, *(article(f"{place:04}", source=f"feed {place}") for place in range(1000))], SLOT)
    found = store.articles(["north", *(f"feed {place}" for place in range(2500))], DAY, SLOT)
    assert len(found) == 1001
    assert found[-1] == large


def test_the_last_outcome_of_a_source_is_remembered_with_its_misses(store: Store) -> None:
    address = "https://example.org/feed"
    failed = SourceReport("Північ", "agency", address, "failed", 0, "timed out after 20 s")
    fine = SourceReport("Північ", "agency", address, "ok", 12)
    misses = (Miss("Північ", "https://example.org/1", "404 \ud800 Not Found"), Miss("Північ", "", ""))
    store.remember(failed, (), ())
    assert store.remembered("Північ", address) == (failed, (), ())
    store.remember(fine, misses, ["a1", "b2"])
    assert store.remembered("Північ", address) == (fine, misses, ("a1", "b2"))
    assert store.remembered("Північ", "https://example.org/other") is None


def test_earlier_editions_are_those_of_earlier_slots_the_newest_first(store: Store) -> None:
    for slot in ["2026-11-24", "2026-11-21", "2026-11-23", "2026-11-22-evening", "2026-11-22", "2026-11-22T"]:
        store.keep("morning", slot, slot.encode(), ())
    store.keep("other desk", "2026-11-20", b"not ours", ())
    assert store.earlier("morning", SLOT) == (
        b"2026-11-22T",
        b"2026-11-22-evening",
        b"2026-11-22",
        b"2026-11-21",
    )
    assert store.earlier("morning", SLOT, most=2) == (b"2026-11-22T", b"2026-11-22-evening")
    assert store.earlier("morning", SLOT, most=0) == ()
    assert store.earlier("morning", "2026-11-21") == ()


def test_keeping_a_slot_again_replaces_its_edition_and_what_it_used(store: Store) -> None:
    store.keep("morning", SLOT, b"\x00\xff first", ["b", "a", "c"])
    assert store.used("morning", SLOT) == ("b", "a", "c")
    store.keep("morning", SLOT, b"second", ["c", "c"])
    assert store.earlier("morning", "2026-11-24") == (b"second",)
    assert store.used("morning", SLOT) == ("c", "c")


def test_an_article_is_stored_wholly_or_not_at_all_when_its_neighbour_cannot_be(store: Store) -> None:
    broken = article("b", title="lone \ud800 surrogate")
    with pytest.raises(Exception, match="characters that no database takes"):
        store.add([article("a"), broken], SLOT)
    assert store.article("a") is None
    store.add([article("a")], SLOT)
    assert store.article("a") == article("a")


def test_two_open_stores_see_each_others_articles(url: str) -> None:
    with open_store(url) as one, open_store(url) as other:
        one.add([article("a")], SLOT)
        assert other.article("a") == article("a")
        other.add([article("b")], SLOT)
        assert ids(one.articles(["north"], DAY, SLOT)) == ["a", "b"]

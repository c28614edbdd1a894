"""Whatever the articles: the same ones come back, in the same order, however they went in."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.model import Article, Window
from briefing.store import open_store, sqlite_url
from briefing.store.rows import microseconds, read_time, written

SLOT = "2026-11-23"
ALWAYS = Window(datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC))
SOURCES = ("Північ", "south", "🛰️")

zones = st.one_of(
    st.sampled_from(["Europe/Kyiv", "America/New_York", "Asia/Kathmandu", "Pacific/Apia", "UTC"]).map(
        ZoneInfo
    ),
    st.timedeltas(timedelta(hours=-23), timedelta(hours=23)).map(timezone),
    st.just(UTC),
)
times = st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 28), timezones=zones)
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.text(
    "абвгґїєё’🛰️👩🏽‍🚒 \n\t\x00'\"\\%", max_size=40
)
articles = st.builds(
    Article,
    id=st.text("0123456789abcdef", min_size=16, max_size=16),
    source=st.sampled_from(SOURCES),
    title=words,
    text=words,
    outlet=words,
    kind=words,
    url=words,
    author=words,
    published=st.none() | times,
    day_only=st.booleans(),
    updated=st.none() | times,
    language=st.sampled_from(["en", "uk"]),
    notes=st.lists(words, max_size=3).map(tuple),
)
mornings = st.lists(articles, max_size=6, unique_by=lambda article: article.id)


def through_a_store(batches: Iterable[Iterable[Article]]) -> tuple[Article, ...]:
    with (
        tempfile.TemporaryDirectory() as folder,
        open_store(sqlite_url(Path(folder) / "briefing.db")) as store,
    ):
        for batch in batches:
            store.add(batch, SLOT)
        return store.articles(SOURCES, ALWAYS, SLOT)


@settings(max_examples=40, deadline=None)
@given(mornings)
def test_the_same_articles_come_back(morning: list[Article]) -> None:
    found = through_a_store([morning])
    assert {article.id: article for article in found} == {article.id: article for article in morning}
    assert len(found) == len(morning)


@settings(max_examples=30, deadline=None)
@given(mornings.flatmap(lambda morning: st.tuples(st.just(morning), st.permutations(morning))))
def test_adding_in_any_order_one_by_one_or_all_at_once_gives_the_same_answer(
    orders: tuple[list[Article], list[Article]],
) -> None:
    morning, shuffled = orders
    assert through_a_store([morning]) == through_a_store([[article] for article in shuffled])


@given(times)
def test_a_time_comes_back_with_its_value_its_offset_and_its_named_zone(moment: datetime) -> None:
    found = read_time(written(moment))
    assert found is not None
    assert found.replace(tzinfo=None) == moment.replace(tzinfo=None)
    assert found.utcoffset() == moment.utcoffset()
    assert microseconds(found) == microseconds(moment)
    if isinstance(moment.tzinfo, ZoneInfo):
        assert found.tzinfo == moment.tzinfo


def test_a_zone_that_this_machine_does_not_know_leaves_the_moment() -> None:
    assert read_time("2026-11-23T06:00:00+02:00[Mars/Olympus]") == datetime(2026, 11, 23, 4, tzinfo=UTC)
    assert read_time("2026-11-23T06:00:00+02:00[../../etc/passwd]") == datetime(2026, 11, 23, 4, tzinfo=UTC)


def test_a_zone_whose_offset_was_changed_since_leaves_the_moment() -> None:
    assert read_time("2026-11-23T06:00:00+07:00[Europe/Kyiv]") == datetime(2026, 11, 22, 23, tzinfo=UTC)

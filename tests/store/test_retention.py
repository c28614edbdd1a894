"""What a store forgets, and what it never does."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing import pipeline
from briefing.config.settings import Settings
from briefing.model import Article, Attempt, Carried, FullText, SourceReport, Visit, Window
from briefing.pipeline.memory import forget
from briefing.store import Store, open_store, sqlite_url

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
DAY = timedelta(days=1)
ALWAYS = Window(datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC))
ADDRESS = "https://north.example/feed"


def article(key: str, age: int | None = 400, source: str = "north") -> Article:
    published = None if age is None else NOW - age * DAY
    return Article(key, source, f"Title {key}", f"A drone, text {key}.", published=published)


def take(
    store: Store, *articles: Article, age: int = 400, source: str = "north", address: str = ADDRESS
) -> None:
    """One fetch of a source that held these articles, so many days ago."""
    at = NOW - age * DAY
    ids = [one.id for one in articles]
    store.sources.take(
        source,
        at.date().isoformat(),
        articles,
        carried=[Carried(source, address, "reader", "digest", tuple(ids))] if ids else [],
        visits=[Visit(address, at, at, etag="x")],
        attempt=Attempt(at, "ok", len(articles)),
    )
    store.remember(SourceReport(source, "feed", source, "ok", len(ids)), (), ids)


def held(store: Store) -> set[str]:
    return {key for key in "abcdefgh" if store.article(key)}


def clear(store: Store, *sources: str, keep: int = 365) -> int:
    return store.retention.forget(sources or ("north",), NOW - keep * DAY, NOW)


def test_what_is_old_and_no_longer_carried_goes_with_all_that_pointed_to_it(store: Store) -> None:
    take(store, article("a"), article("b"))
    take(store, article("b"), article("c", 1), age=1)
    assert clear(store) == 1
    assert held(store) == {"b", "c"}
    assert [found.article.id for found in store.search.find("drone")] == ["c", "b"]
    assert clear(store) == 0


def test_an_article_that_an_edition_used_stays_as_long_as_the_edition(store: Store) -> None:
    take(store, article("a"), article("b"))
    take(store, article("c", 1), age=1)
    store.keep("morning", "2025-10-20", b"{}", ["b"])
    assert clear(store) == 1
    assert held(store) == {"b", "c"}
    assert store.edition("morning", "2025-10-20") == b"{}"


def test_an_undated_article_counts_from_when_it_was_first_seen(store: Store) -> None:
    take(store, article("a", None), age=400)
    take(store, article("b", None), age=30)
    take(store, article("c", 1), age=1)
    clear(store)
    assert held(store) == {"b", "c"}


def test_an_old_article_that_came_late_stays(store: Store) -> None:
    take(store, article("a", 3000), age=10)
    take(store, article("c", 1), age=1)
    clear(store)
    assert held(store) == {"a", "c"}


def test_a_document_goes_with_its_articles_so_that_it_is_asked_for_whole(store: Store) -> None:
    take(store, article("a"), address="https://north.example/old")
    take(store, article("b", 1), age=1)
    clear(store)
    assert set(store.sources.carried("north")) == {ADDRESS}


def test_a_night_without_answers_forgets_nothing_that_was_carried(store: Store) -> None:
    take(store, article("a"), article("b"))
    store.remember(SourceReport("north", "feed", "north", "failed", 0, "timed out"), (), ())
    store.sources.take("north", "2026-11-22", (), attempt=Attempt(NOW - DAY, "failed", 0))
    assert clear(store) == 0
    assert held(store) == {"a", "b"}


def test_another_briefings_sources_are_not_ours_to_forget(store: Store) -> None:
    for source in ("north", "south"):
        take(store, article("a", source=source), source=source, address=f"https://{source}.example/1")
        take(store, article("b", 1, source), age=1, source=source, address=f"https://{source}.example/2")
    assert clear(store, "north") == 1
    assert [one.source for one in store.articles(["north", "south"], ALWAYS, "") if one.id == "a"] == [
        "south"
    ]
    assert [found.article.source for found in store.search.find('"text a"')] == ["south"]


def test_a_source_that_nobody_asks_any_more_keeps_nothing_for_its_documents(store: Store) -> None:
    take(store, article("a"), source="gone", address="https://gone.example/")
    take(store, article("c", 1), age=1)
    assert clear(store, "north") == 1
    assert store.sources.carried("gone") == {}
    assert held(store) == {"c"}


def test_history_goes_after_ninety_days(store: Store) -> None:
    take(store, article("a", 100), age=100, address="https://north.example/left")
    take(store, article("a", 100), age=10)
    clear(store)
    assert [attempt.at for attempt in store.sources.attempts("north", NOW - 999 * DAY)] == [NOW - 10 * DAY]
    assert set(store.sources.visits(["https://north.example/left", ADDRESS])) == {ADDRESS}


def test_a_fuller_text_stays_with_its_excerpt_and_goes_with_it(store: Store) -> None:
    page = FullText("a", "https://north.example/a", NOW, "fuller", "", "digest", "f", 1)
    take(store, article("a"))
    store.pages.take("2025-10-19", [page], [article("f")])
    store.sources.take("north", "2026-11-22", (), attempt=Attempt(NOW - DAY, "ok", 1))
    assert [found.article.id for found in store.search.find("drone")] == ["f"]
    assert clear(store) == 0
    assert held(store) == {"a", "f"}
    take(store, article("c", 1), age=1)
    assert clear(store) == 2
    assert held(store) == {"c"}
    assert store.pages.of(["a", "f"]) == {}


fetches = st.lists(
    st.tuples(
        st.sampled_from(["north", "south"]),
        st.sampled_from(["/1", "/2"]),
        st.sets(st.sampled_from("abcdefgh"), max_size=4),
        st.booleans(),  # an edition used the first of them
    ),
    max_size=12,
)


@settings(max_examples=25, deadline=None)
@given(fetches, st.integers(0, 500))
def test_whatever_was_taken_nothing_that_is_needed_goes(
    nights: list[tuple[str, str, set[str], bool]], keep: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "briefing.db"
        with open_store(sqlite_url(path)) as store:
            needed: set[str] = set()
            seen: set[tuple[str, str]] = set()
            last: dict[str, set[str]] = {}
            for number, (source, document, keys, used) in enumerate(nights):
                age = 480 - 40 * number
                take(
                    store,
                    *(article(key, None if key in "ab" else age, source) for key in sorted(keys)),
                    age=age,
                    source=source,
                    address=f"https://{source}.example{document}",
                )
                if age <= 90:
                    last[source] = keys
                if age < keep:
                    needed |= {key for key in keys if (source, key) not in seen}
                seen |= {(source, key) for key in keys}
                if used and keys:
                    store.keep("morning", f"{number:03}", b"{}", [min(keys)])
                    needed.add(min(keys))
            before = held(store)
            clear(store, "north", "south", keep=keep)
            for keys in last.values():
                needed |= keys
            assert needed <= held(store)
            assert clear(store, "north", "south", keep=keep) == 0
            for source in ("north", "south"):
                for one in store.sources.carried(source).values():
                    assert len(store.carrying(source, one.articles)) == len(one.articles)
            assert (
                {found.article.id for found in store.search.find("drone", limit=99)} == held(store) <= before
            )
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("INSERT INTO words (words) VALUES ('integrity-check')")
            (index,) = connection.execute("SELECT count(*) FROM words").fetchone()
            assert index == connection.execute("SELECT count(DISTINCT id) FROM articles").fetchone()[0]


def morning(**changes: Any) -> Settings:
    return Settings.model_validate(
        {"title": "Morning", "sources": [{"feed": ADDRESS, "name": "north"}], **changes}
    )


def test_the_pipeline_forgets_once_a_day_and_not_on_the_first(store: Store) -> None:
    take(store, article("a"))
    take(store, article("c", 1), age=1)
    forget(store, morning(), NOW)
    assert held(store) == {"a", "c"}
    forget(store, morning(), NOW + DAY / 2)
    assert held(store) == {"a", "c"}
    forget(store, morning(), NOW + DAY)
    assert held(store) == {"c"}


def test_a_moment_by_mistake_forgets_nothing(store: Store) -> None:
    take(store, article("a", 100), age=100)
    take(store, article("c", 1), age=1)
    for moment in (NOW, NOW + 9999 * DAY, NOW + DAY, NOW + 2 * DAY):
        forget(store, morning(), moment)
    assert held(store) == {"a", "c"}


def test_however_little_is_kept_an_edition_of_the_last_week_can_be_built_again(store: Store) -> None:
    take(store, article("a", 8), age=8)
    take(store, article("b", 30), age=30, address="https://north.example/2")
    take(store, article("c", 1), age=1)
    for moment in (NOW, NOW + DAY):
        forget(store, morning(keep="1h"), moment)
    assert held(store) == {"a", "c"}


@pytest.mark.slow
def test_an_edition_verifies_when_all_else_is_forgotten(
    desk: Callable[[Path], Any], copied: Callable[[], Path]
) -> None:
    built = desk(copied()).build()
    later = built.settings.now + 4000 * DAY
    with open_store(built.store) as store:
        gone = store.retention.forget([s.label for s in built.settings.sources], later, later)
    assert gone > 0
    content = (built.folder / "edition.json").read_bytes()
    assert pipeline.check(content, built.store) > 0


def test_more_than_a_batch_goes_at_once(store: Store) -> None:
    take(store, *(replace(article(str(n)), text="") for n in range(1500)))
    take(store, article("c", 1), age=1)
    assert clear(store) == 1500
    assert store.search.sources() == ("north",)

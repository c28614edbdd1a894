"""The archive's index finds what a person means, and a question is never anything but words."""

from __future__ import annotations

import sqlite3
import tomllib
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.errors import StoreError
from briefing.model import Article
from briefing.store import IN_MEMORY, Store, open_store, open_to_read, sqlite_url
from briefing.store.terms import question

SIX = datetime(2026, 11, 23, 6, tzinfo=UTC)
SLOT = "2026-11-23"
CASES = tomllib.loads((Path(__file__).parent / "cases" / "search.toml").read_text(encoding="utf-8"))["case"]


def article(key: str, text: str = "A drone was seen.", **rest: Any) -> Article:
    return replace(Article(key, "north", f"Title {key}", text, published=SIX), **rest)


def ids(store: Store, words: str, **options: Any) -> list[str]:
    return [found.article.id for found in store.search.find(words, **options)]


@pytest.fixture(scope="module")
def filled() -> Callable[[dict[str, Any]], Store]:
    """A store of one case's article."""

    def fill(case: dict[str, Any]) -> Store:
        store = open_store(IN_MEMORY)
        store.add([article("a", case["text"], language=case["language"])], SLOT)
        return store

    return fill


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:20])
def test_a_question_finds_what_it_means(
    filled: Callable[[dict[str, Any]], Store], case: dict[str, Any]
) -> None:
    with filled(case) as store:
        assert [words for words in case["finds"] if not ids(store, words)] == []
        assert [words for words in case["misses"] if ids(store, words)] == []


def test_both_databases_find_the_same(store: Store) -> None:
    store.add(
        [article(str(place), case["text"], language=case["language"]) for place, case in enumerate(CASES)],
        SLOT,
    )
    for place, case in enumerate(CASES):
        assert [words for words in case["finds"] if str(place) not in ids(store, words)] == []
        assert [words for words in case["misses"] if str(place) in ids(store, words)] == []


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=30) | st.text("ab\"'-*:(){}^+ANDORNEAR|&!<>\\\x00\ud800 ", max_size=30))
def test_no_question_is_an_error(words: str) -> None:
    with open_store(IN_MEMORY) as store:
        store.add([article("a")], SLOT)
        store.search.find(words)


@pytest.mark.parametrize(
    "words", ["'); DROP TABLE words; --", "a' | 'b", "x'::tsquery", '"\\', "a & !b", "\x00"]
)
def test_a_question_cannot_leave_its_quotation_marks(store: Store, words: str) -> None:
    store.add([article("a")], SLOT)
    store.search.find(words)
    assert ids(store, "drone") == ["a"]


def test_what_is_found_is_a_piece_of_the_text_with_the_words_in_it(store: Store) -> None:
    text = "Nothing here. " * 100 + "Then the drones reached the harbour at night. " + "Nothing there. " * 100
    store.add([article("a", text)], SLOT)
    (found,) = store.search.find("harbour drone")
    piece = found.article.text[found.start : found.end]
    assert "drones reached the harbour" in piece
    assert piece == piece.strip()
    assert text[found.start - 1] == text[found.end] == " "


def test_a_title_is_found_and_the_text_shown_from_its_start(store: Store) -> None:
    store.add([article("a", title="Ceasefire talks")], SLOT)
    (found,) = store.search.find("ceasefire")
    assert (found.start, found.article.text[: found.end]) == (0, "A drone was seen.")


def test_the_newest_comes_first_and_the_undated_last(store: Store) -> None:
    store.add(
        [
            article("old", published=SIX - timedelta(days=2)),
            article("none", published=None),
            article("new"),
            article("mid", published=SIX - timedelta(hours=1)),
        ],
        SLOT,
    )
    assert ids(store, "drone") == ["new", "mid", "old", "none"]
    assert ids(store, "drone", limit=2) == ["new", "mid"]
    assert ids(store, "drone", since=SIX - timedelta(hours=2)) == ["new", "mid", "none"]
    assert ids(store, "drone", since=SIX + timedelta(days=2)) == []


def test_an_article_of_two_sources_is_found_once_and_by_either(store: Store) -> None:
    store.add([article("a", source="south")], SLOT)
    store.add([article("a", source="north"), article("b", source="west")], SLOT)
    assert ids(store, "drone") == ["a", "b"]
    assert ids(store, "drone", source="south") == ["a"]
    assert ids(store, "drone", source="nobody") == []
    assert store.search.sources() == ("north", "south", "west")


def test_what_is_taken_twice_is_indexed_once(store: Store) -> None:
    for slot in ("2026-11-22", SLOT):
        store.sources.take("north", slot, [article("a"), article("b", "Nothing.")])
    assert ids(store, "drone") == ["a"]


def test_an_article_that_is_not_kept_is_not_found(store: Store) -> None:
    broken = article("b", title="lone \ud800 surrogate")
    with pytest.raises(StoreError):
        store.add([article("a"), broken], SLOT)
    assert ids(store, "drone") == []


def test_an_endless_word_and_an_endless_text_are_no_trouble(store: Store) -> None:
    store.add([article("a", "x" * 100_000 + " " + "drone " * 50_000 + "harbour")], SLOT)
    assert ids(store, "harbour") == ["a"]
    assert ids(store, "drone")


def test_an_archive_of_before_the_index_is_indexed_when_it_is_opened(url: str) -> None:
    with open_store(url) as store:
        store.add([article(f"{n:04}", f"Drone number{n}.") for n in range(1200)], SLOT)
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        for line in (
            "DROP INDEX ix_used_article",
            "DROP TABLE words",
            "DROP TABLE sought",
            "DROP TABLE pages",
            "UPDATE alembic_version SET version_num = '0003'",
        ):
            connection.execute(sa.text(line))
    engine.dispose()
    with pytest.raises(StoreError, match=r"older briefing.*run `briefing fetch` once"):
        open_to_read(url)
    with open_store(url) as store:
        assert ids(store, "number777") == ["0777"]
        assert len(ids(store, "drone", limit=5000)) == 1200


def test_a_store_that_is_read_is_never_made_and_never_written(url: str, tmp_path: Path) -> None:
    assert open_to_read(url) is None
    assert list(tmp_path.iterdir()) == []
    open_store(url).close()
    reading = open_to_read(url)
    assert reading is not None
    with reading, pytest.raises(StoreError, match=r"read-?only"):
        reading.add([article("a")], SLOT)


def test_an_empty_file_is_no_store_yet(tmp_path: Path) -> None:
    (tmp_path / "briefing.db").touch()
    assert open_to_read(sqlite_url(tmp_path / "briefing.db")) is None
    assert (tmp_path / "briefing.db").stat().st_size == 0


def test_reading_leaves_the_file_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "briefing.db"
    with open_store(sqlite_url(path)) as store:
        store.add([article("a")], SLOT)
    before = path.read_bytes()
    reading = open_to_read(sqlite_url(path))
    assert reading is not None
    with reading:
        assert ids(reading, "drone") == ["a"]
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_the_index_is_whole_after_many_calls(tmp_path: Path) -> None:
    path = tmp_path / "briefing.db"
    with open_store(sqlite_url(path)) as store:
        for number in range(30):
            store.add([article(f"{number}-{place}", f"Drone {number} {place}.") for place in range(5)], SLOT)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO words (words) VALUES ('integrity-check')")


@pytest.mark.parametrize("words", ["", "   ", '""', "- -- +", "…", "-only", '-"only this"'])
def test_a_question_without_a_wanted_word_asks_nothing(words: str) -> None:
    assert question(words).wanted == ()

"""Fetches, builds and questions at one time: each waits its turn, and nobody hears of the others."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from briefing.model import Article, Attempt, Carried, Visit, Window
from briefing.store import open_store, open_to_read

SIX = datetime(2026, 11, 23, 6, tzinfo=UTC)
DAY = Window(SIX - timedelta(days=1), SIX)
SLOT = "2026-11-23"
TURNS, ITEMS = 8, 10


def fetch(url: str, name: str) -> None:
    """A run that takes source after source, as its lock is its own briefing's."""
    with open_store(url) as store:
        for turn in range(TURNS):
            articles = [
                Article(
                    f"{name}-{turn}-{n}",
                    name,
                    f"Title {n}",
                    f"A drone fell, {name} {turn}. " * 30,
                    published=SIX,
                )
                for n in range(ITEMS)
            ]
            store.sources.take(
                name,
                SLOT,
                articles,
                carried=[
                    Carried(name, f"https://{name}.example/{turn}", "r", "d", tuple(a.id for a in articles))
                ],
                visits=[Visit(f"https://{name}.example/{turn}", SIX)],
                attempt=Attempt(SIX + timedelta(seconds=turn), "ok", ITEMS),
            )


def build(url: str, name: str) -> None:
    """A run that reads the pool, keeps an edition and forgets."""
    with open_store(url) as store:
        for turn in range(TURNS):
            pool = store.articles(["one", "two"], DAY, SLOT)
            store.keep(name, f"{turn:03}", b"{}", [article.id for article in pool[:5]])
            store.ledger.mark(name, "fetch", SIX)
            store.retention.forget(["nobody"], SIX, SIX)


def search(url: str, _: str) -> None:
    """Questions, each with a connection of its own as the command has it."""
    for _turn in range(TURNS):
        store = open_to_read(url)
        assert store is not None
        with store:
            found = len(store.search.find("drone", limit=10_000))
            assert found % ITEMS == 0  # of each fetch all or nothing


@pytest.mark.slow
def test_fetches_builds_and_questions_at_one_time_all_come_through(url: str) -> None:
    open_store(url).close()
    runs: list[tuple[Callable[[str, str], None], str]] = [
        (fetch, "one"),
        (fetch, "two"),
        (build, "morning"),
        (build, "evening"),
        (search, ""),
        (search, ""),
    ]
    with ThreadPoolExecutor(len(runs)) as pool:
        for done in [pool.submit(run, url, name) for run, name in runs]:
            done.result()
    with open_store(url) as store:
        assert len(store.articles(["one", "two"], DAY, SLOT)) == 2 * TURNS * ITEMS
        assert len(store.search.find("drone", limit=10_000)) == 2 * TURNS * ITEMS
        assert len(store.recent("morning", 99)) == TURNS

"""An excerpt and the text of its page: which speaks in a slot, and what goes with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from briefing.model import Article, FullText, Visit, Window
from briefing.store import Store

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
WINDOW = Window(NOW - timedelta(days=800), NOW)
URL = "https://ledger.example/news/1"
EXCERPT = Article("e" * 16, "Ledger", "The bridge is shut", "It was […]", url=URL, published=NOW)
FULLER = replace(EXCERPT, id="f" * 16, text="It was shut on Sunday.")
PAGE = FullText(EXCERPT.id, URL, NOW, "fuller", fuller=FULLER.id, digest="d")


def speaking(store: Store, slot: str, *sources: str) -> list[str]:
    return [article.text for article in store.articles(sources or ("Ledger",), WINDOW, slot)]


def test_the_fuller_text_speaks_from_its_slot_on_and_the_excerpt_before(store: Store) -> None:
    store.add([EXCERPT], "2026-11-21")
    assert speaking(store, "2026-11-23") == [EXCERPT.text]
    late = replace(PAGE, at=NOW + timedelta(minutes=1))  # behind the window
    store.pages.take("2026-11-22", [late], [FULLER], [Visit(URL, NOW, NOW, etag="x")])
    assert speaking(store, "2026-11-21") == [EXCERPT.text]
    assert speaking(store, "2026-11-22") == speaking(store, "2026-11-23") == [FULLER.text]
    assert store.article(EXCERPT.id) == EXCERPT
    assert store.sources.visits([URL])[URL].etag == "x"


def test_the_fuller_text_speaks_where_its_page_was_had_within_the_window(store: Store) -> None:
    store.add([EXCERPT], "2026-11-21")
    store.pages.take("2026-11-24", [PAGE], [FULLER])  # fetched for a later edition, and before this one's end
    assert speaking(store, "2026-11-23") == [FULLER.text]


def test_an_excerpt_speaks_for_a_source_that_has_no_fuller_text(store: Store) -> None:
    store.add([EXCERPT, replace(EXCERPT, source="Mirror")], "2026-11-22")
    store.pages.take("2026-11-22", [PAGE], [FULLER])
    assert speaking(store, "2026-11-22", "Mirror") == [EXCERPT.text]
    assert speaking(store, "2026-11-22", "Mirror", "Ledger") == [FULLER.text]


def test_a_page_is_found_by_either_article_and_by_its_address(store: Store) -> None:
    store.pages.take("2026-11-22", [PAGE], [FULLER])
    later = FullText("a" * 16, URL, NOW + timedelta(hours=1), "walled", "a wall", tries=2)
    store.pages.take("2026-11-22", [later])
    assert store.pages.of([EXCERPT.id]) == store.pages.of([FULLER.id]) == {EXCERPT.id: PAGE}
    assert store.pages.at([URL, "https://ledger.example/2"]) == {URL: [later, PAGE]}
    assert store.pages.of([""]) == {}


def test_what_is_known_of_a_page_goes_with_its_article(store: Store) -> None:
    old = NOW - timedelta(days=500)
    store.add([replace(EXCERPT, published=old)], "2025-07-11")
    store.pages.take("2025-07-11", [PAGE], [replace(FULLER, published=old)])
    assert store.retention.forget(("Ledger",), NOW - timedelta(days=365), NOW) == 2
    assert store.pages.at([URL]) == {}

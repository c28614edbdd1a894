"""Walls, excerpts, and whose page a page is."""

from __future__ import annotations

import tomllib
from html import escape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model import Article, Document
from briefing.read import extended, fuller, is_excerpt, leaf
from briefing.read.wall import wall_of

CASES = tomllib.loads((Path(__file__).parent / "cases" / "walls.toml").read_text("utf-8"))["case"]
LONG = [
    f"On day {n} the harbour master counted {40 + n} ships off the strait; the queue at the {word} pier grew."
    for n, word in enumerate(("first", "second", "third", "north", "south", "old", "new", "long") * 2, 1)
]
TITLE = "Grain ships wait off the strait for a third day"
OPENING = (
    "Forty ships with grain lay off the strait on Monday, the port authority said, ten more than a week ago."
)


def page(case: dict[str, Any]) -> bytes:
    body = [p for part in case["body"] for p in (LONG if part == "LONG" else [part])]
    rows = "".join(f"<p>{escape(p)}</p>" for p in body)
    around = "".join(f"<div class='banner'>{escape(p)}</div>" for p in case.get("around", ()))
    return (
        f"<!doctype html><html><head><meta charset='utf-8'><title>{escape(case['title'])}</title>"
        f"{case.get('head', '')}</head><body>{around}<nav><a href='/'>Home</a></nav><main><article>"
        f"<h1>{escape(case['title'])}</h1>{rows}</article></main></body></html>"
    ).encode()


def had(content: bytes, article: Article) -> Any:
    return fuller(leaf(Document("Ledger", article.url, content, "text/html")), article)


def excerpt(text: str, *, title: str = TITLE, language: str = "en") -> Article:
    return Article("0" * 16, "Ledger", title, text, url="https://ledger.example/news/1", language=language)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_walls(case: dict[str, Any]) -> None:
    found = leaf(Document("Ledger", "https://ledger.example/news/1", page(case), "text/html"))
    assert found.page is not None
    assert wall_of(found.page, case["language"]).kind == case["wall"]


@pytest.mark.parametrize("case", [c for c in CASES if c["wall"]], ids=lambda case: case["name"])
def test_no_wall_stands_in_for_an_excerpt(case: dict[str, Any]) -> None:
    """The headline of a case is the feed's as well, the worst that can be."""
    text = " ".join(p for p in case["body"][:1]) + " " + OPENING
    assert had(page(case), excerpt(text, title=case["title"], language=case["language"])).article is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", True),
        (OPENING, True),
        (" ".join(LONG * 2), False),
        (" ".join(LONG * 2) + " […]", True),
        (" ".join(LONG * 2) + "\n\nRead more", True),
        (" ".join(LONG * 2) + " Continue reading...", True),
        ("\n\n".join(LONG * 2) + f"\n\nThe post {TITLE} appeared first on Kyiv Ledger.", True),
        (" ".join(LONG * 2) + " He asked them to read more.", True),  # one request too many, no more
        (" ".join(LONG * 2) + " They may read more of it there, he said.", False),
    ],
)
def test_what_is_taken_for_an_excerpt(text: str, expected: bool) -> None:
    assert is_excerpt(excerpt(text)) is expected


@pytest.mark.parametrize("tail", ["Читати далі", "Читати далі →", "Детальніше…"])
def test_an_excerpt_in_ukrainian(tail: str) -> None:
    text = "Кораблі із зерном третю добу стоять біля протоки, повідомила адміністрація порту. " * 20
    assert is_excerpt(excerpt(text + tail, language="uk"))
    assert not is_excerpt(excerpt(text, language="uk"))


def test_a_standfirst_that_the_page_does_not_repeat_stays_on_top() -> None:
    apart = "Crews ask for bread and water as the queue off the strait grows to fifty ships."
    found = had(page({"title": TITLE, "body": ["LONG"]}), excerpt(apart))
    assert found.article.text == "\n\n".join([apart, *LONG])


def test_an_excerpt_that_is_cut_off_does_not_stay_on_top() -> None:
    found = had(
        page({"title": TITLE, "body": ["LONG"]}), excerpt("Crews ask for bread and water as the queue […]")
    )
    assert found.article.text == "\n\n".join(LONG)


def test_an_entry_without_a_text_gets_that_of_its_page() -> None:
    assert had(page({"title": TITLE, "body": ["LONG"]}), excerpt("")).article.text == "\n\n".join(LONG)


def test_a_page_with_a_rewritten_headline_is_known_by_the_excerpt() -> None:
    head = '<meta property="og:type" content="article">'
    case = {"title": "Queue at the strait reaches fifty", "body": [OPENING, "LONG"], "head": head}
    assert had(page(case), excerpt(OPENING, title="Ships stuck")).outcome == "fuller"


@pytest.mark.parametrize(
    ("title", "text", "reason"),
    [
        ("Harvest festival opens in Lypky with a market", OPENING, "not about the same"),
        (TITLE, "Суда с зерном третьи сутки стоят у пролива, сообщила администрация порта." * 2, "language"),
    ],
)
def test_another_article_is_refused(title: str, text: str, reason: str) -> None:
    found = had(page({"title": TITLE, "body": ["LONG"]}), excerpt(text, title=title))
    assert found.outcome == "unlike"
    assert reason in found.note


def test_the_front_of_a_site_is_no_article() -> None:
    head = '<link rel="canonical" href="https://ledger.example/">'
    found = had(page({"title": TITLE, "body": [OPENING, "LONG"], "head": head}), excerpt(OPENING))
    assert found.note == "its link leads to the front of a site"


def test_a_page_that_has_no_more_than_the_feed_changes_nothing() -> None:
    assert had(page({"title": TITLE, "body": ["LONG"]}), excerpt("\n\n".join(LONG))).outcome == "no more"


@given(st.binary(max_size=400))
def test_any_bytes_leave_the_excerpt(content: bytes) -> None:
    assert had(content, excerpt(OPENING)).article is None


@given(st.text(max_size=400), st.text(max_size=400))
def test_a_fuller_text_is_never_shorter(text: str, page_text: str) -> None:
    better = extended(excerpt(text), page_text)
    assert better is None or len(better.text.split()) > len(text.split())

"""Whose text an article is, which outlets are one, and that reprints never add a voice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from briefing.model import Article, Dispatch, Reading
from briefing.refine.clean import clean
from briefing.refine.cut import cut
from briefing.refine.dedupe import dedupe
from briefing.refine.origins import count, with_origins

Write = Callable[..., Article]
# Texts that share no words: each is a report of its own.
TEXTS = (
    "Rescuers reached the last village behind the broken dam after three days of rain in the hills.",
    "Engineers warned that a second wall might crack unless pumps arrived from the coast by Friday.",
    "Farmers counted drowned cattle while the governor promised money for hay, seed and new fences.",
    "Schools stay shut until the bridge near Lipnik has been inspected, its mayor told reporters today.",
)
MIDNIGHT = datetime(2026, 3, 11, tzinfo=UTC)
OUTLETS = ("Meadow Press", "Harbour Sheet", "Hill Gazette", "Reuters", "")


def dispatched(articles: Sequence[Article], publishers: dict[str, str] | None = None) -> list[Dispatch]:
    readings: list[Reading] = [cut(clean(a)) for a in articles]
    return with_origins(dedupe(readings), publishers or {})


def origins(articles: Sequence[Article], publishers: dict[str, str] | None = None) -> int:
    return count(d.origins for d in dispatched(articles, publishers))


def test_a_credit_names_the_origin(credit: dict[str, Any], write: Write) -> None:
    article = write(
        credit["text"], author=credit.get("author", ""), language=credit.get("language", "en"), title="Dam"
    )
    (dispatch,) = dispatched([article])
    assert dispatch.origins == (credit["origin"] or "Meadow Press",)


def test_outlets_of_one_house_are_one_origin(house: dict[str, Any], write: Write) -> None:
    none = [""] * len(house["outlets"])
    rows = zip(
        house["outlets"], house.get("urls", none), house.get("publishers", none), TEXTS * 2, strict=False
    )
    articles, publishers = [], {}
    for number, (outlet, url, publisher, text) in enumerate(rows):
        articles.append(write(f"{text} {number}", outlet=outlet, url=url, source=f"feed {number}"))
        publishers[f"feed {number}"] = publisher
    assert origins(articles, publishers) == house["origins"]


def test_texts_of_one_agency_in_two_newspapers_and_its_own_are_one_origin(write: Write) -> None:
    articles = [
        write(f"LIPNIK (Reuters) - {TEXTS[0]}", outlet="Meadow Press"),
        write(f"{TEXTS[1]}\n\n© 2026 Reuters", outlet="Harbour Sheet"),
        write(TEXTS[2], outlet="Reuters"),
    ]
    assert origins(articles) == 1
    assert origins([*articles, write(TEXTS[3], outlet="Meadow Press")]) == 2


def test_whoever_printed_a_text_first_is_its_origin(write: Write) -> None:
    first = write(TEXTS[0], outlet="Harbour Sheet", hours=3)
    later = write(TEXTS[0], outlet="Meadow Press", hours=1)
    (dispatch,) = dispatched([later, first])
    assert dispatch.origins == ("Harbour Sheet",)


def test_a_credited_printing_tells_whose_text_its_copies_are(write: Write) -> None:
    credited = write(f"LIPNIK (AP) — {TEXTS[0]}", outlet="Harbour Sheet", hours=3)
    (dispatch,) = dispatched([credited, write(TEXTS[0], outlet="Meadow Press", hours=1)])
    assert dispatch.origins == ("Associated Press",)


def test_texts_that_may_have_one_origin_count_once() -> None:
    assert count([("a",), ("a", "b")]) == 1
    assert count([("a", "b"), ("b", "c")]) == 1
    assert count([("a",), ("b",), ()]) == 2
    assert count([]) == 0


@st.composite
def stories(draw: st.DrawFn) -> list[Article]:
    """A few articles of several outlets, some of them with one text."""
    row = st.tuples(st.sampled_from(TEXTS), st.sampled_from(OUTLETS), st.integers(2, 9))
    rows = draw(st.lists(row, min_size=1, max_size=6, unique=True))
    return [
        Article(f"{n:016x}", "s", "Dam", text, outlet, published=MIDNIGHT + timedelta(hours=hour))
        for n, (text, outlet, hour) in enumerate(rows)
    ]


@given(articles=stories(), which=st.integers(0, 5), later=st.integers(0, 3))
def test_a_reprint_changes_no_count(articles: list[Article], which: int, later: int) -> None:
    """Nor does one of the very same hour. Of a text that nobody known printed, it would be the first."""
    copied = articles[which % len(articles)]
    known = [a.published for a in articles if a.text == copied.text and a.outlet and a.published]
    if known:
        when = min(known) + timedelta(hours=later)
        reprint = replace(copied, id="f" * 16, outlet="Valley News", published=when)
        assert origins([*articles, reprint]) == origins(articles)


@given(articles=stories(), outlet=st.sampled_from(OUTLETS))
def test_another_text_of_an_agency_that_is_counted_changes_no_count(
    articles: list[Article], outlet: str
) -> None:
    own, bought = (
        Article(
            "e" * 16, "s", "Dam", "Helicopters dropped bread over roofs all night, pilots said.", "Reuters"
        ),
        Article("d" * 16, "s", "Dam", "LIPNIK (Reuters) - Divers found no leak below any gate.", outlet),
    )
    assert origins([*articles, own, bought]) == origins([*articles, own])


@given(articles=stories(), chance=st.randoms(use_true_random=False))
def test_the_order_of_articles_changes_nothing(articles: list[Article], chance: Random) -> None:
    shuffled = list(articles)
    chance.shuffle(shuffled)
    assert origins(shuffled) == origins(articles)
    found = {d.reading.article.text: d.origins for d in dispatched(articles)}
    assert found == {d.reading.article.text: d.origins for d in dispatched(shuffled)}

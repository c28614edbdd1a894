"""How many of what, according to whom, and how a number stands to the others of its kind."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model import Article, Claim, Figure, Sentence, Statement
from briefing.refine.claims import claim
from briefing.refine.figures import compared, figures, quantities
from briefing.refine.figures.sameness import fuller, repeated, same

Case = dict[str, Any]
PIECES = (
    "14",
    "12,500",
    "at least",
    "people",
    "were killed",
    "wounded",
    "dozens of",
    "F-16",
    "загинули",
    ",",
    "and",
    "½",
)


def test_a_quantity_is_a_number_that_a_word_near_by_explains(quantity: Case) -> None:
    found = quantities(quantity["text"], quantity.get("language", "en"))
    assert [(quantity["text"][q.start : q.end], q.value, q.what) for q in found] == [
        (f["text"], f.get("value"), f["what"]) for f in quantity["figures"]
    ]


@given(st.lists(st.sampled_from(PIECES), max_size=12), st.sampled_from(["en", "uk", "ru", "fr"]))
def test_the_quantities_of_any_text_are_ordered_spans_of_it(pieces: list[str], code: str) -> None:
    text = " ".join(pieces)
    last = 0
    for found in quantities(text, code):
        assert last <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == text[found.start : found.end].strip()
        last = found.start + 1


def test_a_figure_is_a_span_of_its_article_and_names_the_speaker() -> None:
    article = Article("a", "s", "T", "Dawn came late. At least 14 people were killed, the mayor said.")
    line = article.text[16:]
    statement = Statement(line, "a", 16, len(article.text), Claim("the mayor", "said", "official"))
    (figure,) = figures(statement, article, "story")
    assert article.text[figure.start : figure.end] == figure.text == "At least 14 people"
    assert (figure.source, figure.story, figure.value) == ("the mayor", "story", 14)


def toll(value: float | None, source: str, what: str = "killed", noun: str = "people") -> Figure:
    return Figure("story", what, f"{value} {noun}", value, "a", 0, 9, source)


@pytest.mark.parametrize(
    ("board", "statuses"),
    [
        ([toll(9, "the army")], [""]),
        ([toll(9, "the army"), toll(14, "the army")], ["", "updated"]),
        ([toll(9, "the army"), toll(14, "the mayor")], ["", "updated"]),
        ([toll(14, "the army"), toll(9, "the mayor")], ["", "differs"]),
        ([toll(9, "the army"), toll(9, "the mayor")], ["", ""]),
        ([toll(9, "the army"), toll(14, "the army", "wounded")], ["", ""]),
        ([toll(9, "the army"), toll(2, "the mayor", noun="children")], ["", ""]),
        ([toll(9, "the army"), toll(None, "the mayor")], ["", ""]),
        ([toll(14, "the army"), toll(9, "")], ["", ""]),
        ([toll(14, "the army"), toll(900, "the mayor")], ["", ""]),
    ],
    ids=[
        "alone",
        "the same source corrects itself",
        "a toll rises, whoever says so",
        "another source says otherwise",
        "two agree",
        "another kind",
        "other people",
        "no number",
        "nobody is named",
        "a strike and a war",
    ],
)
def test_a_number_is_marked_against_the_earlier_ones_of_its_kind(
    board: list[Figure], statuses: list[str]
) -> None:
    assert [f.status for f in compared(board, [])] == statuses


def test_a_number_of_the_last_edition_is_updated_by_its_source() -> None:
    (now,) = compared([toll(14, "the army")], [toll(9, "the army")])
    assert now.status == "updated"
    (same,) = compared([toll(9, "the army")], [toll(9, "the army")])
    assert same.status == ""


def said(text: str, value: float | None, source: str = "", what: str = "killed") -> Figure:
    return Figure("story", what, text, value, "a", 0, len(text), source)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (said("at least six", 6), said("Six people", 6), True),
        (said("six", 6), said("six sailors", 6), True),
        (said("six sailors", 6), said("six pilots", 6), False),
        (said("six sailors", 6), said("seven sailors", 7), False),
        (said("six sailors", 6), said("six sailors", 6, what="wounded"), False),
        (said("dozens of sailors", None), said("Dozens of sailors", None), True),
        (said("dozens", None), said("12", 12), False),
        (said("шестеро людей", 6), said("6", 6), True),
    ],
)
def test_one_count_in_two_forms_is_the_same(one: Figure, other: Figure, expected: bool) -> None:
    assert same(one, other) is same(other, one) is expected


def test_of_one_count_the_figure_with_a_named_source_stays_then_the_fullest() -> None:
    bare, full, named = said("six", 6), said("at least six people", 6), said("six", 6, "the mayor")
    assert fuller(bare, full) == fuller(full, bare) == full
    assert fuller(full, named) == fuller(named, full) == named


def test_a_small_number_of_another_story_is_no_repetition() -> None:
    assert repeated(said("40 people", 40), (said("40", 40),))
    assert not repeated(said("two people", 2), (said("two", 2),))


def board_figures(case: Case) -> list[str]:
    """The texts of the figures of a sentence that was printed on 17 October."""
    article = Article(
        "a", "s", "T", case["text"], language=case.get("language", "en"),
        published=dt.datetime(2022, 10, 17, 5, tzinfo=dt.UTC),
    )  # fmt: skip
    line = Statement(article.text, "a", 0, len(article.text))
    return [f.text for f in figures(line, article, "story")]


def test_only_what_has_happened_of_late_is_a_figure(counted: Case) -> None:
    assert board_figures(counted) == counted["figures"]


def test_a_figure_tells_whom_where_when_and_according_to_whom(told: Case) -> None:
    article = Article(
        "a", "s", "T", told["text"], language=told.get("language", "en"),
        published=dt.datetime(2022, 10, 17, 5, tzinfo=dt.UTC),
    )  # fmt: skip
    whole = Sentence("a", 0, len(article.text), article.text, 0, 0)
    line = Statement(article.text, "a", 0, len(article.text), claim(whole, article)[0])
    empty = {"low": None, "high": None, "modifier": "", "who": "", "where": "", "when": "", "source": ""}
    asked = ("what", *empty)
    assert [{k: getattr(f, k) for k in asked} for f in figures(line, article, "story")] == [
        empty | f for f in told["figures"]
    ]

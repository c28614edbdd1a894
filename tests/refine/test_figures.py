"""How many of what, according to whom, and how a number stands to the others of its kind."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from briefing.model import Article, Claim, Sentence, Statement
from briefing.refine.claims import claim
from briefing.refine.figures import figures, quantities

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

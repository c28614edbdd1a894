"""Which sentences can stand alone, and from where: nothing in an edition hangs in the air."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model import Article, Sentence
from briefing.refine.standing import named, standing

Case = dict[str, Any]
OPENINGS = ("However, ", "But ", "- ", "", "Meanwhile, ", "And so ", "Однак ", "“")


def test_a_line_stands_alone_from_a_certain_word_on_or_not_at_all(
    line: Case, sentence: Callable[..., Sentence]
) -> None:
    span = standing(sentence(line["text"]), line.get("language", "en"))
    assert (line["text"][span.start : span.end] if span else None) == line.get("stands")


def test_the_offsets_are_the_article_s(
    write: Callable[..., Article], sentence: Callable[..., Sentence]
) -> None:
    article = write("Dawn came late. However, Roman Hlushko closed the bridge at Vilkhova on Tuesday.")
    line = sentence(article.text[16:], article)
    span = standing(line, "en")
    assert span
    assert article.text[span.start : span.end] == "Roman Hlushko closed the bridge at Vilkhova on Tuesday."


@pytest.mark.parametrize(
    ("elsewhere", "stands"), [("On Monday Hlushko stayed.", True), ("The hlushko stayed.", False)]
)
def test_a_first_word_is_a_name_where_the_article_has_it_as_one(
    elsewhere: str, stands: bool, write: Callable[..., Article]
) -> None:
    article = write(f"Hlushko refused to close the bridge. {elsewhere}")
    line = Sentence(article.id, 0, 36, article.text[:36], 0, index=1)
    assert bool(standing(line, "en", named(article.text))) is stands


@given(
    st.sampled_from(OPENINGS), st.text(max_size=120), st.integers(0, 50), st.sampled_from(["en", "uk", "xx"])
)
def test_what_stands_is_always_the_end_of_its_sentence(opening: str, text: str, at: int, code: str) -> None:
    whole = opening + text
    if not whole:
        return
    span = standing(Sentence("a", at, at + len(whole), whole, 0, 0), code)
    assert span is None or (at <= span.start < span.end == at + len(whole))

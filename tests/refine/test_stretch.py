"""The run of lines that is the article of a pasted page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.language import language
from briefing.refine.clean.stretch import Line, article_lines, best_run, is_pasted, look

PROSE = "The dam at Vilkhova broke in three places on Tuesday night."


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (PROSE, "prose"),
        ("He agreed.", "short"),
        ("Who pays for the new dam?", "short"),
        ("What the engineers found", "label"),
        ("A new bridge is planned at Stara Hreblia, and this is what it ...", "label"),
        ("12 March 2026", "furniture"),
        ("6:32 PM", "furniture"),
        ("Comments (14)", "furniture"),
        ("3. Stara Hreblia", "label"),
    ],
)
def test_a_line_looks_like_what_it_is(text: str, kind: str) -> None:
    assert look(text, language("en"), furniture=False).kind == kind


@given(st.lists(st.integers(-9, 9), max_size=12))
def test_no_run_has_a_larger_sum_than_the_best_one(votes: list[int]) -> None:
    start, end = best_run(votes)
    sums = [sum(votes[i:j]) for i in range(len(votes)) for j in range(i + 1, len(votes) + 1)]
    assert sum(votes[start:end]) == max([0, *sums])


def test_an_article_with_headings_is_no_page() -> None:
    looks = [Line("label", 4), *[Line("prose", 20)] * 3] * 6
    assert not is_pasted(looks)


def test_prose_alone_stays_whole() -> None:
    texts = [PROSE] * 5
    looks = [look(text, language("en"), furniture=False) for text in texts]
    assert all(article_lines(looks, texts))

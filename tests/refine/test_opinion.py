"""Comment is told from report, and of comment only what it attributes is printed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from briefing.model import Article, Claim, Reading, Statement
from briefing.refine.clean import clean
from briefing.refine.cut import cut
from briefing.refine.opinion import evaluating, opinion, reported

Case = dict[str, Any]


def test_comment_is_told_from_report(piece: Case, write: Callable[..., Article]) -> None:
    article = write(piece["text"].strip(), title=piece["title"], language=piece.get("language", "en"))
    assert bool(opinion(cut(clean(article)))) is piece["opinion"]


def test_of_comment_only_what_it_attributes_is_reported(
    write: Callable[..., Article], read: Callable[[Article], Reading]
) -> None:
    text = "The dam is a disgrace. It will break, said Olha Marchuk."
    found = [
        Statement("The dam is a disgrace.", "a", 0, 22),
        Statement("It will break, said Olha Marchuk.", "a", 23, 56, Claim("Olha Marchuk", "said")),
    ]
    assert reported(read(write(text, title="Opinion: Dams")), found) == found[1:]
    assert reported(read(write(text, title="Dam breaks")), found) == found


@given(st.text(max_size=300), st.sampled_from(["en", "uk", "xx"]))
def test_a_share_is_a_share(text: str, code: str) -> None:
    assert 0 <= evaluating(cut(clean(Article("a", "s", "T", text, language=code)))) <= 1

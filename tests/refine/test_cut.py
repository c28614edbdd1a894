"""Sentences with offsets: `article.text[start:end]` is the sentence, always."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from briefing.model import Article, Cleaned, Reading, Span
from briefing.refine.clean import clean
from briefing.refine.cut import cut

Case = dict[str, Any]
PIECES = st.sampled_from(
    [
        "Gen.",
        "Koval",
        "said",
        "3.5",
        "No.",
        "7",
        "“",
        "”",
        '"',
        "!",
        "?",
        "…",
        ".",
        "вул.",
        "млн",
        "Київ",
        "\n\n",
        " ",
    ]
)


def test_abbreviations_end_no_sentence(paragraph: Case, write: Callable[..., Article]) -> None:
    article = write(paragraph["text"], language=paragraph.get("language", "en"))
    whole = Cleaned(article, (Span(0, len(article.text)),), ())
    assert [s.text for s in cut(whole).sentences] == paragraph["sentences"]


@given(
    st.one_of(st.text(max_size=400), st.lists(PIECES, max_size=40).map(" ".join)),
    st.sampled_from(["en", "uk", "ru", "fr", "xx"]),
)
def test_of_any_text_every_sentence_is_the_slice_at_its_offsets(text: str, code: str) -> None:
    sentences = cut(clean(Article("a", "s", "T", text, language=code))).sentences
    assert all(text[s.start : s.end] == s.text for s in sentences)
    assert [s.index for s in sentences] == list(range(len(sentences)))
    assert all(a.end <= b.start and a.paragraph <= b.paragraph for a, b in pairwise(sentences))


def test_no_sentence_crosses_a_paragraph(
    write: Callable[..., Article], read: Callable[[Article], Reading]
) -> None:
    reading = read(write("“An open quotation begins here.\n\nThe next paragraph closes it.”"))
    assert [s.paragraph for s in reading.sentences] == [0, 1]

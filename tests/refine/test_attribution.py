"""Whose words, thoughts and wishes a sentence gives; a quotation is somebody's however long it runs."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.refine.claims.attribution import attributions, is_attributed
from briefing.refine.claims.quotations import masked, quotations

Case = dict[str, Any]
PIECES = (
    *("said", "the mayor", "Lunde", "he", ",", ".", ":", "according to", '"', "“", "”", "''", "that", "who"),
    *("has", "criticized", "was told by", "to explain", "and", "adding", "Mr.", "U.N.", "'s", "(", ")", "14"),
    *("\n\n", "планує", "повідомив", "который", "«", "»", "the claim of"),
)
texts = st.lists(st.sampled_from(PIECES), max_size=24).map(" ".join)


def test_cues_are_found_with_their_sources(attribution: Case) -> None:
    text = attribution["text"]
    found = [
        [
            text[a.cue.start : a.cue.end],
            a.kind,
            text[a.source.start : a.source.end] if a.source else "",
        ]
        for a in attributions(text, 0, len(text), attribution.get("language", "en"))
    ]
    assert found == attribution["said"]


def test_a_quoted_sentence_is_attributed_whoever_says_it(quoted: Case) -> None:
    start = quoted["body"].index(quoted["text"])
    code = quoted.get("language", "en")
    assert is_attributed(quoted["body"], start, start + len(quoted["text"]), code) is quoted["attributed"]


@given(texts, st.sampled_from(["en", "uk", "ru", "fr"]), st.data())
def test_of_any_sentence_of_any_text_cue_and_source_stand_in_it(
    text: str, code: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    for one in attributions(text, start, end, code):
        assert start <= one.cue.start < one.cue.end <= end
        assert one.source is None or start <= one.source.start < one.source.end <= end


@given(texts)
def test_quotations_are_in_order_and_apart(text: str) -> None:
    at = 0
    for span in quotations(text):
        assert at <= span.start < span.end <= len(text)
        at = span.end


@given(texts, st.data())
def test_masking_keeps_every_place(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    hidden = masked(text[start:], start, quotations(text))
    assert len(hidden) == len(text) - start
    assert all(h in (c, " ", ",") for h, c in zip(hidden, text[start:], strict=True))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('He said "yes" and left.', ['"yes"']),
        ("''We stay,'' she said.", ["''We stay,''"]),
        ("„Ми тут“, — каже він.", ["„Ми тут“"]),
        ("«Мы здесь», — говорит он.", ["«Мы здесь»"]),
        ('A 5" pipe and no more', []),
        ('"One.\n\n"Two," he said.', ['"One.', '"Two,"']),
    ],
)
def test_marks_open_and_close_by_where_they_stand(text: str, found: list[str]) -> None:
    assert [text[s.start : s.end] for s in quotations(text)] == found

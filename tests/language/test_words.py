"""Sentences as spans, tokens that keep digits, stems, and names that languages share."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.language import detect, name_keys, names, sentence_spans, stems, tokens

CODES = st.sampled_from(["en", "uk", "ru", "fr", "de", "xx"])
PIECES = (
    "Gen.",
    "Koval",
    "said",
    "3.5",
    "No.",
    "7",
    "“",
    "”",
    "!",
    "?",
    "…",
    ".",
    "вул.",
    "млн",
    "(",
    ")",
    " ",
    "🛰️",
    "е́",
)
paragraphs = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=200),
    st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
)


@given(paragraphs.filter(lambda text: not text or text.strip()), CODES)
def test_sentence_spans_are_ordered_apart_and_hold_every_character_that_is_no_space(
    text: str, code: str
) -> None:
    covered = 0
    for start, end in sentence_spans(text, code):
        assert covered <= start < end <= len(text)
        assert not text[covered:start].strip()
        assert text[start:end] == text[start:end].strip()
        covered = end
    assert not text[covered:].strip()


@pytest.mark.parametrize("space", [" ", "\u3000", "  \t"])
def test_white_space_alone_holds_no_sentence(space: str) -> None:
    assert sentence_spans(space, "en") == []


@given(paragraphs)
def test_tokens_stand_in_the_text_in_order(text: str) -> None:
    at = 0
    for token in tokens(text):
        at = text.index(token, at) + len(token)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("S-300 and F-16", ["S-300", "and", "F-16"]),
        ("47 of 1,240, not 2.5", ["47", "of", "1,240", "not", "2.5"]),
        ("Kyiv's U.S. п’ять", ["Kyiv's", "U.S", "п’ять"]),
    ],
)
def test_tokens_keep_their_digits_hyphens_and_apostrophes(text: str, found: list[str]) -> None:
    assert tokens(text) == found


@pytest.mark.parametrize(
    ("code", "one", "other"),
    [
        ("en", "evacuated families", "evacuating family"),
        ("uk", "ракета", "ракети"),
        ("ru", "города", "город"),
    ],
)
def test_forms_of_a_word_share_their_stem(code: str, one: str, other: str) -> None:
    assert stems(one, code) == stems(other, code) != []


def test_stems_leave_stop_words_out_and_keep_numbers() -> None:
    assert stems("He said that the 47 were here", "en")[:1] == ["47"]


def test_names_are_capitalised_runs_that_open_no_sentence() -> None:
    assert names("On Tuesday the mayor Roman Hlushko left Kyiv. Engineers stayed.")[:2] == [
        "tuesday",
        "roman hlushko",
    ]
    assert names("Prices rose.\n\nSeveral houses of Kyiv burned.") == ["kyiv"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("in Novoberezhne", "у Новобережному"),
        ("in Novoberezhne", "in Novoberezhnoye"),
        ("with Zelensky", "with Zelenskyy"),
        ("with Zelensky", "із Зеленським"),
    ],
)
def test_languages_and_spellings_share_the_keys_of_a_name(one: str, other: str) -> None:
    assert name_keys(one) == name_keys(other) != []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Rescuers ended their search before midnight, the emergency service said.", "en"),
        ("Рятувальники завершили пошуки до півночі, повідомила служба порятунку.", "uk"),
        ("Спасатели завершили поиски до полуночи, сообщила служба спасения.", "ru"),
        ("Київ", "uk"),
        ("Вывоз", "ru"),
        ("14", "en"),
        ("", "en"),
    ],
)
def test_the_language_of_a_text_is_found(text: str, code: str) -> None:
    assert detect(text) == code

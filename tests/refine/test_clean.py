"""Furniture goes, reporting stays, and nothing is rewritten."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from briefing.model import Article
from briefing.refine.clean import clean, is_wall

Case = dict[str, Any]
LINES = (
    "The dam at Vilkhova broke on Tuesday night, the board said.",
    "Support us from five euros a month.",
    "Donate now",
    "By Ilona Tkach",
    "VILKHOVA, March 3 (Meadow Press) - The water rose.",
    "Photo: Ilona Tkach / Meadow Press",
    "We use cookies. Accept all",
    "Read more: How dams fail. Nobody was hurt.",
    "Підпишіться на нашу розсилку",
    "“",
    "…",
    "1",
)


def test_furniture_goes_and_reporting_stays(text: Case, write: Callable[..., Article]) -> None:
    body = text["text"].strip()
    cleaned = clean(write(body, language=text.get("language", "en")))
    assert [body[c.start : c.end].strip() for c in cleaned.cuts] == [c.strip() for c in text["cut"]]
    rest = body
    for furniture in text["cut"]:
        rest = rest.replace(furniture, "", 1)
    kept = "".join(body[p.start : p.end] for p in cleaned.paragraphs)
    assert "".join(kept.split()) == "".join(rest.split())


def test_a_wall_is_told_from_an_article(wall: Case) -> None:
    assert is_wall(wall["text"], wall.get("language", "en")) is wall["wall"]


@given(st.lists(st.sampled_from(LINES), max_size=8), st.sampled_from(["en", "uk", "ru", "fr"]))
def test_of_any_text_every_character_is_kept_or_cut_and_never_both(lines: list[str], code: str) -> None:
    text = "\n\n".join(lines)
    cleaned = clean(Article("a", "s", "T", text, language=code))
    spans = sorted([(p.start, p.end) for p in cleaned.paragraphs] + [(c.start, c.end) for c in cleaned.cuts])
    covered = 0
    for start, end in spans:
        assert covered <= start < end <= len(text)
        assert not text[covered:start].strip()
        covered = end
    assert not text[covered:].strip()
    assert all(c.reason for c in cleaned.cuts)


@given(st.text(max_size=300), st.sampled_from(["en", "uk", "xx"]))
def test_no_text_breaks_it(text: str, code: str) -> None:
    cleaned = clean(Article("a", "s", "T", text, language=code))
    assert all(0 <= p.start < p.end <= len(text) for p in cleaned.paragraphs)


def test_a_language_without_a_file_keeps_everything(write: Callable[..., Article]) -> None:
    article = write("Subskrybu nian leteron\n\nLa digo rompiĝis mardon.", language="eo")
    cleaned = clean(article)
    assert not cleaned.cuts
    assert [article.text[p.start : p.end] for p in cleaned.paragraphs] == article.text.split("\n\n")

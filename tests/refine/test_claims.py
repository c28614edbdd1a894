"""Who says it, by which words, what kind of speaker, and what the source itself doubts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model import Article, Sentence
from briefing.refine.claims import claim as claim_of
from briefing.refine.claims import denies, flags_of, hedged, table_of

Case = dict[str, Any]
# What hangs around a speaker in the news, in every order.
PIECES = (
    "said",
    "the mayor",
    "Roman Hlushko",
    "he",
    ",",
    ".",
    "according to",
    '"',
    "that",
    "повідомив",
    "claims",
)


def test_the_speaker_is_who_the_text_names_and_nobody_where_it_names_nobody(
    claim: Case, write: Callable[..., Article], sentence: Callable[..., Sentence]
) -> None:
    article = write(claim.get("body", claim["text"]), language=claim.get("language", "en"))
    found, _ = claim_of(sentence(claim["text"], article), article)
    assert found.source == claim["source"]
    assert found.cue == claim.get("cue", found.cue)
    assert found.kind == claim.get("kind", found.kind)


def test_the_flags_are_the_source_s_own_hedges(
    doubt: Case, write: Callable[..., Article], sentence: Callable[..., Sentence]
) -> None:
    after = doubt.get("after", "")
    article = write(f"{doubt['text']} {after}".strip(), language=doubt.get("language", "en"))
    following = (sentence(after, article),) if after else ()
    _, hedges = claim_of(sentence(doubt["text"], article), article, following)
    assert list(flags_of(hedges)) == doubt["flags"]
    assert [h.text for h in hedges] == doubt.get("hedges", [h.text for h in hedges])
    assert all(article.text[h.start : h.end] == h.text for h in hedges)


def test_a_doubt_sentences_later_belongs_to_the_claim_that_it_takes_up(
    far: Case, write: Callable[..., Article], sentence: Callable[..., Sentence]
) -> None:
    article = write(" ".join([far["text"], *far["later"]]))
    later = tuple(sentence(text, article) for text in far["later"])
    _, hedges = claim_of(sentence(far["text"], article), article, later)
    assert ("unverified" in flags_of(hedges)) is far["doubted"]


def test_a_configured_table_of_speakers_goes_before_the_built_in_one(
    table: Case, write: Callable[..., Article], sentence: Callable[..., Sentence]
) -> None:
    article = write(table.get("body", table["text"]), language=table.get("language", "en"))
    found, _ = claim_of(sentence(table["text"], article), article, (), table_of(table["speakers"]))
    assert (found.source, found.kind) == (table["source"], table["kind"])


def test_a_sentence_is_held_open_by_any_hedge(openness: Case) -> None:
    assert hedged(openness["text"], openness.get("language", "en")) is openness["open"]


def test_a_denial_is_told_from_an_assertion(denial: Case) -> None:
    assert denies(denial["text"], denial.get("language", "en")) is denial["denies"]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=14), st.sampled_from(["en", "uk", "ru", "fr"]))
def test_of_any_text_source_and_cue_are_words_of_it(pieces: list[str], code: str) -> None:
    text = " ".join(pieces)
    article = Article("a", "s", "T", text, language=code)
    found, hedges = claim_of(Sentence("a", 0, len(text), text, 0, 0), article)
    assert found.source in text
    assert found.cue in text
    assert bool(found.source) == (found.kind != "none named")
    assert all(text[h.start : h.end] == h.text for h in hedges)


def test_a_language_without_a_file_makes_no_claims(
    write: Callable[..., Article], sentence: Callable[..., Sentence]
) -> None:
    article = write("Il sindaco ha detto che il ponte era chiuso.", language="it")
    found, hedges = claim_of(sentence(article.text, article), article)
    assert (found.source, found.kind, hedges) == ("", "none named", ())


@pytest.mark.parametrize("text", ["", " ", '"', "said", "according to"])
def test_a_text_without_words_to_speak_of_names_nobody(text: str, write: Callable[..., Article]) -> None:
    found, _ = claim_of(Sentence("a", 0, len(text), text, 0, 0), write(text))
    assert found.source == ""

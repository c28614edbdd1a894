"""One side says it, the other denies it: side by side, or not at all."""

from __future__ import annotations

from briefing.model import Claim, Statement
from briefing.refine.disputes import disputes

TAKEN = Statement(
    "General Andrei Lunyov said on Wednesday that his forces had taken the town of Verkhnia Lypa.",
    "a", 0, 91, Claim("General Andrei Lunyov", "said", "Russian official"),
)  # fmt: skip
DENIED = Statement(
    "Major Oksana Hnatiuk denied that the town of Verkhnia Lypa had been taken by Russian forces.",
    "b", 0, 92, Claim("Major Oksana Hnatiuk", "denied", "Ukrainian official"),
)  # fmt: skip
ELSEWHERE = Statement(
    "The ambassador in Vienna denied that a list of prisoners had been exchanged with the Swiss.",
    "c", 0, 91, Claim("The ambassador in Vienna", "denied", "Ukrainian official"),
)  # fmt: skip


def of(*statements: Statement) -> list[tuple[Statement, Statement]]:
    return [d.sides for d in disputes("s", [(s, "en") for s in statements])]


def test_a_claim_and_its_denial_stand_side_by_side_the_claim_first() -> None:
    assert of(TAKEN, DENIED) == [(TAKEN, DENIED)] == of(DENIED, TAKEN)


def test_two_unrelated_statements_are_no_dispute() -> None:
    assert of(TAKEN, ELSEWHERE) == []


def test_two_claims_are_no_dispute_and_two_denials_are_none() -> None:
    assert of(TAKEN, TAKEN) == []
    assert of(DENIED, ELSEWHERE) == []


def test_one_side_disputes_nothing_with_itself() -> None:
    same = Statement(DENIED.text, "b", 0, 92, Claim("Moscow", "denied", "Russian official"))
    assert of(TAKEN, same) == []


def test_nobody_disputes_with_a_speaker_who_is_not_named() -> None:
    unnamed = Statement(TAKEN.text, "a", 0, 91, Claim())
    assert of(unnamed, DENIED) == []


def test_statements_in_two_languages_are_not_compared() -> None:
    assert disputes("s", [(TAKEN, "en"), (DENIED, "uk")]) == []


def test_of_many_pairs_a_story_shows_few() -> None:
    second = Statement(TAKEN.text, "d", 0, 91, TAKEN.claim)
    assert len(of(TAKEN, second, DENIED)) == 1

"""Which lines tell what was before the edition: they open no story."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model import Article, Reading
from briefing.refine.bygone import is_background
from briefing.refine.desk import Desk
from briefing.refine.summarise import BACKGROUND, candidates

SINCE = date(2026, 3, 12)


def test_a_line_s_own_time_makes_it_background(line: dict[str, Any]) -> None:
    assert is_background(line["text"], line.get("language", "en"), SINCE) is line["is_background"]


@given(st.text(max_size=80), st.sampled_from(["en", "uk", "ru", "xx"]), st.dates())
def test_whatever_the_text_and_the_day_it_answers(text: str, code: str, since: date) -> None:
    assert is_background(text, code, since) in (True, False)


@pytest.mark.parametrize(("since", "flagged"), [(SINCE, True), (date(2025, 1, 12), False), (None, False)])
def test_a_candidate_of_before_the_window_is_flagged(
    since: date | None, flagged: bool, write: Callable[..., Article], read: Callable[[Article], Reading]
) -> None:
    reading = read(write("In May 2025 Roman Hlushko sold nine ferries from Vilkhova to Riga."))
    (line,) = candidates(reading, reading.sentences, desk=Desk(since))
    assert (BACKGROUND in line.flags) is flagged

"""What is usual of a source, and when it is silent: cases by hand, and what holds of all counts."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.pipeline.habit import DAYS, habit

CASES = tomllib.loads((Path(__file__).parent / "cases" / "habits.toml").read_text(encoding="utf-8"))["case"]
counts = st.dictionaries(st.integers(0, 60), st.integers(0, 200), max_size=60)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_silence(case: dict[str, Any]) -> None:
    found = habit(dict(enumerate(case["days"])))
    assert ("unknown" if found.usual is None else found.usual, found.silent) == (
        case["usual"],
        case["silent"],
    )
    assert found.lately == (case["days"] or [0])[0]


@given(counts)
def test_more_articles_make_nobody_silent(days: dict[int, int]) -> None:
    before, after = habit(days), habit({**days, 0: days.get(0, 0) + 10_000})
    assert not after.silent
    assert before.usual is None or before.usual >= 0


@given(counts, st.dictionaries(st.integers(200, 300), st.integers(1, 200), max_size=5))
def test_what_was_long_ago_decides_nothing(days: dict[int, int], old: dict[int, int]) -> None:
    filled = {day: count for day, count in days.items() if count}
    if filled and max(filled) - max(min(filled), 1) >= DAYS:
        assert habit(days | old) == habit(days)

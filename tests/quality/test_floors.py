"""Floors: which rows fall under them, and that raising never lowers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from measure.floors import Floors, is_under, raised
from measure.model import Metric, Row

F1 = Metric("F1")
CRASHES = Metric("crashes", slack=0, lower=True, count=True)
TOLD = Metric("stories", slack=None, count=True)
SCORES = st.floats(0, 1, allow_nan=False)


@pytest.mark.parametrize(
    ("metric", "score", "floor", "under"),
    [
        (F1, 0.8, 0.8, False),
        (F1, 0.7999, 0.8, True),
        (F1, 0.1, None, False),
        (F1, None, 0.8, True),
        (F1, None, None, False),
        (CRASHES, 0.0, 0.0, False),
        (CRASHES, 1.0, 0.0, True),
    ],
)
def test_under(metric: Metric, score: float | None, floor: float | None, under: bool) -> None:
    assert is_under(Row("a/b", metric, score), floor) is under


@given(st.lists(SCORES, min_size=1), st.sampled_from([F1, CRASHES]))
def test_raising_never_lowers_and_the_best_run_holds(scores: list[float], metric: Metric) -> None:
    floors, seen = Floors(), []
    for score in scores:
        row = Row("a/b", metric, score)
        floors = raised(floors, [row], "whole")
        floor = floors.of(row, "whole")
        assert floor is not None
        assert not is_under(row, floor) or len(scores) > 1
        seen.append(floor)
    assert seen == sorted(seen, reverse=metric.lower)
    best = min(scores) if metric.lower else max(scores)
    assert not is_under(Row("a/b", metric, best), seen[-1])


def test_lowering_needs_a_reason_and_keeps_it() -> None:
    good, bad = Row("a/b", F1, 0.9), Row("a/b", F1, 0.5)
    floors = raised(Floors(), [good], "whole")
    assert raised(floors, [bad], "whole") == floors
    lowered = raised(floors, [bad], "whole", "the gold was mended")
    assert lowered.of(bad, "whole") == 0.493
    assert lowered.lowered == (
        {"part": "whole", "set": "a/b", "metric": "F1", "from": 0.893, "to": 0.493}
        | {"reason": "the gold was mended"},
    )


def test_what_is_only_told_and_what_was_not_had_get_no_floor() -> None:
    rows = [Row("a/b", TOLD, 9.0), Row("a/b", F1, None, "the program failed")]
    assert raised(Floors(), rows, "whole") == Floors()


def test_whole_and_slice_are_apart() -> None:
    row = Row("a/b", F1, 0.9)
    floors = raised(Floors(), [row], "slice")
    assert floors.of(row, "whole") is None
    assert raised(floors, [replace(row, score=0.5)], "whole").of(row, "slice") == 0.893

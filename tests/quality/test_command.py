"""script/quality on an invented folder: the table, what is passed over, and the exits."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pytest


class Done(Protocol):
    """One call of the command."""

    returncode: int
    stdout: str
    stderr: str


Quality = Callable[..., Done]
FloorsFile = Callable[[dict[str, dict[str, float]]], Path]
HEADER = ["set", "metric", "score", "baseline", "floor", ""]


def cells(output: str) -> list[list[str]]:
    """The rows of the table, without its head and rule."""
    lines = [[c.strip() for c in line.split("|")[1:-1]] for line in output.splitlines()]
    assert lines[0] == HEADER
    return lines[2:]


def test_one_table_with_what_is_there_and_a_line_for_what_is_not(data: Path, quality: Quality) -> None:
    done = quality(data)
    assert done.returncode == 0, done.stderr
    theme, *hedges = cells(done.stdout)
    assert theme[:2] == ["themes/sentences", "macro-F1"]
    assert float(theme[2]) > 0.6
    assert theme[3:] == ["-", "-", ""]
    assert {row[0] for row in hedges} == {"hedges/wikipedia"}
    assert "passed over: feeds/files (feeds/index.jsonl" in done.stderr
    assert "passed over: timelines/days (timelines/daily_tasks.jsonl" in done.stderr


BASELINES = """
import json, sys
from pathlib import Path
for name, labels in {"lexicon": "none none none", "crossed": "none none battlefield"}.items():
    rows = [{"id": i, "label": label} for i, label in zip(("a-s0", "a-s1", "b-s0"), labels.split())]
    Path(sys.argv[1], f"themes-sentences-{name}.jsonl").write_text("\\n".join(map(json.dumps, rows)))
"""


def test_simple_methods_are_measured_in_the_same_run_and_the_best_stands_beside(
    data: Path, quality: Quality
) -> None:
    (data / "score/baselines.py").write_text(BASELINES)
    done = quality(data)
    assert cells(done.stdout)[0][3] == "0.333 word lists"
    assert "baselines" not in done.stderr


@pytest.mark.parametrize(
    ("program", "told"),
    [
        (None, "no baselines: score/baselines.py is not there"),
        ("raise SystemExit('no such library')", "not all baselines could be made: score/baselines.py failed"),
    ],
)
def test_without_simple_methods_the_program_is_measured_alone(
    program: str | None, told: str, data: Path, quality: Quality
) -> None:
    if program:
        (data / "score/baselines.py").write_text(program)
    done = quality(data)
    assert cells(done.stdout)[0][3] == "-"
    assert told in done.stderr


def test_a_scorer_that_fails_is_a_row_that_says_so(data: Path, quality: Quality) -> None:
    done = quality(data, "--only", "hedges")
    assert done.returncode == 0
    assert cells(done.stdout)[0][2:] == ["-", "-", "-", "score/hedges.py failed: the gold is gone"]


def test_a_figure_that_the_scorer_does_not_print_is_a_row_that_says_so(data: Path, quality: Quality) -> None:
    (data / "score/themes.py").write_text("print('all is well')")
    done = quality(data, "--only", "themes")
    assert cells(done.stdout)[0][-1] == "no such figure was given"


def test_items_that_the_program_cannot_take_are_a_row_too(data: Path, quality: Quality) -> None:
    (data / "themes/sentences.jsonl").write_text('{"id": "x"}\n')
    done = quality(data, "--only", "themes")
    assert cells(done.stdout)[0][-1].startswith("the program failed: KeyError")


@pytest.mark.parametrize(("floor", "code", "verdict"), [(0.5, 0, "ok"), (1.1, 1, "UNDER")])
def test_a_figure_under_its_floor_fails(
    floor: float, code: int, verdict: str, *, data: Path, quality: Quality, floors_file: FloorsFile
) -> None:
    floors = floors_file({"themes/sentences": {"macro-F1": floor}})
    done = quality(data, "--only", "themes", "--floors", floors)
    assert done.returncode == code
    assert cells(done.stdout)[0][4:] == [f"{floor:.3f}", verdict]


def test_a_figure_that_could_not_be_had_is_under_its_floor(
    data: Path, quality: Quality, floors_file: FloorsFile
) -> None:
    done = quality(data, "--only", "hedges", "--floors", floors_file({"hedges/wikipedia": {"F1": 0.1}}))
    assert done.returncode == 1
    assert cells(done.stdout)[0][-1].startswith("UNDER: score/hedges.py failed")


def test_floors_are_raised_a_little_under_what_was_reached_and_hold_then(
    data: Path, quality: Quality, tmp_path: Path
) -> None:
    floors = tmp_path / "new.json"
    first = quality(data, "--only", "themes", "--floors", floors, "--raise-floors")
    assert first.returncode == 0, first.stderr
    written = json.loads(floors.read_text())
    assert written["counts"] == {"hedges/wikipedia.jsonl": 1, "themes/sentences.jsonl": 3}
    score = float(cells(first.stdout)[0][2])
    assert score - 0.01 < written["whole"]["themes/sentences"]["macro-F1"] < score
    assert cells(quality(data, "--only", "themes", "--floors", floors).stdout)[0][-1] == "ok"


def test_floors_of_one_folder_are_not_raised_on_another(data: Path, quality: Quality, tmp_path: Path) -> None:
    floors = tmp_path / "floors.json"
    before = '{"counts": {"themes/sentences.jsonl": 4}, "whole": {}, "slice": {}}'
    floors.write_text(before)
    done = quality(data, "--floors", floors, "--raise-floors")
    assert done.returncode == 2
    assert "another folder" in done.stderr
    assert floors.read_text() == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nowhere",), "nowhere is no folder"),
        ((".",), "has no folder score/"),
        (("data", "--only", "temes"), "no set temes; known: attribution"),
        (("data", "--floors", "data/score/themes.py"), "is no floors file"),
    ],
)
def test_a_wrong_call_is_told_and_exits_with_2(
    arguments: tuple[str, ...], message: str, data: Path, quality: Quality
) -> None:
    done = quality(*arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert not done.stdout


def test_the_slice_scores_predictions_against_the_same_items(data: Path, quality: Quality) -> None:
    done = quality(data, "--only", "themes", "--slice")
    assert done.returncode == 0, done.stderr
    assert float(cells(done.stdout)[0][2]) > 0.6


def test_predictions_are_kept_where_asked_for_and_nothing_is_left_in_the_data(
    data: Path, quality: Quality, tmp_path: Path
) -> None:
    before = sorted(data.rglob("*"))
    quality(data, "--only", "themes", "--out", tmp_path / "out")
    rows = [json.loads(r) for r in (tmp_path / "out/themes-sentences.jsonl").read_text().splitlines()]
    assert [r["id"] for r in rows] == ["a-s0", "a-s1", "b-s0"]
    assert rows[2]["label"] == "none"
    assert sorted(data.rglob("*")) == before


def test_the_same_folder_gives_the_same_table(data: Path, quality: Quality) -> None:
    assert quality(data).stdout == quality(data).stdout

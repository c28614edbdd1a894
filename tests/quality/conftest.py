"""A small folder of evaluation data, all of it invented, and the command that measures it."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

SCRIPTS = str(Path(__file__).parents[2] / "script")
sys.path.insert(0, SCRIPTS)

Items = list[dict[str, Any]]

SENTENCES: Items = [
    {"id": "a-s0", "title": "", "prev": "", "next": None, "labels": ["battlefield", "battlefield"],
     "sentence": "Artillery shelled the trenches and the brigade lost two tanks at the front line."},
    {"id": "a-s1", "title": "Ministers meet", "prev": "It was cold.", "next": "", "labels": ["diplomacy"] * 2,
     "sentence": "The foreign ministers signed the treaty after talks on sanctions at the summit."},
    {"id": "b-s0", "title": "", "prev": "", "next": "", "labels": ["none", "none"],
     "sentence": "The orchestra played until ten."},
]  # fmt: skip
HEDGES: Items = [{"id": 0, "text": "The well was dug in spring.", "uncertain": False}]

THEMES_SCORER = """
import json, sys
from pathlib import Path
gold = [json.loads(r) for r in open(Path(__file__).resolve().parents[1] / "themes/sentences.jsonl")]
said = {r["id"]: r["label"] for r in map(json.loads, open(sys.argv[2]))}
right = sum(said[g["id"]] in g["labels"] for g in gold)
print(f"items {len(gold)}")
print(f"accuracy {right / len(gold):.4f} macro-F1 {right / len(gold):.4f}")
"""
BROKEN_SCORER = "raise SystemExit('the gold is gone')"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Two sets of the layout, one with a scorer that fails; all other sets are missing."""
    folder = tmp_path / "data"
    _write(folder / "themes/sentences.jsonl", SENTENCES)
    _write(folder / "hedges/wikipedia.jsonl", HEDGES)
    (folder / "score").mkdir()
    (folder / "score/themes.py").write_text(THEMES_SCORER)
    (folder / "score/hedges.py").write_text(BROKEN_SCORER)
    return folder


@dataclass(frozen=True)
class Done:
    """One call of the command."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def quality(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Done]:
    """script/quality without its set-up, called in a folder where no data lie."""
    from measure.__main__ import main

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", SCRIPTS, prepend=os.pathsep)  # of the processes that it starts

    def run(*arguments: object) -> Done:
        code = main([str(a) for a in arguments])
        return Done(code, *capsys.readouterr())

    return run


@pytest.fixture
def floors_file(tmp_path: Path) -> Callable[[dict[str, dict[str, float]]], Path]:
    """A floors file with floors of the whole, for whatever folder."""

    def write(whole: dict[str, dict[str, float]]) -> Path:
        path = tmp_path / "floors.json"
        path.write_text(json.dumps({"counts": {}, "whole": whole, "slice": {}, "lowered": []}))
        return path

    return write


def _write(path: Path, rows: Items) -> None:
    path.parent.mkdir(parents=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))

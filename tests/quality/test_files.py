"""What is written down beside the measuring code: themes, baselines, floors."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from measure.baselines import FILE, methods
from measure.floors import load
from measure.sets import SETS
from measure.themes import configured

FLOORS = Path(__file__).parent / "floors.json"
METRICS = {(s.name, m.name) for s in SETS for m in s.metrics}


@pytest.mark.parametrize(("name", "number"), [("bbc", 5), ("reliefweb", 19)])
def test_foreign_themes_have_a_title_and_at_most_fifteen_words(name: str, number: int) -> None:
    themes = configured(name)
    assert len({t.key for t in themes}) == number
    assert all(t.title and len(t.words) <= 15 for t in themes)


def test_every_simple_method_is_of_a_set_that_exists() -> None:
    assert set(tomllib.loads(FILE.read_text(encoding="utf-8"))) <= {s.name for s in SETS}
    assert methods(next(s for s in SETS if s.name == "sentences/uk")) == (
        ("sentences-uk-regex", "expression"),
        ("sentences-uk-pysbd", "pySBD"),
    )


def test_floors_are_of_metrics_that_exist() -> None:
    floors = load(FLOORS)
    held = {(name, m) for part in (floors.whole, floors.slice) for name, ms in part.items() for m in ms}
    assert held <= METRICS


def test_names_of_sets_and_metrics_are_unique() -> None:
    assert len({s.name for s in SETS}) == len(SETS)
    assert all(len({m.name for m in s.metrics}) == len(s.metrics) for s in SETS)

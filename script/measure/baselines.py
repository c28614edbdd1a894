"""What simple methods reach on the same files, from baselines.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

FILE = Path(__file__).parent / "baselines.toml"


def baselines() -> Mapping[tuple[str, str], str]:
    """(set, metric) -> score and method, as the table prints them."""
    found = tomllib.loads(FILE.read_text(encoding="utf-8"))["baselines"]
    return {
        (name, metric): f"{_share(entry['score'])} {entry['by']}"
        for name, metrics in found.items()
        for metric, entry in metrics.items()
    }


def _share(score: str) -> str:
    """The figure in the form of the scores beside it; "3 of 4" is a share."""
    right, _, number = score.partition(" of ")
    return f"{int(right) / int(number):.3f}" if number else f"{float(score):.3f}" if "." in score else score

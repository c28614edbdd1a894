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
        (name, metric): f"{entry['score']} {entry['by']}"
        for name, metrics in found.items()
        for metric, entry in metrics.items()
    }

"""The data folder's scorers, as programs of their own; figures are read out of what they print."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from measure.model import Metric

LONGEST = 600  # seconds


class ScorerError(Exception):
    """A scorer that did not come to its end; the message is the last line it wrote."""


def write(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Predictions as JSON lines."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def printed(folder: Path, scorer: tuple[str, ...], predictions: Path, against: Path | None = None) -> str:
    """What a scorer prints about some predictions, also against others; ScorerError where it fails."""
    other = ("--against", str(against.resolve())) if against else ()
    return finished(folder, (*scorer, str(predictions.resolve()), *other), predictions.resolve().parent)


def finished(folder: Path, command: tuple[str, ...], where: Path, longest: int = LONGEST) -> str:
    """What a program of score/ prints, called with its arguments in `where`; ScorerError where it fails."""
    name, *arguments = command
    # Scorers look for their gold in the current folder first, so they run where there is none. The data
    # folder may be read-only or somebody else's: no compiled files are left there.
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONIOENCODING": "utf-8"}
    try:
        done = subprocess.run(  # noqa: S603  # the folder that the person at the keyboard named
            [sys.executable, str((folder / "score" / name).resolve()), *arguments],
            cwd=where,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            timeout=longest,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ScorerError(f"score/{name} did not end within {longest} s") from None
    if done.returncode:
        raise ScorerError(f"score/{name} failed: {_last_line(done.stderr or done.stdout)}")
    return done.stdout


def figure(metric: Metric, text: str) -> float | None:
    """A metric's figure in what a scorer printed; None where it is not there. "a of b" is a share."""
    found = re.search(metric.pattern, text, re.MULTILINE)
    if not found:
        return None
    values = [float(group) for group in found.groups()]
    if len(values) == 1:
        return values[0]
    return values[0] / values[1] if values[1] else None


def _last_line(text: str) -> str:
    return text.strip().rsplit("\n", 1)[-1] or "it said nothing"

"""What simple methods reach on the same files, made in the same run by score/baselines.py of the folder."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from measure.model import Metric, Set
from measure.scorer import ScorerError, figure, finished, printed

FILE = Path(__file__).parent / "baselines.toml"
PROGRAM = "baselines.py"
LONGEST = 1500  # seconds: all sets, the greedy oracles of the digests among them

Marks = Mapping[str, str]  # metric -> score and method, as the table prints them


def made(folder: Path, out: Path) -> str:
    """Have every baseline's predictions written to `out`; "", or why some of them are not there."""
    out.mkdir(parents=True, exist_ok=True)
    if not (folder / "score" / PROGRAM).is_file():
        return f"no baselines: score/{PROGRAM} is not there"
    try:
        finished(folder, (PROGRAM, str(out.resolve())), out, LONGEST)
    except ScorerError as error:
        return f"not all baselines could be made: {error}"
    return ""


def marks(chosen: Set, folder: Path, made_in: Path) -> Marks:
    """The best baseline of a set for each metric that its scorer prints and that a floor can hold."""
    texts = {
        method: printed(folder, chosen.scorer, predictions)
        for name, method in methods(chosen)
        if (predictions := made_in / f"{name}.jsonl").is_file()
    }
    found = {}
    for metric in chosen.metrics:
        if metric.pattern and metric.slack is not None and not metric.paired:
            scores = {method: figure(metric, text) for method, text in texts.items()}
            found[metric.name] = _best(metric, {m: s for m, s in scores.items() if s is not None})
    return {name: mark for name, mark in found.items() if mark}


def methods(chosen: Set) -> Sequence[tuple[str, str]]:
    """(name of the predictions, name in the table) of a set's baselines."""
    return tuple(tomllib.loads(FILE.read_text(encoding="utf-8")).get(chosen.name, {}).items())


def _best(metric: Metric, scores: Mapping[str, float]) -> str:
    if not scores:
        return ""
    best = (min if metric.lower else max)(scores.values())
    by = ", ".join(method for method, score in scores.items() if score == best)
    return f"{best:.0f} {by}" if metric.count else f"{best:.3f} {by}"

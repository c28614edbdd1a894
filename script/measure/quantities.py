"""quantities: numbers in reports, with what limits them ("at least") and what they count."""

from __future__ import annotations

from typing import Any

from briefing.refine import figures
from measure.data import items
from measure.model import Found, Metric, NotAskedError, Set, Task


def excerpts(task: Task) -> Found:
    """Every number, whether a word near by explains it or not."""
    numbers: Any = getattr(figures, "numbers", None)
    if numbers is None:
        raise NotAskedError("briefing.refine.figures has no function numbers(text, code)")
    rows = items(task.folder / "quantities/humset.jsonl")
    return Found([{"id": r["id"], "quantities": [_span(q) for q in numbers(r["text"], "en")]} for r in rows])


def _span(quantity: Any) -> dict[str, Any]:
    begin, end = quantity.number
    return {"begin": begin, "end": end, "modifier": quantity.modifier, "unit": quantity.unit}


SETS = (
    Set(
        "quantities/humset",
        ("quantities/humset.jsonl",),
        excerpts,
        (
            Metric("exact F1", r"^exact span: .*F1 ([\d.]+)"),
            Metric("overlap F1", r"^overlap: .*F1 ([\d.]+)"),
            Metric("modifiers found", r"^modifier: found (\d+) of (\d+)"),
            Metric("units found", r"^unit: found (\d+) of (\d+)"),
        ),
        ("quantities.py",),
    ),
)

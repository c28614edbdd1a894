"""hedges: sentences that hold something open. Encyclopedia, not news: a rough guide."""

from __future__ import annotations

from briefing.refine.claims import hedged
from measure.data import items
from measure.model import Found, Metric, Set, Task


def encyclopedia(task: Task) -> Found:
    """A sentence is uncertain where any of its words holds it open."""
    rows = items(task.folder / "hedges/wikipedia.jsonl")
    return Found([{"id": row["id"], "uncertain": hedged(row["text"], "en")} for row in rows])


SETS = (
    Set(
        "hedges/wikipedia",
        ("hedges/wikipedia.jsonl",),
        encyclopedia,
        (
            Metric("F1", r"^uncertain: .*F1 ([\d.]+)"),
            Metric("precision", r"^uncertain: precision ([\d.]+)", slack=None),
        ),
        ("hedges.py",),
    ),
)

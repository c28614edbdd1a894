"""hedges: sentences that hold something open. Encyclopedia, not news: a rough guide."""

from __future__ import annotations

from briefing.refine.claims import claim
from measure.data import items, of_sentences
from measure.model import Found, Metric, Set, Task


def encyclopedia(task: Task) -> Found:
    """A sentence is uncertain where its claim carries a flag."""
    rows = []
    for row in items(task.folder / "hedges/wikipedia.jsonl"):
        reading = of_sentences(row["id"], [row["text"]])
        _, flags = claim(reading.sentences[0], reading.article)
        rows.append({"id": row["id"], "uncertain": bool(flags)})
    return Found(rows)


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

"""attribution: which sentences tell what somebody said, and which words name that person."""

from __future__ import annotations

from typing import Any

from briefing.refine.claims.attribution import attributions, is_attributed
from measure.data import Item, items
from measure.model import Found, Metric, Set, Task


def articles(task: Task) -> Found:
    """Each sentence as the data cut it; where it is quoted or has a cue, all of it is attributed."""
    rows = items(task.folder / "attribution/dev.jsonl")
    return Found([{"id": row["id"], "attributions": _attributions(row)} for row in rows])


def _attributions(row: Item) -> list[dict[str, Any]]:
    text = row["text"]  # as it is: the offsets of the data are offsets into it
    found: list[dict[str, Any]] = []
    for start, end in row["sentences"]:
        if not is_attributed(text, start, end, "en"):
            continue
        sources = [a.source for a in attributions(text, start, end, "en") if a.source]
        found.append({"source": [[s.start, s.end] for s in sources] or None, "content": [start, end]})
    return found


SETS = (
    Set(
        "attribution/dev",
        ("attribution/dev.jsonl",),
        articles,
        (
            Metric("sentence F1", r"^attributed sentence: .*F1 ([\d.]+)"),
            Metric("sentence precision", r"^attributed sentence: precision ([\d.]+)"),
            Metric("source word F1", r"^source token: .*F1 ([\d.]+)"),
        ),
        ("attribution.py", "dev"),
    ),
)

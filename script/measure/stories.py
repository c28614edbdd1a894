"""stories: documents grouped by the event they report, and how alike two articles are."""

from __future__ import annotations

from collections import Counter

from briefing.refine import stories
from measure.data import article, items, never_empty, read_through
from measure.model import Found, Metric, Set, Task


def events(task: Task) -> Found:
    """All documents at once; a document belongs to the story that has most of its sentences."""
    documents = items(task.folder / "stories/ecb.jsonl")
    share: dict[str, Counter[str]] = {}
    for story in stories.group([read_through(article(d["id"], d["text"])) for d in documents]):
        for passage in story.passages:
            share.setdefault(passage.article, Counter())[story.id] += len(passage.sentences)
    return Found([{"id": key, "story": count.most_common(1)[0][0]} for key, count in share.items()])


def pairs(task: Task) -> Found:
    """The likeness of the two articles of each pair, words weighed over all articles of the set."""
    rows = items(task.folder / "stories/pairs.jsonl")
    readings = [never_empty(article(f"{r['id']}/{n}", r[f"text{n}"])) for r in rows for n in (1, 2)]
    alike = stories.similarity(readings)
    return Found([{"id": r["id"], "score": float(alike[2 * i, 2 * i + 1])} for i, r in enumerate(rows)])


SETS = (
    Set(
        "stories/ecb",
        ("stories/ecb.jsonl",),
        events,
        (
            Metric("B-cubed F1", r"B-cubed .*F1 ([\d.]+)"),
            Metric("precision", r"B-cubed precision ([\d.]+)", slack=None),
            Metric("recall", r"B-cubed .*recall ([\d.]+)", slack=None),
        ),
        ("stories.py", "ecb"),
        seconds=15,
    ),
    Set(
        "stories/pairs",
        ("stories/pairs.jsonl",),
        pairs,
        (
            Metric("AUC", r"AUC ([\d.]+)"),
            Metric("average precision", r"average precision ([\d.]+)"),
            Metric("Pearson", r"Pearson (-?[\d.]+)"),
        ),
        ("stories.py", "pairs"),
    ),
)

"""copies: texts that were copied from each other, and texts that were not."""

from __future__ import annotations

import numpy as np

from briefing.refine.dedupe import COPY, containment
from measure.data import article, items, never_empty, read_through
from measure.model import Found, Metric, Set, Task


def answers(task: Task) -> Found:
    """Pairs of short answers, from written independently to nearly copied."""
    rows = []
    for pair in items(task.folder / "near-duplicates/clough.jsonl"):
        texts = [never_empty(article(side, pair[side])) for side in ("a", "b")]
        share = float(containment([[s.text for s in r.sentences] for r in texts])[0, 1])
        rows.append({"id": pair["id"], "duplicate": share >= COPY, "score": share})
    return Found(rows)


def news(task: Task) -> Found:
    """Every pair of all articles of the war that the program would call copies."""
    rows = items(task.folder / "ukraine-news/articles.jsonl")
    readings = [read_through(article(r["id"], r["text"], r["title"])) for r in rows]
    share = containment([[s.text for s in r.sentences] for r in readings])
    found = np.argwhere(np.triu(share >= COPY, k=1))
    return Found([{"a": rows[i]["id"], "b": rows[j]["id"]} for i, j in found])


SETS = (
    Set(
        "near-duplicates/clough",
        ("near-duplicates/clough.jsonl",),
        answers,
        (Metric("F1", r"^duplicate: .*F1 ([\d.]+)"), Metric("AUC", r"AUC ([\d.]+)")),
        ("near_duplicates.py", "clough"),
    ),
    Set(
        "near-duplicates/news",
        ("ukraine-news/articles.jsonl", "near-duplicates/ukraine-news-pairs.jsonl"),
        news,
        (
            Metric("found, Jaccard from .8", r"Jaccard 0\.8 to 1: found (\d+) of (\d+)", slack=0),
            Metric("found, Jaccard .5 to .8", r"Jaccard 0\.5 to 0\.8: found (\d+) of (\d+)", slack=0),
            Metric("found, Jaccard .3 to .5", r"Jaccard 0\.3 to 0\.5: found (\d+) of (\d+)", slack=None),
            Metric("pairs off the list", r"not on the list (\d+)", slack=0, lower=True, count=True),
        ),
        ("near_duplicates.py", "news"),
        seconds=90,
        every=None,
    ),
)

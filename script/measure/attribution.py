"""attribution: which sentences tell what somebody said, and which words name that person."""

from __future__ import annotations

from typing import Any

from briefing.model import Article, Sentence
from briefing.refine.claims import claim
from measure.data import Item, items
from measure.model import Found, Metric, Set, Task


def articles(task: Task) -> Found:
    """Each sentence as the data cut it; where its claim has a cue or a source, all of it is attributed."""
    rows = items(task.folder / "attribution/dev.jsonl")
    return Found([{"id": row["id"], "attributions": _attributions(row)} for row in rows])


def _attributions(row: Item) -> list[dict[str, Any]]:
    text = row["text"]  # as it is: the offsets of the data are offsets into it
    article = Article(row["id"], "evaluation", "", text)
    found = []
    for index, (start, end) in enumerate(row["sentences"]):
        sentence = Sentence(article.id, start, end, text[start:end], 0, index)
        after = row["sentences"][index + 1 : index + 2]
        said, _ = claim(sentence, article, text[after[0][0] : after[0][1]] if after else "")
        if not (said.cue or said.source):
            continue
        at = sentence.text.find(said.source) if said.source else -1
        source = [start + at, start + at + len(said.source)] if at >= 0 else None
        found.append({"source": source, "content": [start, end]})
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

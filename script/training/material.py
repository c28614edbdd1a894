"""What the model is made of: the news of a folder, read, and the labels that are about it."""

from __future__ import annotations

from pathlib import Path

from measure.data import article, items, read_through

from training.labels import NEWS, RESERVED, Label, labels
from training.weeks import News, week


def material(folder: Path) -> tuple[News, list[Label], int]:
    """The articles that may teach, by id, the labels about them, and how many labels found no sentence."""
    rows = sorted(items(folder / NEWS), key=lambda row: str(row["id"]))
    news = {
        row["id"]: (week(row["date"]), read_through(article(row["id"], row["text"], row["title"])))
        for row in rows
        if row["outlet"] not in RESERVED
    }
    return news, *labels(news)

"""weeks: the default themes on weeks of which the model saw nothing, not even unlabelled texts.

The model that ships was taught on articles of the same weeks as the sets of `themes`, though on none of
their articles. Here each item is filed by a model of the other folds of weeks (training.weeks); a folder
of other weeks has none of the labelled articles, and is measured with the model that ships alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from training.material import material
from training.weeks import FOLDS, fold, week, without

from briefing.refine.themes.trained import Model
from measure.data import Item, items
from measure.model import Found, Metric, NotAskedError, Set, Task
from measure.themes import MACRO, label_of_article, label_of_sentence

SENTENCES, ARTICLES = "themes/sentences.jsonl", "themes/articles.jsonl"
LABELS = ("battlefield", "humanitarian", "diplomacy", "none")


def other_weeks(task: Task) -> Found:
    """Sentences for the scorer, articles by the same rule; NotAskedError where nothing labelled is there."""
    news, labels, _ = material(task.folder)
    if not labels:
        raise NotAskedError("none of the articles that the model was taught on is there")
    models = {n: without(n, labels, news) for n in range(FOLDS)}
    rows = [
        {"id": row["id"], "label": label_of_sentence(row, _unseen(models, row))}
        for row in items(task.folder / SENTENCES)
    ]
    return Found(rows, {"articles, macro-F1": _of_articles(task.folder, models)})


def _unseen(models: Mapping[int, Model], row: Item) -> Model:
    return models[fold(week(row["date"]))]


def _of_articles(folder: Path, models: Mapping[int, Model]) -> float:
    """Macro-F1 as score/themes.py has it: a label that either labeller gave is right."""
    from sklearn.metrics import f1_score

    rows = items(folder / ARTICLES)
    said = [label_of_article(row, _unseen(models, row)) for row in rows]
    true = [s if s in row["labels"] else row["labels"][0] for s, row in zip(said, rows, strict=True)]
    return float(f1_score(true, said, labels=LABELS, average="macro", zero_division=0))


SETS = (
    Set(
        "themes/weeks",
        (SENTENCES, ARTICLES, "ukraine-news/articles.jsonl"),
        other_weeks,
        (Metric("sentences, macro-F1", MACRO.pattern), Metric("articles, macro-F1")),
        ("themes.py", "sentences"),
        seconds=150,
        every=None,
    ),
)

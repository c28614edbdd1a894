"""What the model is worth on other weeks: each week's texts are filed by a model that saw none of that week.

The events of a week are told in many articles; a model that learned from some of them knows names that
the others have. So labels and sentences of one ISO week stay on one side, word vectors included.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence

from briefing.language import stems
from briefing.model import Reading
from briefing.refine.themes.trained import Model, parse
from training.fit import fit, written
from training.labels import Label
from training.vectors import vectors

FOLDS = 5

News = Mapping[str, tuple[str, Reading]]  # week and reading of every article, labelled or not, by its id


def week(date: str) -> str:
    """The ISO year and week of a date."""
    year, number, _ = dt.date.fromisoformat(date).isocalendar()
    return f"{year}-{number:02}"


def fold(week: str) -> int:
    """Which of the folds a week is in: by chance, and always the same."""
    return int(hashlib.sha256(week.encode()).hexdigest(), 16) % FOLDS


def without(left_out: int | None, labels: Sequence[Label], news: News) -> Model:
    """The model of all weeks but those of one fold; with None, the model that ships.

    It comes back as a file holds it, rounded.
    """
    kept = [reading for week, reading in news.values() if fold(week) != left_out]
    sentences = [stems(s.text, reading.article.language) for reading in kept for s in reading.sentences]
    taught = [one for one in labels if fold(one.week) != left_out]
    return parse(written(fit(taught, vectors(sentences))))

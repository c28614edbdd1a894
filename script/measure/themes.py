"""themes: sentences and articles under the default themes, and two foreign sets by configuration alone."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from briefing.config import Settings, Theme, themes_of
from briefing.model import ThemedSentence
from briefing.refine.themes import classify, main_theme
from measure.data import article, items, never_empty, of_sentences, read_through
from measure.model import Found, Metric, Set, Task

CLOSE = 0.5  # of the best theme's evidence: a report may be filed under several themes, if none is far behind
PRIOR = "diplomacy"  # of a political event of which no word is known: most are acts between governments

DEFAULTS = themes_of(Settings())
MACRO = Metric("macro-F1", r"macro-F1 (?:over \d+ themes )?([\d.]+)")


def sentences(task: Task) -> Found:
    """One sentence, between its neighbours and under its title."""
    rows = []
    for row in items(task.folder / "themes/sentences.jsonl"):
        before = [row["prev"]] if row.get("prev") else []
        after = [row["next"]] if row.get("next") else []
        reading = of_sentences(row["id"], [*before, row["sentence"], *after], row.get("title", ""))
        filed = classify(reading, DEFAULTS)[len(before)]
        rows.append({"id": row["id"], "label": filed.theme or "none"})
    return Found(rows)


def articles(task: Task) -> Found:
    """Whole articles: the theme that most of their sentences have, none where that is none."""
    rows = []
    for row in items(task.folder / "themes/articles.jsonl"):
        reading = read_through(article(row["id"], row["text"], row.get("title", "")))
        rows.append({"id": row["id"], "label": theme_of(classify(reading, DEFAULTS)) or "none"})
    return Found(rows)


def theme_of(filed: Sequence[ThemedSentence]) -> str:
    """The main theme of an article, as a story has it; "" where more sentences have none than have that."""
    main = main_theme(filed)
    count = Counter(f.theme for f in filed)
    return main if count[main] > count[""] else ""


def totals(filed: Sequence[ThemedSentence]) -> dict[str, float]:
    """The evidence of all sentences for each theme, in the order of the themes."""
    keys = filed[0].scores if filed else ()
    return {key: sum(f.scores[key] for f in filed) for key in keys}


def plover(task: Task) -> Found:
    """Single sentences that always have one of the three themes."""
    rows = []
    for row in items(task.folder / "themes/plover.jsonl"):
        scores = totals(classify(of_sentences(row["id"], [row["text"]]), DEFAULTS))
        best = max(scores, key=lambda key: scores[key])
        rows.append({"id": row["id"], "label": best if scores[best] else PRIOR})
    return Found(rows)


def bbc(task: Task) -> Found:
    """Articles of general news under five configured themes."""
    themes = configured("bbc")
    rows = []
    for row in items(task.folder / "themes/bbc-topics.jsonl"):
        scores = _scores(row["id"], row["text"], themes)
        rows.append({"id": row["id"], "label": max(scores, key=lambda key: scores[key], default="")})
    return Found(rows)


def reliefweb(task: Task) -> Found:
    """Reports under nineteen configured themes, several a report."""
    themes = configured("reliefweb")
    rows = []
    for row in items(task.folder / "themes/reliefweb.jsonl"):
        scores = _scores(row["id"], row["text"], themes)
        least = CLOSE * max(scores.values(), default=0.0)
        labels = [t.title for t in themes if scores.get(t.key, 0.0) >= least > 0]
        rows.append({"id": row["id"], "labels": labels})
    return Found(rows)


def configured(name: str) -> tuple[Theme, ...]:
    """The themes that were written for a set before anybody read it."""
    written = tomllib.loads((Path(__file__).parent / f"themes-{name}.toml").read_text(encoding="utf-8"))
    return tuple(Theme(**theme) for theme in written["themes"])


def _scores(key: str, text: str, themes: Sequence[Theme]) -> dict[str, float]:
    return totals(classify(never_empty(article(key, text)), themes))


SETS = (
    Set(
        "themes/sentences",
        ("themes/sentences.jsonl",),
        sentences,
        (MACRO,),
        ("themes.py", "sentences"),
    ),
    Set("themes/articles", ("themes/articles.jsonl",), articles, (MACRO,), ("themes.py", "articles"), 8),
    Set("themes/plover", ("themes/plover.jsonl",), plover, (MACRO,), ("themes.py", "plover")),
    Set("themes/bbc", ("themes/bbc-topics.jsonl",), bbc, (MACRO,), ("themes.py", "bbc"), 20, every=5),
    Set("themes/reliefweb", ("themes/reliefweb.jsonl",), reliefweb, (MACRO,), ("themes.py", "reliefweb"), 10),
)

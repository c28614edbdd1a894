"""themes: sentences and articles under the default themes, and two foreign sets by configuration alone."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from briefing.config import Settings, Theme, themes_of
from briefing.model import Reading, ThemedSentence
from briefing.refine.themes import classify, file_night, main_theme
from briefing.refine.themes.trained import Model
from measure.data import Item, article, items, never_empty, of_sentences, read_through
from measure.model import Found, Metric, Set, Task

CLOSE = 0.5  # of the best theme's evidence: a report may be filed under several themes, if none is far behind
PRIOR = "diplomacy"  # of a political event of which no word is known: most are acts between governments

DEFAULTS = themes_of(Settings())
MACRO = Metric("macro-F1", r"macro-F1 (?:over \d+ themes )?([\d.]+)")


def sentences(task: Task) -> Found:
    """One sentence, between its neighbours and under its title."""
    rows = items(task.folder / "themes/sentences.jsonl")
    return Found([{"id": row["id"], "label": label_of_sentence(row)} for row in rows])


def articles(task: Task) -> Found:
    """Whole articles: the theme that most of their sentences have, none where that is none."""
    rows = items(task.folder / "themes/articles.jsonl")
    return Found([{"id": row["id"], "label": label_of_article(row)} for row in rows])


def label_of_sentence(row: Item, known: Model | None = None) -> str:
    """The theme of a set's sentence, by the model that ships or by another."""
    before = [row["prev"]] if row.get("prev") else []
    after = [row["next"]] if row.get("next") else []
    reading = of_sentences(row["id"], [*before, row["sentence"], *after], row.get("title", ""))
    return classify(reading, DEFAULTS, known=known)[len(before)].theme or "none"


def label_of_article(row: Item, known: Model | None = None) -> str:
    """The theme of a set's article, by the model that ships or by another."""
    reading = read_through(article(row["id"], row["text"], row.get("title", "")))
    return theme_of(classify(reading, DEFAULTS, known=known)) or "none"


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
    """Single sentences that always have one of three themes, by configuration alone."""
    rows = items(task.folder / "themes/plover.jsonl")
    themes = configured("plover")
    names = {t.key: t.title.lower() for t in themes}
    found = night([of_sentences(row["id"], [row["text"]]) for row in rows], themes)
    return Found([{"id": key, "label": names.get(first(scores), PRIOR)} for key, scores in found])


def bbc(task: Task) -> Found:
    """Articles of general news under five configured themes."""
    rows = items(task.folder / "themes/bbc-topics.jsonl")
    found = night([never_empty(article(row["id"], row["text"])) for row in rows], configured("bbc"))
    return Found([{"id": key, "label": first(scores)} for key, scores in found])


def reliefweb(task: Task) -> Found:
    """Reports under nineteen configured themes, several a report."""
    themes = configured("reliefweb")
    rows = []
    whole = items(task.folder / "themes/reliefweb.jsonl")
    for key, scores in night([never_empty(article(row["id"], row["text"])) for row in whole], themes):
        least = CLOSE * max(scores.values(), default=0.0)
        labels = [t.title for t in themes if scores.get(t.key, 0.0) >= least > 0]
        rows.append({"id": key, "labels": labels})
    return Found(rows)


def configured(name: str) -> tuple[Theme, ...]:
    """The themes of a file beside this one."""
    written = tomllib.loads(Path(__file__).with_name(f"themes-{name}.toml").read_text("utf-8"))
    return tuple(Theme(**theme) for theme in written["themes"])


def night(readings: Sequence[Reading], themes: Sequence[Theme]) -> list[tuple[str, dict[str, float]]]:
    """The evidence of each text for each theme, all of them taken as one night's articles."""
    filed = file_night(readings, themes)
    return [(r.article.id, totals(filed[r.article.id])) for r in readings]


def first(scores: dict[str, float]) -> str:
    """The theme with most evidence; "" where there is none at all."""
    best = max(scores, key=lambda key: scores[key], default="")
    return best if best and scores[best] else ""


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

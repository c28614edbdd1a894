"""digests: the sentences that the program picks, against what journalists wrote of the same articles."""

from __future__ import annotations

from briefing import summarise
from measure.data import article, items
from measure.model import Found, Metric, Set, Task

DAY = 60  # words of a timeline's entry, as the scorer cuts
CLUSTER = 230  # words of an editor's summary, as the scorer cuts

ROUGE = (
    *(Metric(f"ROUGE-{n}", rf"^rouge{n} F ([\d.]+)") for n in ("1", "2", "Lsum")),
    # Not all where a source holds invisible characters: the normal form of a text leaves them out.
    Metric("word for word", r"word for word in a source: (\d+) of (\d+)"),
    *(
        Metric(f"ROUGE-{n} over lead, at least", rf"^rouge{n} difference .*\(95 % ([+-][\d.]+)", paired=True)
        for n in ("1", "2")
    ),
)


def timelines(task: Task) -> Found:
    """The articles of one day of a long crisis, in sixty words."""
    texts = {a["id"]: a["text"] for a in items(task.folder / "timelines/articles.jsonl")}
    rows = []
    for day in items(task.folder / "timelines/daily_tasks.jsonl"):
        articles = [article(key, texts[key]) for key in day["articles"] if key in texts]
        rows.append({"id": day["id"], "sentences": [s.text for s in summarise(articles, DAY)]})
    return Found(rows)


def clusters(task: Task) -> Found:
    """The articles on one event, with what their pages left between the paragraphs, in 230 words."""
    rows = []
    for cluster in items(task.folder / "multi-news/clusters.jsonl"):
        articles = [article(f"{cluster['id']}/{n}", text) for n, text in enumerate(cluster["documents"])]
        rows.append({"id": cluster["id"], "sentences": [s.text for s in summarise(articles, CLUSTER)]})
    return Found(rows)


SETS = (
    Set(
        "timelines/days",
        ("timelines/daily_tasks.jsonl", "timelines/articles.jsonl"),
        timelines,
        ROUGE,
        ("timelines.py",),
        seconds=120,
        every=10,
        rival="timelines-lead",
    ),
    Set(
        "multi-news/clusters",
        ("multi-news/clusters.jsonl",),
        clusters,
        ROUGE,
        ("multi_news.py",),
        seconds=80,
        every=10,
        rival="multi-news-lead",
    ),
)

"""days: editions of the fullest days of the war. No gold, but an edition can be false or repeat itself."""

from __future__ import annotations

import datetime as dt
import json
import time
from collections.abc import Iterator, Sequence

from briefing.config import Settings, Source, themes_of
from briefing.model import Article, Document, Edition, Figure, Harvest, SourceReport, Statement
from briefing.read import read
from briefing.refine import refine
from briefing.schedule import slot
from measure.data import Item, items
from measure.model import Found, Metric, Set, Task

DAYS = 12  # the fullest ones, as days.md of the folder lists them
FEW_DAYS = 3  # in the slice
HOUR = dt.time(6)  # of the morning after
ALIKE = 0.6  # cosine from which two statements of an edition say the same


def editions(task: Task) -> Found:
    """An edition of each day, alone: no memory, no pages."""
    by_day: dict[str, list[Item]] = {}
    for row in items(task.folder / "ukraine-news/articles.jsonl"):
        by_day.setdefault(row["date"], []).append(row)
    fullest = sorted(by_day, key=lambda day: (-len(by_day[day]), day))[: FEW_DAYS if task.few else DAYS]
    start = time.perf_counter()
    made = [_alone(day, by_day[day]) for day in fullest]
    taken = time.perf_counter() - start
    articles = sum(len(by_day[day]) for day in fullest)
    each = taken / max(articles, 1)
    note = f"ukraine-news/days: {len(made)} editions of {articles} articles, {each:.3f} s an article"
    return Found((), measured(made), notes=(note,))


def _alone(day: str, rows: list[Item]) -> tuple[Edition, dict[str, str]]:
    built, articles = edition(day, rows, Settings())
    return built, {a.id: a.text for a in articles.values()}


def edition(
    day: str, rows: list[Item], settings: Settings, earlier: Sequence[Edition] = ()
) -> tuple[Edition, dict[str, Article]]:
    """The edition of the morning after a day, and its articles by the ids of the set.

    `earlier` has the newest first.
    """
    content = "\n".join(json.dumps(row) for row in rows).encode()
    document = Document("evaluation", "news.jsonl", content)
    found = read(document, Source(file="news.jsonl", name="evaluation"), settings.timezone)
    by_id = {row["id"]: a for row, a in zip(rows, found, strict=True) if isinstance(a, Article)}
    articles = list(by_id.values())
    report = SourceReport("evaluation", "unknown", "news.jsonl", "ok", len(articles))
    morning = dt.datetime.combine(
        dt.date.fromisoformat(day) + dt.timedelta(days=1), HOUR, tzinfo=settings.zone
    )
    built = refine(
        articles,
        harvest=Harvest((report,), tuple(articles), ()),
        slot=slot(settings, morning),
        settings=settings,
        themes=themes_of(settings),
        earlier=earlier,
    )
    return built, by_id


def measured(made: list[tuple[Edition, dict[str, str]]]) -> dict[str, float]:
    """The figures over all editions; those of one edition are means."""
    right = [texts.get(q.article, "")[q.start : q.end] == q.text for e, texts in made for q in _quotes(e)]
    pairs = [alike(_statements(e)) for e, _ in made]
    stories = [story for e, _ in made for theme in e.themes for story in theme.stories]
    number = max(len(made), 1)
    return {
        "word for word": sum(right) / max(len(right), 1),
        "statement pairs alike": sum(p for p, _ in pairs) / max(sum(n for _, n in pairs), 1),
        "statements": sum(len(_statements(e)) for e, _ in made) / number,
        "stories told": sum(bool(s.statements) for s in stories) / number,
        "headlines only": sum(not s.statements for s in stories) / number,
    }


def alike(texts: list[str]) -> tuple[int, int]:
    """How many pairs of texts have a tf-idf cosine above `ALIKE`, and how many pairs there are."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    pairs = len(texts) * (len(texts) - 1) // 2
    if not pairs:
        return 0, 0
    weights = TfidfVectorizer().fit_transform(texts)
    cosine = (weights @ weights.T).toarray()
    return sum(int((cosine[i, i + 1 :] > ALIKE).sum()) for i in range(len(texts))), pairs


def _statements(built: Edition) -> list[str]:
    """The statements under the themes, each once."""
    told = {
        (s.article, s.start): s.text
        for theme in built.themes
        for story in theme.stories
        for s in story.statements
    }
    return list(told.values())


def _quotes(built: Edition) -> Iterator[Statement | Figure]:
    """All that claims to stand word for word in an article."""
    yield from (point.statement for point in built.key_points)
    yield from (s for theme in built.themes for story in theme.stories for s in story.statements)
    yield from built.figures
    yield from (side for dispute in built.disputes for side in dispute.sides)


SETS = (
    Set(
        "ukraine-news/days",
        ("ukraine-news/articles.jsonl",),
        editions,
        (
            Metric("word for word", slack=0),
            Metric("statement pairs alike", slack=0.002, lower=True),
            Metric("statements", slack=None, count=True),
            Metric("stories told", slack=None, count=True),
            Metric("headlines only", slack=None, count=True),
        ),
        seconds=100,
    ),
)

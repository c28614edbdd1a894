"""pages: the article taken out of a saved web page, with its title, author and date."""

from __future__ import annotations

from typing import Any

from briefing.config import Source
from briefing.model import Article, Document
from briefing.read import read
from measure.data import Item, items
from measure.model import Found, Metric, Set, Task

NOWHERE = "https://example.org/page"  # the address of a page whose own is not known
SOURCE = Source(pages=(NOWHERE,))


def segments(task: Task) -> Found:
    """Pages of which some passages are known to belong to the article, and some not to."""
    return Found([_read(task, row) for row in items(task.folder / "pages/segments.jsonl")])


def readability(task: Task) -> Found:
    """Pages of which the whole article is known."""
    return Found([_read(task, row) for row in items(task.folder / "pages/readability.jsonl")])


def _read(task: Task, row: Item) -> dict[str, Any]:
    content = (task.folder / "pages" / row["file"]).read_bytes()
    document = Document("evaluation", row.get("url") or NOWHERE, content, "text/html")
    article = next((a for a in read(document, SOURCE, "UTC") if isinstance(a, Article)), None)
    if article is None:
        return {"id": row["id"], "text": ""}
    return {
        "id": row["id"],
        "text": article.text,
        "title": article.title,
        "author": article.author,
        "date": article.published.isoformat() if article.published else "",
    }


SETS = (
    Set(
        "pages/segments",
        ("pages/segments.jsonl", "pages/trafilatura"),
        segments,
        (
            Metric("F1, all pages", r"^all pages .*F1 ([\d.]+)"),
            Metric("F1, English", r"^English .*F1 ([\d.]+)"),
            Metric("titles", r"^title: right (\d+) of (\d+)"),
            Metric("authors", r"^author: right (\d+) of (\d+)"),
            Metric("dates", r"^date: right (\d+) of (\d+)"),
        ),
        ("pages.py", "segments"),
        seconds=15,
        every=3,
    ),
    Set(
        "pages/readability",
        ("pages/readability.jsonl", "pages/readability"),
        readability,
        (
            Metric("4-gram F1", r"^all \(\d+\): 4-gram F1 ([\d.]+)"),
            Metric("F1 of the means", r"^all \(\d+\): .*their F1 ([\d.]+)"),
            Metric("titles", r"^titles right (\d+) of (\d+)"),
        ),
        ("pages.py", "readability"),
    ),
)

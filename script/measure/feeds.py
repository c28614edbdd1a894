"""feeds: the entries of feed files that other parsers' authors wrote to break parsers.

What is expected of them comes from three hands (see the data folder's README): the authors of gofeed and of
feedparser, each measured alone too, and files on which two readings agree. The scorer tells the origins apart
but not the authors, so it is called once more for each, in a folder that holds that author's expectations.
"""

from __future__ import annotations

import re
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from briefing.config import Source
from briefing.model import Document
from briefing.read import drafts, read
from briefing.read.article import language_of
from briefing.read.draft import Draft
from briefing.read.when import moment
from measure.data import Item, items
from measure.model import Found, Metric, Set, Task
from measure.scorer import finished, write

SOURCE = Source(feed="https://example.org/feed")
UTC = ZoneInfo("UTC")
# Read before the others, so that no file's time holds the loading of parsers, dates and languages.
FIRST = b"""<rss version="2.0"><channel><title>First</title><item><title>A bridge was opened today</title>
<pubDate>seventh of May 2020</pubDate><description>It is wide.</description></item></channel></rss>"""
AUTHORS = ("feedparser", "gofeed")  # by the folders of their tests
OWN = re.compile(r"^producer: .*agreement (\d+) of (\d+)", re.MULTILINE)
CRASHED = "could not be read"  # how `read` begins the reason of a document that raised


def files(task: Task) -> Found:
    """What each file's drafts state: nothing is completed or refused yet, as in the files' own tests."""
    _crashes(Document("evaluation", "first.xml", FIRST))
    rows, crashes, slowest, wild = [], 0, (0.0, ""), [0, 0]
    for row in items(task.folder / "feeds/index.jsonl"):
        content = (task.folder / "feeds" / row["path"]).read_bytes()
        document = Document("evaluation", row["path"], content)
        start = time.perf_counter()
        crashes += _crashes(document)
        slowest = max(slowest, (time.perf_counter() - start, row["path"]))
        entries = [_entry(d) for d in _drafts(document)]
        rows.append({"file": row["path"], "entries": entries})
        if row.get("wild"):
            wild = [wild[0] + bool(entries), wild[1] + 1]
    measured = {"crashes": float(crashes)} | (
        {"real feeds with entries": wild[0] / wild[1]} if wild[1] else {}
    )
    measured |= {f"values, {author}'s own": share for author, share in _by_authors(task, rows).items()}
    note = f"feeds/files: the slowest file took {slowest[0]:.2f} s, {slowest[1]}"
    return Found(rows, measured, notes=(note,))


def _by_authors(task: Task, rows: Sequence[Item]) -> dict[str, float]:
    """The share of values as each author's own tests expect them; none for one who expects nothing here."""
    expected, shares = items(task.folder / "feeds/expected.jsonl"), {}
    for author in AUTHORS:
        own = [x for x in expected if x["from"] == "producer" and x["file"].startswith(f"{author}/")]
        if own:
            shares[author] = _share(task.folder, own, [row for row in rows if row["file"].startswith(author)])
    return shares


def _share(folder: Path, expected: Sequence[Item], rows: Sequence[Item]) -> float:
    with tempfile.TemporaryDirectory() as temporary:
        where = Path(temporary)
        (where / "feeds").mkdir()
        write(where / "feeds/expected.jsonl", expected)
        write(where / "said.jsonl", rows)
        found = OWN.search(finished(folder, ("feeds.py", "said.jsonl"), where))
    return int(found[1]) / int(found[2]) if found else 0.0


def _crashes(document: Document) -> bool:
    """Whether reading raised; `read` turns that into a miss, which is seen by its reason."""
    return any(getattr(a, "reason", "").startswith(CRASHED) for a in read(document, SOURCE, "UTC"))


def _drafts(document: Document) -> list[Draft]:
    try:
        return [d for d in drafts(document, SOURCE) if isinstance(d, Draft)]
    except Exception:  # counted as a crash above; the other files must go on
        return []


def _entry(draft: Draft) -> dict[str, Any]:
    language = language_of(draft, SOURCE, f"{draft.title}\n{draft.text}")
    when = next((m for raw in draft.published + draft.updated if (m := moment(raw, UTC, language))), None)
    return {
        "title": draft.title,
        "link": draft.url,
        "published": when.at.isoformat() if when else None,
    }


SETS = (
    Set(
        "feeds/files",
        ("feeds/index.jsonl", "feeds/expected.jsonl"),
        files,
        (
            Metric("crashes", slack=0, lower=True, count=True),
            Metric("real feeds with entries", slack=0),
            Metric("files all right", r"^all: files all right (\d+) of (\d+)", slack=0.002),
            Metric("values", r"^all: .*agreement (\d+) of (\d+)", slack=0.002),
            Metric("values, by producers", r"^producer: .*agreement (\d+) of (\d+)", slack=0.002),
            Metric("values, feedparser's own", slack=0.002),
            Metric("values, gofeed's own", slack=0.002),
            Metric("values, by agreement", r"^agreement: .*agreement (\d+) of (\d+)", slack=0.002),
            Metric("values, JSON Feed", r"^json: .*agreement (\d+) of (\d+)", slack=0.002),
        ),
        ("feeds.py",),
        seconds=60,
    ),
)

"""The steps of a real morning, as shares of the whole: what to look at before making anything faster.

The fullest day of ukraine-news is put into one feed an outlet and served on loopback; then each step is
called as the pipeline calls it. Seconds are this machine's; the shares are the program's.
"""

from __future__ import annotations

import datetime as dt
import html
import json
import re
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from briefing.config import Settings, themes_of
from briefing.config.source import Source
from briefing.fetch import fetch
from briefing.model import Article, Document, Harvest, SourceReport
from briefing.read import read
from briefing.refine import refine
from briefing.render import render
from briefing.schedule import slot
from briefing.store import IN_MEMORY, open_store
from timing.many import NETWORK
from timing.model import Figure
from timing.server import serving

FORMATS = ("md", "html", "json", "pdf")
ITEM = "<item><title>{}</title><link>{}</link><pubDate>{}</pubDate><description>{}</description></item>"


def stages(folder: Path) -> Iterator[Figure]:
    """The figures of the fullest day; none where the news is not there."""
    news = folder / "ukraine-news/articles.jsonl"
    if not news.is_file():
        return
    day, by_outlet = _fullest(news)
    with tempfile.TemporaryDirectory() as temporary:
        for number, rows in enumerate(by_outlet):
            (Path(temporary) / f"feed{number}").write_text(_feed(rows, day), encoding="utf-8")
        with serving(Path(temporary), 0.0) as port:
            taken, articles, pages = _built(day, len(by_outlet), port)
    whole = sum(taken.values())
    yield Figure(
        "stages", f"a morning of {articles} articles", whole, "s", note=f"{day}, {pages} pages drawn"
    )
    for step, seconds in taken.items():
        yield Figure("stages", step, 100 * seconds / whole, "%")


def _built(day: dt.date, feeds: int, port: int) -> tuple[dict[str, float], int, int]:
    """(seconds of each step, articles, pages)."""
    settings = Settings(formats=FORMATS)
    now = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(6), settings.zone)
    sources = [Source(feed=f"http://127.0.0.{n + 1}:{port}/feed{n}", name=f"S{n}") for n in range(feeds)]
    taken: dict[str, float] = {}
    start = time.perf_counter()

    def lap(step: str) -> None:
        nonlocal start
        taken[step] = time.perf_counter() - start
        start = time.perf_counter()

    answers = list(fetch(sources, Path.cwd(), now=now, network=NETWORK))
    lap("fetch")
    found = [
        one
        for index, fetched in answers
        for document in fetched.documents
        if isinstance(document, Document)
        for one in read(document, sources[index], settings.timezone)
        if isinstance(one, Article)
    ]
    lap("read")
    morning = slot(settings, now)
    with open_store(IN_MEMORY) as store:
        store.add(found, morning.name)
        pool = store.articles(sorted({one.source for one in found}), morning.window, morning.name)
    lap("store")
    report = SourceReport("bench", "unknown", "bench", "ok", len(found))
    edition = refine(
        pool,
        harvest=Harvest((report,), tuple(found), ()),
        slot=morning,
        settings=settings,
        themes=themes_of(settings),
    )
    lap("refine")
    pages = 0
    for name in FORMATS:
        pages += len(render(edition, [name]).pages)
        lap(f"render {name}")
    return taken, len(pool), pages


def _fullest(news: Path) -> tuple[dt.date, list[list[dict[str, Any]]]]:
    """The day with most articles, and those by outlet."""
    by_day: dict[str, list[dict[str, Any]]] = {}
    with news.open(encoding="utf-8") as file:
        for row in map(json.loads, file):
            by_day.setdefault(row["date"], []).append(row)
    day = max(sorted(by_day), key=lambda one: len(by_day[one]))
    outlets: dict[str, list[dict[str, Any]]] = {}
    for row in by_day[day]:
        outlets.setdefault(row["outlet"], []).append(row)
    return dt.date.fromisoformat(day), [outlets[name] for name in sorted(outlets)]


def _feed(rows: list[dict[str, Any]], day: dt.date) -> str:
    items = ""
    for row in rows:
        title, url, text = (html.escape(part) for part in (row["title"], row["url"], _marked(row["text"])))
        items += ITEM.format(title, url, day.isoformat(), text)
    outlet = html.escape(rows[0]["outlet"])
    return f"<rss version='2.0'><channel><title>{outlet}</title>{items}</channel></rss>"


def _marked(text: str) -> str:
    return "".join(f"<p>{html.escape(part)}</p>" for part in re.split(r"\n+", text))

"""What a store knows of the pages of articles of which a feed has an excerpt, and whose text speaks.

An excerpt and its fuller text are two articles, as an id is over the text, and neither is ever rewritten.
For an edition one of them speaks: the fuller one where its page was had by the end of the edition's window or
for its slot, else the excerpt, so that an earlier slot that is built again comes out as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Engine, RowMapping, select

from briefing.model import Article, FullText, Visit
from briefing.store import dialects, tables
from briefing.store.failures import told
from briefing.store.rows import read_time, written
from briefing.store.sources import BATCH, put_articles, put_visit


class Pages:
    """The pages of articles: `store.pages`. Methods raise StoreError."""

    def __init__(self, engine: Engine, where: str) -> None:
        self._engine = engine
        self._writing = dialects.writing(engine)
        self._where = where

    def of(self, ids: Iterable[str]) -> dict[str, FullText]:
        """What is known of these articles, by the id of the excerpt; they may be excerpts or fuller ones."""
        wanted = sorted(set(ids))
        with told("read from", self._where), self._engine.begin() as connection:
            found = [
                row
                for column in (tables.pages.c.article, tables.pages.c.fuller)
                for row in _having(connection, column, wanted)
            ]
        return {one.article: one for one in map(_full_text, found)}

    def at(self, urls: Iterable[str]) -> dict[str, list[FullText]]:
        """What is known of the articles at these addresses, by address, the last asked first."""
        with told("read from", self._where), self._engine.begin() as connection:
            found = [_full_text(row) for row in _having(connection, tables.pages.c.url, sorted(set(urls)))]
        known: dict[str, list[FullText]] = {}
        for one in sorted(found, key=lambda one: (one.at, one.article), reverse=True):
            known.setdefault(one.url, []).append(one)
        return known

    def take(
        self,
        slot: str,
        pages: Iterable[FullText],
        articles: Iterable[Article] = (),
        visits: Iterable[Visit] = (),
    ) -> None:
        """Keep what one page gave, in one transaction: a validator never without its text."""
        with told("add articles to", self._where), self._writing.begin() as connection:
            put_articles(connection, articles, slot)
            for page in pages:
                dialects.put(connection, tables.pages, _row(page))
            for visit in visits:
                put_visit(connection, visit)


def in_force(
    connection: Connection, rows: Sequence[RowMapping], slot: str, end: datetime
) -> list[RowMapping]:
    """Of rows of `articles` those that speak in `slot`, up to `end`: no excerpt beside its fuller text."""
    links = [
        _full_text(row) for row in _having(connection, tables.pages.c.fuller, sorted({r["id"] for r in rows}))
    ]
    fuller = {link.fuller for link in links}
    early = {link.fuller for link in links if link.at <= end}
    had = [row for row in rows if row["id"] not in fuller or row["id"] in early or row["first_slot"] <= slot]
    there = {row["id"] for row in had}
    replaced = {link.article for link in links if link.fuller in there} - fuller
    return [row for row in had if row["id"] not in replaced]


def _having(connection: Connection, column: Column[Any], values: Sequence[str]) -> list[RowMapping]:
    found: list[RowMapping] = []
    for start in range(0, len(values), BATCH):
        query = select(tables.pages).where(column.in_(values[start : start + BATCH]), column != "")
        found += connection.execute(query.order_by(tables.pages.c.article)).mappings().all()
    return found


def _row(page: FullText) -> dict[str, object]:
    return {
        "article": page.article,
        "url": page.url,
        "at": written(page.at),
        "outcome": page.outcome,
        "note": page.note,
        "digest": page.digest,
        "fuller": page.fuller,
        "tries": page.tries,
    }


def _full_text(row: RowMapping) -> FullText:
    return FullText(**{**row, "at": read_time(row["at"])})

"""What a store knows of sources: how their addresses were asked, what they held, and their history."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, Engine, select

from briefing.model import Article, Attempt, Carried, Miss, Visit
from briefing.store import dialects, tables
from briefing.store.failures import told
from briefing.store.rows import microseconds, read_time, to_row, written
from briefing.store.search import index

BATCH = 500  # values in one IN: SQLite takes 999 variables on old builds


class Sources:
    """How the sources of a store were asked: `store.sources`. Methods raise StoreError."""

    def __init__(self, engine: Engine, where: str) -> None:
        self._engine = engine
        self._writing = dialects.writing(engine)
        self._where = where

    def visits(self, addresses: Sequence[str]) -> dict[str, Visit]:
        """How each of these addresses was last asked; those that never were are not in it."""
        table, found = tables.visits, {}
        with told("read from", self._where), self._engine.begin() as connection:
            for start in range(0, len(addresses), BATCH):
                some = table.c.address.in_(addresses[start : start + BATCH])
                for row in connection.execute(select(table).where(some)).mappings():
                    columns = dict(row)
                    moments = {name: read_time(columns[name]) for name in ("tried", "answered", "not_before")}
                    found[columns["address"]] = Visit(**{**columns, **moments})
        return found

    def carried(self, source: str) -> dict[str, Carried]:
        """What each document of a source held when it was last read, by address."""
        table = tables.carried
        with told("read from", self._where), self._engine.begin() as connection:
            rows = connection.execute(select(table).where(table.c.source == source)).mappings().all()
            return {row["address"]: _carried(dict(row)) for row in rows}

    def attempts(self, source: str, since: datetime) -> tuple[Attempt, ...]:
        """The fetches of a source after `since`, the earliest first."""
        table = tables.attempts
        later = (table.c.source == source) & (table.c.at_us > microseconds(since))
        names = ("status", "articles", "new", "error")
        with told("read from", self._where), self._engine.begin() as connection:
            rows = connection.execute(select(table).where(later).order_by(table.c.at_us)).mappings().all()
            return tuple(
                Attempt(at=moment, **{name: row[name] for name in names})
                for row in rows
                if (moment := read_time(row["at"])) is not None
            )

    def take(
        self,
        source: str,
        slot: str,
        articles: Iterable[Article],
        *,
        carried: Iterable[Carried] = (),
        visits: Iterable[Visit] = (),
        attempt: Attempt | None = None,
    ) -> None:
        """Keep all that one fetch of a source brought, in one transaction.

        A validator is never kept without the articles that it stands for: a run that is killed in
        between would hear "not modified" of what it never had.
        """
        with told("add articles to", self._where), self._writing.begin() as connection:
            put_articles(connection, articles, slot)
            for one in carried:
                dialects.put(connection, tables.carried, _carried_row(one))
            for visit in visits:
                put_visit(connection, visit)
            if attempt is not None:
                _put_attempt(connection, source, attempt)


def put_articles(connection: Connection, articles: Iterable[Article], slot: str) -> None:
    """Keep the articles that are not there yet, and the index of their words.

    Sorted, so that of two forms of one article in one call the same is kept in any order.
    """
    rows = [to_row(article, slot) for article in sorted(articles, key=repr)]
    dialects.insert_new(connection, tables.articles, rows)
    index(connection, rows)


def put_visit(connection: Connection, visit: Visit) -> None:
    """Keep how an address was last asked, within a transaction."""
    dialects.put(connection, tables.visits, _visit_row(visit))


def _put_attempt(connection: Connection, source: str, attempt: Attempt) -> None:
    row = {
        "source": source,
        "at_us": microseconds(attempt.at),
        "at": written(attempt.at),
        "status": attempt.status,
        "articles": attempt.articles,
        "new": attempt.new,
        "error": attempt.error,
    }
    dialects.put(connection, tables.attempts, row)


def _visit_row(visit: Visit) -> dict[str, object]:
    return {
        "address": visit.address,
        "tried": written(visit.tried),
        "answered": written(visit.answered),
        "etag": visit.etag,
        "modified": visit.modified,
        "moved": visit.moved,
        "not_before": written(visit.not_before),
        "failures": visit.failures,
        "error": visit.error,
    }


def _carried_row(one: Carried) -> dict[str, object]:
    return {
        "source": one.source,
        "address": one.address,
        "reader": one.reader,
        "digest": one.digest,
        "articles": json.dumps(one.articles),
        "misses": json.dumps([(miss.source, miss.address, miss.reason) for miss in one.misses]),
    }


def _carried(columns: dict[str, str]) -> Carried:
    articles, misses = (json.loads(columns.pop(name)) for name in ("articles", "misses"))
    return Carried(**columns, articles=tuple(articles), misses=tuple(Miss(*miss) for miss in misses))

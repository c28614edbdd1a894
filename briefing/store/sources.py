"""What a store knows of sources: how their addresses were asked, what they held, and their history."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Engine, Select, Text, cast, distinct, func, or_, select

from briefing.model import Article, Attempt, Carried, Miss, Visit, Window
from briefing.store import dialects, tables
from briefing.store.failures import told
from briefing.store.rows import microseconds, read_time, to_row, written
from briefing.store.search import index

DAY: Final = 86_400_000_000  # microseconds
SPAN: Final = 400  # days of which counts are given: a year is as long as articles stay, unless told otherwise
_EPOCH: Final = datetime.fromtimestamp(0, UTC)
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

    def days(self, sources: Sequence[str], now: datetime) -> dict[str, dict[int, int]]:
        """How many articles each source published in each 24 hours back from `now`: 0 are the last ones.

        Of `SPAN` days; days without any, and undated articles, are not in it.
        """
        table = tables.articles.c
        found: dict[str, dict[int, int]] = {}
        age = microseconds(now) - table.published_us
        day = (age // DAY).label("day")
        # An excerpt and the text of its page, or two versions, are one article of the source.
        once = func.count(distinct(table.title + cast(table.published_us, Text)))
        for some in _batches(sources):
            inside = table.source.in_(some) & (age >= 0) & (age < SPAN * DAY)
            query = select(table.source, day, once).where(inside).group_by(table.source, day)
            for source, number, count in self._rows(query):
                found.setdefault(source, {})[number] = count
        return found

    def newest(self, sources: Sequence[str], now: datetime) -> dict[str, datetime]:
        """When each source published the newest article that is not of the future, in the zone of `now`."""
        table = tables.articles.c
        found: dict[str, datetime] = {}
        for some in _batches(sources):
            inside = table.source.in_(some) & (table.published_us <= microseconds(now))
            query = select(table.source, func.max(table.published_us)).where(inside).group_by(table.source)
            found |= {name: _EPOCH + timedelta(microseconds=us) for name, us in self._rows(query)}
        return {name: moment.astimezone(now.tzinfo) for name, moment in found.items()}

    def fresh(self, sources: Sequence[str], window: Window, slot: str) -> set[str]:
        """Those of the sources that have an article of the window, or an undated one, new in `slot`."""
        table = tables.articles.c
        found: set[str] = set()
        after = table.published_us > microseconds(window.start)
        inside = or_(after & (table.published_us <= microseconds(window.end)), table.published_us.is_(None))
        for some in _batches(sources):
            seen = table.source.in_(some) & inside & (table.first_slot == slot)
            found |= {source for (source,) in self._rows(select(table.source).where(seen).distinct())}
        return found

    def kept(self, source: str, ids: Sequence[str]) -> set[str]:
        """Those of the ids under which an article of this source is kept."""
        table = tables.articles.c
        found: set[str] = set()
        for some in _batches(ids):
            query = select(table.id).where((table.source == source) & table.id.in_(some))
            found |= {row.id for row in self._rows(query)}
        return found

    def _rows(self, query: Select[Any]) -> Sequence[Any]:
        with told("read from", self._where), self._engine.begin() as connection:
            return connection.execute(query).all()

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
            found = list(articles)
            new = _unseen(connection, {article.id for article in found}) if attempt else 0
            put_articles(connection, found, slot)
            for one in carried:
                dialects.put(connection, tables.carried, _carried_row(one))
            for visit in visits:
                put_visit(connection, visit)
            if attempt is not None:
                _put_attempt(connection, source, replace(attempt, new=new))


def _batches(values: Sequence[str]) -> Iterator[Sequence[str]]:
    yield from (values[start : start + BATCH] for start in range(0, len(values), BATCH))


def _unseen(connection: Connection, ids: Collection[str]) -> int:
    """How many of these articles no source has brought yet."""
    table = tables.articles.c
    seen: set[str] = set()
    for some in _batches(sorted(ids)):
        seen.update(connection.execute(select(table.id).where(table.id.in_(some))).scalars())
    return len(ids) - len(seen)


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
    """Keep an attempt; one of the same moment, which a run that was started again repeats, keeps its news."""
    table, moment = tables.attempts.c, microseconds(attempt.at)
    same = select(table.new).where((table.source == source) & (table.at_us == moment))
    before = connection.execute(same).scalar() or 0
    row = {
        "source": source,
        "at_us": moment,
        "at": written(attempt.at),
        "status": attempt.status,
        "articles": attempt.articles,
        "new": before + attempt.new,
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

"""What a store forgets: articles that nobody needs any more, and the oldest history of sources.

Needed is an article that an edition used (editions stay, and so does the proof of what they say), that a
document of its source holds as it is now, or that was published or first seen after the given day. A
document's memory goes together with any article of it: else its server would be told that it is known. The
same holds for the page of an excerpt; a fuller text stays as long as its excerpt is carried.

Of several feeds.yaml that share a store each forgets what its own sources brought. A source that nobody
has asked since `HISTORY` has no document any more, and is anybody's to forget.

Space of what is gone is used again for what comes; the file does not shrink by itself. Rejected: VACUUM,
which needs the archive's size a second time on the disk, and stops every other run meanwhile.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Connection, Engine, and_, delete, exists, or_, select

from briefing.errors import StoreError
from briefing.store import dialects, tables
from briefing.store.failures import DAMAGED, told
from briefing.store.rows import microseconds, read_time

HISTORY: Final = timedelta(days=90)  # of how sources and addresses fared
BATCH: Final = 400  # articles in one transaction: others wait for it, but not long

Row = tuple[str, str]  # id and source of an article


class Retention:
    """What goes from a store: `store.retention`. Methods raise StoreError."""

    def __init__(self, engine: Engine, where: str) -> None:
        self._engine = engine
        self._writing = dialects.writing(engine)
        self._where = where

    def forget(self, sources: Sequence[str], before: datetime, now: datetime) -> int:
        """Forget what these sources brought and nobody needs since `before`; how many articles that were.

        History goes by `now`, for all sources. Killed in between, the next call goes on. A damaged store is
        not touched, and told.
        """
        with told("read from", self._where), self._engine.begin() as connection:
            if not dialects.is_sound(connection):
                raise StoreError(f"the store {self._where} is damaged: {DAMAGED}")
        with told("clear", self._where), self._writing.begin() as connection:
            _forget_history(connection, now - HISTORY)
            rows = _unneeded(connection, sources, before)
        for start in range(0, len(rows), BATCH):
            with told("clear", self._where), self._writing.begin() as connection:
                _drop(connection, rows[start : start + BATCH])
        return len(rows)


def _forget_history(connection: Connection, before: datetime) -> None:
    """Drop how sources and addresses fared long ago, and what sources held that nobody asks any more."""
    attempts, visits = tables.attempts, tables.visits
    asked = set(connection.execute(select(attempts.c.source).distinct()).scalars())
    connection.execute(delete(attempts).where(attempts.c.at_us < microseconds(before)))
    still = set(connection.execute(select(attempts.c.source).distinct()).scalars())
    tried = connection.execute(select(visits.c.address, visits.c.tried)).all()
    old = [address for address, at in tried if (moment := read_time(at)) and moment < before]
    for some in _batches(old):
        connection.execute(delete(visits).where(visits.c.address.in_(some)))
    for some in _batches(sorted(asked - still)):
        connection.execute(delete(tables.carried).where(tables.carried.c.source.in_(some)))
        connection.execute(delete(tables.outcomes).where(tables.outcomes.c.name.in_(some)))


def _unneeded(connection: Connection, sources: Sequence[str], before: datetime) -> list[Row]:
    """The articles that nobody needs, as ids and sources."""
    table = tables.articles.c
    old = or_(table.published_us.is_(None), table.published_us <= microseconds(before))
    asked = set(connection.execute(select(tables.attempts.c.source).distinct()).scalars())
    present = _present(connection)
    found: list[Row] = []
    for source in _sources(connection, sources, asked):
        mine = and_(table.source == source, old, table.first_slot < before.date().isoformat(), ~_cited())
        ids = connection.execute(select(table.id).where(mine).order_by(table.id)).scalars()
        found += [(one, source) for one in ids if (one, source) not in present]
    return found


def _cited() -> ColumnElement[bool]:
    """Whether an edition used the article of the row."""
    return exists().where(tables.used.c.article == tables.articles.c.id)


def _sources(connection: Connection, sources: Sequence[str], asked: Iterable[str]) -> list[str]:
    """The sources whose articles may go: those that are named, and those that nobody asks."""
    every = set(connection.execute(select(tables.articles.c.source).distinct()).scalars())
    return sorted(every & set(sources) | every - set(asked))


def _present(connection: Connection) -> set[Row]:
    """The articles that documents hold now, as far as is known.

    What a source's last fetch brought tells which of its documents are still there: one of which it
    brought nothing is gone. A fetch that brought nothing at all tells nothing.
    """
    fetched: dict[str, set[str]] = {}
    for name, ids in connection.execute(select(tables.outcomes.c.name, tables.outcomes.c.carried)):
        fetched.setdefault(name, set()).update(json.loads(ids))
    present = {(one, source) for source, ids in fetched.items() for one in ids}
    for source, text in connection.execute(select(tables.carried.c.source, tables.carried.c.articles)):
        ids, last = json.loads(text), fetched.get(source)
        if not last or not last.isdisjoint(ids):
            present |= {(one, source) for one in ids}
    fuller = select(tables.pages.c.article, tables.pages.c.fuller).where(tables.pages.c.fuller != "")
    of = {row.article: row.fuller for row in connection.execute(fuller)}
    return present | {(of[one], source) for one, source in present if one in of}


def _drop(connection: Connection, rows: Sequence[Row]) -> None:
    """Drop articles, what is indexed of them and had of their pages, and the memory of their documents."""
    table, sought = tables.articles.c, tables.sought.c
    by_source: dict[str, list[str]] = {}
    for one, source in rows:
        by_source.setdefault(source, []).append(one)
    for source, ids in by_source.items():
        mine = and_(
            table.source == source, table.id.in_(ids), ~_cited()
        )  # another run may just have cited it
        connection.execute(delete(tables.articles).where(mine))
        _drop_documents(connection, source, set(ids))
    _drop_pages(connection, [one for one, _ in rows])
    gone = and_(sought.article.in_([one for one, _ in rows]), ~exists().where(table.id == sought.article))
    numbers = connection.execute(select(sought.number).where(gone)).scalars().all()
    pages = tables.pages.c.article
    dropped = and_(pages.in_([one for one, _ in rows]), ~exists().where(table.id == pages))
    connection.execute(delete(tables.pages).where(dropped))
    dialects.forget_terms(connection, numbers)
    connection.execute(delete(tables.sought).where(sought.number.in_(numbers)))


def _drop_pages(connection: Connection, ids: Sequence[str]) -> None:
    """Drop what is known of the pages of articles that are gone, or whose fuller text is."""
    pages = tables.pages
    lost = [
        and_(column.in_(ids), ~exists().where(tables.articles.c.id == column))
        for column in (pages.c.article, pages.c.fuller)
    ]
    connection.execute(delete(pages).where(or_(*lost)))


def _drop_documents(connection: Connection, source: str, ids: set[str]) -> None:
    table = tables.carried
    held = connection.execute(select(table.c.address, table.c.articles).where(table.c.source == source)).all()
    gone = [address for address, articles in held if not ids.isdisjoint(json.loads(articles))]
    for some in _batches(gone):
        connection.execute(delete(table).where(table.c.source == source, table.c.address.in_(some)))


def _batches(values: Sequence[str]) -> Iterable[Sequence[str]]:
    return (values[start : start + BATCH] for start in range(0, len(values), BATCH))

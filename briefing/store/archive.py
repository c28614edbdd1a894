"""The questions that a run asks of its memory. Each is one transaction: it happened, or it did not."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from sqlalchemy import Engine, and_, delete, insert, or_, select

from briefing.errors import Locked
from briefing.masked import masked
from briefing.model import Article, Issue, Miss, SourceReport, Window
from briefing.store import dialects, tables
from briefing.store.failures import told
from briefing.store.ledger import Ledger, put_issue
from briefing.store.pages import Pages, in_force
from briefing.store.retention import Retention
from briefing.store.rows import microseconds, to_article
from briefing.store.search import Search
from briefing.store.sources import BATCH, Sources, put_articles

Remembered = tuple[SourceReport, tuple[Miss, ...], tuple[str, ...]]  # report, misses, ids of articles


class Store:
    """An open store, made by `open_store`; closes at the end of its `with` block.

    Every method raises StoreError when the database cannot be read or written.
    """

    def __init__(self, engine: Engine, where: str) -> None:
        self._engine = engine
        self._writing = dialects.writing(engine)
        self._where = where  # for messages; without a password
        self.ledger = Ledger(engine, where)
        self.sources = Sources(engine, where)
        self.pages = Pages(engine, where)
        self.search = Search(engine, where)
        self.retention = Retention(engine, where)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the connections back; a closed store may be closed again."""
        self._engine.dispose()

    @contextmanager
    def alone(self, briefing: str) -> Iterator[None]:
        """Keep runs on other machines that share this database from this briefing; Locked where one is on.

        On SQLite, which machines do not share, the lock file is enough and this does nothing.
        """
        with self._engine.connect() as connection:
            if not dialects.hold(connection, f"briefing {briefing}"):
                raise Locked(
                    f"a run on another machine is building this briefing in {self._where}: "
                    "wait for it or end it, then run again"
                )
            yield  # the hold ends with the connection, however this process ends

    def add(self, articles: Iterable[Article], slot: str) -> None:
        """Keep the articles that are not there yet; `slot` is when their source first carried them.

        What is there is never rewritten: an edition's offsets point into it.
        """
        with told("add articles to", self._where), self._writing.begin() as connection:
            put_articles(connection, articles, slot)

    def articles(self, sources: Sequence[str], window: Window, slot: str) -> tuple[Article, ...]:
        """What those sources published in the window, then their undated items first seen in `slot`.

        By time, then id. An article that several of them carried comes once, as the first carried it; of
        an excerpt and the text of its page the one that this slot had.
        """
        table = tables.articles.c
        inside = and_(
            table.published_us > microseconds(window.start), table.published_us <= microseconds(window.end)
        )
        undated = and_(table.published_us.is_(None), table.first_slot == slot)
        query = select(tables.articles).where(table.source.in_(list(sources)), or_(inside, undated))
        with told("read articles from", self._where), self._engine.begin() as connection:
            rows = in_force(connection, connection.execute(query).mappings().all(), slot, window.end)
            place = {source: index for index, source in enumerate(sources)}
            # Written over from the last source to the first, so that the first one's form stays.
            first = {row["id"]: row for row in sorted(rows, key=lambda row: -place[row["source"]])}
            ordered = sorted(
                first.values(),
                key=lambda row: (row["published_us"] is None, row["published_us"] or 0, row["id"]),
            )
            return tuple(to_article(row) for row in ordered)

    def article(self, id: str) -> Article | None:  # noqa: A002 - the model's own word for it
        """The article with this id, or None; of several sources, as the first by name carried it."""
        query = select(tables.articles).where(tables.articles.c.id == id).order_by(tables.articles.c.source)
        with told("read an article from", self._where), self._engine.begin() as connection:
            row = connection.execute(query.limit(1)).mappings().first()
            return None if row is None else to_article(row)

    def carrying(self, source: str, ids: Sequence[str]) -> tuple[Article, ...]:
        """These articles as `source` carried them, in this order; those that are not kept are left out."""
        table = tables.articles
        found = {}
        with told("read articles from", self._where), self._engine.begin() as connection:
            for start in range(0, len(ids), BATCH):
                some = and_(table.c.source == source, table.c.id.in_(ids[start : start + BATCH]))
                for row in connection.execute(select(table).where(some)).mappings():
                    found[row["id"]] = to_article(row)
        return tuple(found[one] for one in dict.fromkeys(ids) if one in found)

    def remember(self, report: SourceReport, misses: Sequence[Miss], carried: Sequence[str]) -> None:
        """Keep how the last fetch of a source went and which articles it carried, for a rebuild offline."""
        row = {
            "name": report.name,
            "address": report.address,
            "kind": report.kind,
            "status": report.status,
            "articles": report.articles,
            "error": report.error,
            "misses": json.dumps([(miss.source, miss.address, miss.reason) for miss in misses]),
            "carried": json.dumps(list(carried)),
        }
        with told("write to", self._where), self._writing.begin() as connection:
            dialects.put(connection, tables.outcomes, row)

    def remembered(self, name: str, address: str) -> Remembered | None:
        """How the last fetch of this source at this address went; None: never fetched."""
        table = tables.outcomes.c
        query = select(tables.outcomes).where(table.name == name, table.address == masked(address))
        with told("read from", self._where), self._engine.begin() as connection:
            row = connection.execute(query).mappings().first()
            if row is None:
                return None
            columns = dict(row)
            misses = tuple(Miss(*miss) for miss in json.loads(columns.pop("misses")))
            carried = tuple(json.loads(columns.pop("carried")))
            return SourceReport(**columns), misses, carried

    def keep(
        self, briefing: str, slot: str, edition_json: bytes, used: Sequence[str], issue: Issue | None = None
    ) -> None:
        """Keep the edition of a slot and the ids it used, in place of the slot's earlier one.

        `issue` is what the ledger shall know of it from the same moment on.
        """
        key = {"briefing": briefing, "slot": slot}
        mine = and_(tables.used.c.briefing == briefing, tables.used.c.slot == slot)
        rows = [{**key, "position": place, "article": article} for place, article in enumerate(used)]
        with told("keep the edition in", self._where), self._writing.begin() as connection:
            dialects.put(connection, tables.editions, {**key, "edition": edition_json})
            connection.execute(delete(tables.used).where(mine))
            if rows:
                connection.execute(insert(tables.used), rows)
            if issue is not None:
                put_issue(connection, briefing, issue)

    def used(self, briefing: str, slot: str) -> tuple[str, ...]:
        """The ids that the edition of this slot used, in its order; empty where there is no edition."""
        table = tables.used.c
        query = select(table.article).where(table.briefing == briefing, table.slot == slot)
        with told("read from", self._where), self._engine.begin() as connection:
            return tuple(connection.execute(query.order_by(table.position)).scalars())

    def edition(self, briefing: str, slot: str) -> bytes | None:
        """edition.json of a slot; None where there is none."""
        table = tables.editions.c
        query = select(table.edition).where(table.briefing == briefing, table.slot == slot)
        with told("read an edition from", self._where), self._engine.begin() as connection:
            return connection.execute(query).scalar()

    def recent(self, briefing: str, most: int) -> tuple[bytes, ...]:
        """edition.json of the last slots, the newest first, at most `most`."""
        table = tables.editions.c
        query = select(table.edition).where(table.briefing == briefing).order_by(table.slot.desc())
        with told("read editions from", self._where), self._engine.begin() as connection:
            return tuple(connection.execute(query.limit(most)).scalars())

    def earlier(self, briefing: str, slot: str, most: int = 7) -> tuple[bytes, ...]:
        """edition.json of the slots before `slot`, the newest first, at most `most`.

        Slots begin with an ISO date, so that their order as text is their order in time.
        """
        table = tables.editions.c
        query = select(table.edition).where(table.briefing == briefing, table.slot < slot)
        with told("read editions from", self._where), self._engine.begin() as connection:
            return tuple(connection.execute(query.order_by(table.slot.desc()).limit(most)).scalars())

"""The ledger: which editions were built, and which address has them. Each call is one transaction.

An issue is unique on (briefing, local date, rule), a delivery on (briefing, slot, channel, address):
so neither a second daemon nor a second run makes or sends anything twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Engine, and_, select

from briefing.model import Delivery, Due, Issue, Receipt
from briefing.store import dialects, tables
from briefing.store.failures import told
from briefing.store.rows import read_time, written


class Ledger:
    """What a store knows of what was done: `store.ledger`. Methods raise StoreError."""

    def __init__(self, engine: Engine, where: str) -> None:
        self._engine = engine
        self._writing = dialects.writing(engine)
        self._where = where

    def issue(self, briefing: str, due: Due) -> Issue | None:
        """What became of an edition that was due; None: nothing yet."""
        table = tables.issues.c
        mine = and_(
            table.briefing == briefing, table.date == due.date.isoformat(), table.edition == due.edition
        )
        with told("read from", self._where), self._engine.begin() as connection:
            row = connection.execute(select(tables.issues).where(mine)).mappings().first()
            return None if row is None else _issue(row)

    def of_slot(self, briefing: str, slot: str) -> Issue | None:
        """The issue that a slot stands for; None where none was due or nothing is known of it."""
        table = tables.issues.c
        query = select(tables.issues).where(table.briefing == briefing, table.slot == slot)
        with told("read from", self._where), self._engine.begin() as connection:
            row = connection.execute(query.limit(1)).mappings().first()
            return None if row is None else _issue(row)

    def issues(self, briefing: str, since: dt.date) -> tuple[Issue, ...]:
        """Every issue of `since` and later days that is on record, the earliest first."""
        table = tables.issues.c
        query = select(tables.issues).where(table.briefing == briefing, table.date >= since.isoformat())
        with told("read from", self._where), self._engine.begin() as connection:
            rows = connection.execute(query.order_by(table.slot, table.edition)).mappings().all()
            return tuple(_issue(row) for row in rows)

    def put(self, briefing: str, issue: Issue) -> None:
        """Keep what became of an issue, in place of what was known."""
        with told("write to", self._where), self._writing.begin() as connection:
            put_issue(connection, briefing, issue)

    def deliveries(self, briefing: str, slot: str) -> tuple[Delivery, ...]:
        """What became of a slot's edition at each address that was tried."""
        table = tables.deliveries.c
        query = select(tables.deliveries).where(table.briefing == briefing, table.slot == slot)
        with told("read from", self._where), self._engine.begin() as connection:
            rows = connection.execute(query.order_by(table.channel, table.address)).mappings().all()
            return tuple(_delivery(row) for row in rows)

    def record(self, briefing: str, slot: str, delivery: Delivery) -> None:
        """Keep how a delivery stands, in place of what was known."""
        receipt = delivery.receipt
        row = {
            "briefing": briefing,
            "slot": slot,
            "channel": receipt.channel,
            "address": receipt.address,
            "state": receipt.state,
            "detail": receipt.detail,
            "tries": delivery.tries,
            "first": written(delivery.first),
            "last": written(delivery.last),
            "next_try": written(delivery.next_try),
        }
        with told("write to", self._where), self._writing.begin() as connection:
            dialects.put(connection, tables.deliveries, row)

    def marked(self, briefing: str, name: str) -> dt.datetime | None:
        """When `name` was last done; None: never."""
        table = tables.marks.c
        query = select(table.at).where(table.briefing == briefing, table.name == name)
        with told("read from", self._where), self._engine.begin() as connection:
            return read_time(connection.execute(query).scalar())

    def mark(self, briefing: str, name: str, at: dt.datetime) -> None:
        """Note that `name` was done at `at`."""
        with told("write to", self._where), self._writing.begin() as connection:
            dialects.put(connection, tables.marks, {"briefing": briefing, "name": name, "at": written(at)})


def put_issue(connection: Connection, briefing: str, issue: Issue) -> None:
    """The row of an issue, inside a transaction of the caller's."""
    row = {
        "briefing": briefing,
        "date": issue.due.date.isoformat(),
        "edition": issue.due.edition,
        "slot": issue.due.slot,
        "due": written(issue.due.at),
        "built": written(issue.built),
        "late": written(issue.late),
        "delivered": written(issue.delivered),
        "tries": issue.tries,
        "next_try": written(issue.next_try),
        "error": issue.error,
        "missed": issue.missed,
    }
    dialects.put(connection, tables.issues, row)


def _issue(row: Mapping[Any, Any]) -> Issue:
    at = _moment(row["due"])
    return Issue(
        due=Due(dt.date.fromisoformat(row["date"]), row["edition"], row["slot"], at),
        built=read_time(row["built"]),
        late=read_time(row["late"]),
        delivered=read_time(row["delivered"]),
        tries=row["tries"],
        next_try=read_time(row["next_try"]),
        error=row["error"],
        missed=row["missed"],
    )


def _delivery(row: Mapping[Any, Any]) -> Delivery:
    return Delivery(
        Receipt(row["channel"], row["address"], row["state"], row["detail"]),
        row["tries"],
        _moment(row["first"]),
        _moment(row["last"]),
        read_time(row["next_try"]),
    )


def _moment(text: str) -> dt.datetime:
    moment = read_time(text)
    assert moment is not None  # noqa: S101 - the column is never empty
    return moment

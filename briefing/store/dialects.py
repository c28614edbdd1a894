"""All that differs between SQLite and PostgreSQL; everything else is SQLAlchemy's common SQL."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Engine, Table, event, func, select
from sqlalchemy.dialects import postgresql, sqlite

_INSERTS: Final[Mapping[str, Callable[[Table], Any]]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}
KNOWN: Final = tuple(_INSERTS)

_BEGIN: Final = "briefing_begin"  # our own execution option: the words that begin a transaction on SQLite


def arguments(dialect: str, patience: float) -> dict[str, Any]:
    """What the driver is told: how many seconds to wait for a server or for another's transaction."""
    if dialect == "postgresql":
        return {
            "connect_timeout": max(1, round(patience)),
            "options": f"-c lock_timeout={round(patience * 1000)}",
        }
    return {"timeout": patience}


def prepare(engine: Engine) -> None:
    """Let SQLAlchemy begin transactions on SQLite.

    Python's driver begins none before CREATE TABLE, so that a migration could be killed half-way:
    https://docs.sqlalchemy.org/en/21/dialects/sqlite.html#sqlite-transactions
    """
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _leave_transactions_to_us)
        event.listen(engine, "begin", _begin)


def _leave_transactions_to_us(connection: Any, _record: object) -> None:
    connection.isolation_level = None


def _begin(connection: Connection) -> None:
    if words := connection.get_execution_options().get(_BEGIN, "BEGIN"):
        connection.exec_driver_sql(words)


def writing(engine: Engine) -> Engine:
    """The same engine, whose transactions are the only ones that write from their first moment.

    A transaction that reads and then writes fails at once on SQLite when another has written in
    between; one that begins as a writer waits its turn.
    """
    return engine.execution_options(**{_BEGIN: "BEGIN IMMEDIATE"})


def use_write_ahead_log(engine: Engine) -> None:
    """Let readers go on while one run writes (SQLite; kept in the file, once is enough).

    The default `synchronous=FULL` stays: what a call has committed survives a power cut.
    """
    if engine.dialect.name != "sqlite":
        return
    with engine.execution_options(**{_BEGIN: ""}).connect() as connection:
        if connection.exec_driver_sql("PRAGMA journal_mode").scalar() not in ("wal", "memory"):
            connection.exec_driver_sql("PRAGMA journal_mode = WAL")


def insert_new(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert the rows whose key is not there; leave those that are."""
    if rows:
        connection.execute(_INSERTS[connection.dialect.name](table).on_conflict_do_nothing(), list(rows))


def put(connection: Connection, table: Table, row: Mapping[str, Any]) -> None:
    """Insert the row, or overwrite the one with its key."""
    keys = [column.name for column in table.primary_key]
    insert = _INSERTS[connection.dialect.name](table)
    fresh = {name: insert.excluded[name] for name in row if name not in keys}
    connection.execute(insert.on_conflict_do_update(index_elements=keys, set_=fresh), [dict(row)])


def hold(connection: Connection, name: str) -> bool:
    """Take the database's own lock of this name until the connection is closed; False where another has it.

    https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS
    """
    if connection.dialect.name != "postgresql":
        return True
    key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
    held = connection.execute(select(func.pg_try_advisory_lock(key))).scalar()
    connection.commit()  # the lock is the session's; an open transaction would keep old rows alive
    connection.detach()  # so that closing it ends the session, and the lock with it
    return bool(held)

"""All that differs between SQLite and PostgreSQL; everything else is SQLAlchemy's common SQL."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Engine, Table, TextClause, event, func, select, text
from sqlalchemy.dialects import postgresql, sqlite

_INSERTS: Final[Mapping[str, Callable[[Table], Any]]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}
KNOWN: Final = tuple(_INSERTS)

Items = Sequence[Sequence[Sequence[str]]]  # as store.terms.Question has them

_BEGIN: Final = "briefing_begin"  # our own execution option: the words that begin a transaction on SQLite


def arguments(dialect: str, patience: float, *, reading: bool = False) -> dict[str, Any]:
    """What the driver is told: how many seconds to wait for a server or for another's transaction."""
    if dialect == "postgresql":
        reads = " -c default_transaction_read_only=on" if reading else ""
        return {
            "connect_timeout": max(1, round(patience)),
            "options": f"-c lock_timeout={round(patience * 1000)}{reads}",
        }
    return {"timeout": patience}


def prepare(engine: Engine, *, reading: bool = False) -> None:
    """Let SQLAlchemy begin transactions on SQLite.

    Python's driver begins none before CREATE TABLE, so that a migration could be killed half-way:
    https://docs.sqlalchemy.org/en/21/dialects/sqlite.html#sqlite-transactions
    """
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _leave_transactions_to_us)
        event.listen(engine, "begin", _begin)
        if reading:
            event.listen(engine, "connect", _write_nothing)


def _leave_transactions_to_us(connection: Any, _record: object) -> None:
    connection.isolation_level = None


def _write_nothing(connection: Any, _record: object) -> None:
    # Not `mode=ro`: in write-ahead mode it leaves its two files behind, and on some disks cannot open at all.
    connection.execute("PRAGMA query_only = ON")


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


def is_sound(connection: Connection) -> bool:
    """Whether the database's own look at every page finds no damage; .4 s for 100 MB, 3 s off a cold disk."""
    if connection.dialect.name != "sqlite":
        return True  # a server looks after its pages itself
    return connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() == "ok"


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


def index_terms(connection: Connection, rows: Mapping[int, Sequence[str]]) -> None:
    """Put the terms of articles, by number, into the index of words; those that are there stay as they are.

    SQLite: the table `words` of FTS5, whose tokeniser finds nothing to do but to divide at blanks.
    PostgreSQL: `words.stems`, a tsvector that is written out, so that no parser of its own has a say.
    """
    if connection.dialect.name == "sqlite":
        statement = "INSERT INTO words (rowid, stems) VALUES (:number, :stems)"
        values = [{"number": number, "stems": " ".join(terms)} for number, terms in rows.items()]
    else:
        statement = (
            "INSERT INTO words (number, stems) VALUES (:number, CAST(:stems AS tsvector)) "
            "ON CONFLICT DO NOTHING"
        )
        values = [{"number": number, "stems": _vector(terms)} for number, terms in rows.items()]
    if values:
        connection.execute(text(statement), values)


def forget_terms(connection: Connection, numbers: Sequence[int]) -> None:
    """Take articles out of the index of words, by number."""
    key = "rowid" if connection.dialect.name == "sqlite" else "number"
    if numbers:
        values = [{"number": number} for number in numbers]
        connection.execute(text(f"DELETE FROM words WHERE {key} = :number"), values)  # noqa: S608 - one of two words


def found_numbers(dialect: str, wanted: Items, unwanted: Items) -> TextClause:
    """SELECT of the numbers of articles that hold every wanted item and no unwanted one.

    An item is phrases, any of which will do. Terms are letters and digits, so that quoting is safe.
    """
    if dialect == "sqlite":
        asked = " AND ".join(_any(item, '"{}"', " ", " OR ") for item in wanted)
        but = " OR ".join(_any(item, '"{}"', " ", " OR ") for item in unwanted)
        statement = text("SELECT rowid FROM words WHERE words MATCH :asked")
        return statement.bindparams(asked=f"({asked}) NOT ({but})" if but else asked)
    parts = [_any(item, "({})", " <-> ", " | ") for item in wanted]
    parts += ["!" + _any(item, "({})", " <-> ", " | ") for item in unwanted]
    statement = text("SELECT number FROM words WHERE stems @@ CAST(:asked AS tsquery)")
    return statement.bindparams(asked=" & ".join(parts))


def _any(item: Sequence[Sequence[str]], around: str, between: str, either: str) -> str:
    return f"({either.join(around.format(between.join(phrase)) for phrase in item)})"


def _vector(terms: Sequence[str]) -> str:
    """Terms as PostgreSQL writes a tsvector: 'term':1 'term':2; it keeps 16,383 places."""
    return " ".join(f"'{term}':{place}" for place, term in enumerate(terms, start=1))

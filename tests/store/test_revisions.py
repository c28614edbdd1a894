"""The way from an empty database to the tables of today."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from briefing.store import open_store
from briefing.store.tables import metadata


def _ours(name: str | None, kind: str, _parents: object) -> bool:
    """The index of words has tables of each database's own."""
    return not (kind == "table" and name is not None and (name == "words" or name.startswith("words_")))


def test_the_revisions_make_exactly_the_tables_that_the_code_uses(url: str) -> None:
    open_store(url).close()
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": _ours})
        assert compare_metadata(context, metadata) == []
        inspector = sa.inspect(connection)
        for table in metadata.tables.values():
            keys = inspector.get_pk_constraint(table.name)
            assert keys["constrained_columns"] == [column.name for column in table.primary_key]
            assert keys["name"] == table.primary_key.name
    engine.dispose()


def test_the_comparison_sees_a_missing_column(url: str) -> None:
    open_store(url).close()
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        connection.execute(sa.text("ALTER TABLE outcomes DROP COLUMN error"))
        assert compare_metadata(MigrationContext.configure(connection), metadata) != []
    engine.dispose()


def test_opening_again_changes_nothing(url: str) -> None:
    for _ in range(3):
        open_store(url).close()
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        assert connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalars().all() == [
            "0005"
        ]
    engine.dispose()

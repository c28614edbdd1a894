"""Open a store: find or make the database and bring it to this program's tables, or say why not.

Nothing is written before it is certain that the file is ours: a damaged file, a database of another
program or of a newer briefing is left as it is.
"""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, create_engine, inspect, make_url
from sqlalchemy.exc import SQLAlchemyError

from briefing.errors import StoreError
from briefing.masked import masked
from briefing.store import dialects, revisions
from briefing.store.archive import Store
from briefing.store.failures import told
from briefing.store.search import index_missing

IN_MEMORY: Final = "sqlite://"
PATIENCE: Final = 15.0  # seconds for another run's transaction: the longest, a day's articles, takes one


def sqlite_url(path: Path) -> str:
    """The address of the SQLite database in this file, for `open_store`."""
    return URL.create("sqlite", database=str(path.absolute())).render_as_string(hide_password=False)


def existing(url: str) -> str:
    """The address of a store that is only to be read: an empty one in memory where there is no file yet."""
    missing = url.startswith("sqlite:///") and not Path(url.removeprefix("sqlite:///")).is_file()
    return IN_MEMORY if missing else url


def open_to_read(url: str, patience: float = PATIENCE) -> Store | None:
    """The store at `url`, which is read and never made, brought up to date or written; None: there is none.

    Raises StoreError, for one of an older program too.
    """
    if existing(url) == IN_MEMORY:
        return None
    engine = _engine(url, patience, reading=True)
    where = _where(engine)
    try:
        with (
            resources.as_file(resources.files(revisions)) as folder,
            told("open", where),
            engine.begin() as connection,
        ):
            scripts = ScriptDirectory(str(folder))
            reached = _reached(connection, scripts, where)
        if reached and reached != set(scripts.get_heads()):
            raise StoreError(
                f"{where} was written by an older briefing (revision {min(reached)!r}): "
                "run `briefing fetch` once, which brings it up to date"
            )
    except BaseException:
        engine.dispose()
        raise
    return Store(engine, where) if reached else None


def open_store(url: str, patience: float = PATIENCE) -> Store:
    """The store at `url`, made where there is none, brought up to date where it is older.

    `patience` is how many seconds each call waits for another program. Raises StoreError.
    """
    engine = _engine(url, patience)
    where = _where(engine)
    try:
        with told("open", where):
            _bring_up_to_date(engine, where)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine, where)


def _where(engine: Engine) -> str:
    """The database as messages name it: without a password."""
    file = engine.url.database if engine.dialect.name == "sqlite" else ""
    return file or masked(engine.url.render_as_string())  # drivers take a password among the options too


def _engine(text: str, patience: float, *, reading: bool = False) -> Engine:
    try:
        url = make_url(text)
        dialect = url.get_backend_name()
        if dialect not in dialects.KNOWN:
            raise StoreError(f"store: unknown database {dialect!r}; known are {', '.join(dialects.KNOWN)}")
        if not reading:
            _make_folder(url)
        arguments = dialects.arguments(dialect, patience, reading=reading)
        engine = create_engine(url, connect_args=arguments, hide_parameters=True)
    except ModuleNotFoundError as error:
        raise StoreError(
            f"store: the driver {error.name!r} is not installed; pip install 'briefing-desk[postgresql]'"
        ) from error
    except SQLAlchemyError as error:
        raise StoreError(
            "store: the address cannot be read; write it as sqlite:////folder/briefing.db "
            "or postgresql+psycopg://user@host/name"
        ) from error
    dialects.prepare(engine, reading=reading)
    return engine


def _make_folder(url: URL) -> None:
    if url.get_backend_name() != "sqlite" or not url.database or url.database.startswith((":", "file:")):
        return
    folder = Path(url.database).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"cannot make the store's folder {folder}: {error.strerror}; name another place under `store:`"
        ) from error


def _bring_up_to_date(engine: Engine, where: str) -> None:
    with resources.as_file(resources.files(revisions)) as folder:
        config = Config()
        config.set_main_option("script_location", str(folder).replace("%", "%%"))  # it interpolates
        scripts = ScriptDirectory.from_config(config)
        with engine.begin() as connection:
            reached = _reached(connection, scripts, where)
        dialects.use_write_ahead_log(engine)
        if reached == set(scripts.get_heads()):
            return
        with dialects.writing(engine).begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            index_missing(connection)


def _reached(connection: Connection, scripts: ScriptDirectory, where: str) -> set[str]:
    """The step that the database has reached, none for an empty one; StoreError if it is not ours."""
    reached = set(MigrationContext.configure(connection).get_current_heads())
    if not reached and (tables := inspect(connection).get_table_names()):
        raise StoreError(
            f"{where} is a database of another program (it holds {tables[0]!r}): "
            "name a place of its own for the briefing under `store:`"
        )
    if unknown := reached - {script.revision for script in scripts.walk_revisions()}:
        raise StoreError(
            f"{where} was written by a newer briefing (revision {min(unknown)!r}; this one knows up to "
            f"{scripts.get_current_head()!r}): install that one, or name another place under `store:`"
        )
    return reached

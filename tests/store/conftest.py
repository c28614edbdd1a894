"""Real databases: a test that asks for `url` runs on SQLite and, where it can be started, on PostgreSQL."""

from __future__ import annotations

import importlib.util
import itertools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from briefing.store import Store, open_store, sqlite_url

_numbers = itertools.count()  # of databases on our server


def _program(name: str) -> str | None:
    """PostgreSQL's own programs; Debian keeps them off the PATH."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", ""), *map(str, places)]))


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """A PostgreSQL of our own on a Unix socket, no port; yields its socket's folder."""
    initdb, pg_ctl = _program("initdb"), _program("pg_ctl")
    if not initdb or not pg_ctl:
        pytest.skip("PostgreSQL is not installed")
    if importlib.util.find_spec("psycopg") is None:
        pytest.skip("psycopg is not installed (the extra `postgresql`)")
    user = "postgres" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
    folder = Path(tempfile.mkdtemp(prefix="briefing-pg-"))  # tmp_path is closed to other users, and long
    if user:
        shutil.chown(folder, user)
    data = str(folder / "data")

    def run(*words: str) -> None:
        subprocess.run(words, check=True, user=user, stdout=subprocess.DEVNULL, cwd=folder)

    try:
        run(initdb, "-D", data, "-U", "postgres", "-A", "trust", "-N", "-E", "UTF8")
        options = f"-c listen_addresses= -c fsync=off -k {folder}"
        run(pg_ctl, "-D", data, "-w", "-l", f"{folder}/log", "-o", options, "start")
        yield str(folder)
    finally:
        if Path(data, "postmaster.pid").exists():
            run(pg_ctl, "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database that no other test has seen."""
    if request.param == "sqlite":
        return sqlite_url(tmp_path / "briefing.db")
    folder = request.getfixturevalue("server")
    name = f"briefing{next(_numbers)}"
    address = f"postgresql+psycopg://postgres@/{{}}?host={folder}"
    engine = sa.create_engine(address.format("postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return address.format(name)


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """An open, empty store."""
    with open_store(url) as opened:
        yield opened

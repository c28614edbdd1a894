"""A store that cannot be used says what, where and what to do, and is left as it was."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest

from briefing.errors import StoreError
from briefing.model import Article, Miss, SourceReport
from briefing.store import Store, open_store, sqlite_url

ROOT = Path(__file__).parents[2]
SLOT = "2026-11-23"
ARTICLE = Article("a", "north", "Title", "Text.")


def garbage(path: Path) -> None:
    path.write_bytes(b"These bytes are no database. \x00\xff" * 500)


def cut_short(path: Path) -> None:
    with open_store(sqlite_url(path)) as store:
        store.add([Article(str(n), "north", "Title", "Text. " * 200) for n in range(200)], SLOT)
    path.write_bytes(path.read_bytes()[:5000])


def newer(path: Path) -> None:
    open_store(sqlite_url(path)).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999\x1b[2J'")
        connection.commit()


def newer_without_write_ahead_log(path: Path) -> None:
    newer(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


def of_another_program(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE places (url TEXT)")


def of_another_program_with_revisions(path: Path) -> None:
    of_another_program(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        connection.execute("INSERT INTO alembic_version VALUES ('ae1027a6acf')")
        connection.commit()


@pytest.mark.parametrize(
    ("spoil", "cause", "remedy"),
    [
        (garbage, "file is not a database", "restore a copy, or move it away"),
        (cut_short, "malformed", "restore a copy, or move it away"),
        (newer, "newer briefing (revision '9999\\x1b[2J'; this one knows up to '0005')", "install"),
        (newer_without_write_ahead_log, "newer briefing", "install"),
        (of_another_program, "another program (it holds 'places')", "a place of its own"),
        (of_another_program_with_revisions, "revision 'ae1027a6acf'", "name another place"),
    ],
)
def test_a_database_that_is_not_ours_to_use_is_refused_and_left_untouched(
    tmp_path: Path, spoil: Callable[[Path], None], cause: str, remedy: str
) -> None:
    path = tmp_path / "briefing.db"
    spoil(path)
    before = path.read_bytes()
    with pytest.raises(StoreError) as refusal:
        open_store(sqlite_url(path))
    for part in (cause, str(path), remedy):
        assert part in str(refusal.value)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    path = tmp_path / "briefing.db"
    path.touch()
    with open_store(sqlite_url(path)) as store:
        store.add([ARTICLE], SLOT)
        assert store.article("a") == ARTICLE


@pytest.mark.parametrize("name", ["briefing.db", "ранок 🛰️.db", "100%41?a=b#c;d&e+f.db", "a:b@c.db"])
def test_any_path_can_hold_a_store_and_its_folder_is_made(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"new {name}" / name
    with open_store(sqlite_url(path)) as store:
        store.add([ARTICLE], SLOT)
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("briefing.db", "sqlite:////folder/briefing.db"),
        ("mysql://localhost/briefing", "known are sqlite, postgresql"),
        ("postgresql+nosuch://localhost/briefing", "address cannot be read"),
        ("sqlite:////dev/null/briefing.db", "name another place under `store:`"),
        ("sqlite:////dev", "unable to open database file; check that the folder exists"),
    ],
)
def test_an_address_that_leads_nowhere_says_what_to_write(url: str, said: str) -> None:
    with pytest.raises(StoreError) as refusal:
        open_store(url)
    assert said in str(refusal.value)


def test_a_password_is_never_printed() -> None:
    pytest.importorskip("psycopg", reason="psycopg is not installed (the extra `postgresql`)")
    with pytest.raises(StoreError, match="check that the server runs") as refusal:
        open_store("postgresql://desk:secret@127.0.0.1:1/briefing", patience=1)
    assert "secret" not in str(refusal.value)


WRITES: list[Callable[[Store], None]] = [
    lambda store: store.add([ARTICLE], SLOT),
    lambda store: store.remember(
        SourceReport("north", "feed", "x", "ok", 1), [Miss("north", "x", "y")], ["a1"]
    ),
    lambda store: store.keep("morning", SLOT, b"{}", ["a"]),
]


@pytest.mark.parametrize("write", WRITES)
def test_a_database_that_another_program_holds_is_an_error_that_says_so(
    tmp_path: Path, write: Callable[[Store], None]
) -> None:
    path = tmp_path / "briefing.db"
    with open_store(sqlite_url(path), patience=0.05) as store, closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="database is locked; another program is writing to it"):
            write(store)
        assert store.article("a") is None  # reading goes on
        other.rollback()
        write(store)


@pytest.mark.parametrize("write", WRITES)
def test_a_read_only_database_can_be_read_and_says_that_it_cannot_be_written(
    tmp_path: Path, write: Callable[[Store], None]
) -> None:
    path = tmp_path / "briefing.db"
    with open_store(sqlite_url(path)) as store:
        store.add([ARTICLE], SLOT)
    with open_store(f"sqlite:///file:{quote(str(path))}?mode=ro&uri=true") as store:
        assert store.article("a") == ARTICLE
        with pytest.raises(StoreError, match="readonly database; make the file and its folder writable"):
            write(store)


def test_damage_that_shows_later_is_an_error_of_the_store_too(tmp_path: Path) -> None:
    path = tmp_path / "briefing.db"
    with open_store(sqlite_url(path)) as store:
        store.add([Article(f"{n:04}", "north", "Title", "Text. " * 200) for n in range(500)], SLOT)
    content = bytearray(path.read_bytes())
    content[len(content) // 4 :] = b"\xa5" * (len(content) - len(content) // 4)
    path.write_bytes(content)
    with open_store(sqlite_url(path)) as store, pytest.raises(StoreError, match="malformed; restore a copy"):
        for number in range(500):
            store.article(f"{number:04}")


def test_a_message_never_holds_the_articles(tmp_path: Path) -> None:
    path = tmp_path / "briefing.db"
    with open_store(sqlite_url(path)) as store:
        with closing(sqlite3.connect(path)) as other:
            other.execute("DROP TABLE articles")
        with pytest.raises(StoreError) as refusal:
            store.add([Article("a", "north", "Title", "A confidential text")], SLOT)
    assert "confidential" not in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_store_opens_from_a_copy_of_the_package_without_the_source_tree(tmp_path: Path) -> None:
    shutil.copytree(
        ROOT / "briefing", tmp_path / "100% site" / "briefing", ignore=shutil.ignore_patterns("*.pyc")
    )
    program = (
        "import sys; from briefing.store import *; open_store(sys.argv[1]).close(); print(Store.__module__)"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, sqlite_url(tmp_path / "briefing.db")],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path / "100% site")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stderr) == (0, "")
    assert (tmp_path / "briefing.db").exists()

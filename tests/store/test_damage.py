"""A damaged database is told in one clear line and left as it is, wherever the damage lies."""

from __future__ import annotations

import random
import shutil
import sqlite3
import traceback
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from briefing import pipeline
from briefing.config.settings import Settings
from briefing.errors import BriefingError, StoreError
from briefing.model import Article, Attempt, Carried, Due, Issue, Miss, SourceReport, Visit, Window
from briefing.schedule.status import status
from briefing.store import Store, open_store, open_to_read, sqlite_url

SIX = datetime(2026, 11, 23, 6, tzinfo=UTC)
WEEK = Window(SIX - timedelta(days=7), SIX)
SLOT = "2026-11-23"
SEEDS = 15
FAR = 120  # seeds of the slow tier


def fill(path: Path) -> None:
    """A store with something in every table."""
    articles = [
        Article(
            f"{n:04}",
            "north",
            f"Title {n}",
            f"Drone {n}. " * 40,
            published=SIX - timedelta(hours=n),
            notes=("cut",),
        )
        for n in range(60)
    ]
    due = Due(SIX.date(), "", SLOT, SIX)
    ids = tuple(one.id for one in articles)
    with open_store(sqlite_url(path)) as store:
        store.sources.take(
            "north",
            SLOT,
            articles,
            carried=[
                Carried("north", "https://n.example/", "reader", "digest", ids, (Miss("north", "x", "y"),))
            ],
            visits=[Visit("https://n.example/", SIX, SIX, "etag")],
            attempt=Attempt(SIX, "ok", 60),
        )
        store.remember(SourceReport("north", "feed", "https://n.example/", "ok", 60), (), ids)
        store.keep("morning-briefing", SLOT, b'{"sources": []}', ids, Issue(due, built=SIX))
        store.ledger.mark("morning-briefing", "fetch", SIX)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("whole") / "briefing.db"
    fill(path)
    return path


def bytes_flipped(content: bytearray, chance: random.Random) -> None:
    for _ in range(chance.choice([1, 3, 30])):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)


def page_overwritten(content: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(content) // 4096) * 4096
    content[start : start + 4096] = chance.choice([bytes(4096), chance.randbytes(4096), b"\xff" * 4096])


def header_hurt(content: bytearray, chance: random.Random) -> None:
    content[chance.randrange(100)] = chance.randrange(256)


def cut(content: bytearray, chance: random.Random) -> None:
    del content[chance.randrange(1, len(content)) :]


DAMAGES = (bytes_flipped, page_overwritten, header_hurt, cut)
READS: tuple[Callable[[Store], object], ...] = (
    lambda store: store.articles(["north"], WEEK, SLOT),
    lambda store: store.article("0007"),
    lambda store: store.carrying("north", ["0001", "0059"]),
    lambda store: store.remembered("north", "https://n.example/"),
    lambda store: store.sources.carried("north"),
    lambda store: store.sources.visits(["https://n.example/"]),
    lambda store: store.sources.attempts("north", SIX - timedelta(days=1)),
    lambda store: store.search.find("drone"),
    lambda store: store.edition("morning-briefing", SLOT),
    lambda store: store.used("morning-briefing", SLOT),
    lambda store: store.ledger.issues("morning-briefing", SIX.date()),
    lambda store: store.ledger.marked("morning-briefing", "fetch"),
)
WRITES: tuple[Callable[[Store], object], ...] = (
    lambda store: store.sources.take("north", SLOT, [Article("new", "north", "T", "A drone.")]),
    lambda store: store.keep("morning-briefing", "2026-11-24", b"{}", ["0001"]),
    lambda store: store.ledger.mark("morning-briefing", "fetch", SIX),
    lambda store: store.retention.forget(["north"], SIX, SIX + timedelta(days=400)),
)


def one_line(said: BaseException) -> bool:
    return "\n" not in str(said) and str(said).isprintable()


def tried(
    path: Path, questions: tuple[Callable[[Store], object], ...], *, reading: bool
) -> Iterator[BriefingError]:
    """What was said to each question; anything but an error of ours fails the test by itself."""
    try:
        store = (
            open_to_read(sqlite_url(path), patience=0.1)
            if reading
            else open_store(sqlite_url(path), patience=0.1)
        )
    except BriefingError as error:
        yield error
        return
    if store is None:
        return
    with store:
        for question in questions:
            try:
                question(store)
            except BriefingError as error:
                yield error


def hurt(whole: Path, folder: Path, seed: int) -> Path:
    chance = random.Random(seed)
    content = bytearray(whole.read_bytes())
    chance.choice(DAMAGES)(content, chance)
    path = folder / "briefing.db"
    path.write_bytes(content)
    return path


def check(whole: Path, folder: Path, seed: int) -> None:
    path = hurt(whole, folder, seed)
    before = path.read_bytes()
    for said in tried(path, READS, reading=True):
        assert one_line(said), said
    assert path.read_bytes() == before
    for said in tried(path, (*READS, *WRITES), reading=False):
        assert one_line(said), said


@pytest.mark.parametrize("seed", range(SEEDS))
def test_damage_anywhere_is_told_in_one_line(whole: Path, tmp_path: Path, seed: int) -> None:
    check(whole, tmp_path, seed)


@pytest.mark.slow
def test_damage_anywhere_is_told_in_one_line_many_times_over(whole: Path, tmp_path: Path) -> None:
    failed = {}
    for seed in range(SEEDS, FAR):
        for left in tmp_path.iterdir():
            left.unlink()
        try:
            check(whole, tmp_path, seed)
        except Exception as error:
            failed[seed] = "".join(traceback.format_exception_only(error))
    assert failed == {}


def desk(folder: Path) -> Settings:
    (folder / "inbox").mkdir()
    (folder / "inbox" / "a.txt").write_text(
        "A drone fell\n\nA drone fell on a field near Dubove.", encoding="utf-8"
    )
    return Settings.model_validate(
        {"title": "Morning briefing", "base": folder, "sources": [{"folder": "inbox", "name": "north"}]}
    )


def search(settings: Settings) -> object:
    store = open_to_read(settings.store_url(), patience=0.1)
    assert store is not None
    with store:
        return store.search.find("drone")


COMMANDS: dict[str, Callable[[Settings], object]] = {
    "fetch": lambda settings: pipeline.fetch_all(settings, SIX),
    "build": lambda settings: pipeline.run(settings, SIX),
    "dry run": lambda settings: pipeline.run(settings, SIX, dry_run=True),
    "verify": lambda settings: pipeline.check(b"{}", settings.store_url()),
    "search": search,
    "status": lambda settings: status(settings, SIX),
}


def torn(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:6000])


def garbage(path: Path) -> None:
    path.write_bytes(b"no database at all \x00" * 900)


def holes(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:100] + bytes(len(content) - 100))


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()


@pytest.mark.parametrize("spoil", [torn, garbage, holes, newer])
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_so_and_leaves_the_file(
    whole: Path, tmp_path: Path, command: str, spoil: Callable[[Path], None]
) -> None:
    settings = desk(tmp_path)
    path = tmp_path / "briefing.db"
    shutil.copy(whole, path)
    spoil(path)
    before = path.read_bytes()
    with pytest.raises(StoreError) as said:
        COMMANDS[command](settings)
    assert one_line(said.value)
    assert str(path) in str(said.value)
    assert path.read_bytes() == before
    assert not (tmp_path / "briefing.db-wal").exists()


def wal_of_noise(path: Path) -> None:
    path.with_name("briefing.db-wal").write_bytes(random.Random(1).randbytes(50_000))
    path.with_name("briefing.db-shm").write_bytes(random.Random(2).randbytes(32_768))


def wal_cut(path: Path) -> None:
    """A run that was killed while its last transaction was on its way to the disk."""
    folder = path.with_name("copy")
    folder.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO marks VALUES ('b', 'n', 'x')")
        connection.commit()
        shutil.copy(path, folder / "briefing.db")
        content = Path(f"{path}-wal").read_bytes()
    shutil.move(folder / "briefing.db", path)
    folder.rmdir()
    Path(f"{path}-wal").write_bytes(content[: len(content) // 2 + 100])
    path.with_name("briefing.db-shm").unlink(missing_ok=True)


def wal_lost(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO marks VALUES ('b', 'n', 'x')")
        connection.commit()
        content = path.read_bytes()
    path.write_bytes(content)


@pytest.mark.parametrize("spoil", [wal_of_noise, wal_cut, wal_lost])
def test_a_log_that_is_no_use_costs_at_most_what_stood_in_it(
    whole: Path, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    path = tmp_path / "briefing.db"
    shutil.copy(whole, path)
    spoil(path)
    assert list(tried(path, (*READS, *WRITES[:3]), reading=False)) == []
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


@pytest.mark.parametrize("command", ["fetch", "build"])
def test_an_empty_file_is_filled_and_a_folder_is_told(tmp_path: Path, command: str) -> None:
    settings = desk(tmp_path)
    (tmp_path / "briefing.db").mkdir()
    with pytest.raises(StoreError, match="unable to open database file"):
        COMMANDS[command](settings)
    (tmp_path / "briefing.db").rmdir()
    (tmp_path / "briefing.db").touch()
    pipeline.fetch_all(settings, SIX)
    assert search(settings)


def test_a_store_that_another_program_keeps_for_itself_is_told(whole: Path, tmp_path: Path) -> None:
    path = tmp_path / "briefing.db"
    shutil.copy(whole, path)
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        said = [*tried(path, READS, reading=True), *tried(path, READS, reading=False)]
    assert len(said) == 2
    assert all("locked; another program" in str(one) for one in said)


def test_a_damaged_store_is_not_thinned_out(whole: Path, tmp_path: Path) -> None:
    path = tmp_path / "briefing.db"
    shutil.copy(whole, path)
    content = bytearray(path.read_bytes())
    for start in range(4096 * 8, len(content) - 4096, 4096 * 12):
        content[start : start + 4096] = b"\xa5" * 4096
    path.write_bytes(content)
    with open_store(sqlite_url(path)) as store, pytest.raises(StoreError, match="restore a copy"):
        store.retention.forget(["north"], SIX + timedelta(days=1000), SIX)

"""Killed at any moment, a store opens again and holds each call wholly or not at all."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from briefing.model import Window
from briefing.store import open_store, sqlite_url

ROOT = Path(__file__).parents[2]
SLOT = "2026-11-23"
SIX = datetime(2026, 11, 23, 6, tzinfo=UTC)
DAY = Window(SIX - timedelta(hours=1), SIX)
BATCH = 40  # articles in one call
KILLS = 10

# Adds batches, each a source of its own, for ever; says the number of each when it is in.
ADDER = f"""
import sys
from datetime import UTC, datetime
from briefing.model import Article
from briefing.store import open_store
six = datetime(2026, 11, 23, 6, tzinfo=UTC)
number = int(sys.argv[2])
print("opening", flush=True)
with open_store(sys.argv[1]) as store:
    while True:
        number += 1
        names = [f"{{number:06}}-{{place:02}}" for place in range({BATCH})]
        source = f"batch {{number}}"
        store.add([Article(name, source, name, name * 500, published=six) for name in names], "{SLOT}")
        store.keep("morning", f"{{number:06}}", b"edition", names)
        print(number, flush=True)
"""


def adder(path: Path, number: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", ADDER, sqlite_url(path), str(number)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def read_lines(run: subprocess.Popen[str], count: int) -> list[str]:
    assert run.stdout is not None
    return [run.stdout.readline().strip() for _ in range(count)]


def kill(run: subprocess.Popen[str]) -> list[str]:
    """End it as a power cut would; what it still said before."""
    run.kill()
    rest, _ = run.communicate()
    return rest.split()


@pytest.mark.slow
def test_a_store_killed_while_it_adds_holds_every_finished_call_and_no_half_one(tmp_path: Path) -> None:
    path = tmp_path / "briefing.db"
    said = 0
    for round_ in range(KILLS):
        run = adder(path, said)
        lines = read_lines(run, 2 + round_)
        time.sleep(round_ / 1000)  # another moment of the next call each time
        lines += kill(run)
        said = int(lines[-1])
        with open_store(sqlite_url(path)) as store:
            for number in range(1, said + 1):
                assert len(store.articles([f"batch {number}"], DAY, SLOT)) == BATCH
                assert len(store.used("morning", f"{number:06}")) == BATCH
            after = len(store.articles([f"batch {said + 1}"], DAY, SLOT))
            assert after in (0, BATCH)
            assert len(store.used("morning", f"{said + 1:06}")) in (0, after)
            assert store.articles([f"batch {said + 2}"], DAY, SLOT) == ()
            assert len(store.earlier("morning", "9", most=10_000)) in (said, said + 1)


@pytest.mark.slow
@pytest.mark.parametrize("round_", range(KILLS))
def test_a_store_killed_while_it_is_made_is_made_by_the_next_run(tmp_path: Path, round_: int) -> None:
    path = tmp_path / "briefing.db"
    run = adder(path, 0)
    assert read_lines(run, 1) == ["opening"]
    time.sleep(2 * round_ / 1000)  # making takes about 20 ms: before it, in it, after it
    kill(run)
    with open_store(sqlite_url(path)) as store:
        assert len(store.articles(["batch 1"], DAY, SLOT)) in (0, BATCH)


@pytest.mark.slow
def test_several_runs_that_make_one_store_at_once_all_succeed(tmp_path: Path) -> None:
    path = tmp_path / "briefing.db"
    runs = [adder(path, 1000 * place) for place in range(4)]
    lines = [read_lines(run, 3) for run in runs]
    for run in runs:
        kill(run)
    assert [line[-1] for line in lines] == [str(1000 * place + 2) for place in range(4)]

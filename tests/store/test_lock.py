"""One run at a time, and a lock that never outlives its holder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from briefing.errors import BriefingError, Locked, StoreError
from briefing.store import holder as asked
from briefing.store import lock

ROOT = Path(__file__).parents[2]
HOLDER = """
import sys
from pathlib import Path
from briefing.store import holder as asked
from briefing.store import lock
with lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""


def holder(path: Path) -> subprocess.Popen[str]:
    run = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert run.stdout is not None
    assert run.stdout.readline() == "held\n"
    return run


def test_a_second_run_is_told_at_once_who_holds_what_and_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "briefing.lock"
    run = holder(path)
    for _ in range(2):  # asking leaves the holder's name in place
        with (
            pytest.raises(Locked, match=f"process {run.pid} on .*wait for it or end it") as refusal,
            lock(path),
        ):
            pytest.fail("two runs hold one lock")
        assert str(path) in str(refusal.value)
        assert refusal.value.exit_code == 4
    run.communicate("\n")
    with lock(path):
        pass


def test_the_lock_of_a_killed_run_is_free(tmp_path: Path) -> None:
    path = tmp_path / "briefing.lock"
    run = holder(path)
    run.kill()
    run.communicate()
    with lock(path):
        assert f"process {os.getpid()} " in path.read_text(encoding="utf-8")


def test_a_run_that_failed_frees_its_lock_and_its_error_passes(tmp_path: Path) -> None:
    path = tmp_path / "briefing.lock"
    with pytest.raises(BriefingError, match="no source answered"), lock(path):
        raise BriefingError("no source answered")
    with lock(path), pytest.raises(Locked), lock(path):
        pytest.fail("one lock was held twice")


@pytest.mark.parametrize("content", ["", "\x1b[2J evil", "\ud800"])
def test_a_holder_without_a_readable_name_is_another_run(tmp_path: Path, content: str) -> None:
    path = tmp_path / "briefing.lock"
    with lock(path):
        path.write_bytes(content.encode("utf-8", "surrogatepass"))
        with pytest.raises(Locked) as refusal, lock(path):
            pytest.fail("one lock was held twice")
    assert str(refusal.value).isprintable()


def test_a_lock_that_cannot_be_written_says_so() -> None:
    with pytest.raises(StoreError, match="make its folder writable"), lock(Path("/dev/null/briefing.lock")):
        pytest.fail("a lock was held where no file can be")


def test_a_lock_can_be_asked_for_its_holder_and_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "briefing.lock"
    assert asked(path) is None
    assert not path.exists()
    run = holder(path)
    assert asked(path) == asked(path)
    assert (asked(path) or "").startswith(f"process {run.pid} on ")
    run.communicate("\n")
    assert asked(path) is None
    assert f"process {run.pid} " in path.read_text(encoding="utf-8")

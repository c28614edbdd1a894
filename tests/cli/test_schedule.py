"""`briefing schedule` as cron and monitors start it: lines, exit codes and JSON."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.config import load
from briefing.model import Delivery, Receipt
from briefing.store import open_store

ROOT = Path(__file__).parents[2]
Run = Callable[..., subprocess.CompletedProcess[str]]
REPORT = """Rescue workers clear a road near Lysychne

Two people were injured when a bridge gave way near the village of Lysychne, the regional
administration said on Wednesday. Rescue workers cleared the road and left the village by noon.
"""
STATE = {
    *("schema", "briefing", "title", "written", "healthy", "troubles"),
    *("last", "next", "fetched", "failed", "daemon"),
}


def desk(folder: Path, name: str = "feeds.yaml", **keys: str) -> Path:
    """A feeds.yaml whose edition was due this minute, and a report to make it of."""
    (folder / "inbox").mkdir(exist_ok=True)
    (folder / "inbox" / "report.txt").write_text(REPORT, encoding="utf-8")
    told = {
        "title": "Desk",
        "at": f'"{dt.datetime.now(dt.UTC):%H:%M}"',
        "formats": "[md, json]",
        "sources": "[{folder: inbox}]",
    }
    path = folder / name
    path.write_text("".join(f"{key}: {value}\n" for key, value in (told | keys).items()), encoding="utf-8")
    return path


def test_once_builds_what_is_due_and_then_has_nothing_to_say(run: Run, tmp_path: Path) -> None:
    desk(tmp_path)
    done = run("schedule", "--once")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("built 20")
    assert len(list(tmp_path.glob("output/desk/*/edition.md"))) == 1
    again = run("schedule", "--once")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")


def test_once_and_quiet_says_nothing_where_all_went_well(run: Run, tmp_path: Path) -> None:
    desk(tmp_path)
    done = run("schedule", "--once", "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert list(tmp_path.glob("output/desk/*/edition.md"))


def test_once_and_quiet_says_what_went_wrong_once_and_goes_on_with_the_next_briefing(
    run: Run, tmp_path: Path
) -> None:
    desk(tmp_path, "bad.yaml", title="Bad", sources="[{file: nothing.txt}]", store="sqlite:///bad.db")
    desk(tmp_path, "good.yaml", title="Good")
    done = run("schedule", "--once", "--quiet", "--config", "bad.yaml", "--config", "good.yaml")
    assert done.returncode == 1
    assert done.stderr.startswith("Bad: no edition of ")
    assert done.stderr.count("every source failed") == 1
    assert "Good" not in done.stderr
    assert list(tmp_path.glob("output/good/*/edition.md"))
    failed = run("schedule", "--status", "--config", "bad.yaml").stdout.splitlines()
    assert [line.split()[0] for line in failed[1:]] == ["last", "failed", "next", "fetched", "daemon"]
    assert "every source failed" in failed[2]
    assert "; next try 20" in failed[2]


def test_a_store_that_cannot_be_opened_is_told_once_and_fails(run: Run, tmp_path: Path) -> None:
    desk(tmp_path)
    (tmp_path / "briefing.db").write_bytes(b"no database " * 1000)
    done = run("schedule", "--once", "--quiet")
    assert done.returncode == 1
    assert done.stderr.count("briefing.db") == 1
    status = run("schedule", "--status")
    assert status.returncode == 1
    assert "briefing.db" in status.stdout
    (told,) = [json.loads(run("schedule", "--status", "--json").stdout)]
    assert not told["healthy"]
    assert "briefing.db" in told["troubles"][0]


def test_the_lines_of_a_status(run: Run, tmp_path: Path) -> None:
    desk(tmp_path)
    before = run("schedule", "--status")
    assert before.returncode == 1
    assert "Desk: look after it" in before.stdout
    assert "start `briefing schedule`" in before.stdout
    assert not (tmp_path / "briefing.db").exists()
    assert run("schedule", "--once").returncode == 0
    after = run("schedule", "--status")
    lines = after.stdout.splitlines()
    assert (after.returncode, after.stderr) == (0, "")
    assert lines[0] == "Desk: all is well"
    assert [line.split()[0] for line in lines[1:]] == ["last", "next", "fetched", "daemon"]
    assert lines[-1] == "  daemon    none is running on this machine"


def test_who_was_left_without_it_fails_a_status(run: Run, tmp_path: Path) -> None:
    settings = load(desk(tmp_path))
    assert run("schedule", "--once").returncode == 0
    now = dt.datetime.now(dt.UTC)
    with open_store(settings.store_url()) as store:
        (issue,) = store.ledger.issues("desk", dt.date(2000, 1, 1))
        refused = Receipt("mail", "nobody@example.org", "refused", "550 \x1b[2Jno such user")
        store.ledger.record("desk", issue.due.slot, Delivery(refused, 1, now, now))
    done = run("schedule", "--status")
    assert done.returncode == 1
    assert "trouble   mail to nobody@example.org: refused; 550 " in done.stdout
    assert "\x1b" not in done.stdout


def test_a_status_as_json_is_one_object_or_a_list(run: Run, tmp_path: Path) -> None:
    desk(tmp_path, "one.yaml", title="One")
    desk(tmp_path, "two.yaml", title="Two", timezone="Europe/Kyiv")
    assert run("schedule", "--once", "--config", "one.yaml").returncode == 0
    one = run("schedule", "--status", "--json", "--config", "one.yaml")
    assert one.returncode == 0
    assert set(json.loads(one.stdout)) == STATE
    both = run("schedule", "--status", "--json", "--config", "one.yaml", "--config", "two.yaml")
    assert both.returncode == 1
    assert [told["title"] for told in json.loads(both.stdout)] == ["One", "Two"]
    assert [told["healthy"] for told in json.loads(both.stdout)] == [True, False]
    beside = json.loads((tmp_path / "output" / "one" / "state.json").read_text(encoding="utf-8"))
    assert set(beside) == STATE - {"daemon"}


def test_a_status_loads_nothing_that_builds(tmp_path: Path) -> None:
    desk(tmp_path)
    listing = (
        "import sys; sys.argv = ['briefing', 'schedule', '--status']\n"
        "from briefing.cli import main\n"
        "try: main()\n"
        "except SystemExit: print([m for m in sys.modules if m in ("
        "'briefing.pipeline', 'sklearn', 'weasyprint', 'trafilatura', 'apscheduler')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", listing],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--once", "--status"], "give one of them"),
        (["--json"], "--json goes with --status"),
        (["--once", "--config", "absent.yaml"], "absent.yaml: no such file"),
        (["--once", "--config", "feeds.yaml", "--config", "feeds.yaml"], "both write to"),
        (["--status", "--config", "fixed.yaml"], "fixed.yaml:5: now: fixes the clock"),
    ],
)
def test_what_does_not_go_together_is_told(run: Run, options: list[str], told: str, tmp_path: Path) -> None:
    desk(tmp_path)
    desk(tmp_path, "fixed.yaml", now="2026-03-12T06:00:00+02:00")
    done = run("schedule", *options)
    assert done.returncode == 2
    assert told in done.stderr

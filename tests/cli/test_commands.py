"""The commands on a small inbox: what goes to which stream, and which exit code says what."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]

REPORT = """\
---
title: Shelling damages a hospital in Lypa district
outlet: Northwire
date: 2026-03-12T01:30:00+02:00
---
Shelling damaged a hospital in Lypa district overnight, killing at least three people and wounding 14,
the regional governor said on Thursday.

Rescue workers evacuated 60 patients to a school in the next town, the emergency service said.

Foreign ministers of five countries will meet in Vienna on Friday for talks on a ceasefire, the Austrian
foreign ministry said.
"""
NOW = ("--now", "2026-03-12T06:00:00+02:00")


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "report.md").write_text(REPORT, encoding="utf-8")
    return folder


def test_build_gives_paths_on_one_stream_and_the_summary_on_the_other(
    run: Run, inbox: Path, tmp_path: Path
) -> None:
    done = run("build", "--source", "inbox", *NOW, "--format", "md,json")
    assert done.returncode == 0, done.stderr
    paths = done.stdout.splitlines()
    assert [Path(path).name for path in paths] == ["edition.md", "edition.json"]
    assert all((tmp_path / path).is_file() for path in paths)
    assert all(path.startswith("output/morning-briefing/") for path in paths)
    assert "1 of 1 answered" in done.stderr
    assert (tmp_path / "output/briefing.db").exists()


def test_quiet_tells_nothing(run: Run, inbox: Path) -> None:
    done = run("build", "--source", "inbox", *NOW, "--format", "json", "--quiet")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_dry_run_writes_nothing(run: Run, inbox: Path, tmp_path: Path) -> None:
    done = run("build", "--source", "inbox", *NOW, "--format", "json", "--dry-run")
    assert (done.returncode, done.stdout) == (0, "")
    assert "dry run" in done.stderr
    assert not list(tmp_path.rglob("edition.*"))


def test_strict_exits_3_when_a_source_was_missed(run: Run, inbox: Path) -> None:
    arguments = ("build", "--source", "inbox", "--source", "gone.txt", *NOW, "--format", "json")
    assert run(*arguments).returncode == 0
    strict = run(*arguments, "--strict")
    assert strict.returncode == 3
    assert "gone.txt" in strict.stderr
    assert strict.stdout.strip().endswith("edition.json")


def test_no_source_that_answers_is_no_edition(run: Run) -> None:
    done = run("build", "--source", "gone.txt", *NOW)
    assert (done.returncode, done.stdout) == (1, "")
    assert "gone.txt" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_edition_can_be_verified_and_drawn_again(run: Run, inbox: Path, tmp_path: Path) -> None:
    edition = run("build", "--source", "inbox", *NOW, "--format", "json").stdout.strip()
    verified = run("verify", edition)
    assert verified.returncode == 0, verified.stderr
    assert verified.stdout.endswith(" statements found again\n")
    drawn = run("render", edition, "--format", "html", "--output", "again")
    assert (drawn.returncode, drawn.stdout) == (0, "again/edition.html\n")
    assert (tmp_path / "again/edition.html").is_file()


def test_a_changed_edition_is_not_verified(run: Run, inbox: Path, tmp_path: Path) -> None:
    edition = tmp_path / run("build", "--source", "inbox", *NOW, "--format", "json").stdout.strip()
    text = edition.read_text(encoding="utf-8")
    assert "at least three people" in text
    edition.write_text(text.replace("at least three people", "at least eight people"), encoding="utf-8")
    done = run("verify", str(edition))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_fetch_tells_how_each_source_fared(run: Run, inbox: Path) -> None:
    done = run("fetch", "--source", "inbox", *NOW)
    assert done.returncode == 0, done.stderr
    assert [line.split("\t")[:3] for line in done.stdout.splitlines()] == [["ok", "1", "inbox"]]
    assert run("fetch", "--source", "gone.txt", *NOW).returncode == 1


def test_inspect_gives_one_json_object_an_article(run: Run, inbox: Path) -> None:
    (inbox / "second.md").write_text(REPORT.replace("Lypa", "Sloboda"), encoding="utf-8")
    done = run("inspect", "inbox", "--json")
    assert done.returncode == 0, done.stderr
    seen = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(seen) == 2
    for one in seen:
        text = one["article"]["text"]
        assert all(text[item["start"] : item["end"]] == item["text"] for item in one["sentences"])
        assert all(text[item["start"] : item["end"]] == item["text"] for item in one["figures"])


def test_inspect_is_plain_in_a_pipe_and_shows_what_was_seen(run: Run, inbox: Path) -> None:
    done = run("inspect", "inbox/report.md")
    assert done.returncode == 0, done.stderr
    assert "\x1b" not in done.stdout
    assert "Northwire" in done.stdout
    assert "humanitarian" in done.stdout
    assert "says the regional governor" in done.stdout

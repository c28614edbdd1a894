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
    articles = [one for one in seen if "article" in one]
    assert len(articles) == 2
    for one in articles:
        text = one["article"]["text"]
        assert all(text[item["start"] : item["end"]] == item["text"] for item in one["sentences"])
        assert all(text[item["start"] : item["end"]] == item["text"] for item in one["figures"])
        assert all(text[item["start"] : item["end"]] == item["text"] for item in one["refusals"])
    stories = [one for one in seen if "headline" in one]
    assert len(seen) == len(articles) + len(stories)
    assert all(story["considered"] for story in stories)


def test_inspect_is_plain_in_a_pipe_and_shows_what_was_seen(run: Run, inbox: Path) -> None:
    done = run("inspect", "inbox/report.md")
    assert done.returncode == 0, done.stderr
    assert "\x1b" not in done.stdout
    assert "Northwire" in done.stdout
    assert "humanitarian" in done.stdout
    assert "says     the regional governor by “said”" in done.stdout
    assert all(len(line) <= 80 for line in done.stdout.splitlines())


@pytest.fixture
def edition(run: Run, inbox: Path) -> str:
    done = run("build", "--source", "inbox", *NOW, "--format", "json")
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_inspect_lists_what_an_edition_prints(run: Run, edition: str) -> None:
    done = run("inspect", edition)
    assert done.returncode == 0, done.stderr
    rows = done.stdout.splitlines()
    assert [int(row.split()[0]) for row in rows] == list(range(1, len(rows) + 1))
    assert all(len(row) <= 80 for row in rows)
    assert any("headline   Shelling damages a hospital" in row for row in rows)
    listed = run("inspect", edition, "--json")
    assert [json.loads(line)["number"] for line in listed.stdout.splitlines()] == list(
        range(1, len(rows) + 1)
    )


def test_inspect_explains_a_line_by_number_and_by_words(run: Run, edition: str) -> None:
    done = run("inspect", edition, "--why", "damaged a hospital in Lypa")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Shelling damaged a hospital in Lypa district overnight")
    assert "taken    as line 1 under" in done.stdout
    assert all(len(line) <= 80 for line in done.stdout.splitlines())
    number = json.loads(run("inspect", edition, "--json").stdout.splitlines()[0])["number"]
    (answer,) = [
        json.loads(line)
        for line in run("inspect", edition, "--line", str(number), "--json").stdout.splitlines()
    ]
    assert number in {place["number"] for place in answer["printed"]}
    assert answer["stories"][0]["considered"][0]["line"] == 1


def test_inspect_notes_that_an_edition_was_made_otherwise(run: Run, edition: str, tmp_path: Path) -> None:
    assert "no feeds.yaml at hand" in run("inspect", edition, "--line", "1").stderr
    (tmp_path / "feeds.yaml").write_text("sources: [{folder: inbox}]\nsummary: {statements: 1}\n", "utf-8")
    assert "feeds.yaml has changed" in run("inspect", edition, "--line", "1").stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--why", "a hospital in Oslo was painted"), "these lines come near:"),
        (("--why", "zzz"), "without --why all lines are listed"),
        (("--line", "0"), "the edition prints 1 to"),
        (("--line", "1", "--why", "hospital"), "give one of them"),
        (("--line", "1", "--store", "gone.db"), "no store found"),
    ],
)
def test_inspect_says_what_was_wrong_with_the_question(
    options: tuple[str, ...], said: str, run: Run, edition: str
) -> None:
    done = run("inspect", edition, *options)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_line_is_asked_of_an_edition_and_of_nothing_else(run: Run, inbox: Path) -> None:
    done = run("inspect", "inbox", "--line", "1")
    assert done.returncode == 2
    assert "edition.json" in done.stderr

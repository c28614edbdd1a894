"""What holds of every command before any work is done: help, usage errors, init, exits."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.cli import choose
from briefing.cli.printing import plain, spelled
from briefing.config import Settings, Source, load
from briefing.errors import ConfigError

ROOT = Path(__file__).parents[2]
COMMANDS = ("init", "build", "fetch", "render", "verify", "inspect")
Run = Callable[..., subprocess.CompletedProcess[str]]


def test_help_lists_every_command_and_the_exit_codes(run: Run) -> None:
    done = run("--help")
    assert done.returncode == 0
    assert all(f"  {command} " in done.stdout for command in COMMANDS)
    assert "3  with --strict" in done.stdout


def test_the_version_is_told(run: Run) -> None:
    assert run("--version").stdout.startswith("briefing 0.")


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_each_command_shows_examples(command: str, run: Run) -> None:
    done = run(command, "--help")
    assert done.returncode == 0
    assert f"\n    briefing {command} " in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], ""),
        (["bild"], "Did you mean 'build'?"),
        (["build", "--sorce", "x"], "--source"),
        (["build"], "briefing init"),
        (["build", "--config", "none.yaml"], "none.yaml: no such file"),
        (["build", "--source", "ftp://example.org/x"], "http://"),
        (["build", "--source", "x", "--source", "x"], "twice"),
        (["build", "--source", "x", "--since", "soon"], '--since: found "soon"; write a whole number'),
        (["build", "--source", "x", "--now", "2026-03-12T06:00:00"], "it names no zone"),
        (["build", "--source", "x", "--date", "12.03.2026"], "2026-03-12"),
        (
            ["build", "--source", "x", "--now", "2026-03-12T06:00Z", "--date", "2026-03-12"],
            "give one of them",
        ),
        (
            ["build", "--source", "x", "--format", ","],
            "--format: found no format; Known: md, html, pdf, json",
        ),
        (["build", "--source", "x", "--source", "n" * 300, "--format", "doc"], '--format: found "doc"'),
        (["build", "--source", "x", "--format", "pdf,docx"], 'found "docx"; Known: md'),
        (["render"], "EDITION.json"),
        (["render", "none.json"], "none.json: cannot be read"),
        (["verify", "none.json"], "none.json: cannot be read"),
    ],
)
def test_a_wrong_command_line_exits_2_and_says_what_is_right(
    arguments: list[str], said: str, run: Run
) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert said in " ".join((done.stdout + done.stderr).split())
    assert "Traceback" not in done.stderr


def test_every_error_of_a_feeds_yaml_goes_to_standard_error(run: Run, tmp_path: Path) -> None:
    (tmp_path / "feeds.yaml").write_text("titel: x\nsources:\n  - folder: inbox\n    kind: agancy\n")
    done = run("build")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith('feeds.yaml:1: unknown key "titel"; did you mean "title"?')
    assert "\nfeeds.yaml:4: sources.kind: found" in done.stderr


def test_init_writes_a_feeds_yaml_once(run: Run, tmp_path: Path) -> None:
    done = run("init", "desk")
    assert (done.returncode, done.stdout) == (0, "desk/feeds.yaml\n")
    assert "briefing build --config desk/feeds.yaml" in done.stderr
    assert len(load(tmp_path / "desk/feeds.yaml").sources) > 20

    (tmp_path / "desk/feeds.yaml").write_text("mine")
    again = run("init", "desk")
    assert again.returncode == 2
    assert "--force" in again.stderr
    assert (tmp_path / "desk/feeds.yaml").read_text() == "mine"
    assert run("init", "desk", "--force").returncode == 0

    assert run("init", "desk/feeds.yaml").returncode == 2


def test_init_writes_the_list_that_lies_at_the_root() -> None:
    starter = (ROOT / "briefing/cli/starter.yaml").read_text(encoding="utf-8")
    assert starter == (ROOT / "feeds.yaml").read_text(encoding="utf-8")


def test_a_reader_that_left_is_no_traceback(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "briefing", "init"],
        cwd=tmp_path,
        env=environment,
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writing)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


def test_help_stays_light() -> None:
    heavy = ["sklearn", "scipy", "sumy", "trafilatura", "weasyprint", "feedparser", "sqlalchemy", "rich"]
    code = f"import sys, briefing.cli; sys.exit(' '.join(name for name in {heavy} if name in sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr.strip() == ""


# --- which moment, settings, store --------------------------------------------------------------

KYIV = Settings(timezone="Europe/Kyiv", now=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))


@pytest.mark.parametrize(
    ("now", "date", "expected"),
    [
        ("2026-03-12T05:00:00Z", None, "2026-03-12T05:00:00+00:00"),
        (None, "2026-03-12", "2026-03-12T06:00:00+02:00"),
        (None, "2026-07-12", "2026-07-12T06:00:00+03:00"),
        (None, None, "2026-01-01T00:00:00+00:00"),
    ],
)
def test_now_or_date_win_over_the_file(now: str | None, date: str | None, expected: str) -> None:
    assert choose.now_for(KYIV, now, date).isoformat() == expected


def test_a_format_that_does_not_exist_is_told_once() -> None:
    with pytest.raises(ConfigError) as caught:
        choose.formats_of(["doc,md", "md"])
    assert str(caught.value) == '--format: found "doc"; Known: md, html, pdf, json'
    assert choose.formats_of(["md,html", "md"]) == ("md", "html")


def test_an_hour_that_the_clock_change_skips_moves_on() -> None:
    settings = Settings(timezone="Europe/Kyiv", at=dt.time(3, 30))
    assert choose.now_for(settings, None, "2026-03-29").isoformat() == "2026-03-29T04:30:00+03:00"


def test_the_clock_is_read_last_and_in_the_briefings_zone() -> None:
    moment = choose.now_for(Settings(timezone="Europe/Kyiv"), None, None)
    assert str(moment.tzinfo) == "Europe/Kyiv"


def test_sources_of_the_command_line_keep_the_other_settings(tmp_path: Path) -> None:
    desk = tmp_path / "desk"
    desk.mkdir()
    (desk / "feeds.yaml").write_text("title: Desk\nsources:\n  - folder: x\n")
    (tmp_path / "inbox").mkdir()
    made = choose.settings_for(desk / "feeds.yaml", ["inbox"], tmp_path)
    assert (made.title, made.sources) == ("Desk", (Source(folder="../inbox"),))


def test_addresses_of_the_own_network_are_listed_in_feeds_yaml_and_by_option(tmp_path: Path) -> None:
    (tmp_path / "feeds.yaml").write_text("network: {allow: [10.0.0.0/8]}\nsources:\n  - folder: x\n")
    made = choose.settings_for(tmp_path / "feeds.yaml", None, tmp_path, allow=["LocalHost", "10.0.0.0/8"])
    assert made.network.allow == ("10.0.0.0/8", "localhost")
    bare = choose.settings_for(None, ["http://[::1]:8000/feed"], tmp_path / "none", allow=["[::1]"])
    assert bare.network.allow == ("::1",)
    assert choose.settings_for(None, ["http://localhost/feed"], tmp_path / "none").network.allow == ()
    with pytest.raises(ConfigError, match="--allow: found"):
        choose.settings_for(None, ["http://localhost/feed"], tmp_path / "none", allow=["http://localhost"])


def test_the_store_is_found_above_the_edition(tmp_path: Path) -> None:
    edition = tmp_path / "output/desk/2026-03-12/edition.json"
    edition.parent.mkdir(parents=True)
    with pytest.raises(ConfigError, match="--store"):
        choose.store_for(edition, None, None, tmp_path)
    (tmp_path / "output/briefing.db").touch()
    found = choose.store_for(edition, None, None, tmp_path)
    assert found == f"sqlite:///{tmp_path.resolve()}/output/briefing.db"
    with pytest.raises(ConfigError, match="no store found"):
        choose.store_for(edition, None, "other.db", tmp_path)


def test_what_is_printed_cannot_steer_the_terminal() -> None:
    assert plain("a\x1b[31mb\x9bc\u202ed\ne") == "a�[31mb�c�d\ne"


def test_paths_below_the_current_folder_are_spelled_from_it(tmp_path: Path) -> None:
    assert spelled(str(tmp_path / "x/../output/a.md"), tmp_path) == "output/a.md"
    assert spelled("/elsewhere/a.md", tmp_path) == "/elsewhere/a.md"
    assert spelled("https://example.org/a", tmp_path) == "https://example.org/a"

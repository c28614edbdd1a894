"""`briefing init --cron` and `--systemd`: sh and systemd read what they print as it is meant."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.cli import unattended
from briefing.config import Settings, load, override
from briefing.errors import ConfigError

ROOT = Path(__file__).parents[2]
FIELDS = 5  # minute, hour, day of the month, month, day of the week
FOLDERS = (
    *("desk", "the desk", "50% off", "%h %%", "it's", '"quoted"', "$HOME ${x}", "a;b&c|d", "`id` $(id)"),
    *("Ранок", "#hash", "~", "-dash", "*?[x]"),
)
Run = Callable[..., subprocess.CompletedProcess[str]]

STAND_IN = """\
#!{python}
import json, os, sys
if "init" in sys.argv:
    from briefing.cli import main
    main()
with open(os.environ["TOLD"], "w") as file:
    json.dump(sys.argv, file)
"""


def installed(folder: Path) -> Path:
    """A command `briefing` in a folder: it prints the lines, and is what the lines call."""
    folder.mkdir(parents=True, exist_ok=True)
    command = folder / "briefing"
    command.write_text(STAND_IN.format(python=sys.executable), encoding="utf-8")
    command.chmod(command.stat().st_mode | stat.S_IXUSR)
    return command


def without_quotes(name: str) -> str:
    """A folder from which systemd agrees to start a program."""
    return re.sub("[\"']", "", name)


def asked(command: Path, *arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    words = [str(command), "init", *map(str, arguments)]
    return subprocess.run(words, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


def as_cron_does(line: str) -> str:
    """What cron hands to sh: all behind the five fields, up to the first bare % (crontab(5))."""
    command = line.split(None, FIELDS)[FIELDS]
    return re.split(r"(?<!\\)%", command)[0].replace(r"\%", "%")


def as_systemd_does(value: str) -> list[str]:
    """The words of ExecStart=: quotes as in sh, where no backslash stands; then specifiers and variables."""
    assert "\\" not in value
    return [word.replace("%%", "%").replace("$$", "$") for word in shlex.split(value)]


def value(unit: str, key: str) -> str:
    (found,) = re.findall(rf"^{key}=(.*)$", unit, re.MULTILINE)
    return str(found)


@pytest.mark.parametrize("name", FOLDERS)
def test_what_cron_runs_reaches_the_program_with_the_right_words(name: str, tmp_path: Path) -> None:
    command = installed(tmp_path / name)
    config = tmp_path / name / "feeds.yaml"
    printed = asked(command, "--cron", "--config", config, cwd=tmp_path)
    assert printed.returncode == 0, printed.stderr
    *comments, line = printed.stdout.splitlines()
    assert all(comment.startswith("#") for comment in comments)
    assert line.startswith("*/5 * * * * ")
    told = tmp_path / "told"
    # What cron gives: a short PATH, its user's home, and little else.
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "SHELL": "/bin/sh", "TOLD": str(told)}
    done = subprocess.run(
        ["/bin/sh", "-c", as_cron_does(line)], cwd=tmp_path, env=environment, capture_output=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert json.loads(told.read_text()) == [
        *(str(command), "schedule", "--once", "--config", str(config), "--quiet")
    ]


@pytest.mark.parametrize("name", FOLDERS)
def test_a_unit_names_the_program_and_the_file_as_systemd_reads_them(name: str, tmp_path: Path) -> None:
    command = installed(tmp_path / without_quotes(name))
    config = tmp_path / name / "feeds.yaml"
    printed = asked(command, "--systemd", "--config", config, cwd=tmp_path)
    assert printed.returncode == 0, printed.stderr
    words = as_systemd_does(value(printed.stdout, "ExecStart"))
    assert words == [str(command), "schedule", "--config", str(config)]
    assert as_systemd_does(value(printed.stdout, "ReadWritePaths")) == [str(config.parent)]


@pytest.mark.parametrize("name", FOLDERS)
def test_systemd_finds_nothing_wrong_with_a_unit(name: str, tmp_path: Path) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("needs systemd-analyze, which is not installed here")
    command = installed(tmp_path / without_quotes(name))
    unit = asked(command, "--systemd", "--config", tmp_path / name / "feeds.yaml", cwd=tmp_path).stdout
    file = tmp_path / "briefing.service"
    file.write_text(unit, encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", str(file)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    command.unlink()  # and so the verdict means something
    done = subprocess.run(
        ["systemd-analyze", "verify", str(file)], capture_output=True, text=True, check=False
    )
    assert "is not executable" in done.stderr


def test_a_unit_stops_reloads_and_restarts_as_the_daemon_expects(tmp_path: Path) -> None:
    unit = asked(installed(tmp_path), "--systemd", cwd=tmp_path).stdout
    expected = {
        "Type": "simple",
        "ExecReload": "/bin/kill -HUP $MAINPID",
        "Restart": "on-failure",
        "RestartPreventExitStatus": "2",
        "KillMode": "mixed",
        "TimeoutStopSec": "40",
        "EnvironmentFile": "-/etc/briefing.env",
        "WantedBy": "multi-user.target",
    }
    assert {key: value(unit, key) for key in expected} == expected


def test_a_unit_lets_the_daemon_write_where_feeds_yaml_says(tmp_path: Path) -> None:
    settings = override(
        Settings(base=tmp_path),
        output="../pages",
        store="sqlite:////srv/the store/briefing.db",
        deliver=[{"folder": {"path": "/mnt/share"}}, {"folder": {"path": "copies"}}],
    )
    assert unattended.writable(tmp_path / "feeds.yaml", settings) == [
        *(str(tmp_path), f"-{tmp_path.parent}/pages", "-/mnt/share", "-/srv/the store")
    ]
    unit = unattended.unit({tmp_path / "feeds.yaml": settings})
    assert value(unit, "ReadWritePaths").endswith(' -/mnt/share "-/srv/the store"')
    on_a_server = override(Settings(base=tmp_path), store="postgresql+psycopg://desk@db.example.org/briefing")
    assert unattended.writable(tmp_path / "feeds.yaml", on_a_server) == [str(tmp_path)]


@pytest.mark.parametrize("way", ["--cron", "--systemd"])
def test_the_lines_name_full_paths_and_nothing_is_written(way: str, run: Run, tmp_path: Path) -> None:
    for arguments, path in (
        (("desk",), "desk/feeds.yaml"),
        ((), "feeds.yaml"),
        (("--config", "a.yaml"), "a.yaml"),
    ):
        done = run("init", way, *arguments)
        assert done.returncode == 0, done.stderr
        assert f"--config {tmp_path / path}" in done.stdout
        assert f"{tmp_path / path} is not there yet" in done.stderr
        assert "To install it" in done.stderr
    assert not list(tmp_path.iterdir())
    assert run("init", "desk").returncode == 0
    assert "not there" not in run("init", "desk", way).stderr


@pytest.mark.parametrize("way", ["--cron", "--systemd"])
def test_started_as_a_module_it_names_a_command_that_starts_from_anywhere(way: str, run: Run) -> None:
    line = next(line for line in run("init", way).stdout.splitlines() if " schedule " in line)
    words = shlex.split(line.removeprefix("*/5 * * * * ").removeprefix("ExecStart="))
    program = words[: words.index("schedule")]
    assert Path(program[0]).is_absolute()
    assert os.access(program[0], os.X_OK)
    assert program[1:] in ([], ["-P", "-m", "briefing"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--cron", "--systemd"], "give one of them"),
        (["--cron", "--force"], "--cron writes nothing"),
        (["--systemd", "--force"], "--systemd writes nothing"),
        (["--config", "feeds.yaml"], "--config goes with --cron or --systemd"),
        (["desk", "--cron", "--config", "feeds.yaml"], "leave out one of them"),
        (["--cron", "--config", "."], "a folder; name the file in it"),
        (["--cron", "--config", "a\nb"], "rename it"),
        (["--systemd", "--config", "a\\b"], "rename it"),
        (["--systemd", "--config", "a\u202eb"], "rename it"),
        (["--systemd", "--config", 'it\'s "b"'], "both kinds of quotes"),
        (["--cron", "--config", f"{'long/' * 400}x"], "cron takes 998 characters"),
    ],
)
def test_what_cannot_be_printed_or_contradicts_itself_is_refused(
    arguments: list[str], said: str, run: Run
) -> None:
    done = run("init", *arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_each_key_that_the_starter_shows_in_a_comment_is_right(tmp_path: Path) -> None:
    starter = (ROOT / "briefing/cli/starter.yaml").read_text(encoding="utf-8")
    shown = {
        key: block for block, key in re.findall(r"^(# ([a-z_]+):.*\n(?:#  +.*\n)*)", starter, re.MULTILINE)
    }
    assert {"days", "editions", "deliver", "handling", "themes", "summary"} <= set(shown)
    for key, block in shown.items():
        file = tmp_path / f"{key}.yaml"
        file.write_text(re.sub("^# ", "", block, flags=re.MULTILINE), encoding="utf-8")
        assert getattr(load(file, sources_needed=False), key)


@pytest.mark.parametrize("way", ["--cron", "--systemd"])
def test_a_feeds_yaml_that_is_wrong_is_told_before_anything_is_printed(
    way: str, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "feeds.yaml").write_text("titel: x\n")
    done = run("init", way)
    assert (done.returncode, done.stdout) == (2, "")
    assert 'feeds.yaml:1: unknown key "titel"' in done.stderr


def test_one_line_and_one_unit_serve_several_briefings(run: Run, tmp_path: Path) -> None:
    both = f" --config {tmp_path}/a.yaml --config {tmp_path}/b/b.yaml"
    arguments = ("--config", "a.yaml", "--config", "b/b.yaml", "--config", "b/../a.yaml")
    line = run("init", "--cron", *arguments).stdout.splitlines()[-1]
    assert line.endswith(f" schedule --once{both} --quiet")
    unit = run("init", "--systemd", *arguments).stdout
    assert value(unit, "ExecStart").endswith(f" schedule{both}")
    assert value(unit, "ReadWritePaths") == f"{tmp_path} {tmp_path}/b"


def test_a_program_that_systemd_would_not_start_is_refused() -> None:
    with pytest.raises(ConfigError, match="holds quotes"):
        unattended.for_systemd(["/opt/desk's/briefing", "schedule"])


def test_a_line_that_cron_would_cut_is_refused() -> None:
    with pytest.raises(ConfigError, match="shorter paths"):
        unattended.for_cron(["x" * 1000])

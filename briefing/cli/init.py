"""`briefing init`: write a feeds.yaml to start from, or print what runs it on time."""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from briefing.cli import printing, unattended
from briefing.config import Settings, load
from briefing.errors import ConfigError

EXAMPLES = printing.examples(
    "briefing init                    here",
    "briefing init desk               in the folder desk, which is made",
    "briefing init desk --cron        print the line for crontab -e that runs desk/feeds.yaml",
    "briefing init desk --systemd     print the unit file of the daemon",
    "briefing init --systemd --config a.yaml --config b.yaml",
)
_CRON = """\
To install it:  crontab -e, and put these lines at the end
To see it work: {command}"""
_SYSTEMD = """\
To install it, save it as /etc/systemd/system/briefing.service, as root, and:
    systemctl daemon-reload
    systemctl enable --now briefing"""


def command(
    folder: Annotated[Path | None, typer.Argument(metavar="[DIR]", help="Where to write it.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a feeds.yaml that is there.")] = False,
    cron: Annotated[
        bool, typer.Option("--cron", help="Write nothing: print the line for cron that runs DIR/feeds.yaml.")
    ] = False,
    systemd: Annotated[
        bool, typer.Option("--systemd", help="Write nothing: print a unit file that runs DIR/feeds.yaml.")
    ] = False,
    config: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="PATH", help="With --cron or --systemd: the feeds.yaml, in place of DIR; repeats."
        ),
    ] = None,
) -> None:
    """Write a feeds.yaml with comments, ready to edit.

    It lists public feeds on the war in Ukraine by kind of outlet. Its path goes to standard output.
    With --cron or --systemd nothing is written: what runs a briefing on time goes to standard output,
    and how to install it to standard error.
    """
    _together(folder, force, cron, systemd, config)
    path = (folder or Path()) / "feeds.yaml"
    if cron or systemd:
        every = dict.fromkeys(Path(os.path.normpath(one.absolute())) for one in config or [path])
        _print(list(every), cron=cron)
    else:
        _write(path, force)
        printing.give(str(path))
        where = "" if path == Path("feeds.yaml") else f" --config {path}"
        printing.tell(f"Edit its sources and title, then run: briefing build{where}")


def _together(folder: Path | None, force: bool, cron: bool, systemd: bool, config: list[Path] | None) -> None:
    """Refuse options that contradict each other."""
    if cron and systemd:
        raise ConfigError("--cron and --systemd are two ways to the same; give one of them")
    if force and (cron or systemd):
        raise ConfigError(f"--{'cron' if cron else 'systemd'} writes nothing, so there is nothing to --force")
    if config and not (cron or systemd):
        raise ConfigError("--config goes with --cron or --systemd; to write a feeds.yaml, name its folder")
    if config and folder:
        raise ConfigError("DIR and --config both name a feeds.yaml; leave out one of them")


def _print(paths: list[Path], *, cron: bool) -> None:
    """Give the lines for absolute paths, and say how to install them."""
    settings = {path: _settings(path) for path in paths}
    printing.give(unattended.crontab(paths) if cron else unattended.unit(settings))
    printing.tell(_CRON.format(command=unattended.by_hand(paths)) if cron else _SYSTEMD)
    if not cron and os.geteuid() == 0:
        printing.tell("It says User=root: better name a user of its own, who owns the folder of feeds.yaml")
    for path in paths:
        if not path.exists():
            printing.tell(f"{path} is not there yet: write it before, with `briefing init`")


def _settings(path: Path) -> Settings:
    """What a feeds.yaml says, or would say if it were there and empty."""
    if path.is_dir():
        raise ConfigError(f"{path}: a folder; name the file in it: --config {path / 'feeds.yaml'}")
    return load(path) if path.exists() else Settings(base=path.parent)


def _write(path: Path, force: bool) -> None:
    """Write the feeds.yaml to start from."""
    folder = path.parent
    text = files("briefing.cli").joinpath("starter.yaml").read_text(encoding="utf-8")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("w" if force else "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        said = "is there already; --force replaces it" if path.exists() else "is no folder; name another"
        raise ConfigError(f"{path if path.exists() else folder} {said}") from None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written ({error.strerror}); name another folder") from None

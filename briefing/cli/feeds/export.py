"""`briefing feeds export`: the feeds of a feeds.yaml as OPML."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, cast

import typer

from briefing.cli import choose, printing
from briefing.cli.options import Config, Quiet
from briefing.config import opml
from briefing.durable import write_through
from briefing.errors import ConfigError

EXAMPLES = printing.examples(
    "briefing feeds export > feeds.opml",
    "briefing feeds export feeds.opml               written in one step, over an older list",
)
HEAD = 1_000  # bytes of a file by which it is known for an older list
Into = Annotated[
    Path | None, typer.Argument(metavar="FILE.opml", help="Where to write; standard output if left out.")
]
Now = Annotated[
    str | None,
    typer.Option(
        metavar="TIME", help="State this as dateCreated; without it the same feeds give the same bytes."
    ),
]


def command(file: Into = None, config: Config = None, now: Now = None, quiet: Quiet = False) -> None:
    """Write the feeds as OPML 2.0: groups as folders, themes as categories.

    Folders, files and pages are no feeds and are left out, which is told.
    """
    settings = choose.settings_for(config, None, Path.cwd())
    moment = choose.now_for(settings, now, None) if now else None
    content = opml.write(settings.sources, settings.title, moment)
    if file is None or str(file) == "-":
        cast("typer.FileBinaryWrite", sys.stdout.buffer).write(content)
    else:
        _replace(file, content)
        printing.give(str(file))
    left = [source.label for source in settings.sources if not source.feed]
    if left and not quiet:
        names = ", ".join(printing.address(label) for label in left)
        printing.tell(f"note      not in it, as OPML lists feeds alone: {names}")


def _replace(file: Path, content: bytes) -> None:
    """Write a file in one step; another file than a list is never written over."""
    real = file.resolve()
    fresh = real.with_name(f".{real.name}.{os.getpid()}.new")
    try:
        if real.exists() and b"<opml" not in real.read_bytes()[:HEAD]:
            raise ConfigError(f"{file}: there is another file, and no list of feeds; name a new one")
        write_through(fresh, content)
        fresh.replace(real)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise ConfigError(f"{file}: cannot be written ({error.strerror or error})") from None

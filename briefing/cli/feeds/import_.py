"""`briefing feeds import`: the feeds of an OPML file into a feeds.yaml."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from briefing.bounds import MAX_LIST
from briefing.cli import printing
from briefing.cli.choose import USUAL
from briefing.cli.options import Config, Quiet
from briefing.config import edit, opml
from briefing.config.file import load
from briefing.config.subscribe import joined
from briefing.errors import ConfigError

EXAMPLES = printing.examples(
    "briefing feeds import subscriptions.opml       as Feedly, Inoreader, FreshRSS … export them",
    "briefing feeds import reader.opml --dry-run    only tell what would be added",
    "curl … | briefing feeds import -               from standard input",
)
Given = Annotated[Path, typer.Argument(metavar="FILE.opml", help="The list to read; - is standard input.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Tell what would be added, and change nothing.")]


def command(file: Given, config: Config = None, dry_run: DryRun = False, quiet: Quiet = False) -> None:
    """Add the feeds of an OPML list to feeds.yaml, behind those that it has; nothing else in it changes.

    Folders become groups, categories themes. Feeds that it has already are passed over. What was
    added goes to standard output, a line each: name, group and address, divided by tabs; all that could
    not be goes to standard error.
    """
    path = config or Path(USUAL)
    settings = load(path, sources_needed=False)
    try:
        listed = opml.read(_content(file))
    except ConfigError as error:
        raise ConfigError(f"{file}: {error}") from None
    for problem in listed.problems:
        printing.tell(f"{file}:{problem.line}: {problem.text}")
    if not listed.sources:
        raise ConfigError(f"{file}: no feed in it that could be added; nothing was changed")
    join = joined(settings.sources, listed.sources)
    if not quiet:
        for note in join.notes:
            printing.tell(f"note      {note}")
    if join.fresh and not dry_run:
        edit.add(path, join.fresh)
    for source in join.fresh:
        printing.give("\t".join((source.name, source.group, printing.address(source.address))))
    if not quiet:
        done = "would be added" if dry_run else "added"
        printing.tell(f"{path}: {len(join.fresh)} of {len(listed.sources)} feeds {done}")


def _content(file: Path) -> bytes:
    try:
        if str(file) == "-":
            return sys.stdin.buffer.read(MAX_LIST + 1)
        with file.open("rb") as opened:
            return opened.read(MAX_LIST + 1)
    except (OSError, ValueError) as error:
        raise ConfigError(f"cannot be read ({getattr(error, 'strerror', None) or error})") from None

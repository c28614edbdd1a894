"""`briefing feeds remove`: a source out of a feeds.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from briefing.cli import printing
from briefing.cli.choose import USUAL
from briefing.cli.options import Config
from briefing.config import edit
from briefing.config.file import load
from briefing.config.subscribe import found

EXAMPLES = printing.examples(
    'briefing feeds remove "UN News"',
    "briefing feeds remove https://example.org/rss.xml",
)
Wanted = Annotated[str, typer.Argument(metavar="NAME|ADDRESS", help="As `briefing feeds list` shows it.")]


def command(wanted: Wanted, config: Config = None) -> None:
    """Take a source out of feeds.yaml; nothing else in it changes, and its articles stay in the store."""
    path = config or Path(USUAL)
    settings = load(path)
    index = found(settings.sources, wanted)
    edit.remove(path, index)
    source = settings.sources[index]
    printing.give("\t".join((source.name, source.group, printing.address(source.address))))
    printing.tell(f"{path}: removed")

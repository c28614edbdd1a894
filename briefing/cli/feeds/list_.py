"""`briefing feeds list`: what a feeds.yaml asks, a row a source."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from briefing.cli import choose, printing
from briefing.cli.feeds.rows import print_rows
from briefing.cli.options import Config
from briefing.config.source import PLACES, Source

HEAD = ("name", "kind", "group", "themes", "place", "address")
EXAMPLES = printing.examples(
    "briefing feeds list",
    "briefing feeds list | cut -f 6                 the addresses alone",
    "briefing feeds list --json                     one object a line",
)
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a source, one a line.")]


def command(config: Config = None, as_json: AsJson = False) -> None:
    """List the sources.

    A table on a terminal; in a pipe a line each: name, kind, group, themes, place, address, divided by tabs.
    """
    settings = choose.settings_for(config, None, Path.cwd())
    rows = [_fields(source) for source in settings.sources]
    if not as_json:
        print_rows(HEAD, rows, {})
        return
    for source, row in zip(settings.sources, rows, strict=True):
        facts = {**dict(zip(HEAD, row, strict=True)), "themes": source.themes}
        typer.echo(json.dumps({**facts, "language": source.language, "outlet": source.outlet}))


def _fields(source: Source) -> tuple[str, ...]:
    place = next(place for place in PLACES if getattr(source, place))
    address = printing.address(source.address)
    name = source.name or address
    return (name, source.kind, source.group, ", ".join(source.themes), place, address)

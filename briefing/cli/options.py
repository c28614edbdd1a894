"""The options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Config = Annotated[
    Path | None,
    typer.Option("--config", metavar="PATH", help="The feeds.yaml to use; ./feeds.yaml if left out."),
]
Now = Annotated[
    str | None,
    typer.Option(
        metavar="TIME", help="Build as if it were this moment: 2026-03-12T06:00:00+02:00. Wins over --date."
    ),
]
Sources = Annotated[
    list[str] | None,
    typer.Option(
        "--source",
        metavar="PATH|URL",
        help="Read this folder, file or feed instead of the configured ones; repeats, needs no feeds.yaml.",
    ),
]
Allow = Annotated[
    list[str] | None,
    typer.Option(
        metavar="HOST|RANGE",
        help="Ask this name, address or range of one's own network too (localhost, 10.0.0.0/8); repeats.",
    ),
]
Formats = Annotated[
    list[str] | None,
    typer.Option("--format", metavar="md,html,pdf,json", help="What to write; commas, or the option again."),
]
Quiet = Annotated[
    bool, typer.Option("--quiet", "-q", help="For cron: no summary and no progress, only results and errors.")
]
Edition = Annotated[Path, typer.Argument(metavar="EDITION.json", help="An edition that was written before.")]

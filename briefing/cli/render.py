"""`briefing render`: draw an edition again, without fetching."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from briefing.cli import choose, printing
from briefing.cli.options import Edition, Formats

EXAMPLES = printing.examples(
    "briefing render output/desk/2026-03-12/edition.json --templates my-templates",
    "briefing render edition.json --format pdf --output /tmp",
)


def command(
    edition: Edition,
    formats: Formats = None,
    output: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where pages go; beside the edition if left out.")
    ] = None,
    templates: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Folder whose templates replace ours, file by file.")
    ] = None,
) -> None:
    """Draw an edition again, without fetching.

    With other templates, or in other formats: Markdown, HTML and PDF if no --format is given. The
    paths of the files written go to standard output, one a line.
    """
    content = choose.edition_of(edition)
    wanted = choose.formats_of(formats or ["md,html,pdf"])

    from briefing import pipeline

    receipts, notes = pipeline.draw(content, wanted, templates, output or edition.parent)
    for receipt in receipts:
        printing.give(printing.spelled(receipt.address, Path.cwd()))
    for note in notes:
        printing.tell(note)

"""`briefing verify`: find every statement of an edition again in its article."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from briefing.cli import choose, printing
from briefing.cli.options import Config, Edition

EXAMPLES = printing.examples(
    "briefing verify output/desk/2026-03-12/edition.json",
    "briefing verify edition.json --config desk/feeds.yaml      the store that this feeds.yaml names",
    "briefing verify edition.json --store archive/briefing.db   or any other",
)


def command(
    edition: Edition,
    config: Config = None,
    store: Annotated[
        str | None, typer.Option(metavar="PATH|URL", help="The store that the edition was built from.")
    ] = None,
) -> None:
    """Find every statement again in its article.

    Word for word; fails with exit code 1 on the first that is not there. The articles come from the
    store of ./feeds.yaml, or a briefing.db beside or above the edition, unless an option names another.
    """
    content = choose.edition_of(edition)
    address = choose.store_for(edition, config, store, Path.cwd())

    from briefing import pipeline

    count = pipeline.check(content, address)
    printing.give(f"{count} statements found again")

"""`briefing inspect`: what the program sees in an article."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from briefing.cli import choose, printing, seen
from briefing.cli.options import Config
from briefing.errors import NoEdition

EXAMPLES = printing.examples(
    "briefing inspect inbox/report.txt",
    "briefing inspect https://example.org/2026/03/a-report",
    "briefing inspect inbox/ --json | jq '.sentences[] | select(.theme == \"humanitarian\")'",
)


def command(
    articles: Annotated[list[str], typer.Argument(metavar="PATH|URL ...", help="Articles to look at.")],
    config: Config = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line, an article each.")] = False,
) -> None:
    """Show what the program sees in an article.

    What was cut and why; each sentence with its theme and scores, who says it, and its hedges; and
    the figures. Themes are those of the feeds.yaml, where there is one.
    """
    settings = choose.settings_for(config, articles, Path.cwd(), web="pages")

    from briefing import pipeline

    inspections, misses = pipeline.inspect(settings)
    for inspection in inspections:
        if as_json:
            typer.echo(json.dumps(seen.as_json(inspection), ensure_ascii=True, sort_keys=True))
        else:
            seen.show(inspection)
    reasons = [f"{miss.address}: {miss.reason}" for miss in misses]
    if not inspections:
        found = "; ".join(reasons) or "nothing in it"
        raise NoEdition(
            f"no article found in {', '.join(articles)} ({found}); name text, web pages, mail or saved feeds"
        )
    for reason in reasons:
        printing.tell(f"missed  {reason}")

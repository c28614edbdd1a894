"""`briefing build`: fetch, read, refine, render, and write one edition."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from briefing.cli import choose, printing, progress, summary
from briefing.cli.options import Config, Formats, Now, Quiet, Sources

Date = Annotated[
    str | None,
    typer.Option(metavar="DAY", help="The edition of that day, at its configured hour: 2026-03-12."),
]
Since = Annotated[str | None, typer.Option(metavar="LENGTH", help="How far back to look: 24h, 90m, 7d.")]
Output = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Where editions go, from the current folder.")
]
Offline = Annotated[
    bool, typer.Option("--offline", help="Ask no source on the network; use what the store and disk have.")
]
Strict = Annotated[
    bool, typer.Option("--strict", help="Exit 3 when any source failed or anything was missed.")
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Do everything, but write no edition and keep nothing.")
]
EXAMPLES = printing.examples(
    "briefing build                                      today's edition of ./feeds.yaml",
    "briefing build --config desk/feeds.yaml --strict    for cron: exit 3 when something was missed",
    "briefing build --source inbox/ --since 7d           a week's clippings, without a feeds.yaml",
    "briefing build --date 2026-03-12 --offline          that morning again, from the store alone",
    "briefing build --format pdf --output /tmp/briefing  one format, elsewhere",
)
STRICT = 3


def command(
    *,
    config: Config = None,
    date: Date = None,
    since: Since = None,
    now: Now = None,
    source: Sources = None,
    formats: Formats = None,
    output: Output = None,
    offline: Offline = False,
    strict: Strict = False,
    dry_run: DryRun = False,
    quiet: Quiet = False,
) -> None:
    """Fetch the sources and write one edition.

    The paths of the files written go to standard output, one a line; a summary of what was found and
    what was missed goes to standard error.
    """
    cwd = Path.cwd()
    settings = choose.changed(choose.settings_for(config, source, cwd), since, formats, output, cwd)
    moment = choose.now_for(settings, now, date)

    from briefing import pipeline

    with progress.bar(quiet) as tell:
        outcome = pipeline.run(settings, moment, offline=offline, dry_run=dry_run, progress=tell)
    for receipt in outcome.receipts:
        printing.give(printing.spelled(receipt.address, cwd))
    if not quiet:
        for line in summary.lines(outcome.edition, outcome.notes, written=not dry_run):
            printing.tell(line)
    elif outcome.notes:  # a page that is missing is an error for cron
        for note in outcome.notes:
            printing.tell(note)
    missed = len(summary.misses(outcome.edition)) + len(outcome.notes)
    if strict and missed:
        printing.tell(f"--strict: {missed} missed; the edition says which")
        raise typer.Exit(STRICT)

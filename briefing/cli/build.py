"""`briefing build`: fetch, read, refine, render, and write one edition."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from briefing.cli import choose, printing, progress, summary
from briefing.cli import send as delivery
from briefing.cli.options import Allow, Config, Formats, Now, Quiet, Sources
from briefing.config import Settings
from briefing.errors import ConfigError
from briefing.model import Receipt

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
Edition = Annotated[
    str | None,
    typer.Option(
        metavar="NAME", help="Which of several editions a day; the one that was due last if left out."
    ),
]
Send = Annotated[
    bool, typer.Option("--send", help="Then bring it to everyone under deliver: who does not have it yet.")
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Do everything, but write no edition and keep nothing.")
]
EXAMPLES = printing.examples(
    "briefing build                                      today's edition of ./feeds.yaml",
    "briefing build --config desk/feeds.yaml --strict    for cron: exit 3 when something was missed",
    "briefing build --send                               and bring it to everyone under deliver:",
    "briefing build --source inbox/ --since 7d           a week's clippings, without a feeds.yaml",
    "briefing build --date 2026-03-12 --offline          that morning again, from the store alone",
    "briefing build --format pdf --output /tmp/briefing  one format, elsewhere",
)
STRICT = 3


def command(
    *,
    config: Config = None,
    date: Date = None,
    edition: Edition = None,
    since: Since = None,
    now: Now = None,
    source: Sources = None,
    allow: Allow = None,
    formats: Formats = None,
    output: Output = None,
    offline: Offline = False,
    send: Send = False,
    strict: Strict = False,
    dry_run: DryRun = False,
    quiet: Quiet = False,
) -> None:
    """Fetch the sources and write one edition.

    The paths of the files written go to standard output, one a line; a summary of what was found and
    what was missed goes to standard error.
    """
    chosen = choose.settings_for(config, source, (cwd := Path.cwd()), allow=allow)
    settings = choose.changed(chosen, since, formats, output, cwd)
    moment = choose.now_for(settings, now, date, edition)
    if send and dry_run:
        raise ConfigError(
            "--send and --dry-run do not go together; `briefing send EDITION.json --dry-run` does"
        )

    from briefing import pipeline

    with progress.bar(quiet) as tell:
        outcome = pipeline.run(
            settings, moment, edition=edition, offline=offline, dry_run=dry_run, progress=tell
        )
    for receipt in outcome.receipts:
        printing.give(printing.spelled(receipt.address, cwd))
    # A page that is missing is an error for cron.
    told = outcome.notes if quiet else summary.lines(outcome.edition, outcome.notes, written=not dry_run)
    for line in told:
        printing.tell(line)
    receipts = _sent(settings, outcome.edition.slot) if send else ()
    for line in delivery.lines([r for r in receipts if not quiet or r.state != "sent"]):
        printing.tell(line)
    delivery.demand(receipts)
    missed = len(summary.misses(outcome.edition)) + len(outcome.notes)
    if strict and missed:
        printing.tell(f"--strict: {missed} missed; the edition says which")
        raise typer.Exit(STRICT)


def _sent(settings: Settings, slot: str) -> tuple[Receipt, ...]:
    from briefing import pipeline

    return pipeline.deliver(settings, slot, choose.now_for(settings, None, None), by_hand=True)

"""`briefing send`: bring an edition that exists to those who do not have it yet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from briefing.cli import choose, printing
from briefing.cli.options import Config, Edition
from briefing.config.values import mailbox
from briefing.config.wording import shown
from briefing.errors import ConfigError, NotDelivered
from briefing.model import Receipt

EXAMPLES = printing.examples(
    "briefing send output/desk/2026-03-12/edition.json                     everyone who lacks it",
    "briefing send output/desk/2026-03-12/edition.json --to me@example.org a test, to you alone",
    "briefing send output/desk/2026-03-12/edition.json --dry-run           the mail as edition.eml",
)


def command(
    edition: Edition,
    config: Config = None,
    to: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ADDRESS", help="A test: mail it to this address alone; repeats, leaves no trace."
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Write the mail beside the edition, and send nothing.")
    ] = False,
) -> None:
    """Bring an edition to everyone under `deliver:` who does not have it yet.

    Each recipient gets it once, however often this is run; those who could not be reached before are
    tried again. One line a recipient goes to standard output: channel, address, how it went and the
    server's words, divided by tabs. Exit code 5 where somebody did not get it.
    """
    content = choose.edition_of(edition)
    settings = choose.settings_of_edition(config, Path.cwd())
    moment = choose.now_for(settings, None, None)

    from briefing import pipeline

    if dry_run:
        for receipt in pipeline.write_out(settings, content, edition.parent):
            printing.give(printing.spelled(receipt.address, Path.cwd()))
        return
    if to:
        receipts = pipeline.try_on(settings, content, [_address(text) for text in to], moment)
    else:
        receipts = pipeline.deliver_this(settings, content, moment)
    for line in lines(receipts):
        printing.give(line)
    if not receipts:
        printing.tell("everyone has it already")
    demand(receipts, test=bool(to))


def lines(receipts: Sequence[Receipt]) -> list[str]:
    """A line for each receipt: channel, address, how it went and the other side's words, by tabs."""
    fields = ((r.channel, r.address, r.state, r.detail) for r in receipts)
    return ["\t".join(" ".join(field.split()) for field in line).rstrip() for line in fields]


def demand(receipts: Sequence[Receipt], *, test: bool = False) -> None:
    """Raise NotDelivered where somebody did not get it; nothing tries a test again."""
    lost = [receipt for receipt in receipts if receipt.state != "sent"]
    if lost:
        again = sum(receipt.state == "later" for receipt in lost)
        if test:
            raise NotDelivered(f"{len(lost)} of {len(receipts)} did not get the test")
        raise NotDelivered(
            f"{len(lost)} of {len(receipts)} did not get it; {again} of them may at another try: "
            "`briefing schedule` tries by itself, `briefing send EDITION.json` now"
        )


def _address(text: str) -> str:
    try:
        return mailbox(text)
    except ValueError as error:
        raise ConfigError(f"--to: found {shown(text)}; {error}") from None

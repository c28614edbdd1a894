"""`briefing fetch`: pull the sources into the store, build nothing."""

from __future__ import annotations

from pathlib import Path

from briefing.cli import choose, printing, progress
from briefing.cli.options import Allow, Config, Now, Quiet, Sources
from briefing.errors import NoEdition
from briefing.model import PageCount

EXAMPLES = printing.examples(
    "briefing fetch                                every hour, so that short feeds lose nothing",
    "briefing fetch --quiet > fetched.tsv          status, new articles, source and error, by tabs",
)


def _told(pages: PageCount) -> str:
    """How the pages of a source's excerpts fared, in the words of the coverage section."""
    others = (
        ("behind a paywall or another wall", pages.walled),
        ("led elsewhere", pages.unlike),
        ("failed", pages.failed),
        ("not asked yet", pages.left),
    )
    had = f"full text of {pages.had} of {pages.wanted} excerpts"
    return ", ".join([had, *(f"{number} {words}" for words, number in others if number)])


def command(
    config: Config = None,
    source: Sources = None,
    allow: Allow = None,
    now: Now = None,
    quiet: Quiet = False,
) -> None:
    """Pull the sources into the store and build nothing.

    One line a source goes to standard output: status, articles, name and error, divided by tabs.
    """
    settings = choose.settings_for(config, source, Path.cwd(), allow=allow)
    moment = choose.now_for(settings, now, None)

    from briefing import pipeline

    with progress.bar(quiet) as tell:
        harvest = pipeline.fetch_all(settings, moment, progress=tell)
    for report in harvest.sources:
        fields = (report.status, str(report.articles), report.name, report.error)
        printing.give("\t".join(" ".join(field.split()) for field in fields))
    if not quiet:
        for report in harvest.sources:
            if report.pages:
                printing.tell(f"pages     {report.name}: {_told(report.pages)}")
        for miss in harvest.misses:
            printing.tell(f"missed    {miss.source} ({miss.address}): {miss.reason}")
    if harvest.sources and all(report.status == "failed" for report in harvest.sources):
        raise NoEdition("not one source answered; the reasons are above")

"""An edition in a dozen lines for whoever started the run: what is in it, and what is not."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from briefing.model import Edition, Miss


def lines(edition: Edition, notes: Sequence[str], *, written: bool) -> list[str]:
    """Tell title, slot, sources, stories by theme, each miss with its reason, and the notes."""
    as_of = edition.as_of.astimezone(ZoneInfo(edition.timezone))
    answered = sum(source.status != "failed" for source in edition.sources)
    themes = ", ".join(f"{theme.title} {len(theme.stories)}" for theme in edition.themes)
    missed, cited = misses(edition), len(edition.articles)
    return [
        f"{edition.title}, {edition.slot}, as of {as_of:%Y-%m-%d %H:%M %Z}"
        + ("" if written else " (dry run)"),
        f"  sources   {answered} of {len(edition.sources)} answered; "
        f"{cited} {'article' if cited == 1 else 'articles'} cited",
        f"  stories   {themes or 'none'}",
        *(f"  missed    {_miss(miss)}" for miss in missed),
        *(f"  note      {note}" for note in notes),
    ]


def misses(edition: Edition) -> list[Miss]:
    """List all that was asked for and not had, failed sources included, each once."""
    told = list(dict.fromkeys(edition.coverage.misses))
    named = {miss.source for miss in told}
    failed = (source for source in edition.sources if source.status == "failed" and source.name not in named)
    return told + [Miss(source.name, source.address, source.error or "failed") for source in failed]


def _miss(miss: Miss) -> str:
    address = f" ({miss.address})" if miss.address and miss.address != miss.source else ""
    return f"{miss.source}{address}: {miss.reason}"

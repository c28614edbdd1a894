"""`briefing feeds add`: a feed into a feeds.yaml, once it has answered."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from briefing.cli import choose, printing
from briefing.cli.options import Config
from briefing.config import Settings, edit
from briefing.config.file import load
from briefing.config.source import Source
from briefing.config.subscribe import joined
from briefing.config.wording import sentence
from briefing.errors import BriefingError, ConfigError

EXAMPLES = printing.examples(
    "briefing feeds add https://news.un.org/feed/subscribe/en/news/all/rss.xml --kind humanitarian",
    'briefing feeds add https://example.org/rss --name "The Example" --group Ukraine/Agencies',
)
Address = Annotated[str, typer.Argument(metavar="URL", help="The address of an RSS, Atom or JSON feed.")]
Name = Annotated[str, typer.Option(metavar="NAME", help="Its name; what the feed calls itself if left out.")]
Kind = Annotated[str, typer.Option(metavar="KIND", help="Kind of outlet: agency, state media, analyst …")]
Group = Annotated[str, typer.Option(metavar="GROUP", help="The group it is listed under: Ukraine/Agencies.")]
Themes = Annotated[
    list[str] | None, typer.Option("--theme", metavar="THEME", help="What it is about; repeats.")
]
Language = Annotated[str, typer.Option(metavar="CODE", help="Language of its articles: en, uk, ru.")]
Offline = Annotated[bool, typer.Option("--offline", help="Add it without asking it.")]


def command(
    url: Address,
    *,
    name: Name = "",
    kind: Kind = "unknown",
    group: Group = "",
    theme: Themes = None,
    language: Language = "",
    config: Config = None,
    offline: Offline = False,
) -> None:
    """Ask a feed, and add it to feeds.yaml behind the sources that it has; nothing else in it changes.

    Where a web page answers, the feeds that it links are told instead, and nothing is added.
    """
    path = config or Path(choose.USUAL)
    settings = load(path, sources_needed=False)
    source = _source(
        feed=url, name=name, kind=kind, group=group, themes=tuple(theme or ()), language=language
    )
    if not joined(settings.sources, (source,)).fresh:
        raise ConfigError(f"{printing.address(url)}: it is in {path} already; `briefing feeds list` shows it")
    if not offline:
        source = _asked(settings, source)
    join = joined(settings.sources, (source,))
    for note in join.notes:
        printing.tell(f"note      {note}")
    if not join.fresh:
        raise ConfigError(f"{path}: nothing to add")
    edit.add(path, join.fresh)
    for fresh in join.fresh:
        printing.give("\t".join((fresh.name, fresh.group, printing.address(fresh.address))))
    printing.tell(f"{path}: added")


def _source(**given: object) -> Source:
    try:
        return Source.model_validate(given)
    except ValidationError as error:
        raise ConfigError("\n".join(sentence(one) for one in error.errors())) from None


def _asked(settings: Settings, source: Source) -> Source:
    """The source as it answered: with the name that it gives itself, where it has moved to for good."""
    from briefing import pipeline

    where = printing.address(source.address)
    printing.tell(f"{where}: asked, for {settings.network.request.total_seconds():g} s at most")
    trial = pipeline.tried(settings, source, choose.now_for(settings, None, None))
    if trial.linked:
        shown = "\n".join(f"  briefing feeds add {printing.address(one)}" for one in trial.linked)
        raise BriefingError(f"{where}: a web page, and no feed; it links\n{shown}")
    if trial.error:
        raise BriefingError(f"{where}: {trial.error}; not added (--offline adds it without asking)")
    printing.tell(f"{where}: {trial.told}")
    if trial.moved:
        printing.tell(f"note      moved for good to {printing.address(trial.moved)}, which is what is added")
        source = source.model_copy(update={"feed": trial.moved})
    return source if source.name else source.model_copy(update={"name": trial.name})

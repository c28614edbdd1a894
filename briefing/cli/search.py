"""`briefing search`: the archive, word by word."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, cast
from zoneinfo import ZoneInfo

import typer

from briefing.cli import choose, paper, printing
from briefing.cli.options import Config
from briefing.config.values import duration, one_of
from briefing.errors import ConfigError
from briefing.model import Found

EXAMPLES = printing.examples(
    "briefing search drone strike                        both words, in any of their forms",
    "briefing search 'обстріл \"критична інфраструктура\"'   the words in quotation marks in a row",
    "briefing search 'Kharkiv -school' --since 7d        without a word: in quotes, it is no option",
    "briefing search ceasefire --source Reuters --json | jq -r .url",
)
UNDATED = "undated"


def command(
    *,
    words: Annotated[
        list[str], typer.Argument(metavar="WORDS", help="What an article has to hold, all of it.")
    ],
    since: Annotated[str | None, typer.Option(metavar="LENGTH", help="How far back: 24h, 7d.")] = None,
    source: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only what this source of feeds.yaml brought.")
    ] = None,
    limit: Annotated[int, typer.Option(metavar="N", min=1, max=10_000, help="Most articles shown.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    config: Config = None,
    store: Annotated[str | None, typer.Option(metavar="PATH|URL", help="The store to look through.")] = None,
) -> None:
    """Find articles in the archive, the newest first.

    An article is found by all the words, in whatever form they stand; "words in quotation marks" in a row;
    -word excludes. AND, OR, + and the like are words, or nothing. Exit code 1 where nothing is found. In a
    pipe a line is date, outlet, title, address, id and the piece of the text, by tabs.
    """
    text = " ".join(words)
    _refuse_what_asks_nothing(text)
    settings = choose.settings_beside(config, Path.cwd())
    zone = settings.zone if settings else ZoneInfo("UTC")
    after = None
    if since is not None:
        now = choose.now_for(settings, None, None) if settings else dt.datetime.now(dt.UTC)
        after = now - _length(since)
    found = _found(choose.archive(settings, store, Path.cwd()), text, after, source or "", limit + 1)
    for one in found[:limit]:
        if as_json:
            typer.echo(json.dumps(_facts(one), ensure_ascii=True, sort_keys=True))
        elif sys.stdout.isatty():
            paper.show(_lines(one, zone))
        else:
            printing.give("\t".join(" ".join(field.split()) for field in _fields(one, zone)))
    if len(found) > limit:
        printing.tell(f"more were found; these are the newest {limit}: --limit shows others, too")
    if not found:
        printing.tell(f"nothing found for {text}")
        raise typer.Exit(1)


def _refuse_what_asks_nothing(text: str) -> None:
    from briefing.store.terms import question

    asked = question(text)
    if not asked.wanted:
        said = "only what is not wanted" if asked.unwanted else "no word"
        raise ConfigError(f"search: found {said} in {text!r}; name a word that an article holds")


def _length(since: str) -> dt.timedelta:
    try:
        return cast("dt.timedelta", duration(since))
    except ValueError as error:
        raise ConfigError(f"--since: found {since!r}; {error}") from None


def _found(url: str, text: str, since: dt.datetime | None, source: str, limit: int) -> tuple[Found, ...]:
    from briefing.store import open_to_read

    opened = open_to_read(url)
    if opened is None:
        raise ConfigError("there is nothing in the store yet; `briefing fetch` fills it")
    with opened as archive:
        found = archive.search.find(text, since=since, source=source, limit=limit)
        if source and not found and source not in (known := archive.search.sources()):
            raise ConfigError(f"--source: found {source!r}; {one_of(source, known)}")
    return found


def _lines(found: Found, zone: ZoneInfo) -> Iterator[paper.Line]:
    """An article on a terminal."""
    date, outlet, title, address, name, piece = _fields(found, zone)
    yield paper.Line(f"{date}  {outlet or 'outlet unknown'}", 0, "cyan")
    yield paper.Line(title, 2, "bold")
    yield paper.Line(piece, 2)
    yield paper.Line(f"{name}  {address}".rstrip(), 2, "dim")
    yield paper.Line("")


def _fields(found: Found, zone: ZoneInfo) -> tuple[str, ...]:
    article = found.article
    before = "… " if found.start else ""
    after = " …" if found.end < len(article.text) else ""
    piece = f"{before}{article.text[found.start : found.end]}{after}"
    return _date(found, zone), article.outlet, article.title, article.url, article.id, piece


def _date(found: Found, zone: ZoneInfo) -> str:
    published = found.article.published
    if published is None:
        return UNDATED
    return f"{published.astimezone(zone):{'%Y-%m-%d' if found.article.day_only else '%Y-%m-%d %H:%M'}}"


def _facts(found: Found) -> dict[str, object]:
    article = found.article
    return {
        "id": article.id,
        "published": article.published.isoformat() if article.published else None,
        "day_only": article.day_only,
        "outlet": article.outlet,
        "source": article.source,
        "kind": article.kind,
        "language": article.language,
        "title": article.title,
        "url": article.url,
        "text": article.text[found.start : found.end],
        "start": found.start,
        "end": found.end,
    }

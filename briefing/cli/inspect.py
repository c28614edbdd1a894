"""`briefing inspect`: why the program decides as it does, for articles and for an edition."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from briefing.cli import choose, paper, printing, seen, why
from briefing.cli.options import Allow, Config
from briefing.errors import ConfigError, NoEdition

EXAMPLES = printing.examples(
    "briefing inspect inbox/report.txt",
    "briefing inspect https://example.org/2026/03/a-report",
    "briefing inspect inbox/                                  the stories they make, too",
    "briefing inspect output/desk/2026-03-12/edition.json     its lines, numbered",
    "briefing inspect edition.json --line 7",
    'briefing inspect edition.json --why "four people were killed"',
    "briefing inspect inbox/ --json | jq '.sentences[]? | select(.theme == \"humanitarian\")'",
)
EDITION = b'"briefing-edition/'
BEGINNING = 4096  # bytes of a file in which its schema stands


def command(
    *,
    articles: Annotated[
        list[str], typer.Argument(metavar="PATH|URL ...", help="Articles to look at, or one edition.json.")
    ],
    config: Config = None,
    allow: Allow = None,
    line: Annotated[
        int | None, typer.Option(metavar="N", help="Of an edition: explain the line with this number.")
    ] = None,
    words: Annotated[
        str | None, typer.Option("--why", metavar="TEXT", help="Of an edition: explain what has these words.")
    ] = None,
    store: Annotated[
        str | None, typer.Option(metavar="PATH|URL", help="The store that the edition was built from.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Show why the program decides as it does.

    Of articles: what was cut, each sentence with its theme, speaker, hedges and figures, and the words that
    weighed most; of several articles the stories that they make, too. Of an edition: its lines, numbered,
    or why one of them is there. Themes are those of the feeds.yaml, where there is one.
    """
    if len(articles) == 1 and _is_edition(Path(articles[0])):
        _edition(Path(articles[0]), config, line, words, store, as_json=as_json)
    elif line is not None or words is not None or store is not None:
        raise ConfigError("--line, --why and --store go with one edition.json that `briefing build` wrote")
    else:
        _articles(articles, config, allow, as_json=as_json)


def _is_edition(path: Path) -> bool:
    if path.suffix != ".json" or not path.is_file():
        return False
    content = path.read_bytes()
    return EDITION in content[:BEGINNING] or EDITION in content[-BEGINNING:]


def _articles(articles: list[str], config: Path | None, allow: list[str] | None, *, as_json: bool) -> None:
    settings = choose.settings_for(config, articles, Path.cwd(), web="pages", allow=allow)

    from briefing import pipeline

    found = pipeline.inspect(settings)
    stories = [story for story in found.stories if story.printed]
    if as_json:
        for inspection in found.articles:
            _give(seen.as_json(inspection))
        for story in stories:
            _give(seen.data(story))
    else:
        for inspection in found.articles:
            paper.show(seen.article_lines(inspection))
        for story in stories:
            paper.show(why.story_lines(story))
    reasons = [f"{miss.address}: {miss.reason}" for miss in found.misses]
    if not found.articles:
        said = "; ".join(reasons) or "nothing in it"
        raise NoEdition(
            f"no article found in {', '.join(articles)} ({said}); name text, web pages, mail or saved feeds"
        )
    for reason in reasons:
        printing.tell(f"missed  {reason}")


def _edition(
    path: Path, config: Path | None, line: int | None, words: str | None, store: str | None, *, as_json: bool
) -> None:
    if line is not None and words is not None:
        raise ConfigError("--line and --why both name a line; give one of them")
    content = choose.edition_of(path)

    from briefing import pipeline

    if line is None and words is None:
        printed = pipeline.lines_of(content)
        for one in printed if as_json else ():
            _give(seen.data(one))
        paper.show(() if as_json else why.list_lines(printed))
        return
    address = choose.store_for(path, config, store, Path.cwd())
    settings = choose.settings_beside(config, Path.cwd())
    answers, notes = pipeline.explain(content, address, settings, line=line, words=words or "")
    for answer in answers:
        if as_json:
            _give(seen.answer_data(answer))
        else:
            paper.show(why.answer_lines(answer))
    for note in notes:
        printing.tell(f"note  {note}")


def _give(value: Any) -> None:
    typer.echo(json.dumps(value, ensure_ascii=True, sort_keys=True))

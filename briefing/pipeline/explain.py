"""Why: articles as every step sees them, and the lines of an edition, made again from the store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from briefing.config import Settings, Theme, themes_of
from briefing.config.settings import Summary
from briefing.errors import ConfigError
from briefing.model import Article, Edition, Miss
from briefing.pipeline.gather import afresh
from briefing.pipeline.memory import before
from briefing.refine import (
    answers,
    desk_of,
    explained,
    having,
    input_of,
    inspected,
    mentions,
    nearest,
    printed,
    work,
)
from briefing.render import load
from briefing.store import open_store
from briefing.why import Answer, Explanation, Inspection, Printed

MOST = 5  # lines that are explained at once
WIDTH = 80  # columns of a message


@dataclass(frozen=True, slots=True)
class Inspected:
    """What the program sees in some articles. `stories` is empty for a single one."""

    articles: list[Inspection]
    stories: list[Explanation]
    misses: tuple[Miss, ...]


def inspect(settings: Settings) -> Inspected:
    """What the program sees in the articles of the sources, and what it could not have; nothing is kept."""
    harvest = afresh(settings)
    articles, themes = list(harvest.articles), themes_of(settings)
    since = _since(articles, settings)
    stories: list[Explanation] = []
    if len(articles) > 1:
        made = work(articles, settings, themes, since=since)
        stories = explained(made, settings.language, settings.summary.method)
    return Inspected(inspected(articles, themes, desk_of(settings, since)), stories, harvest.misses)


def _since(articles: Sequence[Article], settings: Settings) -> date | None:
    """The first day of the window of an edition that the newest article would be the last of."""
    times = [a.published for a in articles if a.published]
    return (max(times).astimezone(settings.zone) - settings.window).date() if times else None


def lines_of(edition_json: bytes) -> list[Printed]:
    """All that an edition prints, numbered as `explain` takes it."""
    return printed(load(edition_json))


def explain(
    edition_json: bytes,
    store_url: str,
    settings: Settings | None,
    *,
    line: int | None = None,
    words: str = "",
) -> tuple[list[Answer], tuple[str, ...]]:
    """Why an edition prints a line, by its number or by words of it, and notes on how surely that is known.

    The edition is made again from the store. Without `settings` its themes and lengths are those that are
    built in. Raises ConfigError where no line is meant, with those that come near.
    """
    edition = load(edition_json)
    lines = printed(edition)
    meant = having(lines, words) if line is None else [one for one in lines if one.number == line]
    _demand_few(meant, lines, line, words)
    known = settings or Settings(language=edition.language, summary=Summary(method=edition.method.summary))
    themes = themes_of(settings) if settings else _themes(edition)
    since = edition.window.start.date()
    with open_store(store_url) as store:
        pool = store.articles([s.name for s in edition.sources], edition.window, edition.slot)
        earlier = before(store, edition.briefing, edition.slot)
    made = work(pool, known, themes, since=since, day=edition.date, earlier=earlier)
    stories = explained(made, known.language, known.summary.method)
    leads = [r.article for r in made.leads]
    only = {one.article for one in meant} or {a.id for a in leads if mentions(a.text, words)}
    seen = {i.article.id: i for i in inspected(leads, themes, desk_of(known, since), only)}
    found = answers(edition, meant, words, seen, stories)
    if not found:
        raise ConfigError(_not_there(words, nearest(lines, words)))
    return found, tuple(_notes(edition, settings, input_of(made.readings), stories))


def _demand_few(meant: Sequence[Printed], lines: Sequence[Printed], line: int | None, words: str) -> None:
    """Raise ConfigError where a number is of no line, or words are of many."""
    if line is not None and not meant:
        raise ConfigError(
            f"--line {line}: the edition prints 1 to {len(lines)}; without --line all are listed"
        )
    distinct = {(one.article, one.text): one for one in reversed(meant)}
    if len(distinct) > MOST:
        said = f"--why: {len(distinct)} lines have “{words}”; name more of one, or its number with --line:"
        raise ConfigError(_listed(said, sorted(distinct.values(), key=lambda one: one.number)))


def _listed(said: str, lines: Sequence[Printed]) -> str:
    rows = [f"  {one.number:>3}  {one.text}" for one in lines]
    return "\n".join([said, *(row if len(row) <= WIDTH else row[: WIDTH - 1] + "…" for row in rows)])


def _themes(edition: Edition) -> tuple[Theme, ...]:
    return tuple(Theme(key=t.key, title=t.title) for t in edition.themes)


def _not_there(words: str, near: Sequence[Printed]) -> str:
    """What to say of words that stand nowhere."""
    said = f"--why: neither the edition nor its articles have “{words}”"
    if not near:
        return f"{said}; without --why all lines are listed"
    return _listed(f"{said}; these lines come near:", near)


def _notes(
    edition: Edition, settings: Settings | None, articles: str, stories: Sequence[Explanation]
) -> list[str]:
    """How the edition made again differs from the one that is asked about."""
    notes = []
    if settings is None:
        notes.append("no feeds.yaml at hand: made again with the settings that are built in")
    elif settings.fingerprint() != edition.method.configuration:
        notes.append("feeds.yaml has changed since the edition was made")
    if articles != edition.method.input:
        notes.append("the store holds other articles for this window than the edition was made from")
    again = {(c.article, c.start) for e in stories for c in e.considered if c.line}
    told = [(s.article, s.start) for t in edition.themes for r in t.stories for s in r.statements]
    if missing := sum(one not in again for one in told):
        notes.append(f"made again, {missing} of its {len(told)} lines come out otherwise")
    return notes

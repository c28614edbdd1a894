"""Find every statement of an edition again: word for word, in its article, at its offsets."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from briefing.errors import VerifyError
from briefing.model import Article, CitedArticle, Echo, Edition, Figure, Statement

_SHOWN: Final = 80  # characters of a text that a message quotes


@dataclass(frozen=True, slots=True)
class _Quote:
    """A text with offsets, and where the edition prints it. Made by `_quotes`, read by `_find`."""

    place: str
    text: str
    article: str
    start: int
    end: int


def verify(edition: Edition, article: Callable[[str], Article | None]) -> int:
    """The number of statements found again; VerifyError on the first that is not where it says.

    `article` gives a stored article by id (`Store.article`). Key points, stories, figures, both sides
    of disputes, what changed and timelines are looked up, in this order; then the articles that only
    a headline cites.
    """
    cited = {item.id: item for item in edition.articles}
    checked: dict[str, Article] = {}  # a text is hashed once, however often it is quoted
    found = 0
    for quote in _quotes(edition):
        if quote.article not in checked:
            checked[quote.article] = _same_article(quote.place, quote.article, cited, article, edition)
        _find(quote, checked[quote.article], cited[quote.article], edition)
        found += 1
    for item in edition.articles:
        if item.id not in checked:
            _same_article("a headline", item.id, cited, article, edition)
    return found


def _quotes(edition: Edition) -> Iterator[_Quote]:
    for number, point in enumerate(edition.key_points, 1):
        yield _quote(f"key point {number}", point.statement)
    for theme in edition.themes:
        for story in theme.stories:
            for number, statement in enumerate(story.statements, 1):
                yield _quote(f"{theme.key}, story {_shown(story.headline)}, statement {number}", statement)
    for number, figure in enumerate(edition.figures, 1):
        yield _quote(f"figure {number}", figure)
        for echo in figure.also:
            yield _quote(f"figure {number}, also given", echo)
    for what in _hedged(edition):
        yield from (
            _Quote(f"hedge of {_shown(what.text)}", h.text, what.article, h.start, h.end) for h in what.hedges
        )
    for number, dispute in enumerate(edition.disputes, 1):
        for side, statement in enumerate(dispute.sides, 1):
            yield _quote(f"dispute {number}, side {side}", statement)
    yield from _run(edition)


def _run(edition: Edition) -> Iterator[_Quote]:
    """What is said against the editions before."""
    for change in edition.changes.details:
        for statement in change.statements:
            yield _quote(f"what changed in story {change.story}", statement)
        for moved in change.figures:
            yield _quote(f"a figure that moved in story {change.story}", moved)
    for number, line in enumerate(edition.timelines, 1):
        for step in line.steps:
            yield _quote(f"timeline {number}, {step.date.isoformat()}", step.statement)


def _hedged(edition: Edition) -> Iterator[Statement | Figure]:
    yield from (point.statement for point in edition.key_points)
    yield from (s for theme in edition.themes for story in theme.stories for s in story.statements)
    yield from edition.figures
    yield from (side for dispute in edition.disputes for side in dispute.sides)
    yield from (step.statement for line in edition.timelines for step in line.steps)


def _quote(place: str, what: Statement | Figure | Echo) -> _Quote:
    return _Quote(place, what.text, what.article, what.start, what.end)


def _same_article(
    place: str,
    key: str,
    cited: dict[str, CitedArticle],
    article: Callable[[str], Article | None],
    edition: Edition,
) -> Article:
    """The stored article, its text the one that the edition was made from."""
    if key not in cited:
        raise VerifyError(f"{place}: article {_shown(key)} is not among the edition's; {_remedy(edition)}")
    name = _named(cited[key])
    stored = article(key)
    if stored is None:
        raise VerifyError(
            f"{place}: {name} is not in the store; verify with the store that the edition was made with"
        )
    if (digest := hashlib.sha256(stored.text.encode()).hexdigest()) != cited[key].text_sha256:
        raise VerifyError(
            f"{place}: the stored text of {name} is another one (sha256 {digest}, not "
            f"{_shown(cited[key].text_sha256)}; it begins {_shown(stored.text)}); {_remedy(edition)}"
        )
    return stored


def _find(quote: _Quote, stored: Article, cited: CitedArticle, edition: Edition) -> None:
    # Python would count a negative start from the end and take an empty slice for a match.
    is_inside = 0 <= quote.start < quote.end <= len(stored.text)
    there = stored.text[quote.start : quote.end] if is_inside else ""
    if there and there == quote.text:
        return
    instead = f"{_shown(there)} stands there" if is_inside else f"its text has {len(stored.text)} characters"
    raise VerifyError(
        f"{quote.place}: {_shown(quote.text)} is not at characters {quote.start} to {quote.end} "
        f"of {_named(cited)}: {instead}; {_remedy(edition)}"
    )


def _named(cited: CitedArticle) -> str:
    return f"article [{cited.number}] {_shown(cited.title)}"


def _shown(text: str) -> str:
    """Quoted, cut, and without characters that a terminal would obey."""
    return repr(text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…")


def _remedy(edition: Edition) -> str:
    return (
        "the edition or the store was changed since it was made; "
        f"make it again with briefing build --date {edition.date.isoformat()}"
    )

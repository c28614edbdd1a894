"""tolls: a number of dead that a later report has raised is no longer the news.

Theory: tolls of one event only rise, and the last report gives the last one. A text is outdated
when another of its story, dated later, gives a higher number of the same people. An undated text
never outdates another. Rejected: dropping outdated statements (the board shows both, and that
they differ).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from briefing.model import Article, Reading, Story
from briefing.refine.bygone import is_background
from briefing.refine.figures import quantities

TOLL = "killed"


@dataclass(frozen=True, slots=True)
class Toll:
    """A number of dead, and when it was reported (seconds since the epoch; 0 for undated)."""

    value: float
    time: float


def tolls(story: Story, readings: Mapping[str, Reading], since: date | None = None) -> tuple[Toll, ...]:
    """All that the story's sentences and its articles' titles say, but what was before a day."""
    found: dict[Toll, None] = {}
    for passage in story.passages:
        article = readings[passage.article].article
        texts = [s.text for s in passage.sentences]
        if since:
            texts = [t for t in texts if not is_background(t, article.language, since)]
        if passage.sentences[0].index == 0:
            texts.append(article.title)
        found.update(dict.fromkeys(Toll(v, _time(article)) for v in _values(texts, article.language)))
    return tuple(found)


def outdated(text: str, article: Article, known: Iterable[Toll]) -> bool:
    """Whether a later report of the story gives more dead than this text."""
    later = [t.value for t in known if t.time > _time(article)]
    own = _values([text], article.language)
    return bool(own and later) and max(own) < max(later)


def _values(texts: Iterable[str], code: str) -> list[float]:
    return [q.value for text in texts for q in quantities(text, code) if q.what == TOLL and q.value]


def _time(article: Article) -> float:
    when = article.updated or article.published
    return when.timestamp() if when else 0.0

"""history: what the editions before told, and which of their stories go on. Read by sections and assemble.

A thread is a story over the editions. It has the id and the slot of the first edition that told it, and
keeps them when it pauses for a day or two and comes back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from briefing.language import stems
from briefing.model import CitedArticle, Dispatch, Edition, Statement, Story, StoryReport
from briefing.refine.compare.matching import Sign, kindred, matches, scored
from briefing.refine.compare.published import NOTHING, Published
from briefing.refine.compare.terms import weightiest

WEEK = dt.timedelta(days=7)  # what was told before is forgotten: a story that comes back after it is news


@dataclass(frozen=True, slots=True)
class Part:
    """One story in one earlier edition, under whatever themes. Made by `parts`."""

    slot: str
    date: dt.date
    id: str
    thread: str
    since: str
    headline: str
    lines: tuple[Statement, ...]
    articles: tuple[CitedArticle, ...]
    origins: int
    leads: bool  # whether a line of it was a key point
    terms: frozenset[str]
    language: str

    @property
    def first(self) -> dt.date:
        """The day of the thread's first edition."""
        return day_of(self.since) or self.date


@dataclass(frozen=True, slots=True)
class History:
    """The editions of the last week, as this one needs them. Made by `history`."""

    since: str = ""  # the slot of the last edition; "" where there was none
    parts: tuple[Part, ...] = ()  # the newest first
    threads: Mapping[str, str] = field(default_factory=dict)  # ids of threads, by those of today's stories
    kindred: frozenset[str] = frozenset()  # threads of whose subject some story of today is
    terms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    published: Published = NOTHING

    def of(self, story: str) -> tuple[Part, ...]:
        """What the earlier editions told of one of today's stories, the newest first."""
        thread = self.threads.get(story, "")
        return tuple(p for p in self.parts if p.thread == thread)

    def matched(self) -> dict[str, str]:
        """For each of today's stories that the last edition told, the id that it had there."""
        newest = {p.thread: p.id for p in reversed(self.parts) if p.slot == self.since}
        return {story: newest[t] for story, t in self.threads.items() if t in newest}


def history(
    stories: Sequence[Story],
    dispatches: Mapping[str, Dispatch],
    earlier: Sequence[Edition],
    date: dt.date | None,
) -> History:
    """What the earlier editions, the newest first, tell of today's stories; `date` is today's."""
    terms = weightiest(stories, dispatches)
    if not earlier:
        return History(terms=terms)
    recent = [e for e in earlier if e is earlier[0] or (date and date - e.date <= WEEK)]
    known = [part for edition in recent for part in parts(edition)]
    now = {s.id: _sign(s, terms[s.id], dispatches) for s in stories}
    then = {(p.slot, p.id): Sign(p.terms, _titles(p), p.language) for p in known}
    threads = {(p.slot, p.id): p.thread for p in known}
    scores = scored(now, then)
    return History(
        earlier[0].slot,
        tuple(known),
        {story: threads[place] for story, place in matches(scores, then).items()},
        frozenset(threads[place] for place in kindred(scores)),
        terms,
        Published.of((s.text, p.language) for p in known for s in p.lines),
    )


def parts(edition: Edition) -> list[Part]:
    """The stories of an edition, each once."""
    reports: dict[str, list[StoryReport]] = {}
    for section in edition.themes:
        for report in section.stories:
            reports.setdefault(report.id, []).append(report)
    cited = {a.id: a for a in edition.articles}
    return [_part(edition, told, cited) for told in reports.values()]


def day_of(slot: str) -> dt.date | None:
    """The day that a slot names."""
    try:
        return dt.date.fromisoformat(slot[:10])
    except ValueError:
        return None


def _part(edition: Edition, told: Sequence[StoryReport], cited: Mapping[str, CitedArticle]) -> Part:
    first = told[0]
    lines = tuple(s for report in told for s in report.statements)
    ids = dict.fromkeys([*(a for r in told for a in r.articles), *(s.article for s in lines)])
    articles = tuple(cited[a] for a in ids)
    code = articles[0].language if articles else edition.language
    return Part(
        edition.slot,
        edition.date,
        first.id,
        first.thread or first.id,
        first.since or edition.slot,
        first.headline,
        lines,
        articles,
        max(r.origins for r in told),
        any(p.statement in lines for p in edition.key_points),
        frozenset(first.terms or stems(" ".join([first.headline, *(s.text for s in lines)]), code)),
        code,
    )


def _sign(story: Story, terms: Iterable[str], dispatches: Mapping[str, Dispatch]) -> Sign:
    articles = [dispatches[a].reading.article for a in sorted({p.article for p in story.passages})]
    titles = {story.headline, *(a.title for a in articles)}
    return Sign(frozenset(terms), tuple(sorted(titles)), articles[0].language)


def _titles(part: Part) -> tuple[str, ...]:
    return tuple(sorted({part.headline, *(a.title for a in part.articles)}))

"""history: what the editions before told, and which of their stories go on. Read by sections and assemble.

A thread is a story over the editions. It has the id and the slot of the first edition that told it, and
keeps them when it pauses for a day or two and comes back.

Theory: threads that are linked neighbour by neighbour drift (single linkage chains): from corridors over a
besieged town to a strike of today, which then is "known since" the corridors. So a story is held against each
part of its thread itself: its parts are those it could continue directly, and it is known since the oldest.
Where that is not the first of its thread, a thread begins there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from briefing.language import stems
from briefing.model import CitedArticle, Dispatch, Edition, Statement, Story, StoryReport
from briefing.refine.compare.anchors import Words, anchors, words_of
from briefing.refine.compare.matching import KINDRED, NEAREST, Place, Scores, Sign, kindred, matches, scored
from briefing.refine.compare.published import NOTHING, Published
from briefing.refine.compare.terms import weightiest

BOTH = 1.75  # of two: a weight as a part of BOND and a likeness as one of NEAREST, each a little short
BOND = 5.0  # what rare words must weigh: three that a sixth of the articles have, or two that a twelfth has
OPENINGS = 4  # passages
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
class Thread:
    """What one of today's stories continues. Made by `history`."""

    id: str
    since: str  # the slot of its first edition
    parts: tuple[Part, ...]  # that are of the same event as today's story, the newest first


@dataclass(frozen=True, slots=True)
class History:
    """The editions of the last week, as this one needs them. Made by `history`."""

    since: str = ""  # the slot of the last edition; "" where there was none
    parts: tuple[Part, ...] = ()  # the newest first
    threads: Mapping[str, Thread] = field(default_factory=dict)  # by today's stories
    kindred: frozenset[str] = frozenset()  # threads of whose subject some story of today is
    terms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    published: Published = NOTHING

    def of(self, story: str) -> tuple[Part, ...]:
        """What the earlier editions told of one of today's stories, the newest first."""
        thread = self.threads.get(story)
        return thread.parts if thread else ()

    def matched(self) -> dict[str, str]:
        """For each of today's stories that the last edition told, the id that it had there."""
        newest = {story: thread.parts[0] for story, thread in self.threads.items()}
        return {story: part.id for story, part in newest.items() if part.slot == self.since}


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
    then = {_place(p): Sign(p.terms, _titles(p), p.language) for p in known}
    scores = scored(now, then)
    bound = _bound(stories, dispatches, known, scores)
    by_place = {_place(p): p for p in known}
    found = matches(scores, then, bound)
    near = {pair for pair, score in scores.items() if score >= NEAREST} | bound.keys()
    return History(
        earlier[0].slot,
        tuple(known),
        {story: _thread(story, by_place[place], known, near) for story, place in found.items()},
        frozenset(by_place[place].thread for place in kindred(scores)),
        terms,
        Published.of((s.text, p.language) for p in known for s in p.lines),
    )


def _thread(story: str, match: Part, known: Sequence[Part], near: Collection[tuple[str, Place]]) -> Thread:
    """The thread of the part that a story continues, or the end of it that the story is near to."""
    of_it = [p for p in known if match.thread in (p.thread, p.id)]
    mine = tuple(p for p in of_it if p is match or (story, _place(p)) in near)
    first = next((p for p in of_it if p.id == match.thread), None)
    if first is None or first in mine:
        return Thread(match.thread, match.since, mine)
    return Thread(mine[-1].id, mine[-1].slot, mine)


def _bound(
    stories: Sequence[Story], dispatches: Mapping[str, Dispatch], known: Sequence[Part], scores: Scores
) -> dict[tuple[str, Place], float]:
    """Which stories of one subject rare words tie to an earlier one, and how surely."""
    theirs = {_place(p): [words_of(text, p.language) for text in _texts(p)] for p in known}
    articles = [d.reading.article for d in dispatches.values()]
    rare = anchors([(a.text, a.language) for a in articles], list(theirs.values()))
    found: dict[tuple[str, Place], float] = {}
    for story in stories:
        ours = _openings(story, dispatches)
        for place, texts in theirs.items():
            headed = rare.bond(ours[:1], texts)  # the headline must be of it, too
            if headed and scores[story.id, place] >= KINDRED:
                found[story.id, place] = rare.bond(ours, texts)
    return {
        pair: weight
        for pair, weight in found.items()
        if weight >= BOND or weight / BOND + min(scores[pair] / NEAREST, 1.0) >= BOTH
    }


def _openings(story: Story, dispatches: Mapping[str, Dispatch]) -> list[Words]:
    """The words of a story's headline, and of the first sentences of its passages."""
    articles = [dispatches[p.article].reading.article for p in story.passages[:OPENINGS]]
    spans = [p.sentences[0] for p in story.passages[:OPENINGS]]
    first = [words_of(a.text[s.start : s.end], a.language) for a, s in zip(articles, spans, strict=True)]
    return [words_of(story.headline, articles[0].language), *first]


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
        frozenset(
            first.terms.split(", ")
            if first.terms
            else stems(" ".join([first.headline, *(s.text for s in lines)]), code)
        ),
        code,
    )


def _sign(story: Story, terms: Iterable[str], dispatches: Mapping[str, Dispatch]) -> Sign:
    articles = [dispatches[a].reading.article for a in sorted({p.article for p in story.passages})]
    titles = {story.headline, *(a.title for a in articles)}
    return Sign(frozenset(terms), tuple(sorted(titles)), articles[0].language)


def _titles(part: Part) -> tuple[str, ...]:
    return tuple(sorted({part.headline, *(a.title for a in part.articles)}))


def _texts(part: Part) -> list[str]:
    """All that an edition printed of a story."""
    return list(
        dict.fromkeys([part.headline, *(a.title for a in part.articles), *(s.text for s in part.lines)])
    )


def _place(part: Part) -> Place:
    return part.slot, part.id

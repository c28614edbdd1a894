"""timeline: the dated steps of a story that has run for days. Read by assemble.

One line a day, the first that an edition printed of that day: the editions put the bottom line first. A
step's date is that of its article; an undated line is no step, nor is background, and no step is told twice,
unless it gives another number. Nor is a line that is not of the event that the headline names (`subject`),
or that a reader does not understand alone: a torn one.
A story gets a timeline from `RUN` steps on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from zoneinfo import ZoneInfo

from briefing.model import Article, CitedArticle, Dispatch, Statement, Step, StoryReport, Timeline
from briefing.refine.compare.history import History, Part
from briefing.refine.compare.published import values_of
from briefing.refine.compare.subject import TORN, Printed, Subject, subjects
from briefing.refine.summarise import BACKGROUND, Said, repeats, sense

RUN = 3  # steps
ALIKE = 0.5  # share of the shorter line's stems from which two steps are one


def timelines(
    reports: Sequence[StoryReport],
    history: History,
    dispatches: Mapping[str, Dispatch],
    slot: str,
    zone: ZoneInfo,
) -> tuple[Timeline, ...]:
    """A timeline for each story that has one, in the order of the reports."""
    articles = {key: d.reading.article for key, d in dispatches.items()}
    about = subjects(_printed(r, articles) for r in reports if r.articles)
    found: list[Timeline] = []
    for story in dict.fromkeys(r.id for r in reports):
        lines = [s for r in reports if r.id == story for s in r.statements]
        today = [(slot, s, articles[s.article]) for s in lines]
        steps = _steps([*_told(history.of(story)), *today], about[story], zone) if story in about else ()
        if len(steps) >= RUN:
            found.append(Timeline(story, steps))
    return tuple(found)


def carried(found: Sequence[Timeline], history: History) -> dict[str, CitedArticle]:
    """The articles of earlier editions that the steps cite, by id, in the order of the steps."""
    known = {a.id: a for p in history.parts for a in p.articles}
    ids = dict.fromkeys(step.statement.article for line in found for step in line.steps)
    return {key: known[key] for key in ids if key in known}


def _printed(report: StoryReport, articles: Mapping[str, Article]) -> Printed:
    lines = tuple(s.text for s in report.statements)
    return Printed(report.id, report.headline, lines, articles[report.articles[0]].language)


def _told(parts: Sequence[Part]) -> Iterator[tuple[str, Statement, CitedArticle]]:
    """The lines of a thread, the oldest edition first."""
    for part in reversed(parts):
        cited = {a.id: a for a in part.articles}
        yield from ((part.slot, s, cited[s.article]) for s in part.lines)


def _steps(
    lines: Sequence[tuple[str, Statement, Article | CitedArticle]], about: Subject, zone: ZoneInfo
) -> tuple[Step, ...]:
    """The first new line of each day."""
    steps: dict[dt.date, Step] = {}
    said: list[Said] = []
    values: set[float] = set()
    for slot, line, article in lines:
        of_it = about.is_of(line.text, article.language) and not line.text.startswith(TORN)
        if article.published is None or BACKGROUND in line.flags or not of_it:
            continue
        date = article.published.astimezone(zone).date()
        told, counted = sense(line.text, article.language), values_of(line.text, article.language)
        if date not in steps and (counted - values or not repeats(told, said, ALIKE)):
            steps[date] = Step(date, slot, line)
            said.append(told)
            values |= counted
    return tuple(steps[date] for date in sorted(steps))

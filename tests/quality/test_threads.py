"""New or continuing, and of which story: real days in a row against labels made by reading.

threads.json has, by day of ../shared/data/ukraine-news, a row for each story: ids of its first articles, the
running event that it tells ("" where it is the only one to tell it), and whether the reader was sure; where
not, new and continuing are both right. A story that is called continuing must be of its thread's event.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from briefing import pipeline
from briefing.config import Settings
from briefing.model import Edition, StoryReport

LABELS: dict[str, list[Any]] = json.loads((Path(__file__).parent / "threads.json").read_text("utf-8"))
FLOORS = [
    ("2022-06", 0.88),
    ("2022-03", 0.83),
    ("2022-05", 0.84),
]  # right stories, of all from the second day on


@pytest.mark.slow
@pytest.mark.parametrize(("month", "floor"), FLOORS)
def test_new_and_continuing_are_told_apart(month: str, floor: float, shared: Path, tmp_path: Path) -> None:
    days = [day for day in LABELS if day.startswith(month)]
    records = (shared / "data/ukraine-news/articles.jsonl").read_text("utf-8").splitlines()
    articles = [json.loads(record) for record in records]
    editions = [build(day, [a for a in articles if a["date"] == day], tmp_path) for day in days]
    ids = {a["url"] or a["title"]: a["id"] for a in articles}
    right = list(judged(days, editions, ids))
    assert len(right) > 30
    assert sum(right) >= floor * len(right)


def build(day: str, articles: Sequence[dict[str, Any]], folder: Path) -> Edition:
    """The edition of the morning after a day."""
    (folder / "day.jsonl").write_text("\n".join(map(json.dumps, articles)), "utf-8")
    settings = Settings.model_validate(
        {
            "timezone": "Europe/Kyiv",
            "base": folder,
            "sources": [{"file": "day.jsonl", "name": "Saved articles"}],
            "output": "out",
            "formats": ["json"],
        }
    )
    morning = datetime.fromisoformat(day).replace(hour=6, tzinfo=settings.zone) + timedelta(days=1)
    return pipeline.run(settings, morning).edition


def judged(days: Sequence[str], editions: Sequence[Edition], ids: dict[str, str]) -> list[bool]:
    """For each story of the second day and later, whether it is called what the reader called it."""
    told: set[str] = set()
    threads: dict[str, set[str]] = defaultdict(set)
    right: list[bool] = []
    for day, edition in zip(days, editions, strict=True):
        events = {key: event_of(reports, edition, day, ids) for key, reports in by_story(edition).items()}
        for key, (event, sure) in events.items():
            report = by_story(edition)[key][0]
            known = event & told
            if day != days[0]:
                right.append(
                    (not sure or not known)
                    if report.status == "new"
                    else bool(known & threads[report.thread])
                )
        for key, (event, _) in events.items():
            threads[by_story(edition)[key][0].thread] |= event
            threads[key] |= event  # a thread can begin at this story
            told |= event
    return right


def by_story(edition: Edition) -> dict[str, list[StoryReport]]:
    found: dict[str, list[StoryReport]] = defaultdict(list)
    for section in edition.themes:
        for story in section.stories:
            found[story.id].append(story)
    return found


def event_of(
    reports: Sequence[StoryReport], edition: Edition, day: str, ids: dict[str, str]
) -> tuple[set[str], bool]:
    """The events of the labelled story that has most articles in common with this one."""
    urls = {a.id: a.url or a.title for a in edition.articles}
    mine = {ids.get(urls[a], "") for r in reports for a in r.articles}
    articles, event, sure = max(LABELS[day], key=lambda row: len(mine & {*row[0]}) / len(mine | {*row[0]}))
    return (set(event.split("|")) - {""}, sure) if mine & {*articles} else (set(), True)

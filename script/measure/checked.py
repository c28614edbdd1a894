"""checked: six mornings in a row, every line of them read by hand against its articles.

The sheet `tests/quality/checked.tsv` holds one verdict a line: whether a claim (who says it, what kind of
speaker, what holds it open), a figure with all that its row says, a dispute, or what an edition says of a
story's age is right, and why. It names articles by the id of their set, spans by offsets and what was shown
by a checksum, so no text of a publisher stands in it; an item that is shown otherwise than it was judged is a
new item. Two figures are told of each kind: how many of the judged items are right, and how many of the
shown ones are judged at all.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from briefing.config import Settings
from briefing.model import Article, Edition, Figure, Statement
from measure.data import Item, items
from measure.days import edition
from measure.model import Found, Metric, NotAskedError, Set, Task

SHEET = Path(__file__).parents[2] / "tests/quality/checked.tsv"
ARTICLES = "ukraine-news/articles.jsonl"
DAYS = tuple(f"2022-03-{day:02}" for day in range(7, 13))
SETTINGS = Settings(timezone="Europe/Kyiv")
KINDS = {
    "claim": "claims",
    "figure": "figures",
    "dispute": "disputes",
    "story": "stories",
}  # and their plurals


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing that an edition says, and that can be right or wrong. Made by `shown`.

    `said` is what was judged, as one line for people; `article` to `end` is where to look.
    """

    slot: str
    item: str  # of KINDS
    article: str
    start: int
    end: int
    said: str

    @property
    def key(self) -> str:
        """Ten hex digits over all of it: an item that changes is another item."""
        return hashlib.sha256(repr(tuple(asdict(self).values())).encode()).hexdigest()[:10]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a reader found. One line of the sheet."""

    key: str
    slot: str
    item: str
    article: str
    start: int
    end: int
    right: bool
    why: str


@dataclass(frozen=True, slots=True)
class Mornings:
    """The editions, each knowing those before it, and their articles by the set's ids."""

    editions: tuple[Edition, ...]
    articles: Mapping[str, Article]

    def shown(self) -> Iterator[Shown]:
        """All that the editions say and a reader can check."""
        ids = {a.id: key for key, a in self.articles.items()}
        for built in self.editions:
            yield from shown(built, ids)


def mornings(folder: Path) -> Mornings:
    """The six editions, one after another."""
    by_day: dict[str, list[Item]] = {}
    for row in items(folder / ARTICLES):
        by_day.setdefault(row["date"], []).append(row)
    made: list[Edition] = []
    read: dict[str, Article] = {}
    for day in DAYS:
        built, articles = edition(day, by_day.get(day, []), SETTINGS, made[::-1])
        made.append(built)
        read |= articles
    return Mornings(tuple(made), read)


def shown(built: Edition, ids: Mapping[str, str]) -> Iterator[Shown]:
    """All that an edition says and a reader can check, each thing once; `ids` are the set's, by article."""
    lines = [s for theme in built.themes for story in theme.stories for s in story.statements]
    for line in dict.fromkeys([*(p.statement for p in built.key_points), *lines]):
        yield Shown(built.slot, "claim", ids[line.article], line.start, line.end, _claim(line))
    for row in built.figures:
        yield Shown(built.slot, "figure", ids[row.article], row.start, row.end, _figure(row))
    for dispute in built.disputes:
        one, other = dispute.sides
        said = f"{_claim(one)} || {other.text} || {_claim(other)}"
        yield Shown(built.slot, "dispute", ids[one.article], one.start, one.end, said)
    stories = {s.id: s for theme in built.themes for s in theme.stories}
    for story in stories.values() if built.changes.since else ():
        age = "new" if story.status == "new" else f"known since {story.since}"
        yield Shown(built.slot, "story", ids[story.articles[0]], 0, 0, f"{age}: {story.headline}")


def _claim(line: Statement) -> str:
    hedges = ", ".join(h.text for h in line.hedges) or ", ".join(line.flags)
    return f"{line.claim.source or 'no source named'} | {line.claim.kind} | {hedges}"


def _figure(row: Figure) -> str:
    before = f"{row.before.text} ({row.before.slot})" if row.before else ""
    parts = (row.what, row.text, row.who, row.where, row.when, row.source or "no source named", row.kind)
    hedges = ", ".join(h.text for h in row.hedges) or ", ".join(row.flags)
    return " | ".join((*parts, hedges, row.status, before))


def sheet(path: Path = SHEET) -> list[Verdict]:
    """The verdicts that are kept."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return [
        Verdict(
            r["key"],
            r["slot"],
            r["item"],
            r["article"],
            int(r["start"]),
            int(r["end"]),
            r["right"] == "right",
            r["why"],
        )
        for r in rows
    ]


def against(said: Sequence[Shown], verdicts: Mapping[str, bool]) -> dict[str, float]:
    """Of each kind the share of judged items that are right, and of shown items that are judged."""
    found: dict[str, float] = {}
    for kind, kinds in KINDS.items():
        keys = [s.key for s in said if s.item == kind]
        judged = [verdicts[k] for k in keys if k in verdicts]
        found[f"{kinds} right"] = sum(judged) / max(len(judged), 1)
        found[f"{kinds} judged"] = len(judged) / max(len(keys), 1)
        found[f"{kinds} shown"] = float(len(keys))
    return found


def week(task: Task) -> Found:
    """The six mornings against the sheet. Raises NotAskedError where the folder has other days."""
    said, verdicts = [*mornings(task.folder).shown()], {v.key: v.right for v in sheet()}
    if not any(s.key in verdicts for s in said):
        raise NotAskedError("the six mornings are not in it")
    return Found((), against(said, verdicts))


SETS = (
    Set(
        "ukraine-news/checked",
        (ARTICLES,),
        week,
        tuple(
            metric
            for kind in KINDS.values()
            for metric in (
                Metric(f"{kind} right"),
                Metric(f"{kind} judged", slack=0.1),
                Metric(f"{kind} shown", slack=None, count=True),
            )
        ),
        seconds=40,
    ),
)

"""The archive's index: every article that is taken goes into it, and questions find articles by it."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Engine, and_, exists, func, or_, select

from briefing.model import Article, Found
from briefing.store import dialects, tables
from briefing.store.failures import told
from briefing.store.rows import microseconds, to_article
from briefing.store.terms import Phrase, Question, placed, question, terms

BATCH: Final = 500  # articles indexed at once: their terms are held in memory
EXCERPT: Final = 180  # characters around what was found
SPOTS: Final = 200  # places of an article that are compared: each is with all


class Search:
    """Questions to all that a store holds: `store.search`. Methods raise StoreError."""

    def __init__(self, engine: Engine, where: str) -> None:
        self._engine = engine
        self._where = where

    def find(
        self, words: str, *, since: datetime | None = None, source: str = "", limit: int = 20
    ) -> tuple[Found, ...]:
        """Articles with all these words, the newest first, undated ones last; at most `limit`.

        `since` is aware; an undated article counts from the slot that saw it first. `source` is a name of
        feeds.yaml. Nothing is found where there is no word in `words`.
        """
        asked = question(words)
        if not asked.wanted:
            return ()
        table = tables.articles
        numbers = dialects.found_numbers(self._engine.dialect.name, asked.wanted, asked.unwanted)
        ids = select(tables.sought.c.article).where(tables.sought.c.number.in_(numbers))
        chosen = (
            select(table)
            .where(table.c.id.in_(ids), ~_replaced(), _form(source), *_since(since))
            .order_by(table.c.published_us.is_(None), table.c.published_us.desc(), table.c.id)
            .limit(limit)
        )
        with told("search", self._where), self._engine.begin() as connection:
            rows = connection.execute(chosen).mappings().all()
            return tuple(_found(to_article(row), asked) for row in rows)

    def sources(self) -> tuple[str, ...]:
        """The names of all sources that ever brought an article, in their order."""
        names = select(tables.articles.c.source).distinct().order_by(tables.articles.c.source)
        with told("read from", self._where), self._engine.begin() as connection:
            return tuple(connection.execute(names).scalars())


def index(connection: Connection, articles: Iterable[Mapping[str, Any]]) -> None:
    """Put articles, as rows of `tables.articles`, into the index, unless they are in it."""
    rows = {row["id"]: row for row in articles}
    ids, table = sorted(rows), tables.sought
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        there = set(connection.execute(select(table.c.article).where(table.c.article.in_(some))).scalars())
        new = [{"article": one} for one in some if one not in there]
        if not new:
            continue
        dialects.insert_new(connection, table, new)
        fresh = select(table.c.number, table.c.article).where(
            table.c.article.in_([n["article"] for n in new])
        )
        numbered = connection.execute(fresh.order_by(table.c.number)).all()
        dialects.index_terms(connection, {number: _terms(rows[one]) for number, one in numbered})


def index_missing(connection: Connection) -> None:
    """Index what is stored and not in the index, batch by batch: an archive of before it had one."""
    table, last = tables.articles, ""
    columns = (table.c.id, table.c.title, table.c.text, table.c.language)
    while True:
        query = select(*columns).where(table.c.id > last).order_by(table.c.id, table.c.source).limit(BATCH)
        rows = connection.execute(query).mappings().all()
        if not rows:
            return
        index(connection, rows)  # type: ignore[arg-type]  # a RowMapping is a Mapping of names
        last = rows[-1]["id"]


def _terms(row: Mapping[str, Any]) -> list[str]:
    return terms(f"{row['title']}\n{row['text']}", row["language"])


def _replaced() -> ColumnElement[bool]:
    """Whether the article is an excerpt whose fuller text is kept, and found in its place."""
    pages = tables.pages.c
    return exists().where(pages.article == tables.articles.c.id, pages.fuller != "")


def _form(source: str) -> ColumnElement[bool]:
    """Of an article that several sources carried one form: that of `source`, or of the first by name."""
    table, other = tables.articles, tables.articles.alias("other")
    if source:
        return table.c.source == source
    first = select(func.min(other.c.source)).where(other.c.id == table.c.id)
    return table.c.source == first.scalar_subquery()


def _since(since: datetime | None) -> tuple[ColumnElement[bool], ...]:
    if since is None:
        return ()
    table = tables.articles.c
    undated = and_(table.published_us.is_(None), table.first_slot >= since.date().isoformat())
    return (or_(table.published_us >= microseconds(since), undated),)


def _found(article: Article, asked: Question) -> Found:
    """The article and the piece of its text that shows most of what was asked for."""
    spots = list(itertools.islice(_spots(article, asked), SPOTS))
    best = max(spots, key=lambda spot: (_near(spot, spots), -spot[0]), default=(0, 0, 0))
    start = max(0, best[0] - EXCERPT // 3)
    end = min(len(article.text), start + EXCERPT)
    return Found(article, *_whole_words(article.text, start, end, best))


def _spots(article: Article, asked: Question) -> Iterator[tuple[int, int, int]]:
    """Where the text has what was asked for: characters [start, end), and which item it is."""
    words = list(placed(article.text, article.language))
    firsts: dict[str, list[tuple[Phrase, int]]] = {}
    for number, phrases in enumerate(asked.wanted):
        for phrase in phrases:
            firsts.setdefault(phrase[0], []).append((phrase, number))
    for place, (start, _, term) in enumerate(words):
        for phrase, number in firsts.get(term, ()):
            row = words[place : place + len(phrase)]
            if tuple(word for _, _, word in row) == phrase:
                yield start, row[-1][1], number


def _near(spot: tuple[int, int, int], spots: Sequence[tuple[int, int, int]]) -> int:
    """How many of the items stand from this spot on within an excerpt."""
    return len({number for start, _, number in spots if spot[0] <= start <= spot[0] + EXCERPT // 2})


def _whole_words(text: str, start: int, end: int, spot: tuple[int, int, int]) -> tuple[int, int]:
    """The excerpt without the halves of words at its ends; what was found stays in it."""
    if start:
        blank = text.find(" ", start, spot[0])
        start = blank + 1 if blank >= 0 else spot[0]
    if end < len(text):
        blank = text.rfind(" ", spot[1], end)
        end = blank if blank >= 0 else max(end, spot[1])
    return start, end

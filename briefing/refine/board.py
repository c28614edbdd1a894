"""board: the key figures of an edition, from its leading stories.

The board shows what a desk asks for every morning: how many killed, wounded, evacuated, without
power. It takes the figures of the statements, and of what else the same stories say those that
count people harmed or moved; the same count once, a few of a kind and of a story, and it stops at
`MOST` rows: page one stands alone.

Rejected: every figure of a story (roads, wagons and bloggers crowded out the dead).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from briefing.language import NEVER, language
from briefing.model import Article, Dispatch, Edition, Figure, Statement
from briefing.refine.figures import compared, figures
from briefing.refine.figures.refusals import total
from briefing.refine.figures.sameness import fuller, repeated, same
from briefing.refine.sections.told import Told
from briefing.refine.summarise import BACKGROUND

MOST = 12  # rows
OF_A_STORY = 6
OF_A_KIND = 3  # rows of one kind from one story


def board(
    told: Sequence[Told],
    dispatches: Mapping[str, Dispatch],
    matched: Mapping[str, str],
    previous: Edition | None,
) -> tuple[Figure, ...]:
    """The figures of the edition's stories, each marked against its story's others."""
    articles = {key: d.reading.article for key, d in dispatches.items()}
    rows: list[Figure] = []
    for story, parts in _by_story(told).items():
        others = tuple(rows)
        found = [f for f in _found(parts, articles) if not repeated(f, others)]
        mine = _few(_of_the_night(found, articles))[:OF_A_STORY]
        oldest_first = sorted(mine, key=lambda f: (_time(articles[f.article]), f.article, f.start))
        before = [f for f in previous.figures if f.story == matched.get(story)] if previous else []
        rows.extend(compared(oldest_first, before))
    return tuple(rows[:MOST])


def _by_story(told: Sequence[Told]) -> dict[str, list[Told]]:
    """The stories told in full, whatever their themes, the weightiest first."""
    stories: dict[str, list[Told]] = {}
    for t in sorted(told, key=lambda t: (-t.weight, t.story.id)):
        if t.statements:
            stories.setdefault(t.story.id, []).append(t)
    return stories


def _found(parts: Sequence[Told], articles: Mapping[str, Article]) -> Iterator[Figure]:
    """The figures of a story's statements, then those about people in what else it says."""
    said = [s for t in parts for s in t.statements]
    for statement in _of_now(said):
        yield from figures(statement, articles[statement.article], parts[0].story.id)
    for statement in _of_now(s for t in parts for group in t.candidates for s in group if s not in said):
        article = articles[statement.article]
        people = language(article.language).numbers.get("led_by", NEVER)
        for figure in figures(statement, article, parts[0].story.id):
            if figure.value and people.fullmatch(figure.what):
                yield figure


def _of_now(statements: Iterable[Statement]) -> Iterator[Statement]:
    """The statements that tell of the edition's own time."""
    return (s for s in statements if BACKGROUND not in s.flags)


def _of_the_night(found: Sequence[Figure], articles: Mapping[str, Article]) -> list[Figure]:
    """The figures without the war's totals, but for kinds of which the story tells nothing newer."""
    summed = [total(f, articles[f.article]) for f in found]
    newer = {f.what for f, old in zip(found, summed, strict=True) if not old}
    return [f for f, old in zip(found, summed, strict=True) if not old or f.what not in newer]


def _few(found: Iterable[Figure]) -> list[Figure]:
    """Each count once, as the figure that tells most of it, and not more than a few of a kind."""
    counts: list[Figure] = []
    for figure in found:
        place = next((i for i, f in enumerate(counts) if same(f, figure)), None)
        if place is None:
            counts.append(figure)
        else:
            counts[place] = fuller(counts[place], figure)
    return [f for i, f in enumerate(counts) if sum(g.what == f.what for g in counts[:i]) < OF_A_KIND]


def _time(article: Article) -> float:
    """Seconds since the epoch; the undated come first, because they never update a figure."""
    return article.published.timestamp() if article.published else 0.0

"""sections: which stories stand under which theme, and what is said of them.

A story is told under the theme that most of its sentences have, and under any other for which
its sentences speak clearly enough (`SIDE`). The weightiest stories get most lines, the next ones
a few, the rest one headline each, so that a full day still fits a few pages. Nothing is said
twice in an edition.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from briefing.config.settings import Summary, Theme
from briefing.model import Dispatch, Statement, Story, ThemedSentence
from briefing.refine.rank import origins, weight
from briefing.refine.summarise import Said, candidates, choose, sense
from briefing.refine.tolls import outdated, tolls

LEADING = 2  # stories of a section that get all their lines
FEW = 2  # lines of the stories after them
SIDE = 3.0  # evidence from which a story is told under a theme that is not its main one

Filed = Mapping[str, Sequence[ThemedSentence]]  # by article id, one a sentence, in order
Dispatches = Mapping[str, Dispatch]  # by the id of the article that leads them


@dataclass(frozen=True, slots=True)
class Told:
    """One story under one theme. Made by `sections`, read by the edition's assembly."""

    story: Story
    theme: str
    main: bool  # whether most of the story's sentences are filed under this theme
    weight: float
    origins: int
    language: str  # of the article that leads the story
    articles: tuple[str, ...]  # all that tell the story, under whatever theme; the leading one first
    candidates: tuple[tuple[Statement, ...], ...]  # one tuple an article
    statements: tuple[Statement, ...] = ()


def sections(
    stories: Sequence[Story], filed: Filed, dispatches: Dispatches, themes: Sequence[Theme], summary: Summary
) -> list[Told]:
    """Every story under every theme it belongs to, theme by theme, the weightiest first."""
    material = [t for story in stories for t in _material(story, filed, dispatches)]
    said: list[Said] = []
    sections: list[Told] = []
    for theme in themes:
        section = sorted((t for t in material if t.theme == theme.key), key=lambda t: (-t.weight, t.story.id))
        for place, told in enumerate(section):
            statements = _statements(told, _lines(place, summary), summary.method, said, dispatches)
            said.extend(sense(s.text, told.language) for s in statements)
            if statements or told.main:  # a headline alone stands under one theme
                sections.append(replace(told, statements=statements))
    return sections


def _material(story: Story, filed: Filed, dispatches: Dispatches) -> list[Told]:
    """A story under each theme in which it has something to say that stands alone."""
    sentences = [filed[p.article][s.index] for p in story.passages for s in p.sentences]
    counts = Counter(t.theme for t in sentences if t.theme)
    main = max(sorted(counts), key=lambda k: counts[k], default="")
    articles = _order({p.article for p in story.passages}, story.headline, dispatches)
    language = dispatches[articles[0]].reading.article.language
    outlets = origins(story, dispatches)
    told = []
    for theme in sorted(counts):
        mine = [t for t in sentences if t.theme == theme]
        if theme != main and sum(t.scores[theme] for t in mine) < SIDE:
            continue
        groups = tuple(
            tuple(candidates(dispatches[a].reading, [t.sentence for t in mine if t.sentence.article == a]))
            for a in articles
        )
        if any(groups):
            score = weight(story, mine, dispatches)
            told.append(Told(story, theme, theme == main, score, outlets, language, tuple(articles), groups))
    return told


def _order(articles: Collection[str], title: str, dispatches: Dispatches) -> list[str]:
    """The article that gives the headline first, then the newest."""

    def key(article: str) -> tuple[bool, float, str]:
        lead = dispatches[article].reading.article
        return lead.title != title, -(lead.published.timestamp() if lead.published else 0.0), lead.id

    return sorted(articles, key=key)


def _lines(place: int, summary: Summary) -> int:
    if place < LEADING:
        return summary.statements
    return min(FEW, summary.statements) if place < summary.stories else 0


def _statements(
    told: Told, lines: int, method: str, said: Sequence[Said], dispatches: Dispatches
) -> tuple[Statement, ...]:
    """The bottom line first, the others in reading order."""
    if not lines:
        return ()
    chosen = choose(told.candidates, told.language, lines, method, said)
    known = tolls(told.story, {key: d.reading for key, d in dispatches.items()})

    def pointed(statement: Statement) -> tuple[bool, bool, float]:
        """No outdated toll, the headline's language, and as near to the headline as can be."""
        article = dispatches[statement.article].reading.article
        current = not outdated(statement.text, article, known)
        return current, article.language == told.language, _to_the_point(statement, told)

    first = max(chosen, key=pointed, default=None)
    return tuple(sorted(chosen, key=lambda s: s is not first))


def _to_the_point(statement: Statement, told: Told) -> float:
    """The share of the headline's stems that a statement holds."""
    title = sense(told.story.headline, told.language)
    return round(len(title & sense(statement.text, told.language)) / max(len(title), 1), 6)

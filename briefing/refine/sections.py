"""sections: which stories stand under which theme, and what is said of them.

A story is told under the theme that most of its sentences have, and under any other for which
its sentences speak clearly enough (`SIDE`). The weightiest stories get most lines, the next ones
a few, the rest one headline each, so that a full day still fits a few pages. Nothing is said
twice in an edition.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from briefing.config.settings import Summary, Theme
from briefing.model import Dispatch, Reading, Sentence, Statement, Story, ThemedSentence
from briefing.refine.claims import DOUBTS, hedged
from briefing.refine.opinion import reported
from briefing.refine.rank import origins, weight
from briefing.refine.standing import about_something, familiar
from briefing.refine.summarise import Said, candidates, choose, repeats, sense
from briefing.refine.themes import main_theme
from briefing.refine.tolls import outdated, tolls

LEADING = 2  # stories of a section that get all their lines
FEW = 2  # lines of the stories after them
OWN_ARTICLE = 0.2  # what a sentence gains, in shares of the headline's stems, by being of its article
EARLY = 0.5  # and by standing first in its article rather than last
OPEN = 0.1  # what it loses by words that hold it open: "may", "some", "likely"
ALIKE = 0.4  # share of stems: a story has few lines, so two of them may have less in common than elsewhere
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
    articles: tuple[str, ...]  # that have something to say here; the one that gives the headline first
    candidates: tuple[tuple[Statement, ...], ...]  # one tuple an article
    statements: tuple[Statement, ...] = ()


def sections(
    stories: Sequence[Story], filed: Filed, dispatches: Dispatches, themes: Sequence[Theme], summary: Summary
) -> list[Told]:
    """Every story under every theme it belongs to, theme by theme, the weightiest first."""
    known = familiar([d.reading.article.text for d in dispatches.values()])
    material = [t for story in stories for t in _material(story, filed, dispatches, known)]
    said: list[Said] = []
    sections: list[Told] = []
    for theme in themes:
        section = sorted((t for t in material if t.theme == theme.key), key=lambda t: (-t.weight, t.story.id))
        for place, told in enumerate(section):
            statements = _statements(told, _lines(place, summary), summary.method, said, dispatches)
            said.extend(sense(s.text, told.language) for s in statements)
            sections.append(replace(told, statements=statements))
    in_full = {t.story.id for t in sections if t.statements}
    return [t for t in sections if t.statements or (t.main and t.story.id not in in_full)]


def _material(story: Story, filed: Filed, dispatches: Dispatches, known: Collection[str]) -> list[Told]:
    """A story under each theme in which it has something to say that stands alone."""
    known = {*known, *(word.lower() for word in story.headline.split())}
    sentences = [filed[p.article][s.index] for p in story.passages for s in p.sentences]
    main = main_theme(sentences)
    told = []
    for theme in sorted({t.theme for t in sentences} - {""}):
        mine = [t for t in sentences if t.theme == theme]
        if theme != main and sum(t.scores[theme] for t in mine) < SIDE:
            continue
        articles = _order({t.sentence.article for t in mine}, story.headline, dispatches)
        groups = tuple(
            _lines_of(dispatches[a].reading, [t.sentence for t in mine if t.sentence.article == a], known)
            for a in articles
        )
        if any(groups):
            told.append(
                Told(
                    story,
                    theme,
                    main=theme == main,
                    weight=weight(mine, dispatches),
                    origins=origins(mine, dispatches),
                    language=dispatches[articles[0]].reading.article.language,
                    articles=tuple(articles),
                    candidates=groups,
                )
            )
    return told


def _lines_of(
    reading: Reading, sentences: Sequence[Sentence], known: Collection[str]
) -> tuple[Statement, ...]:
    """The candidates of an article that say by themselves what they are about."""
    code = reading.article.language
    found = reported(reading, candidates(reading, sentences, known))
    return tuple(s for s in found if about_something(s.text, s.claim.source, code))


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
    """The bottom line, and what the method chooses beside it, in reading order."""
    current = [
        [s for s in group if not repeats(sense(s.text, told.language), said)]
        for group in _current(told, dispatches)
    ]
    fresh = [s for group in current for s in group]
    first = max(fresh, key=lambda s: _to_the_point(s, told, dispatches), default=None)
    if not lines or first is None:
        return ()
    known = [sense(first.text, told.language)]
    whole = [[s.text for s in p.sentences] for p in told.story.passages]
    return (first, *choose(current, told.language, lines - 1, method, said=known, whole=whole, same=ALIKE))


def _current(told: Told, dispatches: Dispatches) -> tuple[tuple[Statement, ...], ...]:
    """The candidates without those whose toll a later report has raised, unless nothing else is left."""
    known = tolls(told.story, {key: d.reading for key, d in dispatches.items()})
    current = tuple(
        tuple(s for s in group if not outdated(s.text, dispatches[s.article].reading.article, known))
        for group in told.candidates
    )
    return current if any(current) else told.candidates


def _to_the_point(statement: Statement, told: Told, dispatches: Dispatches) -> tuple[float, ...]:
    """In the headline's language, undoubted; then near to the headline, of its article, and early in it."""
    article = dispatches[statement.article].reading.article
    title = sense(told.story.headline, told.language)
    shared = len(title & sense(statement.text, told.language)) / max(len(title), 1)
    own = OWN_ARTICLE * (article.title == told.story.headline)
    held_open = OPEN * hedged(statement.text, article.language)
    early = EARLY * (1 - statement.start / max(len(article.text), 1)) ** 2
    return (
        article.language == told.language,
        not set(statement.flags) & set(DOUBTS),
        round(shared + own + early - held_open, 6),
        bool(statement.claim.source),
    )

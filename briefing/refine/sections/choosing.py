"""choosing: the lines of a story under a theme. Read by sections.

The bottom line first: near to the headline, of its article, early in it, not held open, and news: a line
that tells what was before the edition's window opens nothing. Beside it stands what the method takes,
if no line before it, here or earlier in the edition, says it in words or in figures.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from briefing.model import Dispatch, Statement, Story
from briefing.refine.claims import hedged
from briefing.refine.sections.belonging import Count, Night, counted, spelt_alike
from briefing.refine.sections.told import Told
from briefing.refine.summarise import BACKGROUND, SAME, Said, choose, repeats, sense
from briefing.refine.tolls import outdated, tolls
from briefing.why import Reason

OWN_ARTICLE = 0.2  # what a sentence gains, in shares of the headline's stems, by being of its article
EARLY = 0.5  # and by standing first in its article rather than last
OPEN = 0.1  # what it loses by words that hold it open: "may", "some", "likely"
DOUBTED = 0.1  # and by a doubt of its source: in a war the claim is the news, and its flag is printed
TELLS = 0.3  # share of the headline's stems from which a line tells its news
ALIKE = 0.4  # share of stems: a story has few lines, so two of them may have less in common than elsewhere

Dispatches = Mapping[str, Dispatch]  # by the id of the article that leads them


@dataclass(frozen=True, slots=True)
class Unsaid:
    """Tells what an edition has not said so far. Made here, read by inspect, too."""

    told: Told
    night: Night
    said: tuple[Said, ...]
    counted: frozenset[Count]

    def __call__(self, statement: Statement, same: float = SAME) -> bool:
        """Whether a line says what none before it said, in words or in figures."""
        return not (repeats(self.sense(statement), self.said, same) or self.counts(statement) & self.counted)

    def again(self, statement: Statement, other: Statement, same: float = SAME) -> str:
        """Whether a line says what another one says: "words", "figures", or ""."""
        if repeats(self.sense(statement), [self.sense(other)], same):
            return "words"
        return "figures" if self.counts(statement) & self.counts(other) else ""

    def with_(self, statement: Statement) -> Unsaid:
        """The same within a story, once a line of it is said."""
        return replace(self, said=(self.sense(statement),), counted=self.counted | self.counts(statement))

    def sense(self, statement: Statement) -> Said:
        """The stems of a line, its names in one spelling."""
        return spelt_alike(sense(statement.text, self.told.language), self.night)

    def counts(self, statement: Statement) -> frozenset[Count]:
        """What a line counts, and where."""
        return counted(statement.text, self.told.language, self.told.usual)


@dataclass(frozen=True, slots=True)
class Turn:
    """A story under a theme when its turn comes. Made by sections, read by inspect, too."""

    told: Told  # with its statements
    offered: Told  # the same with only those lines that may still be printed
    place: int  # in its section, from 0
    lines: int  # that it may have at most
    new: Unsaid


def unsaid(told: Told, known: Night, said: Sequence[Said], counts: Collection[Count]) -> Unsaid:
    """What is unsaid when a story's turn comes."""
    return Unsaid(told, known, tuple(said), frozenset(counts))


def statements(
    told: Told, lines: int, method: str, new: Unsaid, dispatches: Dispatches
) -> tuple[Statement, ...]:
    """The bottom line, and what the method chooses beside it, in reading order."""
    news = news_of(told, new, dispatches)
    first = max(news, key=lambda s: _to_the_point(s, told, dispatches), default=None)
    if not lines or first is None:
        return ()
    heard = new.with_(first)
    rest, said, whole = beside(first, told, new, dispatches)
    chosen = [first]
    for statement in choose(rest, told.language, lines - 1, method, said=said, whole=whole, same=ALIKE):
        if heard(statement, ALIKE):
            chosen.append(statement)
            heard = heard.with_(statement)
    return tuple(chosen)


def news_of(told: Told, new: Unsaid, dispatches: Dispatches) -> list[Statement]:
    """The lines of which one is the bottom line: news that nobody has told yet."""
    (leading,) = current((told.leading,), told, dispatches)
    return [s for s in leading if BACKGROUND not in s.flags and new(s)]


def beside(
    first: Statement, told: Told, new: Unsaid, dispatches: Dispatches
) -> tuple[list[list[Statement]], list[Said], list[list[str]]]:
    """What the method chooses from beside the bottom line: candidates, what is said, all sentences."""
    heard = new.with_(first)
    fresh = [[s for s in group if new(s)] for group in current(told.candidates, told, dispatches)]
    rest = [[s for s in group if heard(s, ALIKE)] for group in fresh]
    whole = [[s.text for s in p.sentences] for p in told.story.passages]
    return rest, [sense(first.text, told.language)], whole


def telling(lines: Sequence[Statement], story: Story, dispatches: Dispatches) -> list[Statement]:
    """The lines that tell the headline's news."""
    return [s for s in lines if _shared(s, story, dispatches) >= TELLS]


def current(
    groups: tuple[tuple[Statement, ...], ...], told: Told, dispatches: Dispatches
) -> tuple[tuple[Statement, ...], ...]:
    """The candidates without those whose toll a later report has raised, unless nothing else is left."""
    known = tolls(told.story, {key: d.reading for key, d in dispatches.items()})
    kept = tuple(
        tuple(s for s in group if not outdated(s.text, dispatches[s.article].reading.article, known))
        for group in groups
    )
    return kept if any(kept) else groups


def _to_the_point(statement: Statement, told: Told, dispatches: Dispatches) -> tuple[float, ...]:
    """In the headline's language; near to the headline, of its article, early in it, and not held open."""
    article = dispatches[statement.article].reading.article
    score = sum(r.value for r in pointedness(statement, told, dispatches))
    return (article.language == told.language, round(score, 6), bool(statement.claim.source))


def pointedness(statement: Statement, told: Told, dispatches: Dispatches) -> tuple[Reason, ...]:
    """What speaks for a line as the bottom line of its story, and against it."""
    article = dispatches[statement.article].reading.article
    early = EARLY * (1 - statement.start / max(len(article.text), 1)) ** 2
    return (
        Reason("headline", _shared(statement, told.story, dispatches), "share of its stems"),
        Reason("own article", OWN_ARTICLE * (article.title == told.story.headline), "it gives the headline"),
        Reason("early", early, "how early in its article"),
        Reason("held open", 0.0 - OPEN * hedged(statement.text, article.language), "words that hold it open"),
        Reason(
            "doubted", 0.0 - DOUBTED * bool(statement.hedges), ", ".join(h.text for h in statement.hedges)
        ),
    )


def _shared(statement: Statement, story: Story, dispatches: Dispatches) -> float:
    """The share of the headline's stems that a line has."""
    code = dispatches[statement.article].reading.article.language
    title = sense(story.headline, code)
    return len(title & sense(statement.text, code)) / max(len(title), 1)

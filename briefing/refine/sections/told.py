"""told: one story under one theme, as sections makes it and the parts of an edition read it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from briefing.model import Sentence, Statement, Story
from briefing.refine.compare.published import Published
from briefing.refine.sections.belonging import Facts

HANGS = "does not stand alone: "  # how the refusal of a sentence begins that is no line


@dataclass(frozen=True, slots=True)
class Heard:
    """One sentence of a story: a line that can be printed, or why it cannot. Made by sections.

    `refusal` is "" for a line; a sentence that does not stand alone has no `statement`.
    """

    sentence: Sentence
    statement: Statement | None
    refusal: str = ""


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
    leading: tuple[Statement, ...]  # of which one may be the bottom line
    usual: Facts  # names and figures that are of the night and not of the story
    statements: tuple[Statement, ...] = ()
    heard: tuple[Heard, ...] = ()  # all sentences of the story, whatever their themes
    spare: bool = False  # told only where its theme has little else


def unprinted(told: Told, published: Published) -> Told:
    """A story with only those candidates that no earlier edition printed."""

    def fresh(lines: Iterable[Statement]) -> tuple[Statement, ...]:
        return tuple(s for s in lines if not published.has(s.text, told.language))

    return replace(told, candidates=tuple(map(fresh, told.candidates)), leading=fresh(told.leading))

"""scene: the sentences in which the disputes of a story are looked for, and the pairs that are found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from briefing.model import Dispatch, Reading, Sentence, Story
from briefing.refine.disputes.voices import Voice, content


@dataclass(frozen=True, slots=True)
class Scene:
    """The sentences of a story, each with its article. Made by `scene`, read by the patterns."""

    story: Story
    sentences: tuple[tuple[Reading, Sentence], ...]
    title: frozenset[str]  # what the headline is about

    def before(self, one: Voice) -> str:
        """The sentence before a voice's; "" where it opens its article."""
        at = one.sentence.index
        found = next((r for r, _ in self.sentences if r.article.id == one.statement.article), None)
        return found.sentences[at - 1].text if found and at else ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two voices that cannot both be right. Made by the patterns, judged by disputes.

    `near`: they stand beside each other in one article, so that the text itself opposes them.
    """

    kind: Literal["denial", "blame", "course"]
    first: Voice
    second: Voice
    near: bool


def scene(story: Story, dispatches: Mapping[str, Dispatch]) -> Scene:
    """The sentences of a story in the order of its passages."""
    found = {
        (p.article, s.index): (dispatches[p.article].reading, s) for p in story.passages for s in p.sentences
    }
    codes = sorted({reading.article.language for reading, _ in found.values()})
    title = frozenset(stem for code in codes for stem in content(story.headline, code))
    return Scene(story, tuple(found.values()), title)

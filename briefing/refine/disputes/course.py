"""course: one side has the town, the other has not lost it. A pattern of disputes.

Theory: the course of a fight is told by few verbs, and each side's are the other's reversed: taken and held.
Two voices of opposed sides tell it apart when one says that a place was taken and the other that it was
held, and both name that place. A sentence with both kinds of verb tells how it changed, and one in which
the holder leaves agrees.

Rejected: "repelled" against "continuing" (both can hold); a reversal by one side (an update, not a dispute).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from briefing.language import language
from briefing.refine.disputes.scene import Pair, Scene
from briefing.refine.disputes.voices import Voice, listed, named_alike, opposed, voice


def courses(scene: Scene) -> Iterator[Pair]:
    """Each pair of voices that tell who holds a place, the one who took it first."""
    taken: list[Voice] = []
    held: list[Voice] = []
    for reading, sentence in scene.sentences:
        words = language(reading.article.language)
        has, holds, leaves = (
            bool(listed(words, name).search(sentence.text)) for name in ("taken", "held", "left")
        )
        if has == holds or (holds and leaves):
            continue  # neither; or both, as in "took the town that had remained under"
        found = voice(reading, sentence)
        if found and found.side:
            (held if holds else taken).append(found)
    for a, b in product(taken, held):
        if a.code == b.code and opposed(a, b) and named_alike(a, b):
            near = a.statement.article == b.statement.article
            yield Pair("course", a, b, near=near)

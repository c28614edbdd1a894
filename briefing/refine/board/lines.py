"""lines: the sentences of an article that may give figures, printable or not. Read by the board.

Theory: a row of the board shows a number with whom, where and by whom, and not its sentence: "The toll has
risen, said the mayor: 13 people died" gives one, though its beginning leans on the sentence before. So a
sentence that does not stand alone counts as well, if it names its own speaker or place (fitting, totals).
"""

from __future__ import annotations

from collections.abc import Sequence

from briefing.model import Reading, Sentence, Statement
from briefing.refine.bygone import is_background
from briefing.refine.claims import FARTHEST, claim, flags_of
from briefing.refine.desk import Desk
from briefing.refine.opinion import reported
from briefing.refine.summarise import BACKGROUND, judged

HANGS = "hangs"  # flag of a line that does not stand alone


def lines(reading: Reading, sentences: Sequence[Sentence], desk: Desk) -> list[Statement]:
    """Each sentence as a statement; those that do not stand alone have the flag `HANGS`."""
    found = judged(reading, sentences, desk=desk)
    every = [
        one if isinstance(one, Statement) else _hanging(sentence, reading, desk)
        for one, sentence in zip(found, sentences, strict=True)
    ]
    return reported(reading, every)


def _hanging(sentence: Sentence, reading: Reading, desk: Desk) -> Statement:
    article = reading.article
    following = reading.sentences[sentence.index + 1 : sentence.index + 1 + FARTHEST]
    claimed, hedges = claim(sentence, article, following, desk.speakers)
    flags = (*flags_of(hedges), HANGS)
    if desk.since and is_background(sentence.text, article.language, desk.since):
        flags = (*flags, BACKGROUND)
    return Statement(sentence.text, article.id, sentence.start, sentence.end, claimed, flags, hedges)

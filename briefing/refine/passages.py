"""passages: an article cut where it may turn to another subject.

Theory: an article turns where it says so ("Elsewhere,") and where the words of the sentences
before and after have nothing in common (TextTiling, Hearst 1997). Such cuts are proposals:
`stories` gives back those that no other article confirms. An article with many of them is a
round-up, in which every paragraph may be an event of its own.

Rejected: cutting wherever the similarity has a local minimum (every feature story fell apart).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from briefing.language import language
from briefing.model import Passage, Reading, Sentence
from briefing.refine.bags import Bag, bag, cosine, total

BLOCK = 3  # sentences on each side of a possible turn
TURN = 0.01  # similarity of the blocks below which the article has changed its subject
SHORTEST = 3  # sentences before the next cut
ROUND_UP = 3  # passages from which an article is a round-up


def passages_of(reading: Reading) -> list[Passage]:
    """The passages of an article, in order; together they hold all its sentences."""
    sentences = reading.sentences
    bags = [bag(s.text, reading.article.language) for s in sentences]
    starts = _spaced(i for i in range(1, len(sentences)) if _turns(reading, bags, i))
    if len(starts) >= ROUND_UP:
        starts = sorted({*starts, *_spaced(i for i in range(1, len(sentences)) if _opens(sentences, i))})
    return [
        Passage(reading.article.id, sentences[a:b])
        for a, b in zip(starts, [*starts[1:], len(sentences)], strict=True)
        if a < b
    ]


def parts_of(reading: Reading) -> list[Passage]:
    """The passages of an article, joined again where it does not say itself that it turns."""
    parts: list[Passage] = []
    for passage in passages_of(reading):
        if parts and not says_so(passage, reading):
            parts[-1] = Passage(passage.article, parts[-1].sentences + passage.sentences)
        else:
            parts.append(passage)
    return parts


def says_so(passage: Passage, reading: Reading) -> bool:
    """Whether the article itself marks the turn: "Elsewhere,", "Meanwhile,"."""
    return bool(language(reading.article.language).turns.match(passage.sentences[0].text))


def _turns(reading: Reading, bags: Sequence[Bag], i: int) -> bool:
    """Whether a sentence opens another subject, by its own word or by the lack of common ones."""
    sentences = reading.sentences
    if language(reading.article.language).turns.match(sentences[i].text):
        return True
    if sentences[-1].paragraph > 0 and not _opens(sentences, i):
        return False
    before, after = total(bags[max(0, i - BLOCK) : i]), total(bags[i : i + BLOCK])
    return len(bags) - i >= SHORTEST and cosine(before, after) < TURN


def _opens(sentences: Sequence[Sentence], i: int) -> bool:
    """Whether a sentence opens a paragraph."""
    return sentences[i].paragraph != sentences[i - 1].paragraph


def _spaced(turns: Iterable[int]) -> list[int]:
    """The start of the text, and the turns that leave passages of some length between them."""
    starts = [0]
    for turn in turns:
        if turn - starts[-1] >= SHORTEST:
            starts.append(turn)
    return starts

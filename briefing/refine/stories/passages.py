"""passages: an article cut where it may turn to another subject.

Theory: an article turns where it says so ("Elsewhere,") and where the words of the sentences
before and after have little in common (TextTiling, Hearst 1997); the deepest turns come first.
Such cuts are proposals: `roundups` follows those that other articles confirm. An article with many
of them is a round-up, in which every paragraph may be an event of its own.

Rejected: cutting wherever the similarity has a local minimum (every feature story fell apart).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from briefing.language import language
from briefing.model import Passage, Reading, Sentence
from briefing.refine.bags import Bag, bag, cosine, total

BLOCK = 3  # sentences on each side of a possible turn
TURN = 0.03  # similarity of the blocks below which the article may have changed its subject
SHORTEST = 3  # sentences before the next cut
ROUND_UP = 3  # passages from which an article is a round-up


def passages_of(reading: Reading) -> list[Passage]:
    """The passages of an article, in order; together they hold all its sentences."""
    sentences = reading.sentences
    bags = [bag(s.text, reading.article.language) for s in sentences]
    depths = {i: d for i in range(1, len(sentences)) if (d := _depth(reading, bags, i)) < TURN}
    starts = _spaced(sorted(depths, key=lambda i: (depths[i], i)))
    if len(starts) >= ROUND_UP:
        starts = _spaced([*starts[1:], *(i for i in range(1, len(sentences)) if _opens(sentences, i))])
    return [
        Passage(reading.article.id, sentences[a:b])
        for a, b in zip(starts, [*starts[1:], len(sentences)], strict=True)
        if a < b
    ]


def parts_of(passages: Sequence[Passage], reading: Reading) -> list[Passage]:
    """The passages of an article, joined again where it does not say itself that it turns."""
    parts: list[Passage] = []
    for passage in passages:
        if parts and not says_so(passage, reading):
            parts[-1] = Passage(passage.article, parts[-1].sentences + passage.sentences)
        else:
            parts.append(passage)
    return parts


def says_so(passage: Passage, reading: Reading) -> bool:
    """Whether the article itself marks the turn: "Elsewhere,", "Meanwhile,"."""
    return bool(language(reading.article.language).turns.match(passage.sentences[0].text))


def _depth(reading: Reading, bags: Sequence[Bag], i: int) -> float:
    """What the sentences before and after a turn have in common; -1 where the text itself says so."""
    sentences = reading.sentences
    if language(reading.article.language).turns.match(sentences[i].text):
        return -1.0
    if (sentences[-1].paragraph > 0 and not _opens(sentences, i)) or len(bags) - i < SHORTEST:
        return 1.0
    return cosine(total(bags[max(0, i - BLOCK) : i]), total(bags[i : i + BLOCK]))


def _opens(sentences: Sequence[Sentence], i: int) -> bool:
    """Whether a sentence opens a paragraph."""
    return sentences[i].paragraph != sentences[i - 1].paragraph


def _spaced(turns: Iterable[int]) -> list[int]:
    """The start of the text, and the turns that leave passages of some length, the deepest first."""
    starts = [0]
    for turn in turns:
        if all(abs(turn - start) >= SHORTEST for start in starts):
            starts.append(turn)
    return sorted(starts)

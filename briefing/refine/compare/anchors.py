"""anchors: rare words that tie a story to a line, headline or title of an earlier one. Read by history.

Requirement: what was told before in a single line, under another headline, is not new, though the stories
as wholes have little in common.

Theory: on the days of one war a pair of words that both are rare (a weapon and its use, a good and a ban on
it) marks an event where one word does not; a link is looked for between two texts of a sentence's length,
not between stories (sentence-level novelty, TREC 2002). A word counts by how few of the night's articles
have it and by how few of the earlier stories do, whichever is less: common today or common before is no
mark. The weightiest `ANCHORS` count, and all names together as one: the same minister, host or spokesman
talks on another day of something else.

Rejected: how much of the headline is covered (short serial titles cover each other); adding this to the
cosines of whole stories (as many are lost as are won).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

from briefing.language import stems, tokens

ANCHORS = 3
OFTEN = 4  # a word is a name where it is written so many times as often with a capital
DIGITS = 6  # sums are rounded, then compared: the same order everywhere

Text = tuple[str, str]  # and its language
Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class Anchors:
    """How rare words are, and which are names. Made by `anchors`."""

    night: Counter[str]  # in how many articles of the night
    before: Counter[str]  # in how many earlier stories
    articles: int
    stories: int
    names: Words

    def bond(self, ours: Iterable[Words], theirs: Collection[Words]) -> float:
        """The weight of what the two texts most surely tied have in common; 0 where it is one word."""
        return max((self._weight(a & b) for a in ours for b in theirs), default=0.0)

    def _weight(self, shared: Words) -> float:
        named = sorted((self._rarity(w) for w in shared & self.names), reverse=True)[:1]
        found = sorted([*named, *(self._rarity(w) for w in shared - self.names)], reverse=True)
        return round(sum(found[:ANCHORS]), DIGITS) if len(found) > 1 else 0.0

    def _rarity(self, word: str) -> float:
        tonight = log((1 + self.articles) / (1 + self.night[word]))
        return max(0.0, min(tonight, log((1 + self.stories) / (1 + self.before[word]))))


def anchors(night: Sequence[Text], before: Sequence[Collection[Words]]) -> Anchors:
    """From the articles of a night and the words of the texts of each earlier story."""
    return Anchors(
        Counter(word for text, code in night for word in words_of(text, code)),
        Counter(word for texts in before for word in frozenset[str]().union(*texts)),
        len(night),
        len(before),
        _names(night),
    )


def words_of(text: str, code: str) -> Words:
    """The stems of a text; a single letter is no word."""
    return frozenset(stem for stem in stems(text, code) if len(stem) > 1)


def _names(night: Sequence[Text]) -> Words:
    """The words that are nearly always written with a capital."""
    capital, small = _times(night, str.isupper), _times(night, str.islower)
    return frozenset(word for word, n in capital.items() if n > OFTEN * small[word])


def _times(night: Sequence[Text], is_so: Callable[[str], bool]) -> Mapping[str, int]:
    """In how many articles each word begins with such a letter."""
    return Counter(
        word
        for text, code in night
        for word in words_of(" ".join(t for t in tokens(text) if is_so(t[0])), code)
    )

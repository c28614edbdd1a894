"""stretch: the run of lines in a pasted page that is its article.

Requirement: whoever pastes a whole page into the inbox gets its article, not its menus, teasers and
footers; a text that is an article already stays as it is.

Theory: Pasternack and Roth 2009, "Extracting article text from the web with maximum subsequence
segmentation": every line votes for or against, and the article is the contiguous run with the largest sum.
What a line's vote is comes from jusText (Pomikalek 2011): long lines rich in stop words are prose, short ones
take the class of their neighbours. Plain text knows no link density; that a line ends like a sentence says
nearly the same, because menus, teasers and captions do not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from briefing.language import Language, tokens
from briefing.language.furniture import CLOSED

Kind = Literal["prose", "short", "label", "furniture"]

SENTENCE = 8  # words from which a line that ends like a sentence is prose
LONG = 25  # words from which a line is prose however it ends, if it has enough stop words
STOP_SHARE = 0.3  # jusText's STOPWORDS_LOW
QUESTION = 15  # words: shorter questions are headlines as often as reporting
MOST = 100  # words that one line can vote with: a long legal notice is no article
AGAINST = 2.0  # words against the article that a label votes
BOUNDARY = 150.0  # words against it that the name of a block of furniture votes
ALONE = 0.5  # of its vote that prose between two labels keeps: teasers and galleries alternate like that
PASTED_LINES = 12  # fewer lines are no page
PASTED_PROSE = 0.5  # share of prose above which a text is an article with headings, not a page
PASTED_FURNITURE = 2  # lines of furniture without which short lines are verse, code, a recipe
HEADING = 20  # words: a longer open line is no heading
INTRODUCTION = 5  # words from which a line with a colon introduces the list under it
STAMP = 0.5  # share of numbers in a line that is a date, a time or a count

_CUT_OFF = re.compile(r"(?:…|\.\.\.)$")  # a teaser
_ITEM = re.compile(r"^(?:\d{1,2}[.)]|[-–—•*])\s")
_AROUND = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph and what it looks like. Made by `look`, read here."""

    kind: Kind
    words: int
    boundary: bool = False
    stamp: bool = False


def look(text: str, words: Language, *, furniture: bool) -> Line:
    """What a paragraph looks like; `furniture` says that its words gave it away."""
    count = len(text.split())
    if words.furniture["blocks"].fullmatch(_AROUND.sub("", text)):
        return Line("furniture", count, boundary=True)
    if furniture or _is_stamp(text):
        return Line("furniture", count, stamp=not furniture)
    closed = bool(CLOSED.search(text)) and not _CUT_OFF.search(text)
    if text.endswith("?") and count < QUESTION:
        return Line("short", count)
    if (closed and count >= SENTENCE) or (count >= LONG and _stop_share(text, words) >= STOP_SHARE):
        return Line("prose", count)
    return Line("short" if closed else "label", count)


def is_pasted(lines: Sequence[Line]) -> bool:
    """Whether a text is a whole page, not an article, a recipe or code: little prose, some furniture."""
    prose = sum(line.kind in ("prose", "short") for line in lines)
    given_away = sum(line.kind == "furniture" and not line.stamp for line in lines)
    many, few = len(lines) >= PASTED_LINES, prose <= PASTED_PROSE * len(lines)
    return many and few and given_away >= PASTED_FURNITURE


def article_lines(lines: Sequence[Line], texts: Sequence[str]) -> list[bool]:
    """For each line whether it belongs to the article: prose, its headings, lists that prose introduces."""
    start, end = best_run(_votes(lines))
    often = Counter(texts)
    stays = [False] * len(lines)
    listing = False
    for i in range(start, end):
        line = lines[i]
        listing = line.kind == "label" and (
            listing or (i > start and _introduces(lines[i - 1], texts[i - 1]))
        )
        if line.kind == "label":
            heads = line.words <= HEADING and i + 1 < end and lines[i + 1].kind == "prose"
            item = i > start and stays[i - 1] and bool(_ITEM.match(texts[i]))
            stays[i] = listing or ((heads or item) and often[texts[i]] == 1)
        else:
            stays[i] = line.kind in ("prose", "short")
    return stays


def best_run(votes: Sequence[float]) -> tuple[int, int]:
    """[start, end) of the run with the largest sum, the first of equals; (0, 0) where no vote is for it."""
    best, start, total = (0.0, 0, 0), 0, 0.0
    for at, vote in enumerate(votes):
        if total <= 0:
            start, total = at, 0.0
        total += vote
        if total > best[0]:
            best = total, start, at + 1
    return best[1], best[2]


def _votes(lines: Sequence[Line]) -> list[float]:
    """Words for (positive) or against belonging to the article, a line each."""
    votes = []
    for i, line in enumerate(lines):
        beside = [near.kind for near in (*lines[max(0, i - 1) : i], *lines[i + 1 : i + 2])]
        alone = beside and not any(kind in ("prose", "short") for kind in beside)
        if line.kind == "prose":
            votes.append(min(line.words, MOST) * (ALONE if alone else 1.0))
        elif line.boundary:
            votes.append(-BOUNDARY)
        else:
            votes.append(0.0 if line.kind == "short" else -AGAINST)
    return votes


def _introduces(line: Line, text: str) -> bool:
    return line.kind in ("prose", "short") and line.words >= INTRODUCTION and text.endswith(":")


def _is_stamp(text: str) -> bool:
    """Whether numbers are all that a short line says: a date, a time, a count of shares."""
    found = _WORD.findall(text)
    numbers = sum(word[0].isdigit() for word in found)
    return not _ITEM.match(text) and 0 < numbers >= STAMP * len(found)


def _stop_share(text: str, words: Language) -> float:
    found = tokens(text.lower())
    return sum(t in words.stop_words for t in found) / max(1, len(found))

"""The signs by which words give away a line of page furniture: begging letters, bylines, credits, menus.

Theory: furniture talks to the reader ("you", "we") and asks for something ("sign up", "donate"); reporting
talks about third parties. Each sign has a weight, and a line that reaches `FURNITURE` is none of the report.
Read uses it on what was taken out of a page, refine on every text.
"""

from __future__ import annotations

import re

from briefing.language.data import Language
from briefing.language.words import QUOTED

FURNITURE = 3  # score from which a line is furniture
SHORT = 3  # words: a label such as "Read more" or "Monthly"
LINE = 12  # words: longer bylines and openings are sentences about something
LONGEST = 120  # words: a longer paragraph is a text without breaks, judged by its sentences alone
CAPTION = 40  # words: longer captions are paragraphs; in longer prose "subscription" may be the subject
ENDLESS = 2500  # characters: the longest real sentence seen had 2,280; more is a list or a dump

CLOSED = re.compile(r"[.!?…:;][\"'”’»)\]]*$")  # ends as sentences do
_UNCLOSED = re.compile(r"[\"“«„][^\"”»]*$")  # a quotation that goes on in the next paragraph
_ACRONYM = re.compile(r"\b[A-Z]{2,3}\b")  # the US is not "us"
_STOP = re.compile(r"[.!?]\s")  # more than one sentence
_DATELINE = re.compile(r"^[^()\n]{0,80}\([^()\n]{2,30}\)\s*[-–—]{1,2}\s+(?=\S)")
_WHO_SLASH_WHERE = re.compile(r"[\w.]\s/\s[A-Z]\w+(?:\s\w+)?\.?$")


def signs(text: str, words: Language, *, first: bool = False) -> dict[str, int]:
    """The signs of furniture in a paragraph or sentence and the weight of each; {} where there are none.

    `first` says that the text opens its document, where appeals run on into long lines.
    """
    table = words.furniture
    count = len(text.split())
    if not table or count > LONGEST or len(text) > ENDLESS:
        return {}
    unquoted = _UNCLOSED.sub(" ", QUOTED.sub(" ", text))
    closed = bool(CLOSED.search(text))
    opens = bool(table["openings"].match(text))
    found = {
        "opening": FURNITURE * (opens and (count <= (CAPTION if first else LINE) or not closed)),
        "addresses the reader": 2 * opens,
        "solicits": (1 if closed and count > CAPTION else 2) * len(table["words"].findall(unquoted)),
        "credit": FURNITURE * (count <= CAPTION and _is_credit(text, words)),
        "byline": FURNITURE * _is_byline(text, words, count, closed=closed),
        "we": 1 * bool(table["us"].search(_ACRONYM.sub(" ", unquoted))),
        "you": 1 * bool(table["you"].search(unquoted)),
        "label": (FURNITURE if count == 1 else 1) * (count <= SHORT and not closed),
    }
    return {name: weight for name, weight in found.items() if weight}


def is_marked(found: dict[str, int]) -> bool:
    """Whether words give a line away, whatever its length: a single word may also be a heading."""
    return sum(weight for name, weight in found.items() if name != "label") >= FURNITURE


def _is_credit(text: str, words: Language) -> bool:
    """Whether a line says whose picture it is: "(Reuters)" does, but "(Reuters) - " opens a report."""
    told = _DATELINE.sub("", text, count=1)
    return bool(words.furniture["credits"].search(told) or _WHO_SLASH_WHERE.search(told))


def _is_byline(text: str, words: Language, count: int, *, closed: bool) -> bool:
    by = words.furniture.get("by")
    if by and count <= LINE and not closed and (found := by.match(text)):
        return text[found.end() :].lstrip()[:1].isupper()
    return bool(count <= 2 * LINE and not _STOP.search(text) and words.furniture["bylines"].search(text))

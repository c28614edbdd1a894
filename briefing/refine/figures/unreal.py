"""unreal: numbers that a sentence gives without saying that there were so many.

Theory: a condition, a wish, a question, a denial, a joke or a film gives a number without asserting it; so
does room for so many, or another war. The words for that stand in the number's own clause, those of denial
before it. A part of a number that the sentence has already given ("21 people, including two children") is
asserted, but is no count of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.language import NEVER, Language
from briefing.model import Figure, Statement
from briefing.refine.figures.clauses import clause
from briefing.refine.figures.quantity import Quantity, counted

NEAR = 40  # characters behind a number in which a "could" is of it, and not of what comes of it
DENIED = 60  # characters before a number in which a "denied that" or "not" reaches it
_LIST = re.compile(r"[\s,]*")
_QUESTION = re.compile(r"\?[\"”’»']?\s*$")
_POSSESSIVE = re.compile(r"[’'](?:\s|s\s)")
_OWNED = re.compile(r"[’']s?\s$")  # "two thirds of the region's 7,000 children"


def unreal(text: str, start: int, end: int, words: Language) -> bool:
    """Whether the number at [start, end) of a sentence is supposed, asked, denied, or of another war."""
    span = clause(text, start, end)
    before, behind = text[span.start : start], text[end : span.end]
    table = words.numbers
    series = table.get("series", NEVER).pattern
    around = f"{before} | {behind}"
    return (
        bool(_QUESTION.search(text))
        or bool(_POSSESSIVE.match(behind) or _OWNED.search(before))
        or bool(table.get("than", NEVER).match(behind.lstrip()))
        or bool(table.get("supposed", NEVER).search(f"{before} | {behind[:NEAR]}"))
        or any(table.get(k, NEVER).search(around) for k in ("told_of", "other_wars", "capacity"))
        or bool(table.get("denied", NEVER).search(before[-DENIED:]))
        or bool(table.get("partitive", NEVER).fullmatch(before.strip()))  # "Of 500 people asked, most ..."
        or bool(table.get("untrue", NEVER).search(behind))
        or _belongs(before, text[start:end], words)
        or bool(re.search(rf"{table.get('ages', NEVER).pattern}\s\w+\s{series}\s*$", before))
    )


def _belongs(before: str, number: str, words: Language) -> bool:
    """Whether a number is of those to whom something is or happens: "told 12"; not "led to 12 deaths"."""
    belongs, led = (words.numbers.get(k, NEVER).pattern for k in ("belongs", "leads_to"))
    article = re.match(rf"{words.where.get('the', NEVER).pattern}\s", number)
    before += article.group() if article else ""  # "many of | the estimated 200"
    return bool(re.search(rf"{belongs}\s*$", before)) and not re.search(rf"{led}\s*$", before)


def subset(q: Quantity, found: Sequence[Figure], statement: Statement, words: Language) -> bool:
    """Whether a number is a part of one that the sentence has given: "21 people, including two children"."""
    if _is_listed(q, statement.text, words):
        return True
    whole = [f for f in found if f.what == q.what]
    if not whole:
        return False
    between = statement.text[whole[-1].end - statement.start : q.start]
    return bool(words.numbers.get("includes", NEVER).search(between))


def _is_listed(q: Quantity, text: str, words: Language) -> bool:
    """Whether a number stands in a list of parts: "the dead include 31 men, 12 women and | 6 boys"."""
    opened = max(
        (m.end() for m in words.numbers.get("includes", NEVER).finditer(text, 0, q.start)), default=-1
    )
    if opened < 0 or words.figures.get(q.what, NEVER).search(text[q.noun : q.end]):
        return False  # "12 casualties, including 5 killed" gives all the killed
    parts = [p for p in counted(text, words.code) if opened <= p.start < q.start]
    edges = [opened, *(edge for p in parts for edge in (p.start, p.end)), q.start]
    gaps = [text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)]
    return all(_LIST.fullmatch(words.numbers.get("series", NEVER).sub("", gap)) for gap in gaps)

"""speakers: according to whom a number is, where a sentence has several speakers.

Theory: where a contrast splits a sentence ("Kyiv counts 40 dead, while Moscow says 9"), each number is its
own clause's speaker's; "he said" before it speaks for both where the other half names nobody else. Of
hearsay, the one who is heard has given the number, and a medium that closes the chain ("agencies reported")
has only passed it on. Where another clause speaks and the number's own does not, nobody is named: a wrong
speaker is worse.
"""

from __future__ import annotations

import re

from briefing.language import NEVER, Language, language
from briefing.model import Article, Claim, Sentence, Statement
from briefing.refine.claims import claim
from briefing.refine.figures.quantity import counted

MEDIUM = "medium"
_QUOTED = re.compile(r"[\"”’»]\s*$")
OPENING = 40  # characters of a clause in which another speaker can stand: "while the other side puts ..."


def speaker(statement: Statement, article: Article, end: int) -> Claim:
    """Who gives the number that ends at an offset of a statement's text."""
    text = statement.text
    words = language(article.language)
    joints = words.numbers.get("splits", NEVER)
    edges = [0, *(m.start() for m in joints.finditer(text)), len(text)]
    at = next(i for i in range(1, len(edges)) if edges[i] >= end or i == len(edges) - 1)
    first, last = edges[at - 1], edges[at]
    said = statement.claim
    if len(edges) > len("ab"):
        own = _claim(statement, article, first, last)
        if not own.source and said.source and not _governs(text, said, first, last, words):
            return Claim()
        said = own if own.source else said
    if any(q.what for q in counted(said.source, article.language)):
        return Claim()  # a number speaks for nobody
    if _trails(text, said, end, words) or _is_narrated(text, said, first, end, words):
        return Claim()
    if said.kind == MEDIUM or words.numbers.get("passes", NEVER).fullmatch(said.cue):
        return _heard(statement, article, first, last, said)
    return said


def _governs(text: str, said: Claim, first: int, last: int, words: Language) -> bool:
    """Whether the sentence's speaker speaks for a clause: in it, or before it where it names no other."""
    place = _place(text, said)
    if place < 0 or place >= last:
        return False  # the last speaker of a contrast speaks for their own half
    opening = text[first : first + OPENING]
    others = (words.roles, *words.nations.values(), *words.speakers.values(), *words.lands.values())
    return place >= first or not any(p.search(opening) for p in others)


def _trails(text: str, said: Claim, end: int, words: Language) -> bool:
    """Whether the speaker opens another clause behind the number: "12 died and Kyiv said ..."."""
    place = _place(text, said)
    before = text[:place].rstrip().lower().rsplit(maxsplit=1)
    return (
        place > end
        and bool(before)
        and before[-1] in words.grammar["conjunctions"] | words.grammar["joints"] | words.grammar["along"]
    )


def _is_narrated(text: str, said: Claim, first: int, end: int, words: Language) -> bool:
    """Whether a number stands in the writer's own words: "As 40 people fled, Kyiv announced ..."."""
    narrated = words.numbers.get("narrated", NEVER)
    piece = text[first:end].lstrip(" ,")
    return (
        (
            bool(narrated.match(piece))
            and not first <= _place(text, said) < end
            and (first > 0 or ", " in text[end : max(end, _place(text, said))])
        )
        or _follows_quote(text, said, end, words)
        or _is_aside(text, said, end, words)
    )


def _is_aside(text: str, said: Claim, end: int, words: Language) -> bool:
    """Whether a number is in a relative clause behind a comma, which is the writer's: ", where | 12 died"."""
    between = text[_place(text, said) + len(said.source) : end] if 0 <= _place(text, said) < end else ""
    last = between.rpartition(", ")
    first = (last[2].split() or [""])[0].lower()
    relative = first in words.grammar["relatives"] or words.where.get("relative", NEVER).fullmatch(first)
    return bool(last[1]) and bool(relative)


def _follows_quote(text: str, said: Claim, end: int, words: Language) -> bool:
    """Whether a number tells when a speaker spoke: "'...', he told us after a shell had killed | 12"."""
    place = _place(text, said)
    quoted = 0 <= place < end and bool(_QUOTED.search(text[:place]))
    return quoted and bool(
        words.numbers.get("narrated", NEVER).search(text, place + len(said.source), max(place, end))
    )


def _place(text: str, said: Claim) -> int:
    """Where a text names its speaker, whose name may have been completed; -1 where it does not."""
    place = text.rfind(said.source) if said.source else -1
    return place if place >= 0 or not said.source else text.rfind(said.source.split()[-1])


def _heard(statement: Statement, article: Article, first: int, last: int, said: Claim) -> Claim:
    """The speaker inside the report of a medium that closes the sentence; the medium where there is none."""
    comma = statement.text.rfind(", ", first, last)
    if comma < 0 or said.source not in statement.text[comma:]:
        return said
    inner = _claim(statement, article, first, comma)
    return inner if inner.source else said


def _claim(statement: Statement, article: Article, first: int, last: int) -> Claim:
    """The claim of a part of a statement."""
    piece = statement.text[first:last]
    lead = len(piece) - len(re.sub(r"^[\W_]*(?=\w)", "", piece))
    begin, end = statement.start + first + lead, statement.start + last
    return claim(Sentence(article.id, begin, end, article.text[begin:end], 0, 0), article)[0]

"""shares: whether most of a sentence is its speaker's, so that a label before the whole line is not false.

Requirement: nobody is made to say what the reporter tells, or what somebody else says in the same sentence.

Theory: a main clause that is joined by "and", "but" or "while" behind a comma has a speaker of its own
(Pareti 2015, on the span of a content): the reporter where it has none. Where a speaker's own part is
less than `MOST` of the line, the line is nobody's.
"""

from __future__ import annotations

from collections.abc import Sequence

from briefing.language import NEVER, Language
from briefing.model import Span
from briefing.refine.claims.attribution import Attribution
from briefing.refine.claims.quotations import masked, quotations

MOST = 0.6  # of the line's characters


def is_most(text: str, line: Span, one: Attribution, found: Sequence[Attribution], words: Language) -> bool:
    """Whether the part of a line that an attribution governs is most of it."""
    if one.source is None:
        return True
    first = min(one.source.start, one.cue.start)
    begin = first if _is_joined(text[line.start : first], words) else line.start
    goes_on = _goes_on(text, line, one, found, words)
    own = (goes_on or line.end) - begin
    return own >= MOST * (line.end - line.start)


def _is_joined(led: str, words: Language) -> bool:
    """Whether a clause of the reporter's stands before a speaker: "The dam broke, and | the mayor said"."""
    head, _, joint = led.rstrip().rpartition(" ")
    return head.endswith(",") and bool(words.claims.get("sides", NEVER).fullmatch(joint))


def _goes_on(
    text: str, line: Span, one: Attribution, found: Sequence[Attribution], words: Language
) -> int | None:
    """Where another's clause begins behind what a speaker says; None where there is none."""
    last = max(one.cue.end, one.source.end if one.source else 0)
    outside = masked(text[line.start : line.end], line.start, quotations(text))
    for joint in words.claims.get("sides", NEVER).finditer(outside, last - line.start):
        at = joint.start()
        if not outside[:at].rstrip().endswith(",") or _same_subject(outside[joint.end() :], words):
            continue
        beside = [a for a in found if a.kind == "says" and a.source and a.source.start >= line.start + at]
        near = [a for a in beside if a.source and not _is_inner(text, line.start + joint.end(), a, words)]
        alone = not beside and words.claims.get("objects", NEVER).fullmatch(text[one.cue.start : one.cue.end])
        if near or alone:
            return line.start + at
    return None


def _same_subject(rest: str, words: Language) -> bool:
    """Whether no subject follows a joint: "..., but also of planning", "..., but accused the West"."""
    first = next(iter(rest.split()), "").lower()
    small = ("adverbs", "prepositions", "infinitive", "relatives", "joints")
    said = words.claims.get("verbs", NEVER).fullmatch(first)
    return bool(said) or any(first in words.grammar[name] for name in small) or first in words.subjects


def _is_inner(text: str, begun: int, other: Attribution, words: Language) -> bool:
    """Whether an attribution does not open its clause, or goes on with a pronoun: the same speaker's."""
    if other.source is None or words.pronouns.fullmatch(text[other.source.start : other.source.end]):
        return True
    return bool(text[begun : other.source.start].strip(" ,"))

"""hedges: the source's own words that hold a line open, in the line or in the sentence after it.

Requirement: verbatim, with offsets, and of this line: a doubt cast on something else is worse than none.

Theory: a hedge is a word or phrase of a closed list (Hyland 1998), by kind in the language file; a cue such
as "claimed" is one by itself. The sentence after a claim often does no more than to say that it could not
be checked. It is about the claim where it points back ("Those numbers", "this", "the claim") and names no
matter of its own ("the claim that ...", "the reports from ..."); where it points at "the claim", the line
has to make one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from briefing.language import NEVER, Language, language
from briefing.model import Article, Hedge, Sentence, Span
from briefing.refine.claims.doubts import taken_up


@dataclass(frozen=True, slots=True)
class Made:
    """What a sentence claims, as far as it is known before its hedges. Made by claim, read by hedges."""

    source: str
    kind: str
    cue: Span | None


Kind = Literal["unverified", "claimed", "reported"]  # in the order in which a line shows them

LONGEST_REMARK = 24  # words: a longer sentence has a matter of its own
OUTLET = 7  # words before "unable to verify this": the outlet that was
NEAR = 40  # characters behind "unable to verify" in which its object stands

_WORD = re.compile(r"\w+")
_SPACE = re.compile(r"\s")
_DIGIT = re.compile(r"\d")


def hedges(
    article: Article, sentence: Sentence, after: Sequence[Sentence], made: Made, words: Language
) -> tuple[Hedge, ...]:
    """The hedges of a sentence, of its cue, and of the sentences after it where those are about this one.

    One of each kind, the first, in the order of the kinds: unverified, claimed, reported.
    """
    found: list[Hedge] = []
    cue = made.cue
    unverified = _first(article, sentence, "unverified", words)
    found += [unverified] if unverified else _after(article, sentence, after, made, words)
    claimed = _first(article, sentence, "claimed", words)
    if not claimed and cue and words.claims.get("doubtful", NEVER).fullmatch(_at(article, cue)):
        claimed = Hedge("claimed", _at(article, cue), cue.start, cue.end)
    found += [h for h in (claimed, _first(article, sentence, "reported", words)) if h]
    return tuple(found)


def _after(
    article: Article, sentence: Sentence, after: Sequence[Sentence], made: Made, words: Language
) -> list[Hedge]:
    """The doubt that the next sentence casts on this one, or a later one that takes it up again."""
    found = _later(article, sentence, after[0] if after else None, made.cue, words)
    if found or not made.source:
        return found
    doubt = taken_up(article, after, made.source, made.kind, words)
    return [doubt] if doubt else []


def flags_of(hedges: tuple[Hedge, ...]) -> tuple[str, ...]:
    """The kinds of some hedges, each once."""
    return tuple(dict.fromkeys(h.kind for h in hedges))


def hedged(text: str, code: str) -> bool:
    """Whether a sentence holds anything open, by whatever word."""
    return any(next(_open(p, text), None) for p in language(code).hedges.values())


def _first(article: Article, sentence: Sentence, kind: Kind, words: Language) -> Hedge | None:
    text = sentence.text
    refused = words.claims.get("certain", NEVER)
    found = (m for m in _open(words.hedges.get(kind, NEVER), text) if not refused.match(text, m.start()))
    withheld = words.claims.get("withheld", NEVER)  # "The army has not confirmed it" is a statement
    met = next((m for m in found if not (_is_pretext(text, m, words) or withheld.fullmatch(m.group()))), None)
    return _hedge(article, kind, sentence.start, met) if met else None


def _is_pretext(text: str, met: re.Match[str], words: Language) -> bool:
    """Whether somebody's claiming is told of them and holds nothing open: "left after claiming that ..."."""
    led = text[: met.start()].split()[-1:]
    small = words.grammar["prepositions"] | words.grammar["joints"] | words.grammar["conjunctions"]
    gerund = met.group().endswith(tuple(words.grammar["gerunds"]) or "\0")
    return gerund and bool(led) and led[0].lower() in small


def _later(
    article: Article, sentence: Sentence, after: Sentence | None, cue: Span | None, words: Language
) -> list[Hedge]:
    """The doubt that the next sentence casts on this one."""
    met = words.hedges.get("unverified", NEVER).search(after.text) if after else None
    if after is None or met is None or len(_WORD.findall(after.text)) > LONGEST_REMARK:
        return []
    rest = _WORD.findall(after.text[met.end() :])
    if rest and not _SPACE.search(met.group()):
        return []  # "There are unconfirmed reports of looting."
    if words.claims.get("own matter", NEVER).search(after.text):
        return []  # "The claim that the bridge was mined could not be verified."
    pointer = _pointer(after.text, met, words)
    bare = not rest and not _WORD.search(after.text[: met.start()])
    fits = pointer is not None and _fits(pointer, sentence.text, cue, words)
    return [_hedge(article, "unverified", after.start, met)] if bare or fits else []


def _pointer(text: str, met: re.Match[str], words: Language) -> str | None:
    """What of a sentence points back: its subject, or what somebody was not able to verify."""
    objects = text[met.end() : met.end() + NEAR] if len(_WORD.findall(text[: met.start()])) <= OUTLET else ""
    for kind in ("said before", "counted before", "shown before", "before"):
        listed = words.claims.get(kind, NEVER)
        if found := listed.match(text) or listed.match(objects.lstrip()):
            return found.group()
    is_person = words.personal.match(text)
    found = None if is_person else words.dangling.match(text)
    return found.group() if found else None


def _fits(pointer: str, text: str, cue: Span | None, words: Language) -> bool:
    """Whether a line has what a word points back to: a claim, a number, the same picture."""
    claims = words.claims
    if claims.get("said before", NEVER).match(pointer):
        return cue is not None
    if claims.get("counted before", NEVER).match(pointer):
        return _counts(text, words)
    if claims.get("shown before", NEVER).match(pointer):
        return _WORD.findall(pointer)[-1].lower().rstrip("s") in text.lower()
    return True


def _counts(text: str, words: Language) -> bool:
    """Whether a sentence has a number, in digits or in words."""
    listed = words.numbers.get("vague", NEVER)
    spelled = {w.lower() for w in _WORD.findall(text)} & {*words.number_words, *words.scale_words}
    return bool(_DIGIT.search(text) or listed.search(text) or spelled)


def _open(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """The hedges in a text; inside it a capital makes a name: "on 3 May"."""
    return (m for m in pattern.finditer(text) if not m.start() or not text[m.start()].isupper())


def _hedge(article: Article, kind: Kind, offset: int, met: re.Match[str]) -> Hedge:
    start, end = offset + met.start(), offset + met.end()
    return Hedge(kind, article.text[start:end], start, end)


def _at(article: Article, span: Span) -> str:
    return article.text[span.start : span.end]

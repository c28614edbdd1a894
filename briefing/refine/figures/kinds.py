"""kinds: what a number counts: killed, wounded, displaced ...

Theory: the nearest word in the same clause that can tell does: one behind the number ("14 people were
killed") or, for what is done to people, one before it ("killing 14"). A wrong figure is worse than a
missing one, so a number is left without a kind where the words leave it open: "killed or wounded",
things that are counted near people's fate ("four houses were bombed, killing ...").

Rejected: taking the kind from the whole sentence ("12 drones were shot down, two people were
killed" would count drones as dead).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from briefing.language import NEVER, Language
from briefing.refine.figures.numerals import Numeral

BEHIND = 80  # characters after the number in which its kind is looked for
BEFORE = 24  # characters before it: "killing at least 14", "toll of 14"
TOLL = "killed"
_CLAUSE = re.compile(r"[;:.!?](?:\s|$)|\s[–—]\s|,\s(?:and|but|while)\s")


@dataclass(frozen=True, slots=True)
class _Hit:
    """A word that tells a kind, and where it stands in the text that was searched."""

    start: int
    end: int
    kind: str
    word: str


def kind_of(text: str, numeral: Numeral, words: Language) -> tuple[str, int]:
    """What a number counts, and how far behind it the word ends that says so; "" where none does."""
    before = text[max(0, numeral.start - BEHIND) : numeral.start]
    behind = text[numeral.end : numeral.end + BEHIND]
    people = words.numbers.get("led_by", NEVER)
    ahead = _ahead(behind, words)
    fate = any(people.fullmatch(h.kind) for h in ahead)
    back = _back(before, words, anew=fate or bool(numeral.noun))
    if not ahead and words.numbers.get("tolls", NEVER).search(_since_number(before[-BEHIND:])):
        return TOLL, BEHIND  # "the toll from Wednesday's missile strike stood at 14"
    harm = [h for h in ahead if people.fullmatch(h.kind) and "," not in behind[: h.start]]
    near = _strongest([*((h.start, h) for h in harm or ahead), *back], words)
    if not near:
        return "", 0
    _, told = min(near, key=lambda n: (n[0], n[1].kind))
    things = words.numbers.get("things", NEVER).search(behind[: numeral.noun])
    if people.fullmatch(told.kind) and (things or _open(behind, told, ahead, words)):
        return "", 0
    return told.kind, BEHIND if told not in ahead else told.end


def _ahead(behind: str, words: Language) -> list[_Hit]:
    """The telling words behind the number; those that only lead ("killing 14") tell of what follows them."""
    leading = words.numbers.get("leading", NEVER)
    clause = _until_clause(_without_insertion(behind, words)[:BEHIND])
    return [h for h in _hits(clause, words) if not leading.fullmatch(h.word)]


def _without_insertion(behind: str, words: Language) -> str:
    """The text with ", including 3 children," blanked out: a number there is of some of the same.

    An insertion with a fate of its own ("including 3 killed,") splits the number and stays.
    """
    apart = words.numbers.get("apart", NEVER).pattern
    inserted = re.search(rf"(?<=,)\s{apart}\s[^,.;:–—]{{1,60}}(?=,\s)", behind)
    if not inserted or any(pattern.search(inserted.group()) for pattern in words.figures.values()):
        return behind
    return behind[: inserted.start()] + " " * len(inserted.group()) + behind[inserted.end() :]


def _back(before: str, words: Language, anew: bool) -> list[tuple[int, _Hit]]:
    """The words for what is done to people before the number, each with its distance.

    Behind a comma or an "and" a number with a noun or a fate of its own starts anew: "were killed and
    27 others", "were killed and a dozen were injured".
    """
    lead = _since_number(before[-BEFORE:])
    people, series = words.numbers.get("led_by", NEVER), words.numbers.get("series", NEVER)
    found = [h for h in _hits(lead, words) if people.fullmatch(h.kind)]
    return [
        (len(lead) - h.end, h)
        for h in found
        if not anew or not ("," in lead[h.end :] or series.search(lead, h.end))
    ]


def _strongest(near: list[tuple[int, _Hit]], words: Language) -> list[tuple[int, _Hit]]:
    """The hits without the words that only say who they are, where another says what befell them."""
    people, who = (words.numbers.get(k, NEVER) for k in ("led_by", "yields"))
    told = [(d, h) for d, h in near if people.fullmatch(h.kind) and not who.fullmatch(h.word)]
    return told or near


def _open(behind: str, told: _Hit, ahead: list[_Hit], words: Language) -> bool:
    """Whether the words leave the kind open: "killed or wounded"."""
    either = words.numbers.get("either", NEVER)
    return told in ahead and any(
        told.kind != h.kind and told.end < h.start and either.fullmatch(behind[told.end : h.start].strip())
        for h in ahead
    )


def _since_number(before: str) -> str:
    """The end of a text, from its last clause and its last number on."""
    clause = re.split(_CLAUSE, before)[-1]
    return clause[max((m.end() for m in re.finditer(r"\d", clause)), default=0) :]


def _hits(text: str, words: Language) -> list[_Hit]:
    """The words of a text that tell what is counted."""
    return [
        _Hit(*hit.span(), kind, hit.group())
        for kind, pattern in words.figures.items()
        for hit in pattern.finditer(text)
    ]


def _until_clause(text: str) -> str:
    """The text up to the end of the clause or to the next number, whichever comes first."""
    stops = [m.start() for m in (_CLAUSE.search(text), re.search(r"\s\d", text)) if m]
    return text[: min(stops)] if stops else text

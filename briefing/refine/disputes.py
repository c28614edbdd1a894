"""disputes: one side says it, the other denies it; side by side, or not at all.

Requirement: a wrong dispute is worse than a missed one.

Theory: a denial repeats what it denies. A dispute is a statement with a denial ("denied",
"remained under") and one without, in the same story, by named speakers of opposed sides, that
share `SHARED` of the shorter one's stems and a name. Which kinds of speakers are opposed says the language
file; allies do not contradict each other, and an outlet reports.

Rejected: opposing numbers (figures compare those); sentiment (it finds opinions, not denials).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from briefing.language import language, names, stems
from briefing.model import Dispute, Statement
from briefing.refine.claims import denies

SHARED = 0.3  # of the shorter statement's stems, its speaker's words apart
FEWEST = 3  # stems in common
MOST = 1  # of one story: the others mostly repeat it


def disputes(story: str, statements: Sequence[tuple[Statement, str]]) -> list[Dispute]:
    """The disputes among the statements of one story; each statement with its language."""
    denials = [(s, code) for s, code in statements if denies(s.text, code)]
    others = [(s, code) for s, code in statements if not denies(s.text, code)]
    scored = [
        (_overlap(o, d), o[0], d[0])
        for o, d in product(others, denials)
        if o[1] == d[1] and _opposed(o[0], d[0], o[1])
    ]
    found: list[Dispute] = []
    for score, claimed, denied in sorted(scored, key=lambda s: (-s[0], s[1].article, s[1].start)):
        if score >= SHARED and len(found) < MOST:
            found.append(Dispute(story, (claimed, denied)))
    return found


def _opposed(a: Statement, b: Statement, code: str) -> bool:
    """Whether the speakers are named and stand on two sides."""
    sides = [{side for side, kinds in language(code).sides.items() if s.claim.kind in kinds} for s in (a, b)]
    return all(sides) and not sides[0] & sides[1]


def _overlap(a: tuple[Statement, str], b: tuple[Statement, str]) -> float:
    """Share of common stems, the speakers' own words apart; 0 without a common name."""
    speakers = {stem for s, code in (a, b) for stem in stems(f"{s.claim.source} {s.claim.cue}", code)}
    first, second = ({*stems(s.text, code)} - speakers for s, code in (a, b))
    named = {n for s, _ in (a, b) for n in names(s.text)}
    common = first & second
    if len(common) < FEWEST or not any(set(stems(n, a[1])) & common for n in named):
        return 0.0
    return len(common) / max(min(len(first), len(second)), 1)

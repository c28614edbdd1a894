"""spelling: reasons in words as the articles spell them. The steps weigh stems: "packag" for "package"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from briefing.language import stems, tokens
from briefing.model import Reading
from briefing.refine.bags import facts
from briefing.refine.standing import named
from briefing.why import Reason, Weighing

Spelling = Mapping[str, str]  # for a stem the first word that has it

_STEM = re.compile(r"[^\s,]+")


def spelling_of(readings: Iterable[Reading]) -> Spelling:
    """How some articles spell their stems, and the names that are compared as consonants."""
    found: dict[str, str] = {}
    for reading in readings:
        code = reading.article.language
        for text in (reading.article.title, *(s.text for s in reading.sentences)):
            for word in tokens(text):
                for stem in stems(word, code):
                    found.setdefault(stem, word.lower())
        for name in sorted(named(reading.article.text)):
            for key in facts(f"· {name.title()}"):
                found.setdefault(key, name.title())
    return found


def spelt(reasons: Iterable[Reason], spelling: Spelling) -> tuple[Reason, ...]:
    """The same reasons, their stems spelt out."""
    return tuple(
        replace(r, words=_STEM.sub(lambda m: spelling.get(m.group(), m.group()), r.words)) for r in reasons
    )


def spelt_weighing(weighing: Weighing, spelling: Spelling) -> Weighing:
    """The same, for why a sentence has its theme."""
    return replace(weighing, listed=spelt(weighing.listed, spelling), odds=spelt(weighing.odds, spelling))

"""person: who "he" is in "Reports said Ovsienko had left, but he told the Gazette that ...". Read by denial.

Requirement: a wrong speaker is worse than none.

Theory: a pronoun that is the subject of a contrasting clause takes up the only person that the clause before
it names (Centering: Grosz 1995). With two people, or none, nobody is named.
"""

from __future__ import annotations

import re

from briefing.language import Language, language, names
from briefing.model import Article, Claim, Reading, Sentence
from briefing.refine.claims import claim
from briefing.refine.claims.attribution import attributions
from briefing.refine.claims.kinds import kind_of, known_kind
from briefing.refine.disputes.voices import Voice, listed, spoken

BEHIND = 80  # characters behind a name in which the office of its bearer stands

_COMMA = re.compile(r",[\"”»]?\s|[\"”»],?\s")
_FULL = r"(?:\b[A-ZА-ЯІЇЄҐ][\w’'-]+\s)?\b{}\b"


def person(reading: Reading, sentence: Sentence) -> Voice | None:
    """A sentence as that of the person whom a pronoun of it takes up; None where that is not plain."""
    words = language(reading.article.language)
    claimed, held = claim(sentence, reading.article)
    if claimed.source:
        return None
    spoke = attributions(reading.article.text, sentence.start, sentence.end, reading.article.language)
    for mark in _COMMA.finditer(sentence.text):
        joint = listed(words, "contrasts").match(sentence.text, mark.end())
        subject = sentence.text[joint.end() :].split(maxsplit=1) if joint else []
        people = _people(sentence.text[: mark.start()], words)
        if subject and subject[0] in words.subjects and len(people) == 1:
            cue = next((a.cue for a in spoke if a.cue.start >= sentence.start + mark.end()), None)
            if cue is None:
                return None
            name = _in_full(people[0], reading.article.text[: sentence.end])
            kind = _kind(name, reading.article, words)
            said = reading.article.text[cue.start : cue.end]
            return spoken(reading, sentence, Claim(name, said, kind), held)
    return None


def _kind(name: str, article: Article, words: Language) -> str:
    """The kind of a person: by what is said behind the name, and no institution of the sentence before."""
    described = re.search(rf"{re.escape(name)},\s([^.]{{1,{BEHIND}}})", article.text)
    kind = known_kind(described.group(1), words) if described else ""
    found = kind or kind_of(name, article, words)
    return "other" if found in words.ranks.get("strong", ()) else found


def _people(text: str, words: Language) -> list[str]:
    """The names in a text that are neither countries nor what they name."""
    lands = (*words.nations.values(), *words.lands.values())
    return [n for n in dict.fromkeys(names(text)) if not any(p.search(n) for p in lands)]


def _in_full(name: str, text: str) -> str:
    """A name as a text first gives it, a word before it that belongs to it, too."""
    full = re.search(_FULL.format(re.escape(name.rsplit(maxsplit=1)[-1])), text, re.IGNORECASE)
    return full.group() if full else name.title()

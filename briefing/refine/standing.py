"""standing: which sentences can stand in a briefing alone, and from where.

Requirement: no sentence hangs in the air: "Those numbers could not be verified" without the
numbers, "he said" with nobody named, half a quotation.

Theory: what ties a sentence to its neighbours stands at its beginning (pronouns, demonstratives,
connectives; Halliday and Hasan 1976) or is the unnamed speaker of its claim. A connective may be
clipped, the rest stays an exact span; any other tie means the sentence hangs. So does a sentence
that names nobody and no place ("The driver died at the scene."): which driver stood before it.

Rejected: clipping attributions ("..., he said"): what is left would be a claim without a claimant.
"""

from __future__ import annotations

import re

from briefing.language import QUOTED, Language, language
from briefing.model import Sentence, Span

FEWEST_WORDS = 6
MOST_WORDS = 60
UNCLOSED_WORDS = 12  # a line this long is a sentence even where its full stop was lost

_OPEN, _CLOSE = "“«„", "”»"
_CLOSED = re.compile(r"[.!…][\"”’»)\]]*$")
_NAME = re.compile(r"(?<=[\s(\"“«„–—-])[A-ZА-ЯІЇЄҐ][\w’'-]+")
_LEADING_NAME = re.compile(
    r"^[A-ZА-ЯІЇЄҐ][\w’'-]+(?=\s+(?:[A-ZА-ЯІЇЄҐ]|has|have|had|is|was|will|said|says)\b)"
)
_SPECIFIED = re.compile(
    r"\s(?:of|for|in|at|from|to|on|who|that|[A-ZА-ЯІЇЄҐ]\w+)\b"
)  # "the governor of Kharkiv"
_BARE_PERSON = re.compile(r"(?:[A-ZА-ЯІЇЄҐ][\w’'-]+\s?){1,3}")
_HOLE = re.compile(r"(?:^|\s)[-:;,]\s*[:;,.]|\w,\s?\.|\s,\s")  # a page's markup took words with it
# Bullets, numbering, and the counts of shares that pages put before a text ("1.3M").
_BULLET = re.compile(r"^(?:(?:[-–—•*▪●◦>|:;]+|\d{1,2}[.)]|\d+(?:\.\d+)?[KM])\s+)+")


def standing(sentence: Sentence, code: str) -> Span | None:
    """The offsets in the article of the part that stands alone; None where nothing does."""
    words = language(code)
    clipped = _clip(sentence.text, words)
    text = sentence.text[clipped:]
    if _hangs(text, words):
        return None
    return Span(sentence.start + clipped, sentence.end)


def _clip(text: str, words: Language) -> int:
    """Where the sentence begins once a bullet and hanging connectives are left out."""
    at = 0
    if bullet := _BULLET.match(text):
        at = bullet.end()
    for _ in range(2):  # "But meanwhile, ..."
        opening = words.connectives.match(text, at)
        if not opening or opening.end() == len(text):
            break
        after = re.compile(r",?\s+").match(text, opening.end())
        if not after:
            break
        at = after.end()
    return at


def _hangs(text: str, words: Language) -> bool:
    return (
        not FEWEST_WORDS <= len(text.split()) <= MOST_WORDS
        or not _closed(text)
        or not _balanced(text)
        or bool(words.dangling.match(text))
        or bool(words.anaphors.search(QUOTED.sub(" ", text)))
        or _known_from_before(text, words)
        or not anchored(text, words)
        or bool(_HOLE.search(text))
        or _speaks_to_us(text, words)
        or _unnamed_speaker(text, words)
    )


def _known_from_before(text: str, words: Language) -> bool:
    """Whether the subject is a bare role that an earlier sentence introduced: "The official did not"."""
    article = words.definite.match(text)
    role = words.roles.match(text, article.end() + 1) if article else None
    return bool(role) and not _SPECIFIED.match(text, role.end() if role else 0)


def anchored(text: str, words: Language) -> bool:
    """Whether a text names anybody or any place: what it is about can be told without the rest."""
    outside = QUOTED.sub(" ", text)
    named = [m.group() for m in (*_NAME.finditer(outside), *_LEADING_NAME.finditer(outside))]
    return any(name.lower() not in words.stop_words for name in named)


def about_something(text: str, source: str, code: str) -> bool:
    """Whether a text names more than a bare person who speaks: "said Oleg Petrenko" does not say of what.

    An institution says it by its name, and so does a person who is described.
    """
    return not _BARE_PERSON.fullmatch(source) or anchored(text.replace(source, " "), language(code))


def _closed(text: str) -> bool:
    return bool(_CLOSED.search(text)) or (text[-1].isalnum() and len(text.split()) >= UNCLOSED_WORDS)


def _balanced(text: str) -> bool:
    """Whether every quotation that opens closes, and brackets with it."""
    opened = sum(text.count(c) for c in _OPEN)
    closed = sum(text.count(c) for c in _CLOSE)
    return text.count('"') % 2 == 0 and opened == closed and text.count("(") == text.count(")")


def _speaks_to_us(text: str, words: Language) -> bool:
    """First and second persons outside quotation marks, or nothing but a quotation."""
    outside = QUOTED.sub(" ", text)
    return len(outside.split()) < 2 or bool(words.first_person.search(outside))


def _unnamed_speaker(text: str, words: Language) -> bool:
    """Whether the speaker is a pronoun or a bare role: "he said", "the official told reporters"."""
    verbs = words.claims.get("verbs")
    if not verbs:
        return False
    for verb in verbs.finditer(QUOTED.sub(lambda m: "-" * len(m.group()), text)):
        before = text[: verb.start()].split()[-3:]
        after = text[verb.end() :].split()[:2]
        if _nobody(before, words) or _nobody(after[:1], words):
            return True
    return False


def _nobody(near: list[str], words: Language) -> bool:
    bare = [w.strip(",.;:\"“”'’-") for w in near]
    if not bare or not bare[-1]:
        return False
    if words.pronouns.fullmatch(bare[-1]):
        return True
    return len(bare) >= 2 and bare[-2].lower() == "the" and bool(words.roles.fullmatch(bare[-1]))

"""described: of the phrase that a cue belongs to, the speaker as an edition shows it, if it is one.

Requirement: complete, not torn, and somebody: no photograph, no adjective, no pronoun.

Theory: a text speaks for its author: of "a statement by the mayor" and "the mayor's letter" the mayor speaks.
What is told of a speaker in a relative clause does not belong to the name.
"""

from __future__ import annotations

import re

from briefing.language import NEVER, Language
from briefing.model import Span
from briefing.refine.claims.kinds import Table, configured_kind, known_kind

LONGEST_SOURCE = 14  # words: of longer descriptions the part before the first comma is shown

_GLUED = re.compile(r"^[^()]*\)[\s–—-]*")  # the end of a date line or a credit: "DPX) -- The mayor"
_UNFIT = re.compile(r"[’']$|[^s\s][’']\s|--|[–—\[\]]|\((?![^()]*\))")  # a torn phrase
_NAME = re.compile(r"(?:\s[A-ZА-ЯІЇЄҐ][\w’'-]*){1,3}")
_CAPITAL = re.compile(r"[A-ZА-ЯІЇЄҐ]")
_AGE = re.compile(r",\s\d+$")


def described(text: str, span: Span, words: Language) -> str:
    """The speaker at a span without what is torn or told of them: relative clauses go."""
    source = _GLUED.sub("", text[span.start : span.end]).rstrip(" -–—")
    source = _called(text, span, words) or _author(source, words) or _of_text(source, words) or source
    told = words.claims.get("relatives", NEVER).finditer(source)
    clause = next((m for m in told if not m.group().isupper()), None)  # the WHO is a body
    source = source[: clause.start()].rstrip(" ,") if clause else source
    return source[: where.start()] if (where := _in_own(words).search(source)) else source


def shortened(source: str, words: Language) -> str:
    """A speaker as an edition shows it: no longer than it has room for, without an age."""
    if len(source.split()) > LONGEST_SOURCE:
        source = source.split(",", maxsplit=1)[0]
    source = _AGE.sub("", source)
    head, comma, aside = source.rpartition(", ")
    return head if comma and words.connectives.fullmatch(aside) else source


def _in_own(words: Language) -> re.Pattern[str]:
    """Where a speaker ends and a place of the saying begins: "the minister in his letter"."""
    within, own = ("|".join(sorted(words.grammar[name])) or "(?!)" for name in ("places", "possessives"))
    return re.compile(rf"\s(?:{within})\s(?:{own})\s")


def _author(source: str, words: Language) -> str:
    """Whose a statement or a report is: "the mayor" of "a statement by the mayor"; "" of anything else."""
    by = words.claims.get("author", NEVER).search(source)
    if by is None or not words.claims.get("texts", NEVER).search(source, 0, by.start()):
        return ""
    apart = "," in source[: by.start()]
    return "" if apart else source[by.end() :].strip()


def _of_text(source: str, words: Language) -> str:
    """The owner of a text, whatever stands behind the comma after it."""
    return owner(source.split(",", maxsplit=1)[0], words)


def owner(source: str, words: Language) -> str:
    """Whose a text or a picture is: "the mayor" of "the mayor's letter"; "" of anything else."""
    led, mark, thing = source.replace("’", "'").rpartition("'s ")
    owned = words.claims.get("owned", NEVER)
    if mark:
        last = list(owned.finditer(thing))[-1:]
        return source[: len(led)] if last and last[0].end() == len(thing) else ""
    led, _, thing = source.rpartition(" ")
    first, _, rest = led.partition(" ")
    bare = rest if first.lower() in words.grammar["determiners"] else led
    return bare if bare and owned.fullmatch(thing) and known_kind(bare, words) else ""  # "a navy update"


def _called(text: str, span: Span, words: Language) -> str:
    """The name of somebody who is introduced by it: "a man called Ivan Lomov"."""
    met = words.claims.get("called", NEVER).match(text, span.end + 1)
    name = _NAME.match(text, met.end()) if met else None
    return name.group().strip() if name else ""


def is_source(source: str, words: Language, table: Table) -> bool:
    """Whether a run of words can be a speaker: short, begun as a name or a description, nothing inanimate."""
    if not 0 < len(source.split()) <= LONGEST_SOURCE or is_pronoun(source, words):
        return False
    if _is_modifier(source, words):
        return False
    first = source.split(maxsplit=1)[0].lower()
    if len(first) == 1 and source[0].islower() and first not in words.grammar["determiners"]:
        return False  # the rest of "'s"
    if not source[0].isalnum() or source[0].isdigit():
        return False
    if first in words.grammar["possessives"] and not _CAPITAL.search(source[len(first) :]):
        # "its defence ministry" and "its commander, Andrei Lunyov", but not "his mother"
        return known_kind(source, words) == "official" and first not in words.grammar["persons"]
    if _UNFIT.search(source) or all(_is_small(word, words) for word in source.split()):
        return False
    head = _head_noun(source, words)
    if words.claims.get("inanimate", NEVER).fullmatch(head) and not (head[0].isupper() and head != source):
        return False
    if _is_thing(source, words):
        return False
    named = _CAPITAL.search(source) or words.roles.search(source)
    known = known_kind(source, words) or configured_kind(source, table)
    return bool(named or first in words.grammar["determiners"] or known)


def _is_modifier(source: str, words: Language) -> bool:
    """Whether nothing but an adjective is left of a source: "the latest" of "the latest reports"."""
    run = [w for w in source.lower().split() if w not in words.grammar["determiners"]]
    return bool(run) and all(words.claims.get("modifiers", NEVER).fullmatch(w) for w in run)


def is_pronoun(source: str, words: Language) -> bool:
    """Whether a source is a pronoun; the WHO is none."""
    return bool(words.pronouns.fullmatch(source)) and (len(source) == 1 or not source.isupper())


def _is_thing(source: str, words: Language) -> bool:
    """Whether what follows an article is inanimate, and nobody else is told: "the deadline set"."""
    run = source.split()
    if len(run) < 2 or run[0].lower() not in words.grammar["determiners"] or _CAPITAL.search(source[1:]):
        return False
    inanimate = words.claims.get("inanimate", NEVER).fullmatch(run[1])
    return bool(inanimate) and not (words.roles.search(source) or known_kind(source, words))


def _is_small(word: str, words: Language) -> bool:
    """Whether a word names nobody by itself: "This", "Some", but "WHO"."""
    small = word.lower() in words.grammar["determiners"] | words.stop_words
    return small and not (word.isupper() and len(word) > 1)


def _head_noun(source: str, words: Language) -> str:
    """The word that a description is about: "photos" of "satellite photos from the town"."""
    run = source.split(",", maxsplit=1)[0].split()
    around = words.grammar["prepositions"] | words.grammar["relatives"]
    until = next((i for i, word in enumerate(run) if i and word.lower() in around), len(run))
    if until > 1 and run[1].endswith(tuple(words.grammar["gerunds"]) or "\0"):
        until = 1  # "reports coming out of the town"
    return run[until - 1]

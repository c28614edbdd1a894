"""ties: what binds a sentence to an earlier one of its article, behind its first word.

Requirement: "The survey found", "On behalf of the council, he pledged" and "At the time, they fled" do
not stand in a briefing: which survey, who, when.

Theory: a definite description that is the subject speaks of something known (Hawkins 1978; Prince 1981):
from the night ("the war"), or from earlier in the article, where it came with an indefinite article, a
number or a name. A personal pronoun needs an owner before it in its sentence; one in a fronted phrase
may have it behind the comma ("In his nightly address, the mayor": cataphora). A relative time needs
the time that it is relative to.

A building or a village (`where.sites`) is told apart anywhere in a line: by its place, by what stands
behind it, or by a headline that names it.

Rejected: every definite noun, the objects too (half of them are told apart by what the line says);
a tagger for heads and verbs (a model, for a question that function words answer).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from briefing.language import NEVER, QUOTED, Language, cue_kind, language

FRONTED = 14  # words before the subject's comma: beyond, it stands in a clause of its own
LONGEST_NOUN = 4  # words of a noun phrase
ADJECTIVES = 2  # between a definite article and its noun
OWNED = 3  # words between an indefinite article and its noun

_WORD = re.compile(r"[^\W_][\w’'.-]*|,")
_NAME = re.compile(r"(?<!\w)(?:(?P<before>[^\W\d_]+)\s)?(?P<name>[A-ZА-ЯІЇЄҐ][\w’'-]+)")
_SPECIFIED = re.compile(
    r"\s(?:of|for|in|at|from|to|on|between|against|with|who|that|which|whose|[A-ZА-ЯІЇЄҐ\d]\w*)\b"
)
_SOMEWHERE = re.compile(
    r"\b(?i:in|near|at|from|to|into|of|outside)\s(?:the\s)?(?:[a-z]+\s){0,3}([A-ZА-ЯІЇЄҐ][a-z]+)"
)
_DATED = re.compile(r"\d")
_PLACED = re.compile(r"(?:in|at|on|near|from|to|into|across|outside|inside|around|of)\b", re.IGNORECASE)


def bound(text: str, words: Language) -> str:
    """What in a line by itself shows that it needs an earlier one, in words; "" where nothing does."""
    outside = QUOTED.sub(" ", text)
    if orphan := _orphan(outside, words):
        return f"“{orphan}” has no owner"
    if time := _timeless(outside, words):
        return f"“{time}” is relative to a time it does not give"
    if these := _these(outside, words):
        return f"“{these}” were told before"
    known = (n for n in _subjects(outside, words) if words.roles.fullmatch(n) or words.things.fullmatch(n))
    return next((f"which “{noun}” it is stood before it" for noun in known), "")


def taken_up(text: str, before: str, known: Collection[str], code: str) -> str:
    """The subject, where the article introduced it before: "a survey ... The survey found"; else "".

    `before` is the article up to here; `known` holds what needs no introduction on this night ("the war").
    """
    words = language(code)
    found = (
        noun
        for noun in _subjects(QUOTED.sub(" ", text), words)
        if f"the {noun}" not in known and _introduced(noun, before, words)
    )
    return next(found, "") or _site(QUOTED.sub(" ", text), known, words)


def _site(outside: str, known: Collection[str], words: Language) -> str:
    """The first site that neither the line places nor its headline names: "the hospital"; or ""."""
    sites = words.where.get("sites", NEVER)
    for m in sites.finditer(outside):
        near = outside[: m.start()].split()[-1 - ADJECTIVES :]
        definite = any(
            words.definite.fullmatch(w) and all(map(str.islower, near[i:])) for i, w in enumerate(near)
        )
        told = m.group().lower() in known or _SPECIFIED.match(outside, m.end()) or _somewhere(outside, words)
        if definite and not told and not sites.search(outside, 0, m.start()):
            return m.group().lower()
    return ""


def _somewhere(outside: str, words: Language) -> bool:
    """Whether a text says where: "near Vilkhova", not "of Utopian officials"."""
    people = tuple(words.grammar["demonyms"])
    return any(not m.group(1).endswith(people) for m in _SOMEWHERE.finditer(outside))


def _orphan(outside: str, words: Language) -> str:
    """The first personal pronoun, if it has no owner: nobody named before it, or behind its phrase."""
    found = words.personal.search(outside)
    if not found or found.group().isupper():
        return ""
    head = outside[: found.start()]
    if _owner(head, words):
        return ""
    rest = outside[found.end() :]
    opens = {*words.subjects, *words.grammar["possessives"]}  # "In a speech, her mother said"
    subject = head.rstrip().endswith(",") and found.group().lower() in opens
    alone = subject or not head.strip() or ("," not in head and "," not in rest)
    return found.group() if alone else ""


def _owner(head: str, words: Language) -> bool:
    """Whether a text names somebody, or holds a noun that is no part of a mere adverbial."""
    for m in _NAME.finditer(head):
        if (
            m.start("name")
            and m.group("name").lower() not in words.stop_words
            and not _PLACED.fullmatch(m.group("before") or "")
        ):
            return True
    first = head.split(maxsplit=1)[0].lower() if head.split() else ""
    return bool(first) and (first not in words.grammar["prepositions"] or _finite(head, words))


def _finite(text: str, words: Language) -> bool:
    return any(_is_finite(w, words) for w in text.lower().split())


def _is_finite(word: str, words: Language) -> bool:
    pasts = tuple(words.grammar["pasts"])
    return word in words.grammar["finite"] or (bool(pasts) and word.endswith(pasts)) or _speaks(word, words)


def _speaks(word: str, words: Language) -> bool:
    verbs = words.claims.get("verbs")
    return bool(verbs and verbs.fullmatch(word))


def _timeless(outside: str, words: Language) -> str:
    """The time that is relative to one that the line does not give: "at the time", not "at the time of"."""
    found = (
        m.group()
        for m in words.times.finditer(outside)
        if not _SPECIFIED.match(outside, m.end()) and not _DATED.search(outside[: m.start()])
    )
    return next(found, "")


def _these(outside: str, words: Language) -> str:
    """ "These drones", anywhere in a line that has no drones before; else ""."""
    for m in words.these.finditer(outside):
        if words.freestanding.match(outside, m.start()):
            continue  # "these days"
        noun = _WORD.search(outside, m.end())
        if (
            noun
            and noun.group().islower()
            and not _is_finite(noun.group(), words)
            and noun.group()[:5] not in outside[: m.start()].lower()
        ):
            return f"{m.group()} {noun.group()}"
    return ""


def _subjects(outside: str, words: Language) -> Iterator[str]:
    """The bare nouns of definite subjects, at the front or behind a fronted adverbial."""
    begins = [0] if words.definite.match(outside) else []
    comma = outside.find(", ")
    front = outside[: max(comma, 0)].lower().split()
    if front and len(front) <= FRONTED and _adverbial(front[0], words):
        begins.append(comma + 2)
    for at in begins:
        if article := words.definite.match(outside, at):
            noun = _noun(outside[article.end() :], words)
            if noun:
                yield noun


def _adverbial(first: str, words: Language) -> bool:
    """Whether a phrase that begins so stands before the subject, and is not the subject itself."""
    return first in words.stop_words | words.grammar["prepositions"] or first.endswith(
        tuple(words.grammar["gerunds"])
    )


def _noun(text: str, words: Language) -> str:
    """The last word of a noun phrase that a verb follows at once; "" where more tells it apart."""
    taken = ""
    for found in list(_WORD.finditer(text))[: LONGEST_NOUN + 1]:
        word = found.group()
        if word in words.grammar["adverbs"] and taken:
            continue
        if taken and (word == "," or _is_finite(word, words) or cue_kind(word, words.code)):
            return taken
        if not word.islower() or word in words.grammar["prepositions"] or "'" in word or "’" in word:
            return ""
        taken = word
    return ""


def _introduced(noun: str, before: str, words: Language) -> bool:
    """Whether an earlier text has a noun with an indefinite article or a number, or as part of a name."""
    stem = re.escape(noun.removesuffix("s"))
    many = rf"(?<!\bthe\s)(?<!\bthese\s)\b{stem}s\b"  # the plural of the indefinite article is none at all
    if noun.endswith("s") and re.search(many, before):
        return True
    known = rf"(?:\S+\s){{0,{OWNED}}}?{stem}(?:s|es)?\b"
    for article in words.indefinite.finditer(before):
        if re.match(rf"\s{known}", before[article.end() : article.end() + 80], re.IGNORECASE):
            return True
    return bool(re.search(rf"[a-z,] (?:[A-Z]\w+ )+(?:{stem.capitalize()}|{stem})\b", before))

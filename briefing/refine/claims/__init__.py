"""claims: who says it, by which words, and what hedges it; never invented.

Requirement: a wrong speaker is worse than none.

Theory: of the attributions of a sentence only those of speech make a claim, and only where a person or a
body speaks that the text names: no pronoun, no photograph, no move. The one that governs the sentence goes
first; what stands in a relative clause is somebody's, but not the sentence's. A bare surname is completed
from where the article names its bearer in full. Where the text names nobody, the claim names nobody.

Rejected: pronouns resolved to the last speaker (such sentences do not stand alone, so an edition seldom
prints them, and with two men in an article every third "he" is the other one).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.language import NEVER, Language, language
from briefing.model import Article, Claim, Sentence, Span
from briefing.refine.claims.attribution import Attribution, attributions
from briefing.refine.claims.kinds import LOOK_BACK, kind_of, known_kind

LONGEST_SOURCE = 14  # words: of longer descriptions the part before the first comma is shown
NEGATION = 4  # words before a cue in which a "not" is its own
CONTENT = 40  # characters behind a cue in which its "that" stands
DOUBTS = ("unverified", "claimed", "reported")

_LETTERS = re.compile(r"[^\W\d_]+")
_QUOTE = re.compile(r"[\s,:]*[\"“«„]")
_GLUED = re.compile(r"^[^()]*\)[\s–—-]*")  # the end of a date line or a credit: "DPX) -- The mayor"
_UNFIT = re.compile(r"--|[–—\[\]]|\((?![^()]*\))")  # a torn phrase
_NAMED = re.compile(r"(?:\s[A-ZА-ЯІЇЄҐ][\w’'-]*)+\s?(\w+|[.,;!?]|$)")
_CAPITAL = re.compile(r"[A-ZА-ЯІЇЄҐ]")
_AGE = re.compile(r",\s\d+$")
_SENTENCE_END = re.compile(r"^.*?([^\W\d_]+)\.\s")  # and all before it
_SURNAME = re.compile(r"[A-ZА-ЯІЇЄҐ][^\W\d_]+(?:[-'’][^\W\d_]+)*")
# Titles and all: a piece of a title is another title.
_GIVEN = re.compile(r"\b(?:[A-ZА-ЯІЇЄҐ][\w’'-]*[a-zа-яіїєґё]\.?\s){1,6}\Z")


def claim(sentence: Sentence, article: Article, after: str = "") -> tuple[Claim, tuple[str, ...]]:
    """The claim that a sentence makes and the doubts that its source attaches.

    `after` is the sentence that follows: a doubt about "those numbers" belongs to this one.
    """
    words = language(article.language)
    found = attributions(article.text, sentence.start, sentence.end, article.language)
    source, cue = _spoken(article.text, found, words)
    kind = kind_of(source, article, words)
    return Claim(_in_full(source, article, sentence, words), cue, kind), _doubts(
        sentence.text, after, cue, words
    )


def denies(text: str, code: str) -> bool:
    """Whether a sentence denies something."""
    denial = language(code).claims.get("denials")
    return bool(denial and denial.search(text))


def _spoken(text: str, found: list[Attribution], words: Language) -> tuple[str, str]:
    """Speaker and cue of the attribution of speech that governs a sentence; of a pronoun, the cue alone."""
    cue = ""
    for one in sorted(found, key=lambda one: not one.main):
        said = text[one.cue.start : one.cue.end]
        if not (one.source and _is_speech(text, one, words)):
            continue
        if source := _described(text, one.source, words):
            return ("", "") if _is_rebutted(text, one, found, words) else (source, said)
        if words.pronouns.fullmatch(text[one.source.start : one.source.end]):
            cue = cue or said
    return "", cue


def _is_speech(text: str, one: Attribution, words: Language) -> bool:
    """Whether an attribution reports what somebody says: neither a move nor what somebody did not say."""
    cue = text[one.cue.start : one.cue.end]
    if words.claims.get("prepositions", NEVER).fullmatch(cue):
        return True
    if not one.main:
        return _is_aside(text, one.cue, words)
    if one.source and _is_negated(text[one.source.end : one.cue.start], words):
        return False
    if _is_territory(text, one.cue, words):
        return False
    if words.claims.get("verbs", NEVER).fullmatch(cue):
        return True
    if one.kind != "says" or words.claims.get("moves", NEVER).fullmatch(cue):
        return False
    return cue.endswith(tuple(words.grammar["pasts"]) or "\0") or _has_content(text, one.cue, words)


def _is_rebutted(text: str, one: Attribution, found: list[Attribution], words: Language) -> bool:
    """Whether somebody else contradicts a denial: "The army denied it, but as the paper reported, ..."."""
    if not words.claims.get("denials", NEVER).fullmatch(text[one.cue.start : one.cue.end]):
        return False
    later = [a for a in found if a.kind == "says" and a.source and a.source.start > one.cue.end]
    contrast = words.claims.get("contrasts", NEVER)
    return any(contrast.search(text, one.cue.end, a.source.start) for a in later if a.source)


def _is_aside(text: str, cue: Span, words: Language) -> bool:
    """ "The governor opened the bridge, adding that ...": a participle speaks behind a comma."""
    found = words.claims.get("asides", NEVER).match(text, cue.start)
    return bool(found) and text[: cue.start].rstrip().endswith(",")


def _is_negated(between: str, words: Language) -> bool:
    """Whether the words between a speaker and a cue say that nothing was said; other clauses apart."""
    near = between.replace(",", " , ").split()[-NEGATION:]
    joints = words.grammar["conjunctions"] | {","}
    last = max((i for i, word in enumerate(near) if word.lower() in joints), default=-1)
    return bool(words.claims.get("negations", NEVER).search(" ".join(near[last + 1 :])))


def _is_territory(text: str, cue: Span, words: Language) -> bool:
    """Whether a claim is one to a land, not a saying: "claims Crimea for itself"."""
    named = _NAMED.match(text, cue.end)
    if not named or not words.claims.get("doubtful", NEVER).fullmatch(text[cue.start : cue.end]):
        return False
    following = named.group(1).lower()
    small = words.grammar["prepositions"] | words.grammar["conjunctions"]
    return not following or not following[0].isalnum() or following in small


def _has_content(text: str, cue: Span, words: Language) -> bool:
    """Whether what is said follows: a "that", or a quotation."""
    behind = text[cue.end : cue.end + CONTENT]
    said = {word.lower() for word in _LETTERS.findall(behind)}
    return bool(said & words.grammar["complementizers"]) or bool(_QUOTE.match(behind))


def _described(text: str, span: Span, words: Language) -> str:
    """The speaker at a span as an edition shows it, "" where it is none: relative clauses go."""
    source = _GLUED.sub("", text[span.start : span.end])
    clause = words.claims.get("relatives", NEVER).search(source)
    source = source[: clause.start()].rstrip(" ,") if clause else source
    if len(source.split()) > LONGEST_SOURCE:
        source = source.split(",", maxsplit=1)[0]
    source = _AGE.sub("", source)
    head, comma, aside = source.rpartition(", ")
    source = head if comma and words.connectives.fullmatch(aside) else source
    return source if _is_source(source, words) else ""


def _is_source(source: str, words: Language) -> bool:
    """Whether a run of words can be a speaker: short, begun as a name or a description, nothing inanimate."""
    if not 0 < len(source.split()) <= LONGEST_SOURCE or words.pronouns.fullmatch(source):
        return False
    first = source.split(maxsplit=1)[0].lower()
    if len(first) == 1 and source[0].islower() and first not in words.grammar["determiners"]:
        return False  # the rest of "'s"
    if not source[0].isalnum() or source[0].isdigit():
        return False
    if first in words.grammar["possessives"] and not _CAPITAL.search(source[len(first) :]):
        return False  # "his mother", but "its commander, Andrei Lunyov"
    if _UNFIT.search(source) or all(_is_small(word, words) for word in source.split()):
        return False
    if words.claims.get("inanimate", NEVER).fullmatch(_head_noun(source, words)):
        return False
    named = _CAPITAL.search(source) or words.roles.search(source)
    return bool(named or first in words.grammar["determiners"] or known_kind(source, words))


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


def _in_full(source: str, article: Article, sentence: Sentence, words: Language) -> str:
    """A bare surname, or one behind "Mr", as the article first gives it in full; else as it stands."""
    title, _, surname = source.rpartition(" ")
    if title and title.rstrip(".").lower() not in words.abbreviations:
        return source
    if not _SURNAME.fullmatch(surname) or (not title and _is_place(source, article.text, words)):
        return source
    earlier = article.text[: sentence.start]
    found = (_cut(earlier, span, words) for span in _full_names(earlier, surname))
    return next((name for name in found if name and not _is_titled(name, words)), source)


def _full_names(text: str, surname: str) -> Iterator[Span]:
    """Where a text has a surname behind a given name or a title, these included."""
    for met in re.finditer(rf"\b{re.escape(surname)}\b(?!['’-]|\s[A-ZА-ЯІЇЄҐ])", text):
        if given := _GIVEN.search(text, max(0, met.start() - LOOK_BACK), met.start()):
            yield Span(given.start(), met.end())


def _is_titled(name: str, words: Language) -> bool:
    """Whether a surname has nothing but titles before it."""
    return all(w.rstrip(".").lower() in words.abbreviations for w in name.split()[:-1])


def _cut(earlier: str, full: Span, words: Language) -> str:
    """A full name without what another sentence or an office before it has left there; "" where none is."""
    name = earlier[full.start : full.end]
    raw = earlier[max(0, full.start - LOOK_BACK) : full.start].split()[-2:]
    raw = raw[:-1] if raw and raw[-1].lower() in words.grammar["articles"] else raw
    tied = len(raw) > 1 and raw[-1] in words.grammar["conjunctions"] and raw[0][0].isupper()
    if tied or (raw and raw[-1].lower() in words.grammar["attached"]):
        name = " ".join(name.split()[-2:])  # "minister of Foreign Affairs Dmytro Kuleba"
    name = _SENTENCE_END.sub(lambda m: m.group() if m.group(1).lower() in words.abbreviations else "", name)
    strange = any(w.lower() in words.stop_words or words.connectives.fullmatch(w) for w in name.split())
    return "" if strange and not _is_titled(name, words) else name


def _is_place(name: str, text: str, words: Language) -> bool:
    """Whether a text has a name behind "in" or "from": then it is a country or a town that speaks."""
    places = "|".join(sorted(words.grammar["places"]))
    return bool(places and re.search(rf"\b(?:{places})\s{re.escape(name)}\b", text))


def hedged(text: str, code: str) -> bool:
    """Whether a sentence holds anything open, by whatever word."""
    return any(_holds_open(pattern, text) for pattern in language(code).hedges.values())


def _holds_open(pattern: re.Pattern[str], text: str) -> bool:
    """Whether a hedge stands in a text; inside it a capital makes a name: "on 3 May"."""
    return any(not found.start() or not text[found.start()].isupper() for found in pattern.finditer(text))


def _doubts(text: str, after: str, cue: str, words: Language) -> tuple[str, ...]:
    """The hedges of a sentence, the doubt in its cue, and the one that the next sentence casts on it."""
    own = [d for d in DOUBTS if _holds_open(words.hedges.get(d, NEVER), text)]
    if "claimed" not in own and words.claims.get("doubtful", NEVER).fullmatch(cue):
        own.append("claimed")
    unverified = words.hedges.get("unverified", NEVER)
    if "unverified" not in own and words.dangling.match(after) and unverified.search(after):
        own.insert(0, "unverified")
    return tuple(own)

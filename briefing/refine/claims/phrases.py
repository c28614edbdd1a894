"""phrases: where the noun phrase before a verb begins and ends.

Theory: without a parser, a chunker over function words (Abney 1991, "Parsing by chunks"): a subject runs
back from its verb to the edge of the clause - a mark, a joint ("that", "while"), a relative or a finite
verb. A phrase that then opens with a preposition is an adverbial; its subject is the last phrase in it.
Appositions between commas belong to the phrase ("Taras Ovsienko, the governor,"), relative and participle
clauses do not. All function words come from the language file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefing.language import Language, cue_kind
from briefing.refine.claims.clause import (
    Word,
    among,
    is_adverb,
    is_content,
    is_edge,
    is_filler,
    is_participle,
    is_pronoun,
    is_since,
)

LONGEST = 16  # words: longer runs are clauses, not names
LONGEST_APPOSITION = 20
LONGEST_NAME = 6
DASHES = "-–—"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words [first, last] of a sentence; `whole`: it opens its clause."""

    first: int
    last: int
    whole: bool = True


def before(words: Sequence[Word], at: int, language: Language) -> Phrase | None:
    """The phrase that ends before a verb at index `at`, adverbs and auxiliaries apart."""
    last = _without(words, at - 1, language)
    if last < 0:
        return None
    if words[last].text == ",":
        return _before_apposition(words, last, language)
    if words[last].text in DASHES and is_edge(words, last, language):
        opened = next((k for k in range(last - 1, 0, -1) if words[k].text in DASHES), 0)
        return _left(words, opened - 1, language) if opened and not words[opened - 1].mark else None
    if words[last].mark and (words[last].text not in ")%'’" or words[last - 1].mark):
        return None  # two marks end a quotation: "'We stay,' said the mayor"
    if among(words[last], language, "joints", "conjunctions", "prepositions", "infinitive"):
        return None
    return _left(words, last, language)


def _without(words: Sequence[Word], last: int, language: Language) -> int:
    """The last word that is no adverb, auxiliary or time: the mayor in "the mayor on Tuesday also has"."""
    timed = False
    while last >= 0:
        word = words[last]
        timed = timed or among(word, language, "when")
        loose = among(word, language, "adverbs", "finite", "when") or is_adverb(word, language)
        loose = loose or is_since(words, last, language)
        if not loose and not (timed and among(word, language, "prepositions")):
            break
        last -= 1
    return last


def _before_apposition(words: Sequence[Word], comma: int, language: Language) -> Phrase | None:
    """The phrase that a comma closes: with its apposition, or without the clause between commas."""
    opened = _without_party(words, _comma_before(words, comma))
    if opened <= 0 or words[opened - 1].mark:
        return _named_apart(words, opened + 1, comma - 1)
    head = _left(words, opened - 1, language)
    if head is None:
        return None
    piece = words[_comma_before(words, comma) + 1 : comma]
    first = next((w.lower for w in piece if not is_adverb(w, language)), "")
    if is_apposition(piece, language) or first in language.grammar["relatives"]:
        return Phrase(_described(words, head, language), comma - 1, head.whole)
    aside = first in language.grammar["prepositions"] or is_participle(first, language)
    return Phrase(_described(words, head, language), head.last, head.whole) if aside else None


def _without_party(words: Sequence[Word], comma: int) -> int:
    """The comma before a member's party and state: "Rep. Ann Kos |, D-Ill., a farmer, said"."""
    at = comma - 2 if comma > 1 and words[comma - 1].text == "." else comma - 1
    tagged = at > 1 and words[at].text[1:2] == "-" and words[at].capital and words[at - 1].text == ","
    return at - 1 if tagged else comma


def _named_apart(words: Sequence[Word], first: int, last: int) -> Phrase | None:
    """A name between a quotation and a stray comma: "'We stay,' Kos, said."."""
    named = 0 <= last - first < LONGEST_NAME and all(w.capital for w in words[first : last + 1])
    return Phrase(first, last) if named else None


def _described(words: Sequence[Word], head: Phrase, language: Language) -> int:
    """Where a name begins whose apposition is described itself: "Iryna Kos, a teacher, who ..., said"."""
    comma = head.first - 1
    opens = among(words[head.first], language, "determiners") or language.roles.match(words[head.first].text)
    if comma < 1 or words[comma].text != "," or not opens:
        return head.first
    first = comma
    while first > 0 and words[first - 1].capital and comma - first < LONGEST_NAME:
        first -= 1
    alone = first == 0 or words[first - 1].mark
    return first if first < comma and alone and not is_filler(words[first], language) else head.first


def _comma_before(words: Sequence[Word], comma: int) -> int:
    return next((k for k in range(comma - 1, -1, -1) if words[k].text == ","), -1)


def is_apposition(piece: Sequence[Word], language: Language) -> bool:
    """Whether words between two commas describe the phrase before: a noun phrase without a finite verb."""
    if not piece:
        return False
    first = piece[0]
    if first.text[0].isdigit():
        return len(piece) == 1  # an age
    inner = next(
        (i for i, w in enumerate(piece) if i and among(w, language, "relatives", "joints")), len(piece)
    )
    if inner > LONGEST_APPOSITION:
        return False
    if among(first, language, "determiners", "possessives"):
        return not any(among(w, language, "finite") for w in piece[:inner])
    outside = ("prepositions", "joints", "relatives", "finite", "adverbs", "when", "conjunctions")
    if among(first, language, *outside) or is_pronoun(first, language):
        return False
    if is_participle(first.lower, language) or is_adverb(first, language):
        return False
    if first.capital and _tells(piece, language):
        return False  # "According to the army, Kos destroyed the bridge, ..."
    return not any(w.mark or among(w, language, "finite") for w in piece[:inner])


def _tells(piece: Sequence[Word], language: Language) -> bool:
    """Whether a name is followed by its verb."""
    verb = next((w for w in piece if not w.capital), None)
    return verb is not None and verb.lower.endswith(tuple(language.grammar["pasts"]) or "\0")


def _left(words: Sequence[Word], last: int, language: Language) -> Phrase | None:
    if is_pronoun(words[last], language):
        return Phrase(last, last, _opens(words, last, language))
    first = _run(words, last, last, language)
    if first > 1 and _is_clause(words[first - 1 : last + 1], language):  # "voters who backed him say"
        first = _run(words, first - 2, last, language)
        return Phrase(first, last, _opens(words, first, language))
    if (around := _before_relative(words, first, last, language)) is not None:
        return around
    first = _with_coordinated(words, first, last, language)
    while first < last and is_filler(words[first], language):
        first += 1
    for inner in range(last, first, -1):  # "an idea | the Pentagon rejected"
        doing = inner - 1 > first and words[inner - 1].lower.endswith(
            tuple(language.grammar["gerunds"]) or "\0"
        )
        apart = is_content(words[inner - 1], language) and not doing  # "the diplomat chairing the talks"
        if among(words[inner], language, "determiners") and apart:
            return Phrase(inner, last, whole=False)
    return _head(words, first, last, language)


def _run(words: Sequence[Word], first: int, last: int, language: Language) -> int:
    while first > 0 and last - first < LONGEST and not is_edge(words, first - 1, language):
        first -= 1
    return first


def _before_relative(words: Sequence[Word], first: int, last: int, language: Language) -> Phrase | None:
    """The subject whose relative clause ends right before the verb: "couples who have moved here | said"."""
    grammar, said = language.grammar, False
    for at in range(first - 1, max(last - LONGEST, 1) - 1, -1):
        if words[at].mark or among(words[at], language, "conjunctions"):
            return None
        if among(words[at], language, "relatives"):
            break
        if among(words[at], language, "joints"):
            return None
        said = said or bool(cue_kind(words[at].lower, language.code))
    else:
        return None
    joint = words[at].lower in grammar["joints"]  # "that" opens more than relative clauses
    if not is_content(words[at - 1], language) or (joint and (said or words[at - 1].capital)):
        return None
    if not _is_clause_of(words[at : last + 1], words[at - 1], language):
        return None
    start = _run(words, at - 1, at - 1, language)
    while start < at - 1 and is_filler(words[start], language):
        start += 1
    return Phrase(start, last, _opens(words, start, language)) if start < at else None


def _is_clause_of(piece: Sequence[Word], head: Word, language: Language) -> bool:
    """Whether words can be a relative clause of a noun, and no content: "the town that borders the lake"."""
    if len(piece) < 3 or cue_kind(head.lower, language.code):
        return False
    inner, joint = piece[1], piece[0].lower in language.grammar["joints"]
    subject = (
        among(inner, language, "determiners", "possessives") or inner.capital or is_pronoun(inner, language)
    )
    return not (joint and subject)


def _is_clause(piece: Sequence[Word], language: Language) -> bool:
    """Whether words are a relative clause with its verb; a relative alone is a subject."""
    grammar = language.grammar
    pasts = tuple(grammar["pasts"]) or "\0"
    return piece[0].lower in grammar["relatives"] - grammar["joints"] and any(
        w.lower.endswith(pasts) or w.lower in grammar["finite"] or cue_kind(w.lower, language.code)
        for w in piece[1:]
    )


def _with_coordinated(words: Sequence[Word], first: int, last: int, language: Language) -> int:
    """The beginning of a phrase of which the last part was found: "unions, farmers and | many mayors"."""
    grammar = language.grammar
    if first >= 2 and words[first - 1].text == ",":
        return _with_listed(words, first, last, language)
    if first < 2 or words[first - 1].lower not in grammar["conjunctions"]:
        return first
    at = first - 1
    while at > 0 and first - at < LONGEST:
        if words[at - 1].text != "," and is_edge(words, at - 1, language):
            break
        at -= 1
    run = [w for w in words[at : first - 1] if w.text != ","]
    begun = at <= 1 or words[at - 1].mark or among(words[at - 1], language, "joints")
    if not run or not begun or is_filler(words[at], language) or among(words[at], language, "prepositions"):
        return first
    if any(is_participle(w.lower, language) or cue_kind(w.lower, language.code) for w in run):
        return first
    return at


def _with_listed(words: Sequence[Word], first: int, last: int, language: Language) -> int:
    """The beginning of names of which the last two are joined: "the Food, | Farms and Rivers Office"."""
    if not any(among(word, language, "conjunctions") for word in words[first : last + 1]):
        return first
    at = first
    while at >= 2 and words[at - 1].text == "," and words[at - 2].capital:
        if words[at - 1].start > words[at - 2].end:
            break  # the comma stands for a quotation
        at -= 2
        while at > 0 and words[at - 1].capital and is_content(words[at - 1], language):
            at -= 1
        at -= at > 0 and among(words[at - 1], language, "articles")
        if among(words[at], language, "articles"):
            break
    begun = at == 0 or words[at - 1].mark or among(words[at - 1], language, "joints")
    return at if begun and not is_filler(words[at], language) else first


def _head(words: Sequence[Word], first: int, last: int, language: Language) -> Phrase:
    """The run itself; where it opens with a preposition or a participle, the last phrase in it."""
    whole = _opens(words, first, language)
    titled = first < last and language.roles.match(words[first + 1].text)  # "acting governor"
    named = first < last and words[first].capital and words[first + 1].capital  # "Lockheed Martin"
    if named and words[first].lower.endswith(tuple(language.grammar["gerunds"]) or "\0"):
        named = not cue_kind(words[first].lower, language.code)  # "Citing Reuters", but "Downing Street"
    loose = is_participle(words[first].lower, language) and not (titled or named)
    if not (loose or among(words[first], language, "prepositions")):
        return Phrase(first, last, whole)
    at = last
    while at > first + 1 and not _starts_phrase(words, at, language):
        at -= 1
    return Phrase(max(at, first + 1) if last > first else last, last, whole)


def _starts_phrase(words: Sequence[Word], at: int, language: Language) -> bool:
    word, earlier = words[at], words[at - 1]
    if among(earlier, language, "attached"):
        return False
    if among(word, language, "determiners", "possessives") or among(earlier, language, "when"):
        return True
    return word.capital and not earlier.capital and not language.roles.fullmatch(earlier.text)


def _opens(words: Sequence[Word], first: int, language: Language) -> bool:
    """Whether nothing of the clause stands before a word: the sentence begins there, or a mark is before."""
    if first == 0:
        return True
    earlier = words[first - 1]
    return earlier.mark or among(earlier, language, "conjunctions") or is_filler(earlier, language)

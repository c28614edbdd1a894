"""following: the noun phrase that begins behind an inverted verb or a preposition, and where it ends.

Theory: as in phrases, the other way round: it runs from its first word to the edge of the clause; the place
of an office ("officials in Kyiv") and appositions between commas belong to it, a count that ran into a
name does not ("according to the United Nations some 1,200 people").
"""

from __future__ import annotations

from collections.abc import Sequence

from briefing.language import Language
from briefing.refine.claims.clause import Word, among, is_adverb, is_edge, is_pronoun
from briefing.refine.claims.phrases import LONGEST, Phrase, is_apposition


def behind(words: Sequence[Word], at: int, language: Language, fronted: bool = False) -> Phrase | None:
    """The phrase that begins at index `at`, behind an inverted verb or a preposition, with its appositions.

    `fronted`: the rest of the sentence follows, so that an apposition must be closed by a comma.
    """
    if at >= len(words) or words[at].mark:
        return None
    if is_pronoun(words[at], language):
        return Phrase(at, at)
    last = at
    while last + 1 < len(words) and last - at < LONGEST and not _ends(words, last + 1, language):
        last += 1
    last = _with_place(words, last, language)
    return Phrase(at, _with_appositions(words, last, language, fronted))


def _with_place(words: Sequence[Word], last: int, language: Language) -> int:
    """The last word of a phrase with its place: "officials in Kyiv", "head of police in Novi Riky"."""
    at = last + 1
    if at + 1 >= len(words) or words[last].capital or not among(words[at], language, "places"):
        return last
    end = at
    while end + 1 < len(words) and words[end + 1].capital and not among(words[end + 1], language, "when"):
        end += 1
    closed = end + 1 >= len(words) or words[end + 1].mark
    return end if end > at and closed else last


def _ends(words: Sequence[Word], at: int, language: Language) -> bool:
    word = words[at]
    if words[at - 1].capital and (word.text[0].isdigit() or word.lower in language.grammar["counting"]):
        return True  # "according to the United Nations some 1,200 people"
    if among(word, language, "prepositions"):
        return not among(word, language, "attached")
    return is_edge(words, at, language) or among(word, language, "when") or is_adverb(word, language)


def _is_quoted(words: Sequence[Word], comma: int) -> bool:
    """Whether a comma stands for a quotation: it does not touch the word before."""
    return words[comma].start > words[comma - 1].end


def _with_appositions(words: Sequence[Word], last: int, language: Language, fronted: bool) -> int:
    at, first = last + 1, last
    while at < len(words) and words[at].text == "," and not (fronted and last > first):
        closed = next((k for k in range(at + 1, len(words)) if words[k].text in ",.;:—–"), len(words))
        piece = words[at + 1 : closed]
        if fronted and (closed >= len(words) or words[closed].text != "," or _is_quoted(words, closed)):
            break
        clause = bool(piece) and among(piece[0], language, "relatives")
        if not clause and not is_apposition(piece, language):
            break
        last, at = closed - 1, closed
    return last

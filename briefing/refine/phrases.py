"""phrases: the words of a sentence, and where the noun phrase before or behind a verb begins and ends.

Theory: without a parser, a chunker over function words (Abney 1991, "Parsing by chunks"): a subject runs
back from its verb to the edge of the clause - a mark, a joint ("that", "while"), a relative or a finite
verb. A phrase that then opens with a preposition is an adverbial; its subject is the last phrase in it.
Appositions between commas belong to the phrase ("Taras Ovsienko, the governor,"), relative and participle
clauses do not. All function words come from the language file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.language import Language

LONGEST = 16  # words: longer runs are clauses, not names
LONGEST_APPOSITION = 14

_TOKEN = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a mark of a sentence, with its place in it."""

    start: int
    end: int
    text: str
    lower: str

    @property
    def capital(self) -> bool:
        """Whether it opens with a capital letter."""
        return self.text[0].isupper()

    @property
    def mark(self) -> bool:
        """Whether it is a punctuation mark."""
        return not self.text[0].isalnum()


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words [first, last] of a sentence; `whole`: it opens its clause."""

    first: int
    last: int
    whole: bool = True


def words_of(text: str, language: Language) -> list[Word]:
    """The words and marks of a sentence; full stops of abbreviations and initials are left out."""
    found: list[Word] = []
    matches = list(_TOKEN.finditer(text))
    for index, match in enumerate(matches):
        piece = match.group()
        before = found[-1] if found else None
        short = before is not None and piece == "." and before.end == match.start()
        if short and index < len(matches) - 1 and before is not None and _is_short(before, language):
            continue
        found.append(Word(match.start(), match.end(), piece, piece.lower().replace("’", "'")))
    return found


def _is_short(word: Word, language: Language) -> bool:
    return word.lower in language.abbreviations or "." in word.text or (len(word.text) == 1 and word.capital)


def before(words: Sequence[Word], at: int, language: Language) -> Phrase | None:
    """The phrase that ends before a verb at index `at`, adverbs and auxiliaries apart."""
    last = _without(words, at - 1, language)
    if last < 0:
        return None
    if words[last].text == ",":
        return _before_apposition(words, last, language)
    if words[last].mark and words[last].text not in ")%'’":
        return None
    return _left(words, last, language)


def _without(words: Sequence[Word], last: int, language: Language) -> int:
    """The index of the last word that is no adverb, auxiliary or time; "Trump on Tuesday also has" -> Trump."""
    grammar = language.grammar
    while last >= 0 and (
        words[last].lower in grammar["adverbs"]
        or words[last].lower in grammar["finite"]
        or words[last].lower in grammar["when"]
        or _is_adverb(words[last], language)
    ):
        last -= 1
    return last


def _is_adverb(word: Word, language: Language) -> bool:
    endings = tuple(language.grammar["adverb_endings"])
    return bool(endings) and word.lower.endswith(endings) and not word.capital and len(word.lower) > 4


def _before_apposition(words: Sequence[Word], comma: int, language: Language) -> Phrase | None:
    """The phrase that a comma closes: with its apposition, or without the clause between commas."""
    opened = _comma_before(words, comma)
    if opened <= 0 or words[opened - 1].mark:
        return None
    head = _left(words, opened - 1, language)
    if head is None:
        return None
    if is_apposition(words[opened + 1 : comma], language):
        return Phrase(head.first, comma - 1, head.whole)
    first = words[opened + 1].lower if opened + 1 < comma else ""
    aside = first in language.grammar["relatives"] or first in language.grammar["prepositions"]
    return head if aside or _is_participle(first, language) else None


def _is_participle(word: str, language: Language) -> bool:
    return word.endswith(tuple(language.grammar["gerunds"] | language.grammar["pasts"]) or "\0")


def _comma_before(words: Sequence[Word], comma: int) -> int:
    return next((k for k in range(comma - 1, -1, -1) if words[k].text == ","), -1)


def is_apposition(piece: Sequence[Word], language: Language) -> bool:
    """Whether the words between two commas describe the phrase before: a noun phrase without a finite verb."""
    grammar = language.grammar
    if not piece or len(piece) > LONGEST_APPOSITION:
        return False
    first = piece[0].lower
    if first in grammar["determiners"] or first in grammar["possessives"]:
        return not any(w.lower in grammar["finite"] or w.lower in grammar["joints"] for w in piece)
    outside = ("prepositions", "joints", "relatives", "finite", "adverbs", "when", "conjunctions")
    if any(first in grammar[name] for name in outside) or language.pronouns.fullmatch(first):
        return False
    if _is_participle(first, language) or _is_adverb(piece[0], language):
        return False
    return not any(w.lower in grammar["finite"] or w.mark for w in piece)


def _left(words: Sequence[Word], last: int, language: Language) -> Phrase | None:
    if is_pronoun(words[last], language):
        return Phrase(last, last, _opens(words, last, language))
    first = last
    while first > 0 and last - first < LONGEST and not _is_edge(words, first - 1, language):
        first -= 1
    while first < last and _is_filler(words[first], language):
        first += 1
    return _head(words, first, last, language)


def _is_edge(words: Sequence[Word], at: int, language: Language) -> bool:
    word, grammar = words[at], language.grammar
    if word.lower in grammar["conjunctions"]:
        beside = words[max(at - 1, 0)], words[min(at + 1, len(words) - 1)]
        return not all(w.capital for w in beside)
    if word.mark:
        return word.text not in "()%$'’-/"
    if word.lower in grammar["joints"] or word.lower in grammar["relatives"]:
        return True
    if word.lower in grammar["finite"] or is_pronoun(word, language):
        return True
    return bool(language.claims["verbs"].fullmatch(word.text)) and not word.capital


def _is_filler(word: Word, language: Language) -> bool:
    """What opens a clause before its subject: "Meanwhile", "on Tuesday", "also"."""
    grammar = language.grammar
    return (
        word.lower in grammar["when"]
        or word.lower in grammar["adverbs"] - grammar["determiners"]
        or _is_adverb(word, language)
        or bool(language.connectives.fullmatch(word.text))
        or word.mark
    )


def _head(words: Sequence[Word], first: int, last: int, language: Language) -> Phrase:
    """The run itself; where it opens with a preposition or a participle, the last phrase in it."""
    grammar = language.grammar
    opening = words[first]
    whole = _opens(words, first, language)
    if not (opening.lower in grammar["prepositions"] or _is_participle(opening.lower, language)):
        return Phrase(first, last, whole)
    at = last
    while at > first + 1 and not _starts_phrase(words, at, language):
        at -= 1
    return Phrase(max(at, first + 1) if last > first else last, last, whole)


def _starts_phrase(words: Sequence[Word], at: int, language: Language) -> bool:
    grammar, word, earlier = language.grammar, words[at], words[at - 1]
    if earlier.lower in grammar["attached"]:
        return False
    if word.lower in grammar["determiners"] or word.lower in grammar["possessives"]:
        return True
    return (word.capital and not earlier.capital) or earlier.lower in grammar["when"]


def _opens(words: Sequence[Word], first: int, language: Language) -> bool:
    """Whether nothing of the clause stands before a word: the sentence begins there, or a mark or joint is before."""
    if first == 0:
        return True
    earlier = words[first - 1]
    return earlier.mark or earlier.lower in language.grammar["conjunctions"] or _is_filler(earlier, language)


def is_pronoun(word: Word, language: Language) -> bool:
    """Whether a word is a pronoun that can be a subject; "US" is none."""
    return bool(language.pronouns.fullmatch(word.text)) and (not word.text.isupper() or len(word.text) == 1)


def behind(words: Sequence[Word], at: int, language: Language) -> Phrase | None:
    """The phrase that begins at index `at`, behind an inverted verb or a preposition, with its appositions."""
    if at >= len(words) or words[at].mark:
        return None
    if is_pronoun(words[at], language):
        return Phrase(at, at)
    last = at
    while last + 1 < len(words) and last - at < LONGEST and not _ends(words, last + 1, language):
        last += 1
    return Phrase(at, _with_appositions(words, last, language))


def _ends(words: Sequence[Word], at: int, language: Language) -> bool:
    word, grammar = words[at], language.grammar
    if word.lower in grammar["prepositions"]:
        return word.lower not in grammar["attached"]
    return _is_edge(words, at, language) or word.lower in grammar["when"] or _is_adverb(word, language)


def _with_appositions(words: Sequence[Word], last: int, language: Language) -> int:
    at = last + 1
    while at < len(words) and words[at].text == ",":
        closed = next((k for k in range(at + 1, len(words)) if words[k].text in ",.;:—–"), len(words))
        if not is_apposition(words[at + 1 : closed], language):
            break
        last, at = closed - 1, closed
    return last

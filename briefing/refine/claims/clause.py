"""clause: the words and marks of a sentence, and which of them can stand where.

Theory: function words are few and frequent and tell more about a clause than all the others; so without a
tagger every question here is asked of the lists in the language file, of endings, and of capitals.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from briefing.language import NEVER, Language

_TOKEN = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+(?:[-'’´./][^\W_]+)*|[^\w\s]")
_APOSTROPHES = str.maketrans("’´", "''")


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
        return not self.text[-1].isalnum()


def words_of(text: str, language: Language) -> list[Word]:
    """The words and marks of a sentence; full stops of abbreviations belong to them."""
    found: list[Word] = []
    matches = list(_TOKEN.finditer(text))
    for index, match in enumerate(matches):
        piece = match.group()
        before = found[-1] if found else None
        short = before is not None and piece == "." and before.end == match.start()
        if short and index < len(matches) - 1 and before is not None and _is_short(before, language):
            found[-1] = replace(before, end=match.end())
            continue
        found.extend(_split(match.start(), piece, language))
    return _joined(text, found, language)


def _joined(text: str, words: Sequence[Word], language: Language) -> list[Word]:
    """The words, a verb of several as one: French "a dit", Catalan "va dir"."""
    runs = [m.span() for m in language.claims.get("verbs", NEVER).finditer(text) if " " in m.group()]
    if not runs:
        return list(words)
    found: list[Word] = []
    for word in words:
        run = next((r for r in runs if r[0] <= word.start and word.end <= r[1]), None)
        if run is None:
            found.append(word)
        elif word.start == run[0]:
            verb = text[run[0] : run[1]]
            found.append(Word(*run, verb, " ".join(verb.lower().split())))
    return found


def _split(start: int, piece: str, language: Language) -> tuple[Word, ...]:
    """A word; a pronoun and what has been contracted with it are two: "he's"."""
    lower = piece.lower().translate(_APOSTROPHES)
    stem, mark, _ = lower.partition("'")
    if mark and language.pronouns.fullmatch(stem):
        at = len(stem)
        return (
            Word(start, start + at, piece[:at], stem),
            Word(start + at, start + len(piece), piece[at:], lower[at:]),
        )
    return (Word(start, start + len(piece), piece, lower),)


def _is_short(word: Word, language: Language) -> bool:
    return word.lower in language.abbreviations or "." in word.text or (len(word.text) == 1 and word.capital)


def is_pronoun(word: Word, language: Language) -> bool:
    """Whether a word is a pronoun that can be a subject; "US" is none."""
    if word.lower in language.grammar["articles"]:
        return False  # German "der", in front of its noun
    return bool(language.pronouns.fullmatch(word.text)) and (not word.text.isupper() or len(word.text) == 1)


def is_adverb(word: Word, language: Language) -> bool:
    """Whether a word ends like an adverb: "roundly"."""
    endings = tuple(language.grammar["adverb_endings"])
    if word.lower in language.grammar["not_adverbs"]:
        return False
    return bool(endings) and word.lower.endswith(endings) and not word.capital and len(word.lower) > 4


def is_since(words: Sequence[Word], at: int, language: Language) -> bool:
    """Whether a joint stands between an auxiliary and its verb: "has since admitted"."""
    return at > 0 and among(words[at], language, "joints") and among(words[at - 1], language, "finite")


def is_participle(word: str, language: Language) -> bool:
    """Whether a word ends like a participle: "facing", "backed"."""
    return word.endswith(tuple(language.grammar["gerunds"] | language.grammar["pasts"]) or "\0")


def is_edge(words: Sequence[Word], at: int, language: Language) -> bool:
    """Whether a subject cannot run over a word: a mark, a joint, a verb, an "and" that joins no names."""
    word = words[at]
    if among(word, language, "conjunctions"):
        beside = words[max(at - 1, 0)], words[min(at + 1, len(words) - 1)]
        return not all(w.capital for w in beside)
    if word.text == "-" and 0 < at < len(words) - 1:  # a dash, and no hyphen
        apart = words[at - 1].end < word.start and word.end < words[at + 1].start
        return apart or "-" in (words[at - 1].text, words[at + 1].text)
    if word.mark:
        return word.text not in "()%$'’-/"
    if among(word, language, "joints", "relatives", "finite") or is_pronoun(word, language):
        return True
    return bool(language.claims.get("verbs", NEVER).fullmatch(word.text)) and not word.capital


def is_filler(word: Word, language: Language) -> bool:
    """Whether a word opens a clause before its subject: "Meanwhile", "on Tuesday", "also"."""
    grammar = language.grammar
    return (
        word.lower in grammar["when"]
        or word.lower in grammar["adverbs"] - grammar["determiners"]
        or is_adverb(word, language)
        or bool(language.connectives.fullmatch(word.text))
        or word.mark
    )


def is_content(word: Word, language: Language) -> bool:
    """Whether a word can end a phrase: no preposition, determiner, conjunction or mark."""
    lists = ("prepositions", "attached", "determiners", "possessives", "conjunctions", "when")
    return not word.mark and not among(word, language, *lists)


def among(word: Word, language: Language, *lists: str) -> bool:
    """Whether a word stands in any of these lists of function words."""
    return any(word.lower in language.grammar[name] for name in lists)

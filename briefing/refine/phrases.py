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

from briefing.language import NEVER, Language, cue_kind

LONGEST = 16  # words: longer runs are clauses, not names
LONGEST_APPOSITION = 20

_TOKEN = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+(?:[-'’./][^\W_]+)*|[^\w\s]")


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
        found.extend(_split(match.start(), piece, language))
    return found


def _split(start: int, piece: str, language: Language) -> tuple[Word, ...]:
    """A word; a pronoun and what has been contracted with it are two: "he's"."""
    lower = piece.lower().replace("’", "'")
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


def before(words: Sequence[Word], at: int, language: Language) -> Phrase | None:
    """The phrase that ends before a verb at index `at`, adverbs and auxiliaries apart."""
    last = _without(words, at - 1, language)
    if last < 0:
        return None
    if words[last].text == ",":
        return _before_apposition(words, last, language)
    if words[last].mark and words[last].text not in ")%'’":
        return None
    if any(words[last].lower in language.grammar[n] for n in ("joints", "conjunctions", "prepositions", "infinitive")):
        return None
    return _left(words, last, language)


def _without(words: Sequence[Word], last: int, language: Language) -> int:
    """The index of the last word that is no adverb, auxiliary or time; "Trump on Tuesday also has" -> Trump."""
    grammar = language.grammar
    timed = False
    while last >= 0:
        word = words[last].lower
        timed = timed or word in grammar["when"]
        loose = any(word in grammar[name] for name in ("adverbs", "finite", "when"))
        if not loose and not _is_adverb(words[last], language) and not (timed and word in grammar["prepositions"]):
            break
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
    piece = words[opened + 1 : comma]
    first = next((w.lower for w in piece if not _is_adverb(w, language)), "")
    if is_apposition(piece, language) or first in language.grammar["relatives"]:
        return Phrase(_described(words, head, language).first, comma - 1, head.whole)
    aside = first in language.grammar["prepositions"] or _is_participle(first, language)
    return head if aside else None


def _described(words: Sequence[Word], head: Phrase, language: Language) -> Phrase:
    """What an apposition describes that is described itself: "Iryna Kos, a teacher, who ..., said"."""
    at = head.first - 1
    if at < 1 or words[at].text != "," or not is_apposition(words[head.first : head.last + 1], language):
        return head
    further = _left(words, at - 1, language) if not words[at - 1].mark else None
    named = further is not None and further.whole and words[further.first].capital
    return further if further and named and not _is_filler(words[at - 1], language) else head


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
    if first[0].isdigit():
        return len(piece) == 1  # an age
    if first in grammar["determiners"] or first in grammar["possessives"]:
        inner = next((i for i, w in enumerate(piece) if w.lower in grammar["relatives"]), len(piece))
        return not any(w.lower in grammar["finite"] or w.lower in grammar["joints"] for w in piece[:inner])
    outside = ("prepositions", "joints", "relatives", "finite", "adverbs", "when", "conjunctions")
    if any(first in grammar[name] for name in outside) or language.pronouns.fullmatch(first):
        return False
    if _is_participle(first, language) or _is_adverb(piece[0], language):
        return False
    return not any(w.lower in grammar["finite"] or w.mark for w in piece)


def _left(words: Sequence[Word], last: int, language: Language) -> Phrase | None:
    if is_pronoun(words[last], language):
        return Phrase(last, last, _opens(words, last, language))
    first = _run(words, last, last, language)
    if first > 1 and _is_clause(words[first - 1 : last + 1], language):  # "voters who backed him say"
        first = _run(words, first - 2, last, language)
    first = _with_coordinated(words, first, language)
    while first < last and _is_filler(words[first], language):
        first += 1
    for inner in range(last, first, -1):  # "an idea | the Pentagon rejected"
        if words[inner].lower in language.grammar["determiners"] and _is_content(words[inner - 1], language):
            return Phrase(inner, last, whole=False)
    return _head(words, first, last, language)


def _run(words: Sequence[Word], first: int, last: int, language: Language) -> int:
    while first > 0 and last - first < LONGEST and not _is_edge(words, first - 1, language):
        first -= 1
    return first


def _is_clause(piece: Sequence[Word], language: Language) -> bool:
    """Whether words are a relative clause with its verb; a relative alone is a subject."""
    grammar = language.grammar
    pasts = tuple(grammar["pasts"]) or "\0"
    return piece[0].lower in grammar["relatives"] - grammar["joints"] and any(
        w.lower.endswith(pasts) or w.lower in grammar["finite"] or cue_kind(w.lower, language.code)
        for w in piece[1:]
    )


def _with_coordinated(words: Sequence[Word], first: int, language: Language) -> int:
    """The beginning of a phrase of which the last part was found: "unions, farmers and | many mayors"."""
    grammar = language.grammar
    if first < 2 or words[first - 1].lower not in grammar["conjunctions"]:
        return first
    at = first - 1
    while at > 0 and first - at < LONGEST and (words[at - 1].text == "," or not _is_edge(words, at - 1, language)):
        at -= 1
    run = [w for w in words[at : first - 1] if w.text != ","]
    verbal = tuple(grammar["pasts"] | grammar["gerunds"]) or "\0"
    if not run or _is_filler(words[at], language) or words[at].lower in grammar["prepositions"]:
        return first
    if any(w.lower.endswith(verbal) or cue_kind(w.lower, language.code) for w in run):
        return first
    return at


def _is_content(word: Word, language: Language) -> bool:
    """A word that can end a phrase: no preposition, determiner, conjunction or mark."""
    names = ("prepositions", "attached", "determiners", "possessives", "conjunctions", "when")
    return not word.mark and not any(word.lower in language.grammar[name] for name in names)


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
    return bool(language.claims.get("verbs", NEVER).fullmatch(word.text)) and not word.capital


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
    return Phrase(at, _with_appositions(words, last, language, fronted))


def _ends(words: Sequence[Word], at: int, language: Language) -> bool:
    word, grammar = words[at], language.grammar
    if word.lower in grammar["prepositions"]:
        return word.lower not in grammar["attached"]
    return _is_edge(words, at, language) or word.lower in grammar["when"] or _is_adverb(word, language)


def _with_appositions(words: Sequence[Word], last: int, language: Language, fronted: bool) -> int:
    at = last + 1
    while at < len(words) and words[at].text == ",":
        closed = next((k for k in range(at + 1, len(words)) if words[k].text in ",.;:—–"), len(words))
        piece = words[at + 1 : closed]
        if fronted and (closed >= len(words) or words[closed].text != ","):
            break
        clause = bool(piece) and piece[0].lower in language.grammar["relatives"]
        if not clause and not is_apposition(piece, language):
            break
        last, at = closed - 1, closed
    return last

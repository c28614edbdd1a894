"""voices: who says what in a sentence, or in each clause of one. Read by the patterns of disputes.

Requirement: a side of a dispute is the verbatim span of a speaker whom that span names.

Theory: a sentence that gives two speakers their say is cut at the mark between the clauses ("; Moscow
denied it", ", while Kyiv blamed ...", ", a claim that Moscow rejected"), where each half names a speaker of
its own who governs it. What cannot be cut so stays whole, and its speaker is the one who governs it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from briefing.language import NEVER, QUOTED, Language, language, names, stems
from briefing.model import Article, Claim, Hedge, Reading, Sentence, Statement
from briefing.refine.bygone import is_background
from briefing.refine.claims import FARTHEST, claim, flags_of
from briefing.refine.claims.attribution import attributions
from briefing.refine.claims.kinds import kind_of

FEWEST = 2  # words of a clause: "Moscow denied"
LONGEST = 70  # words of a side: longer ones are no sentence, or tell too much at once
OPENING = 40  # characters of the second clause in which its speaker begins

_PARTS = re.compile(r",\s|;\s|\s[–—-]\s")
_MARK = re.compile(r"\s?[,;–—]\s+|\s-\s+")


@dataclass(frozen=True, slots=True)
class Voice:
    """What one speaker says in one span. Made and read by disputes."""

    statement: Statement
    sentence: Sentence  # in which the span stands
    code: str
    side: str  # of the language file's sides, "" where the speaker is of none

    @property
    def text(self) -> str:
        """The span."""
        return self.statement.text

    @property
    def speaker(self) -> str:
        """Who speaks, as the text names them."""
        return self.statement.claim.source


def listed(words: Language, name: str) -> re.Pattern[str]:
    """A list of the language file's disputes; one that matches nothing where the file has none."""
    return words.disputes.get(name, NEVER)


def voice(reading: Reading, sentence: Sentence) -> Voice | None:
    """The speaker who governs a sentence, or one of its clauses; None where nobody is named."""
    article, words = reading.article, language(reading.article.language)
    following = reading.sentences[sentence.index + 1 : sentence.index + 1 + FARTHEST]
    claimed, held = claim(sentence, article, following)
    if not claimed.source:
        claimed = _judging(sentence, article, words) or claimed
    named = claimed.source and not _is_anybody(claimed.source, words)
    return spoken(reading, sentence, claimed, held) if named else None


def _is_anybody(source: str, words: Language) -> bool:
    """ "The official": a role that only another sentence makes somebody's."""
    first, _, rest = source.partition(" ")
    return first.lower() in words.grammar["articles"] and rest == rest.lower()


def spoken(reading: Reading, sentence: Sentence, claimed: Claim, held: tuple[Hedge, ...]) -> Voice | None:
    """A sentence, or a clause of one, as what a speaker says; None where it is too short or too long."""
    if not FEWEST <= len(sentence.text.split()) <= LONGEST:
        return None
    flags = flags_of(held)
    if sentence.start > reading.sentences[sentence.index].start:
        flags = (*flags, "clipped")
    said = Statement(sentence.text, reading.article.id, sentence.start, sentence.end, claimed, flags, held)
    side = _side(claimed, language(reading.article.language))
    return Voice(said, reading.sentences[sentence.index], reading.article.language, side)


def _side(claimed: Claim, words: Language) -> str:
    """The side of a speaker: of the kind, or of the one country that an unknown speaker opens with."""
    kind = claimed.kind
    if kind == "other":
        opens = re.sub(r"^(?:[Tt]he|[Aa]n?)\s", "", claimed.source)
        kind = next(
            (k for k, lands in words.lands.items() if k in words.nations and lands.match(opens)), kind
        )
    return next((side for side, kinds in words.sides.items() if kind in kinds), "")


def _judging(sentence: Sentence, article: Article, words: Language) -> Claim | None:
    """The claim of who judges and accuses: "The mayor denounced the strike, accusing the army of it"."""
    if not listed(words, "blames").search(sentence.text):
        return None
    found = attributions(article.text, sentence.start, sentence.end, article.language)
    for one in found:
        if one.source and one.main and one.kind in ("says", "judges"):
            source = article.text[one.source.start : one.source.end]
            kind = kind_of(source, article, words)
            named = kind not in ("other", "none named") and not words.pronouns.fullmatch(source)
            return Claim(source, article.text[one.cue.start : one.cue.end], kind) if named else None
    return None


def clauses(reading: Reading, sentence: Sentence) -> Iterator[tuple[Voice, Voice]]:
    """The two halves of a sentence, each with a speaker of its own, wherever it can be cut so."""
    words = language(reading.article.language)
    for mark in _MARK.finditer(_masked(sentence.text)):
        first = voice(reading, _part(sentence, 0, mark.start()))
        begins = mark.end()
        joint = listed(words, "joints").match(sentence.text, begins)
        begins = joint.end() + 1 if joint else begins
        second = _second(reading, sentence, begins, words)
        if first and second and not _shared_speaker(first, second):
            yield first, second


def _second(reading: Reading, sentence: Sentence, begins: int, words: Language) -> Voice | None:
    """The voice of a second half; one that takes the first up ("a claim that ...") keeps these words."""
    taken_up = listed(words, "taken_up").match(sentence.text, begins)
    spoken = taken_up.end() + 1 if taken_up else begins
    if spoken >= len(sentence.text):
        return None
    found = voice(reading, _part(sentence, spoken, len(sentence.text)))
    if not found or not 0 <= found.text.find(found.speaker.split(",")[0].split()[-1]) <= OPENING:
        return None
    whole = _part(sentence, begins, len(sentence.text))
    return replace(found, statement=replace(found.statement, text=whole.text, start=whole.start))


def _part(sentence: Sentence, start: int, end: int) -> Sentence:
    return replace(
        sentence, start=sentence.start + start, end=sentence.start + end, text=sentence.text[start:end]
    )


def _masked(text: str) -> str:
    """A text without its quotations, each character at its place."""
    return QUOTED.sub(lambda m: "·" * len(m.group()), text)


def _shared_speaker(a: Voice, b: Voice) -> bool:
    return bool(set(stems(a.speaker, a.code)) & set(stems(b.speaker, b.code)))


def is_told_before(one: Voice, since: date | None) -> bool:
    """Whether a span tells an old dispute as background."""
    words = language(one.code)
    if listed(words, "bygone").search(one.text) or listed(words, "then").match(one.text):
        return True
    return since is not None and is_background(one.text, one.code, since)


def is_set_before(one: Voice, before: str, since: date) -> bool:
    """Whether a span points back at an old time or place: "In March ... the hospital. There, three died".

    Any part of the sentence before may tell that time, however deep it is nested.
    """
    if not listed(language(one.code), "there").match(one.text):
        return False
    return any(is_background(part, one.code, since) for part in _PARTS.split(before))


def is_habit(one: Voice) -> bool:
    """Whether a span is told as what is said whenever it is asked: "denies"."""
    return bool(listed(language(one.code), "standing").fullmatch(one.statement.claim.cue))


def is_standing(one: Voice) -> bool:
    """Whether a span is told as what stands: "has denied" or "denies", not "denied"."""
    if is_habit(one):
        return True
    words, cue = language(one.code), one.statement.claim.cue
    if listed(words, "progressive").fullmatch(cue):
        return False  # "is denying": now
    before = one.text[: max(one.text.find(f" {cue}"), 0)].split()[-2:]
    return any(listed(words, "perfect").fullmatch(word.lower()) for word in before)


@lru_cache(maxsize=50_000)
def content(text: str, code: str) -> frozenset[str]:
    """The stems of a text, countries, offices and words of speech apart: what it is about."""
    words = language(code)
    kept = text
    for pattern in (*words.nations.values(), *words.lands.values(), *words.speakers.values()):
        kept = pattern.sub(" ", kept)
    kept = words.claims.get("verbs", NEVER).sub(" ", kept)
    for name in ("denies", "rejects", "contents", "blames"):
        kept = listed(words, name).sub(" ", kept)
    return frozenset(stems(kept, code))


def about(one: Voice) -> frozenset[str]:
    """What a voice speaks about: the content of its span without its speaker."""
    return content(one.text, one.code) - frozenset(stems(one.speaker, one.code))


def things(one: Voice) -> frozenset[str]:
    """What a voice speaks about without the deeds: every night has its strikes."""
    deeds = listed(language(one.code), "deeds").findall(one.text)
    return about(one) - frozenset(stems(" ".join(deeds), one.code))


def named_alike(a: Voice, b: Voice) -> bool:
    """Whether two voices speak of one name, their speakers and the countries apart."""
    both = about(a) & about(b)
    return any(set(stems(name, v.code)) & both for v in (a, b) for name in names(f"· {v.text}"))


def mentions(text: str, kind: str, code: str) -> bool:
    """Whether a text names a side of the war itself, by its state, people, capital or leaders."""
    words = language(code)
    if found := words.disputes.get(kind):
        return bool(found.search(text) or words.speakers.get(kind, NEVER).search(text))
    return any(p is not None and p.search(text) for p in (words.nations.get(kind), words.lands.get(kind)))


def opposed(a: Voice, b: Voice) -> bool:
    """Whether two speakers stand on two sides."""
    return bool(a.side and b.side and a.side != b.side)

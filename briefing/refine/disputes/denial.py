"""denial: what one side says, another calls untrue. A pattern of disputes.

Theory: a denial repeats what it denies, or points back at it ("denied the claim", "denied responsibility").
So the claim stands in the clause before it, in one of the `NEAR` sentences before it, or, where the denial
repeats at least `REPEATED` of its words, anywhere in the article by a speaker of the other side; a deed that
is denied may be charged anywhere in the story. Who denies is spoken of in the claim: nobody denies what is
said of others, unless "denied this" stands right behind it. A speaker of no side ("reports suggested")
can be denied by the person of whom they tell, and by nobody else.

Rejected: a denial without a claimant (nobody in the story said it); the sentence after the denial
(half of them answer something else); words repeated from another article (the same town, another day);
refusals ("denied access", "rejected the offer").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from briefing.language import Language, language, names, stems
from briefing.model import Reading, Sentence
from briefing.refine.disputes.blame import are_of_one_event, charge, charges, told_alike
from briefing.refine.disputes.person import person
from briefing.refine.disputes.scene import Pair, Scene
from briefing.refine.disputes.voices import (
    Voice,
    about,
    clauses,
    content,
    listed,
    mentions,
    named_alike,
    opposed,
    voice,
)

NEAR = 2  # sentences before a denial in which the claim stands that it points back at
REPEATED = 0.5  # of what is denied, in a claim elsewhere
FEWEST = 2  # stems of it
TOUCHED = 0.3  # of what is denied, in a claim right before it
PARTIES = ("Russian official", "occupation authority", "Ukrainian official")
OBJECT = 60  # characters behind a verb in which its object stands

_END = re.compile(r"[.;:–—]|,\s(?:and|but|while|saying|adding|accusing|calling|claiming|insisting|as)\b")
_BEFORE = re.compile(r"(\w+['’]?\w*)\W+$")


@dataclass(frozen=True, slots=True)
class Denial:
    """A voice that denies, and what it denies. `back`: it points at what was said before it."""

    voice: Voice
    denied: str
    back: bool
    charged: bool  # it denies a deed, so that the claim must lay one to the speaker's side


def denials(scene: Scene) -> Iterator[Pair]:
    """Each claim of a story with its denial, the claim first."""
    for reading, sentence in scene.sentences:
        if not _may_deny(sentence.text, language(reading.article.language)):
            continue
        inside = list(_inside(reading, sentence))
        yield from inside
        if inside:
            continue
        whole = voice(reading, sentence) or person(reading, sentence)
        denial = whole and _denial(whole)
        if denial:
            if not denial.denied.strip(' .,"”»'):
                continue  # "something that Moscow has denied": what it points at stands in its own sentence
            yield from _before(denial, reading)
            yield from _charged(denial, reading, scene) if denial.charged else _elsewhere(denial, reading)


def _may_deny(text: str, words: Language) -> bool:
    return any(listed(words, name).search(text) for name in ("denies", "rejects", "untrue"))


def _denial(one: Voice) -> Denial | None:
    """What a voice denies; None where it denies nothing, or refuses."""
    words = language(one.code)
    denies, rejects = listed(words, "denies"), listed(words, "rejects")
    cue = one.statement.claim.cue
    for found in denies.finditer(one.text):
        if denies.fullmatch(cue) and not is_passive(one.text, found.start(), words):
            denied = object_of(one.text, found.end())
            refuses = listed(words, "refusals").search(denied[:OBJECT])
            if (refuses and not _is_back(denied, words)) or _is_general(denied, words):
                return None
            return _of(one, denied, words)
    for found in rejects.finditer(one.text):
        denied = object_of(one.text, found.end())
        if rejects.fullmatch(cue) and _is_untrue(denied, found.group(), words):
            back = _is_back(denied, words) or len(content(denied, one.code)) < FEWEST
            return Denial(one, denied, back, charged=False)
    untrue = listed(words, "untrue").search(one.text)
    back = bool(listed(words, "none").search(one.text))
    return Denial(one, one.text, back=back, charged=False) if untrue and _speaks(one, words) else None


def _is_general(denied: str, words: Language) -> bool:
    """Whether a denial is one of every day, and of no event that it names."""
    return bool(listed(words, "general").search(denied)) and not listed(words, "event").search(denied)


def _of(one: Voice, denied: str, words: Language) -> Denial:
    back = _is_back(denied, words) or not denied.strip(' .,"”»')
    charged = bool(listed(words, "own").match(denied) or listed(words, "deeds").match(denied))
    return Denial(one, denied, back, charged)


def _is_third(one: Voice) -> bool:
    """Whether a speaker is of none of the parties: the kind's members do not speak for each other."""
    return one.statement.claim.kind not in PARTIES


def _speaks(one: Voice, words: Language) -> bool:
    cue = one.statement.claim.cue
    return not listed(words, "rejects").fullmatch(cue) and not listed(words, "blames").fullmatch(cue)


def _is_untrue(denied: str, verb: str, words: Language) -> bool:
    """Whether a verb that also refuses has something as its object that was said."""
    if listed(words, "nots").search(denied[: 2 * OBJECT]):
        return True
    said = listed(words, "contents").search(denied[:OBJECT])
    describes = re.compile(r"(?:describe|call)", re.IGNORECASE).match(verb)
    return bool(said) and not describes


def object_of(text: str, at: int) -> str:
    """What is denied: from behind the verb to where its clause ends."""
    found = _END.search(text, at)
    return text[at : found.start() if found else len(text)].strip()


def _is_back(denied: str, words: Language) -> bool:
    return bool(listed(words, "back").match(denied))


def is_passive(text: str, at: int, words: Language) -> bool:
    """Whether a verb at a character of a text is done to its subject, or negated."""
    near = _BEFORE.search(text[:at])
    if near and listed(words, "progressive").match(text, at) and listed(words, "be").fullmatch(near.group(1)):
        return False  # "is denying"
    return bool(near and listed(words, "passive").fullmatch(near.group(1)))


def _inside(reading: Reading, sentence: Sentence) -> Iterator[Pair]:
    """The claim and its denial in one sentence."""
    for first, second in clauses(reading, sentence):
        denial = _denial(second)
        if not denial or not _states(first) or _is_own(first, denial.voice):
            continue
        taken_up = listed(language(first.code), "taken_up").match(second.text)
        answers = _is_of_others(first, denial)
        if taken_up or (answers and _speaks_of(first, second) and (denial.back or _touch(first, denial))):
            yield Pair("denial", first, second, near=True)
            return


def _before(denial: Denial, reading: Reading) -> Iterator[Pair]:
    """The claim in a sentence before its denial."""
    at = denial.voice.sentence.index
    for sentence in reversed(reading.sentences[max(at - NEAR, 0) : at]):
        said = voice(reading, sentence)
        beside = sentence.index == at - 1
        if said and _states(said) and (_is_answer(said, denial) or (beside and _is_taken_up(said, denial))):
            if _touch(said, denial) or (beside and _is_plain(said, denial)):
                yield Pair("denial", said, denial.voice, near=True)
                return
        elif said and denial.back and not _touch(said, denial):
            return  # it points at this one


def _is_taken_up(said: Voice, denial: Denial) -> bool:
    """ "The general denied this", right behind what the other side said: nothing else is meant."""
    anaphor = denial.back and not denial.charged and len(content(denial.denied, said.code)) < FEWEST
    return anaphor and opposed(said, denial.voice) and _is_of_others(said, denial)


def _is_plain(said: Voice, denial: Denial) -> bool:
    """Whether a denial right behind a claim answers it: it points back, or speaks of the same."""
    same = opposed(said, denial.voice) and about(said) & about(denial.voice)
    return denial.back or denial.charged or bool(same)


def _elsewhere(denial: Denial, reading: Reading) -> Iterator[Pair]:
    """The claim anywhere in the article, whose words the denial repeats."""
    denied = content(denial.denied, denial.voice.code)
    if len(denied) < FEWEST:
        return
    best: tuple[float, Voice] | None = None
    for sentence in reading.sentences:
        common = denied & content(sentence.text, denial.voice.code)
        share = len(common) / len(denied)
        if len(common) < FEWEST or share < REPEATED or (best and share <= best[0]):
            continue
        said = voice(reading, sentence)
        answered = said and _states(said) and opposed(said, denial.voice) and _is_answer(said, denial)
        if said and answered and named_alike(said, denial.voice):
            best = share, said
    if best:
        yield Pair("denial", best[1], denial.voice, near=False)


def _charged(denial: Denial, reading: Reading, scene: Scene) -> Iterator[Pair]:
    """The charges anywhere in the story that a denial of the same deed answers."""
    answer = charge(denial.voice, reading)
    for elsewhere, sentence in scene.sentences:
        if elsewhere.article.language != denial.voice.code:
            continue
        if not listed(language(denial.voice.code), "deeds").search(sentence.text):
            continue
        said = voice(elsewhere, sentence)
        if said and _states(said) and _is_answer(said, denial):
            claimed = charge(said, elsewhere)
            if are_of_one_event(claimed, answer, scene.title) or told_alike(claimed, answer, scene.title):
                yield Pair("denial", said, denial.voice, near=False)


def _states(said: Voice) -> bool:
    """Whether a voice states a fact: no plea, no denial, nothing that is yet to come."""
    words = language(said.code)
    told = next((p for p in said.text.split(", ") if said.statement.claim.cue in p), said.text)
    if listed(words, "ahead").search(told):
        return False
    return not listed(words, "unfactual").fullmatch(said.statement.claim.cue) and _denial(said) is None


def _touch(said: Voice, denial: Denial) -> bool:
    denied = content(denial.denied, denial.voice.code)
    return len(denied & about(said)) >= max(TOUCHED * len(denied), 1)


def _is_answer(said: Voice, denial: Denial) -> bool:
    """Whether a claim is of others than who denies it, and speaks of them."""
    return _is_of_others(said, denial) and _speaks_of(said, denial.voice)


def _is_of_others(said: Voice, denial: Denial) -> bool:
    if _is_own(said, denial.voice) or not _names_all(said, denial):
        return False
    return not denial.charged or charges(said, denial.voice.statement.claim.kind)


def _is_own(said: Voice, denier: Voice) -> bool:
    """Whether a claim is of who denies, or of the same side."""
    speakers = frozenset(stems(said.speaker, said.code)) & frozenset(stems(denier.speaker, denier.code))
    allied = bool(said.side) and said.side == denier.side and not _is_third(said) & _is_third(denier)
    return bool(speakers) or allied


def _names_all(said: Voice, denial: Denial) -> bool:
    """Whether the names in what is denied, the parties apart, stand in the claim, too."""
    code = said.code
    parties = [p for kind in (*PARTIES, "days") if (p := language(code).disputes.get(kind))]
    named = [n for n in names(f"· {denial.denied}") if not any(p.search(n) for p in parties)]
    told = frozenset(stems(said.text, code)) | frozenset(stems(denial.voice.speaker, code))
    return denial.denied == denial.voice.text or all(told & frozenset(stems(name, code)) for name in named)


def _speaks_of(said: Voice, denier: Voice) -> bool:
    """Whether a voice names another speaker, or the side that this one speaks for."""
    told = said.text.replace(said.speaker, " ")
    own = frozenset(stems(denier.speaker, denier.code)) & frozenset(stems(told, said.code))
    named = own and any(set(stems(n, denier.code)) & own for n in names(f"· {told}"))
    kinds = language(said.code).nations
    of_kind = denier.statement.claim.kind in kinds and mentions(told, denier.statement.claim.kind, said.code)
    return bool(named or of_kind)

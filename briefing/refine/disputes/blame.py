"""blame: each side lays the same event to the other. A pattern of disputes.

Theory: a charge has a speaker, the side that is charged, and a deed ("accused Moscow of shelling the plant";
"said Ukrainian forces had struck the prison"). Two charges are a dispute when each side charges the
other's, and they tell of one event: in one sentence or side by side a common thing
is enough, elsewhere in the article `FEWEST`. "Each side accused the other" is no side of a dispute itself,
because it stands for both speakers.

Rejected: a charge against a plea ("called for sanctions"); charges of the whole war ("repeatedly accused
each other of shelling civilians"), which are background;
charges in two articles (each tells of a strike of its own: of those read, half were of one event).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from briefing.language import Language, language
from briefing.model import Reading
from briefing.refine.disputes.scene import Pair, Scene
from briefing.refine.disputes.voices import (
    Voice,
    about,
    clauses,
    content,
    listed,
    mentions,
    opposed,
    things,
    voice,
)

FEWEST = 2  # stems in common of charges that stand apart, one of them the headline's
AROUND = 4  # or so many with the sentences before them
NEAR = 2  # sentences between charges that stand side by side
REACH = 45  # characters behind "accused" in which the charged side stands
DEED = 30  # characters between a side and its deed


@dataclass(frozen=True, slots=True)
class Charge:
    """A voice that lays a deed to the other side."""

    voice: Voice
    about: frozenset[str]
    around: frozenset[str]  # what the sentence before speaks about, too


def blames(scene: Scene) -> Iterator[Pair]:
    """Each pair of charges of a story, the earlier in its article first."""
    found: list[Charge] = []
    for reading, sentence in scene.sentences:
        words = language(reading.article.language)
        if not any(listed(words, name).search(sentence.text) for name in ("blames", "deeds")):
            continue
        for first, second in clauses(reading, sentence):
            if (
                _charges(first)
                and _charges(second)
                and opposed(first, second)
                and about(first) & about(second)
            ):
                yield Pair("blame", first, second, near=True)
                break
        whole = voice(reading, sentence)
        if whole and whole.side and _charges(whole):
            found.append(charge(whole, reading))
    yield from _pairs(found, scene)


def _pairs(found: list[Charge], scene: Scene) -> Iterator[Pair]:
    mutual = [
        content(s.text, r.article.language)
        for r, s in scene.sentences
        if listed(language(r.article.language), "mutual").search(s.text)
    ]
    for a, b in combinations(found, 2):
        if not opposed(a.voice, b.voice) or a.voice.statement.article != b.voice.statement.article:
            continue
        if are_of_one_event(a, b, scene.title) and _is_plain(a, b, mutual=mutual):
            yield Pair("blame", a.voice, b.voice, near=_are_near(a.voice, b.voice))


def _is_plain(a: Charge, b: Charge, *, mutual: Sequence[frozenset[str]]) -> bool:
    """Whether words of blame stand in both charges, or in one that answers the other.

    It answers where it takes the other up, or where the story says that each blames the other (`mutual`) and
    they share things side by side, or deeds further apart that the second denies.
    """
    near = _are_near(a.voice, b.voice)
    plain = [
        any(
            listed(language(c.voice.code), name).search(c.voice.text)
            for name in ("blames", "denies", "rejects")
        )
        for c in (a, b)
    ]
    alike = near and len(things(a.voice) & things(b.voice)) >= FEWEST
    answered = _denies(b.voice) and len(a.about & b.about) >= FEWEST
    if any(plain) and (alike or answered) and any(said & a.about and said & b.about for said in mutual):
        return True
    return all(plain) or (near and _takes_up(b.voice))


def _denies(one: Voice) -> bool:
    return bool(listed(language(one.code), "denies").fullmatch(one.statement.claim.cue))


def charge(one: Voice, reading: Reading) -> Charge:
    """A voice with what the sentence before it speaks about."""
    at = one.sentence.index
    before = "".join(s.text for s in reading.sentences[max(at - 1, 0) : at])
    return Charge(one, about(one), about(one) | content(before, one.code))


def are_of_one_event(a: Charge, b: Charge, title: frozenset[str]) -> bool:
    """Whether two voices of a story tell of one event: side by side, or by what they share."""
    common = a.about & b.about
    if _are_near(a.voice, b.voice):
        return bool(things(a.voice) & things(b.voice)) or any(_takes_up(v) for v in (a.voice, b.voice))
    alike = common & title or len(a.around & b.around) >= AROUND
    return bool(things(a.voice) & things(b.voice)) and len(common) >= FEWEST and bool(alike)


def told_alike(a: Charge, b: Charge, title: frozenset[str]) -> bool:
    """Whether two voices share things of the headline, deeds apart: every night has its strikes.

    In one article a single thing is enough, elsewhere it is a mere subject of the day ("the plant").
    """
    common = things(a.voice) & things(b.voice)
    together = a.voice.statement.article == b.voice.statement.article
    return bool(common & title) and (together or len(common) >= FEWEST)


def _takes_up(one: Voice) -> bool:
    """ "Moscow blamed Kyiv for the attack": the one that the sentence before told."""
    return all(listed(language(one.code), name).search(one.text) for name in ("blames", "event"))


def _are_near(a: Voice, b: Voice) -> bool:
    return a.sentence.article == b.sentence.article and abs(a.sentence.index - b.sentence.index) <= NEAR


def charges(one: Voice, kind: str) -> bool:
    """Whether a voice lays a deed to a kind of speakers, and leaves nothing open."""
    words = language(one.code)
    if listed(words, "open").search(one.text) or listed(words, "pleas").fullmatch(one.statement.claim.cue):
        return False
    told = one.text.replace(one.speaker, "·" * len(one.speaker), 1)
    for blame in listed(words, "blames").finditer(told):
        behind = told[blame.end() : blame.end() + REACH]
        if mentions(behind, kind, one.code) and listed(words, "deeds").search(told, blame.end()):
            return True
    return _did(told, kind, words)


def _charges(one: Voice) -> bool:
    """Whether a voice lays a deed to the other side."""
    return any(charges(one, kind) for kind in _others(one, language(one.code)))


def _others(one: Voice, words: Language) -> list[str]:
    """The kinds of the other side that are countries."""
    return [
        kind
        for side, kinds in words.sides.items()
        if one.side and side != one.side
        for kind in kinds
        if kind in words.nations and kind != "third state"
    ]


def _did(told: str, kind: str, words: Language) -> bool:
    """ "Ukrainian forces had struck", "struck by Ukrainian forces": a side beside the deed."""
    deeds = [m.span() for m in listed(words, "deeds").finditer(told)]
    agents = words.grammar["agents"]
    for land in listed(words, kind).finditer(told):
        for start, end in deeds:
            ahead, behind = told[land.end() : start], told[end : land.start()]
            if start >= land.end() and len(ahead) <= DEED and not _is_apart(ahead, words):
                return True
            if land.start() >= end and len(behind) <= DEED and agents & set(behind.lower().split()):
                return True
    return False


def _is_apart(between: str, words: Language) -> bool:
    """Whether a mark or a word of speech stands between a side and a deed: it tells of the deed, then."""
    return bool(set(",.;") & set(between) or listed(words, "telling").search(between))

"""kinds: what a number counts: killed, wounded, displaced ...

Theory: the nearest word in the same clause that can tell does: one behind the number ("14 people were
killed") or, for what is done to people, one before it ("killing 14"). A wrong figure is worse than a
missing one, so a number is left without a kind where the words leave it open: "killed or wounded",
things that are counted near people's fate ("four houses were bombed, killing ..."). Things are told by
their own noun, and by what was done with them: drones are launched, or shot down, or promised; of the
promised there is no kind.

Rejected: taking the kind from the whole sentence ("12 drones were shot down, two people were
killed" would count drones as dead).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice, pairwise

from briefing.language import NEVER, Language
from briefing.refine.figures.numerals import Numeral

BEHIND = 80  # characters after the number in which its kind is looked for
BEFORE = 24  # characters before it: "killing at least 14", "toll of 14"
PHRASE = 6  # words behind the number in which the noun of a thing stands: "30 Kalibr cruise missiles"
TOLL = "killed"
HARMED = "casualties"  # "killed or injured 40": no number of either, but one of both
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
# Around a word that tells a fate these show that it is a verb, and no adjective: "have fled their homes".
_BEFORE = ("finite", "relatives", "infinitive")
_AFTER = ("possessives", "determiners", "prepositions", "relatives", "when")
_FOLLOWING = re.compile(r"(?:\s[^\W\d_][\w’'-]*){1,2}")
_CLAUSE = re.compile(r"[;:.!?](?:\s|$)|\s[–—]\s|,\s(?:and|but|while)\s")


@dataclass(frozen=True, slots=True)
class _Hit:
    """A word that tells a kind, and where it stands in the text that was searched."""

    start: int
    end: int
    kind: str
    word: str


def kind_of(text: str, numeral: Numeral, words: Language) -> tuple[str, int]:
    """What a number counts, and how far behind it the word ends that says so; "" where none does."""
    before = text[max(0, numeral.start - BEHIND) : numeral.start]
    behind = text[numeral.end : numeral.end + BEHIND]
    people = words.numbers.get("led_by", NEVER)
    ahead = _done(_ahead(behind, words), before, behind, numeral.value != 1, words)
    fate = any(people.fullmatch(h.kind) for h in ahead)
    back = _back(before, words, anew=fate or bool(numeral.noun))
    if not ahead and words.numbers.get("tolls", NEVER).search(_since_number(before[-BEHIND:])):
        return TOLL, BEHIND  # "the toll from Wednesday's missile strike stood at 14"
    harm = [h for h in ahead if people.fullmatch(h.kind) and "," not in behind[: h.start]]
    near = _strongest([*((h.start, h) for h in harm or ahead), *back], words)
    if not near:
        return "", 0
    _, told = min(near, key=lambda n: (n[0], n[1].kind))
    things = words.numbers.get("things", NEVER).search(behind[: numeral.noun])
    if people.fullmatch(told.kind) and (things or (told in ahead and _open(behind, told, ahead, words))):
        return "", 0
    if told not in ahead and _either(_since_number(before[-BEFORE:])[: told.start], words):
        return (HARMED, BEHIND) if told.kind in (TOLL, "wounded") else ("", 0)
    return told.kind, BEHIND if told not in ahead else told.end


def _either(lead: str, words: Language) -> bool:
    """Whether a fate is the second of two: "killed or | injured 40"."""
    return bool(words.numbers.get("either", NEVER).fullmatch((lead.split() or [""])[-1]))


def _ahead(behind: str, words: Language) -> list[_Hit]:
    """The telling words behind the number; those that only lead ("killing 14") tell of what follows them."""
    leading = words.numbers.get("leading", NEVER)
    clause = _until_other(_until_clause(_without_insertion(behind, words)[:BEHIND], words), words)
    phrase = _phrase(behind, words)
    return [
        h
        for h in _hits(clause, words)
        if not leading.fullmatch(h.word)
        and (h.end <= phrase or not _is_noun(h, words))
        and not _of_another(behind, phrase, h, words)
    ]


def _of_another(behind: str, phrase: int, hit: _Hit, words: Language) -> bool:
    """Whether a fate is somebody else's.

    "40 women and wounded | fighters", "two boys who saw their mother killed".
    """
    between = behind[phrase : hit.start].lower()
    among = words.numbers.get("among", NEVER).search(between)
    if words.numbers.get("for_others", NEVER).search(between) or (
        among and "," not in between[among.end() :]
    ):
        return True
    lead = _WORD.findall(between)
    if set(lead[-2:-1]) & words.grammar["possessives"]:
        return True
    relatives = words.grammar["relatives"]
    if any(w in relatives and is_plural(noun, words) for noun, w in pairwise(lead)):
        return True  # "a crowd of 40 met refugees who had fled"
    run = _FOLLOWING.match(behind, hit.end)
    following = run.group().split() if run else []
    behind_it, before_it = ({w for k in kinds for w in words.grammar[k]} for kinds in (_AFTER, _BEFORE))
    apart = {w.lower() for w in following[:1]} & behind_it or set(following) & words.grammar["conjunctions"]
    describes = hit.start > phrase and not apart and not set(lead[-1:]) & before_it
    return describes and any(is_plural(w, words) for w in following)


def is_plural(word: str, words: Language) -> bool:
    """Whether a word can end what a number counts: "fighters", but neither "his" nor "across"."""
    if not words.numbers.get("plurals", NEVER).fullmatch(word):
        return False
    return word not in (words.stop_words - {"others"}) | words.grammar["prepositions"]


def _is_noun(hit: _Hit, words: Language) -> bool:
    """Whether a hit names who or what is counted, so that it must stand right behind the number."""
    return hit.kind in words.needs or bool(words.numbers.get("nouns", NEVER).fullmatch(hit.word))


def _phrase(behind: str, words: Language) -> int:
    """How far the noun phrase right behind a number can reach: to a mark or to a function word."""
    of = re.match(rf"\s+{words.numbers.get('partitive', NEVER).pattern}(?=\s)", behind)
    end = of.end() if of else 0
    for word in islice(_WORD.finditer(behind, end), PHRASE):
        if behind[end : word.start()].strip("- ") or word.group().lower() in words.stop_words - {"more"}:
            break
        if words.numbers.get("apart", NEVER).fullmatch(word.group()):
            break
        end = word.end()
    return end


def _done(hits: list[_Hit], before: str, behind: str, several: bool, words: Language) -> list[_Hit]:
    """The hits without the things of which the clause tells not what was done, or tells something else."""
    kept: list[tuple[int, _Hit]] = [(-1, h) for h in hits if h.kind not in words.needs]
    rest = _CLAUSE.split(behind, maxsplit=1)[0]
    lead = _CLAUSE.split(before)[-1]
    plural, given = (words.numbers.get(k, NEVER) for k in ("plurals", "supplied"))
    if given.search(lead) or given.search(rest):
        return [h for _, h in kept]  # nobody has launched what somebody gives
    for hit in (h for h in hits if h.kind in words.needs):
        if several and plural is not NEVER and not plural.fullmatch(hit.word.rsplit(maxsplit=1)[-1]):
            continue  # "hundreds of missile and air attacks"
        need = words.needs[hit.kind]
        part = words.numbers.get("among", NEVER).search(rest)  # "28 drones, many of them | shot down"
        end = part.start() if part else len(rest)
        near = [m.start() for m in need.finditer(rest, 0, end) if not rest[: m.start()].endswith("-")]
        near += [len(lead) - m.end() for m in need.finditer(lead)]
        if near:
            kept.append((min(near), hit))
    nearest = min((d for d, _ in kept if d >= 0), default=0)
    return [h for d, h in kept if d <= nearest]


def _without_insertion(behind: str, words: Language) -> str:
    """The text with ", including 3 children," blanked out: a number there is of some of the same.

    An insertion with a fate of its own ("including 3 killed,") splits the number and stays.
    """
    apart = words.numbers.get("apart", NEVER).pattern
    inserted = re.search(rf"(?<=,)\s{apart}\s[^,.;:–—]{{1,60}}(?=,\s)", behind)
    if not inserted or any(pattern.search(inserted.group()) for pattern in words.figures.values()):
        return behind
    return behind[: inserted.start()] + " " * len(inserted.group()) + behind[inserted.end() :]


def _back(before: str, words: Language, anew: bool) -> list[tuple[int, _Hit]]:
    """The words for what is done to people before the number, each with its distance.

    Behind a comma or an "and" a number with a noun or a fate of its own starts anew: "were killed and
    27 others", "were killed and a dozen were injured".
    """
    lead = _since_number(before[-BEFORE:])
    people, series = words.numbers.get("led_by", NEVER), words.numbers.get("series", NEVER)
    of = words.numbers.get("partitive", NEVER)
    nouns, toll = (words.numbers.get(k, NEVER) for k in ("nouns", "tolls"))
    found = [
        h
        for h in _hits(lead, words)
        if people.fullmatch(h.kind)
        and (not nouns.fullmatch(h.word) or toll.fullmatch(h.word) or of.match(lead[h.end :].lstrip()))
        and not _is_loose(lead[h.end :], h, words)
    ]
    return [
        (len(lead) - h.end, h)
        for h in found
        if not anew or not ("," in lead[h.end :] or series.search(lead, h.end))
    ]


def _is_loose(between: str, hit: _Hit, words: Language) -> bool:
    """Whether a word stands in another phrase before the number: "burning the dead in | three ..."."""
    if words.numbers.get("plurals", NEVER) is NEVER:
        return False  # where words stand freely, it can be any phrase
    of = words.numbers.get("partitive", NEVER)
    small = {w for w in _WORD.findall(between.lower()) if not of.fullmatch(w)}
    return bool(small & words.grammar["prepositions"]) and not words.numbers.get("tolls", NEVER).search(
        hit.word
    )


def _strongest(near: list[tuple[int, _Hit]], words: Language) -> list[tuple[int, _Hit]]:
    """The hits without the words that only say who they are, where another says what befell them."""
    people, who = (words.numbers.get(k, NEVER) for k in ("led_by", "yields"))
    told = [(d, h) for d, h in near if people.fullmatch(h.kind) and not who.fullmatch(h.word)]
    return told or [(d, h) for d, h in near if people.fullmatch(h.kind)] or near


def _open(behind: str, told: _Hit, ahead: list[_Hit], words: Language) -> bool:
    """Whether the words leave the kind open: "killed or wounded"."""
    either = words.numbers.get("either", NEVER)
    last = behind[: told.start].split()[-1:]
    if last and either.fullmatch(last[0]):
        return True  # "destroyed or captured"
    end = told.end
    for hit in sorted((h for h in ahead if h.start > told.end), key=lambda h: h.start):
        gap = behind[end : hit.start].strip()
        if hit.kind != told.kind and either.fullmatch(gap.lstrip(", ")):
            return True
        if gap != ",":
            return False
        end = hit.end
    return False


def _since_number(before: str) -> str:
    """The end of a text, from its last clause and its last number on."""
    clause = re.split(_CLAUSE, before)[-1]
    return clause[max((m.end() for m in re.finditer(r"\d", clause)), default=0) :]


def _hits(text: str, words: Language) -> list[_Hit]:
    """The words of a text that tell what is counted."""
    return [
        _Hit(*hit.span(), kind, hit.group())
        for kind, pattern in words.figures.items()
        for hit in pattern.finditer(text)
    ]


def _until_other(text: str, words: Language) -> str:
    """The text up to where it goes on about something else.

    "One woman | said the dead ...", "12 people | after the town was captured".
    """
    table = words.numbers
    if other := table.get("subclauses", NEVER).search(text):
        text = text[: other.start()]
    for speech in ("verbs", "asides"):
        verb = words.claims.get(speech, NEVER).search(text)
        passive = verb and _is_passive(text[: verb.start()], words)
        if verb and not passive and "," not in text[: verb.start()]:
            text = text[: verb.start()]
    return text


def _is_passive(before: str, words: Language) -> bool:
    """Whether a verb of speech tells what is said of those counted: "were reported dead"."""
    return bool(set(before.lower().split()[-1:]) & words.grammar["being"])


def _until_clause(text: str, words: Language) -> str:
    """The text up to the end of the clause or to the next number, whichever comes first."""
    vague = words.numbers.get("vague", NEVER)
    stops = [m.start() for m in (_CLAUSE.search(text), re.search(r"\s\d", text), vague.search(text)) if m]
    return text[: min(stops)] if stops else text

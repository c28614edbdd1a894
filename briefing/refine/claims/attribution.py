"""attribution: which sentences give what somebody says, thinks, wants or finds, by which cue, of whom.

Theory: an attribution is a source, a cue and a content (Pareti 2015; Newell et al. 2018, PolNeAR). Cues are
verbs, nouns and prepositions of speech, attitude and intention, listed by kind in the language file; the
English lists were chosen among the cues of PolNeAR's training part, by how often a sentence with the word
is attributed. A quotation is attributed however long it runs, whether or not its own sentence says to whom.
What stands in the content of a cue that governs the sentence is that speaker's business: it is left out.

Rejected: cues inside quotations (what a quoted person thinks is seldom what the text reports). A classifier
over words and pairs of words finds no more attributed sentences (F1 .880 to .890 on PolNeAR's development
part) and names nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.language import NEVER, Language, cue_kind, language
from briefing.model import Span
from briefing.refine.claims.clause import Word, among, words_of
from briefing.refine.claims.following import behind
from briefing.refine.claims.phrases import LONGEST, Phrase, before
from briefing.refine.claims.quotations import masked, quotations
from briefing.refine.claims.sources import source_of

FEWEST_QUOTED = 2  # words: one word in quotation marks is often a title or a nickname
NEAR = 5  # words behind "recorded" in which its number stands
LONGEST_LISTENER = 4  # words: "..., the mayor told Radio Riverside."
LONGEST_HEADING = 6  # words before the colon of "The mayor: roads are closed"

# Kinds whose words are as often nouns, or said of things: their source must open its clause.
UNSURE_WITHOUT_CLAUSE = frozenset({"judges", "wants", "shows", "feels"})

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Attribution:
    """One cue and whose it is; offsets into the article. Made by attributions, read by claims.

    `kind` is the list of the language file that the cue stands in. `source` is None where nobody is
    named. `main`: the source opens its clause, so that the cue governs the sentence and no part of it.
    """

    cue: Span
    kind: str
    source: Span | None = None
    main: bool = False


def is_attributed(text: str, start: int, end: int, code: str) -> bool:
    """Whether the sentence at [start, end) of an article is quoted or has a cue."""
    quoted = sum(
        len(_WORD.findall(text, max(q.start, start), min(q.end, end)))
        for q in quotations(text)
        if q.start < end and start < q.end
    )
    return quoted >= FEWEST_QUOTED or bool(attributions(text, start, end, code))


def attributions(text: str, start: int, end: int, code: str) -> list[Attribution]:
    """The attributions of the sentence at [start, end) of an article, in the order of their cues."""
    known = language(code)
    outside = masked(text[start:end], start, quotations(text))
    words = words_of(outside, known)
    found = [*_prepositions(outside, words, known), *_heading(words, known)]
    found += _found(words, known, outside != text[start:end])
    return [_moved(a, start) for a in sorted(found, key=lambda a: a.cue.start)]


def _heading(words: Sequence[Word], known: Language) -> Iterator[Attribution]:
    """ "The Mayor: Roads Are Closed": names that open a headline and end with a colon."""
    colon = next((i for i, w in enumerate(words[: LONGEST_HEADING + 1]) if w.text == ":"), 0)
    head = words[:colon]
    if not head or colon + 2 >= len(words) or not _is_headline(words):
        return
    if all(w.capital or w.lower in known.grammar["attached"] for w in head) and head[0].capital:
        yield Attribution(
            Span(words[colon].start, words[colon].end), "says", Span(head[0].start, head[-1].end), False
        )


def _is_headline(words: Sequence[Word]) -> bool:
    """Whether most words open with a capital: elsewhere a capital makes a name, "United States"."""
    return 2 * sum(w.capital for w in words) > sum(not w.mark for w in words)


def _found(words: Sequence[Word], known: Language, quotes: bool) -> list[Attribution]:
    """The verbs and nouns among the cues; those inside the content of another are not the text's own."""
    found: list[Attribution] = []
    subject: Phrase | None = _opening(words, known)
    headline = _is_headline(words)
    speaks = False  # whether a cue governs what follows it
    for at, word in enumerate(words):
        kind = cue_kind(word.lower, known.code)
        if not kind or not _can_be(words, at, kind, known, quotes=quotes, headline=headline):
            continue
        phrase, main = source_of(words, at, subject, known)
        if kind == "counts" and not (phrase and main):
            continue
        if phrase and not main and kind in UNSURE_WITHOUT_CLAUSE:
            phrase = None
        if speaks and not _is_apart(words, None if phrase is subject else phrase, at, known):
            continue
        if phrase and _closes(words, at, phrase, known):
            if _relays(words, at, phrase, found, known):
                continue
            found.clear()  # "..., the army said." governs all before it
        if phrase and main:
            subject = phrase
        speaks = speaks or main
        found.append(Attribution(Span(word.start, word.end), kind, _span(words, phrase), main))
    return found


def _can_be(
    words: Sequence[Word], at: int, kind: str, known: Language, *, quotes: bool, headline: bool
) -> bool:
    """Whether a word of a kind can be a cue where it stands."""
    word = words[at]
    if at and (_is_compound(words[at - 1], word, known) or (word.capital and not headline)):
        return False
    if kind == "quotes":
        return (quotes or _tells(words, at, known)) and not _goes_on(words, at, known)
    return kind != "counts" or _tells_a_number(words, at, known)


def _tells_a_number(words: Sequence[Word], at: int, known: Language) -> bool:
    """Whether a verb of counting has a number or a "that" right behind it: "recorded at least 40 fires"."""
    near = words[at + 1 : at + 1 + NEAR]
    return any(
        w.text[0].isdigit() or w.lower in known.number_words or among(w, known, "complementizers")
        for w in near
    )


def _tells(words: Sequence[Word], at: int, known: Language) -> bool:
    """Whether a "that" follows: "posted on his channel that"."""
    return any(w.lower in known.grammar["complementizers"] for w in words[at + 2 : at + 2 + 2 * NEAR])


def _goes_on(words: Sequence[Word], at: int, known: Language) -> bool:
    """Whether a verb that speaks beside quotations does something else: "the toll continues to climb"."""
    return at + 1 < len(words) and among(words[at + 1], known, "infinitive")


def _relays(
    words: Sequence[Word], at: int, phrase: Phrase, found: Sequence[Attribution], known: Language
) -> bool:
    """Whether a medium does no more than pass on: "The army has claimed a hit, the paper reports."."""
    passes = known.numbers.get("passes", NEVER).fullmatch(words[at].text)
    name = " ".join(w.text for w in words[phrase.first : phrase.last + 1])
    medium = known.speakers.get("medium", NEVER).search(name)
    return bool(passes and medium) and any(a.main and a.source and a.kind == "says" for a in found)


def _is_compound(earlier: Word, word: Word, known: Language) -> bool:
    """Whether a cue is a noun behind another: "member states"."""
    compound = known.claims.get("compounds", NEVER).fullmatch(earlier.text)
    return bool(compound and known.claims.get("nouns", NEVER).fullmatch(word.lower))


def _opening(words: Sequence[Word], known: Language) -> Phrase | None:
    """The subject of the sentence: what stands before its first verb, or the names it opens with."""
    pasts, said = tuple(known.grammar["pasts"]) or "\0", known.claims.get("verbs", NEVER)
    for at, word in enumerate(words):
        past = word.lower.endswith(pasts) and not word.capital
        seems = cue_kind(word.lower, known.code) == "seems"
        if past or seems or among(word, known, "finite") or said.fullmatch(word.lower):
            if phrase := before(words, at, known):
                return phrase
            break
        if at > LONGEST or among(word, known, "joints"):
            break
    last = -1
    while last + 1 < len(words) and words[last + 1].capital:
        last += 1
    loose = known.grammar["prepositions"] | known.grammar["joints"] | known.grammar["adverbs"]
    opens = last >= 0 and words[0].lower not in loose
    return Phrase(0, last) if opens else None


def _is_apart(words: Sequence[Word], phrase: Phrase | None, at: int, known: Language) -> bool:
    """Whether a cue stands beside the one before it, not inside its content: behind a mark or an "and"."""
    if phrase and phrase.first == 0 and phrase.whole and words[phrase.last + 1].mark:
        return True  # "The office, which was founded in May, said ..."
    first = phrase.first if phrase and phrase.first < at else at
    earlier = words[first - 1] if first else None
    while earlier is not None and not earlier.mark and first > 1 and _joins(earlier, known):
        if among(earlier, known, "complementizers"):
            return False
        if among(earlier, known, "conjunctions"):
            return True
        first -= 1
        earlier = words[first - 1]
    return earlier is not None and earlier.mark


def _joins(word: Word, known: Language) -> bool:
    return among(word, known, "joints", "conjunctions", "adverbs", "finite", "along")


def _closes(words: Sequence[Word], at: int, phrase: Phrase, known: Language) -> bool:
    """Whether a cue ends the sentence, its content before it: "..., the army said on Monday."."""
    if words[min(phrase.first, at) - 1].text != "," or min(phrase.first, at) == 0:
        return False
    last = max(phrase.last, at)
    rest = [w for w in words[last + 1 :] if w.lower not in known.grammar["when"]]
    heard = len(rest) - 1 if rest and rest[-1].text == "." else len(rest)
    if phrase.first < at and 0 < heard <= LONGEST_LISTENER:
        named = [w for w in rest[:heard] if not among(w, known, "articles")]
        rest = rest[heard:] if all(w.capital for w in named) else rest
    return not rest or rest[0].text == "." or (rest[0].text == "," and phrase.first > at)


def _moved(one: Attribution, by: int) -> Attribution:
    source = one.source and Span(one.source.start + by, one.source.end + by)
    return Attribution(Span(one.cue.start + by, one.cue.end + by), one.kind, source, one.main)


def _prepositions(text: str, words: Sequence[Word], known: Language) -> Iterator[Attribution]:
    """ "According to the army": the phrase behind the cue."""
    for cue in known.claims.get("prepositions", NEVER).finditer(text):
        at = next((i for i, w in enumerate(words) if w.start >= cue.end()), len(words))
        fronted = _is_fronted(cue.start(), words, known)
        phrase = behind(words, at, known, fronted)
        source = _span(words, phrase)
        main = source is not None and not _is_within(words, cue.start(), source, known)
        if source and fronted and cue.start() > words[0].start:
            cut = text.find(",", source.start, source.end)  # a clause goes on behind the comma
            source = Span(source.start, cut) if cut > 0 else source
        yield Attribution(Span(cue.start(), cue.end()), "says", source, main)


def _is_within(words: Sequence[Word], cue: int, source: Span, known: Language) -> bool:
    """Whether a preposition of speech belongs to a clause that the sentence hangs something else on.

    "The camp, which according to the office had grown, ..."; "Despite 20 dead according to the mayor, ...".
    """
    led = [w for w in words if w.end <= cue]
    last = led[-1] if led and led[-1].text != "," else (led[-2] if len(led) > 1 else None)
    if last is not None and among(last, known, "relatives"):
        return True
    opens = among(words[0], known, "prepositions", "joints") and "," not in [w.text for w in led]
    goes_on = next((w for w in words if w.start >= source.end), None)
    return bool(led) and opens and goes_on is not None and goes_on.text == ","


def _is_fronted(cue: int, words: Sequence[Word], known: Language) -> bool:
    """Whether what is said follows a preposition of speech: "where, according to the mayor, ..."."""
    earlier = [w for w in words if w.end <= cue]
    if not earlier or earlier[-1].text not in ",)":
        return True
    return len(earlier) > 1 and among(earlier[-2], known, "joints", "conjunctions", "relatives")


def _span(words: Sequence[Word], phrase: Phrase | None) -> Span | None:
    return Span(words[phrase.first].start, words[phrase.last].end) if phrase else None

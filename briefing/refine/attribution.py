"""attribution: which sentences give what somebody says, thinks, wants or finds, by which cue, of whom.

Theory: an attribution is a source, a cue and a content (Pareti 2015; Newell et al. 2018, PolNeAR). Cues are
verbs, nouns and prepositions of speech, attitude and intention, listed by kind in the language file; its
source is the subject of the verb ("Smirnov said", "said a spokesman"), the agent of a passive ("told by
the army"), the possessor of a noun ("the mayor's claim"), what "according to" is followed by. A participle
("..., adding that") speaks with the subject of the sentence. A quotation is attributed however long it
runs, whether or not its own sentence says to whom.

Rejected: cues inside quotations (what a quoted person thinks is seldom what the text reports).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.language import NEVER, Language, cue_kind, language
from briefing.model import Span
from briefing.refine.clause import Word, among, is_pronoun, words_of
from briefing.refine.phrases import LONGEST, Phrase, before, behind
from briefing.refine.quotations import masked, quotations

FEWEST_QUOTED = 2  # words: one word in quotation marks is often a title or a nickname
FARTHEST_AGENT = 5  # words between a passive and its "by"
FARTHEST_VERB = 4  # words between a verb and the infinitive that it leads: "went on to explain"
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
    """ "The mayor: roads are closed": names that open a sentence and end with a colon."""
    colon = next((i for i, w in enumerate(words[: LONGEST_HEADING + 1]) if w.text == ":"), 0)
    head = words[:colon]
    if not head or colon + 2 >= len(words) or known.code == "":
        return
    if all(w.capital or w.lower in known.grammar["attached"] for w in head) and head[0].capital:
        yield Attribution(
            Span(words[colon].start, words[colon].end), "says", Span(head[0].start, head[-1].end), False
        )


def _found(words: Sequence[Word], known: Language, quotes: bool) -> list[Attribution]:
    """The verbs and nouns among the cues; those inside the content of another are not the text's own."""
    found: list[Attribution] = []
    subject: Phrase | None = _opening(words, known)
    speaks = False  # whether a cue governs what follows it
    for at, word in enumerate(words):
        kind = cue_kind(word.lower, known.code)
        if not kind or (kind == "quotes" and not quotes):
            continue
        phrase, main = _source(words, at, subject, known)
        if phrase and not main and kind in UNSURE_WITHOUT_CLAUSE:
            phrase = None
        if speaks and not _is_apart(words, None if phrase is subject else phrase, at, known):
            continue
        if phrase and _closes(words, at, phrase, known):
            found.clear()  # "..., the army said." governs all before it
        if phrase and main:
            subject = phrase
        speaks = speaks or main
        source = Span(words[phrase.first].start, words[phrase.last].end) if phrase else None
        found.append(Attribution(Span(word.start, word.end), kind, source, main))
    return found


def _opening(words: Sequence[Word], known: Language) -> Phrase | None:
    """The subject of the sentence: what stands before its first auxiliary, or the names it opens with."""
    pasts = tuple(known.grammar["pasts"]) or "\0"
    for at, word in enumerate(words):
        if word.lower in known.grammar["finite"] or (word.lower.endswith(pasts) and not word.capital):
            return before(words, at, known)
        if at > LONGEST or word.lower in known.grammar["joints"]:
            break
    last = -1
    while last + 1 < len(words) and words[last + 1].capital:
        last += 1
    opens = last >= 0 and words[0].lower not in known.grammar["prepositions"] | known.grammar["joints"]
    return Phrase(0, last) if opens else None


def _is_apart(words: Sequence[Word], phrase: Phrase | None, at: int, known: Language) -> bool:
    """Whether a cue stands beside the one before it, not inside its content: behind a mark or an "and"."""
    first = phrase.first if phrase and phrase.first < at else at
    earlier = words[first - 1] if first else None
    while earlier is not None and not earlier.mark and first > 1 and _joins(earlier, known):
        if earlier.lower in known.grammar["conjunctions"]:
            return True
        first -= 1
        earlier = words[first - 1]
    return earlier is not None and earlier.mark


def _joins(word: Word, known: Language) -> bool:
    return among(word, known, "joints", "conjunctions", "adverbs", "finite")


def _closes(words: Sequence[Word], at: int, phrase: Phrase, known: Language) -> bool:
    """Whether a cue ends the sentence, its content before it: "..., the army said on Monday."."""
    if words[min(phrase.first, at) - 1].text != "," or min(phrase.first, at) == 0:
        return False
    last = max(phrase.last, at)
    rest = [w for w in words[last + 1 :] if w.lower not in known.grammar["when"]]
    return not rest or rest[0].text == "." or (rest[0].text == "," and phrase.first > at)


def _moved(one: Attribution, by: int) -> Attribution:
    source = one.source and Span(one.source.start + by, one.source.end + by)
    return Attribution(Span(one.cue.start + by, one.cue.end + by), one.kind, source, one.main)


def _prepositions(text: str, words: Sequence[Word], known: Language) -> Iterator[Attribution]:
    """ "According to the army": the phrase behind the cue."""
    for cue in known.claims.get("prepositions", NEVER).finditer(text):
        at = next((i for i, w in enumerate(words) if w.start >= cue.end()), len(words))
        fronted = cue.start() <= words[0].start or text[: cue.start()].rstrip()[-1:] not in ",)"
        phrase = behind(words, at, known, fronted)
        source = Span(words[phrase.first].start, words[phrase.last].end) if phrase else None
        yield Attribution(Span(cue.start(), cue.end()), "says", source, source is not None)


def _source(
    words: Sequence[Word], at: int, subject: Phrase | None, known: Language
) -> tuple[Phrase | None, bool]:
    """The phrase that a cue belongs to, and whether it governs its clause; `subject` is of the cue before."""
    grammar = known.grammar
    earlier = _earlier(words, at, known)
    if cue_kind(words[at].lower, known.code) == "seems":
        return None, False  # what seems so seems so to nobody in particular
    if earlier is None:
        return _inverted(words, at, known), True
    if _is_passive(words, at, known):
        return _agent(words, at, known), False
    if words[at].lower.endswith(tuple(grammar["gerunds"]) or "\0") and not _is_progressive(words, at, known):
        return _of_participle(words, at, subject, known), False
    if _is_noun(words, at, known):
        return _possessor(words, at, known), False
    if earlier.lower in grammar["infinitive"]:
        return _of_infinitive(words, at, subject, known), False
    if among(earlier, known, "conjunctions", "joints"):
        return subject, subject is not None and among(earlier, known, "conjunctions")
    phrase = before(words, at, known)
    if phrase is None:
        return _inverted(words, at, known) or subject, True
    if not _agrees(words, phrase, at, known):
        return None, False
    return phrase, phrase.whole


def _earlier(words: Sequence[Word], at: int, known: Language) -> Word | None:
    """The word before a cue, adverbs apart."""
    at -= 1
    while at >= 0 and words[at].lower in known.grammar["adverbs"]:
        at -= 1
    return words[at] if at >= 0 else None


def _is_passive(words: Sequence[Word], at: int, known: Language) -> bool:
    earlier, word = _earlier(words, at, known), words[at].lower
    if earlier is None or earlier.lower not in known.grammar["being"] or word in known.grammar["states"]:
        return False  # "is convinced" is a state of the subject
    if cue_kind(word, known.code) == "feels":
        return False
    return word in known.grammar["participles"] or word.endswith(tuple(known.grammar["pasts"]) or "\0")


def _is_progressive(words: Sequence[Word], at: int, known: Language) -> bool:
    earlier = _earlier(words, at, known)
    return earlier is not None and earlier.lower in known.grammar["being"]


def _agent(words: Sequence[Word], at: int, known: Language) -> Phrase | None:
    """ "was told by the army"."""
    for i in range(at + 1, min(at + 2 + FARTHEST_AGENT, len(words))):
        if words[i].mark:
            break
        if words[i].lower in known.grammar["agents"]:
            return behind(words, i + 1, known)
    return None


def _of_participle(words: Sequence[Word], at: int, subject: Phrase | None, known: Language) -> Phrase | None:
    """ "..., adding that" speaks with the subject of the sentence, "people saying that" with its own."""
    earlier = words[at - 1]
    loose = earlier.mark or among(earlier, known, "prepositions", "joints", "conjunctions", "determiners")
    if not loose and (earlier.capital or is_pronoun(earlier, known)):
        return before(words, at, known)
    return subject if loose or at == 0 else subject or before(words, at, known)


def _of_infinitive(words: Sequence[Word], at: int, subject: Phrase | None, known: Language) -> Phrase | None:
    """ "is trying to show": the subject of the verb before "to"."""
    grammar = known.grammar
    verbal = tuple(grammar["gerunds"] | grammar["pasts"]) or "\0"
    for verb in range(at - 1, max(at - 2 - FARTHEST_VERB, 0), -1):
        word = words[verb]
        if word.mark or word.capital:
            return None
        if word.lower in grammar["finite"] or word.lower.endswith(verbal) or cue_kind(word.lower, known.code):
            return before(words, verb, known) or subject
    return None


def _is_noun(words: Sequence[Word], at: int, known: Language) -> bool:
    earlier = words[at - 1]
    if words[at].lower.endswith(tuple(known.grammar["nouns"]) or "\0"):
        return True
    if earlier.lower.endswith(("'s", "s'")):
        return True
    of_noun = among(earlier, known, "articles", "possessives", "prepositions")
    return of_noun and not among(earlier, known, "infinitive")


def _possessor(words: Sequence[Word], at: int, known: Language) -> Phrase | None:
    """ "the mayor's claim", "his claim", "the claim by the mayor"."""
    earlier = words[at - 1]
    if earlier.lower in known.grammar["possessives"]:
        return Phrase(at - 1, at - 1)
    if earlier.lower.endswith(("'s", "s'")):
        return before(words, at, known)
    return _agent(words, at, known)


def _inverted(words: Sequence[Word], at: int, known: Language) -> Phrase | None:
    """ "said the governor": a pronoun, a name or a described person behind the verb."""
    if not known.claims.get("inverted", known.claims.get("verbs", NEVER)).fullmatch(words[at].text):
        return None
    if at + 1 >= len(words) or words[at + 1].mark:
        return None
    first, grammar = words[at + 1], known.grammar
    opens = first.lower in grammar["determiners"] or first.lower in grammar["possessives"]
    if not (first.capital or opens or known.roles.match(first.text) or is_pronoun(first, known)):
        return None
    phrase = behind(words, at + 1, known)
    following = words[phrase.last + 1].lower if phrase and phrase.last + 1 < len(words) else ""
    return None if following in grammar["finite"] else phrase


def _agrees(words: Sequence[Word], phrase: Phrase, at: int, known: Language) -> bool:
    """Whether a verb can have this subject: "officials say", "the army says", but no "false claims"."""
    grammar, verb, head = known.grammar, words[at].lower, words[phrase.last]
    if not grammar["thirds"] or at - phrase.last > 1 or head.mark:
        return True
    if head.lower.endswith(tuple(grammar["gerunds"])):
        return False
    if verb.endswith(tuple(grammar["pasts"])) or head.lower in grammar["relatives"]:
        return True
    third, plural = verb.endswith(tuple(grammar["thirds"])), _is_plural(head, known)
    if third:
        return head.capital or not plural
    return plural or known.claims.get("verbs", NEVER).fullmatch(verb) is not None


def _is_plural(word: Word, known: Language) -> bool:
    return word.lower in known.grammar["plurals"] or word.lower.endswith(tuple(known.grammar["thirds"]))

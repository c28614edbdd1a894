"""sources: the phrase that a cue belongs to, by the form in which the cue stands.

Theory: Pareti 2015: the source is the subject of an active verb, before it or, inverted, behind it; the
agent of a passive; the possessor of a noun. A participle, an infinitive and what "and" joins to a verb
share the subject of the verb before. A finite verb and its subject agree in number, which tells "officials
say" from "false claims".
"""

from __future__ import annotations

from collections.abc import Sequence

from briefing.language import NEVER, Language, cue_kind
from briefing.refine.claims.clause import Word, among, is_adverb, is_pronoun, is_since
from briefing.refine.claims.following import behind
from briefing.refine.claims.phrases import Phrase, before

FARTHEST_AGENT = 5  # words between a passive and its "by"
FARTHEST_VERB = 4  # words between a verb and the infinitive that it leads: "went on to explain"


def source_of(
    words: Sequence[Word], at: int, subject: Phrase | None, known: Language
) -> tuple[Phrase | None, bool]:
    """The phrase that a cue belongs to, and whether it governs its clause; `subject` is of the cue before."""
    grammar = known.grammar
    earlier = _earlier(words, at, known)
    if cue_kind(words[at].lower, known.code) == "seems":
        return None, False  # what seems so seems so to nobody in particular
    if earlier is None:
        phrase = _inverted(words, at, known)
        return phrase, phrase is not None  # "Reports of a raid" governs nothing
    if _is_passive(words, at, known):
        agent = _agent(words, at, known)
        return agent, agent is not None and _has_subject(words, at, known)
    if _is_reduced(words, at, known):
        return _agent(words, at, known), False
    if words[at].lower.endswith(tuple(grammar["gerunds"]) or "\0") and not _is_progressive(words, at, known):
        return _of_participle(words, at, subject, known), False
    if _is_noun(words, at, known):
        return _possessor(words, at, known), False
    return _of_verb(words, at, earlier, subject, known)


def _of_verb(
    words: Sequence[Word], at: int, earlier: Word, subject: Phrase | None, known: Language
) -> tuple[Phrase | None, bool]:
    """The subject of an active verb, and whether it opens its clause."""
    if among(earlier, known, "infinitive"):
        return _of_infinitive(words, at, subject, known), False
    if among(earlier, known, "conjunctions", "joints"):
        return subject, subject is not None and among(earlier, known, "conjunctions")
    if earlier.mark and (phrase := _inverted(words, at, known)):
        if "inverted" not in known.claims:
            return phrase, True  # where every verb can be inverted, no clause follows it without a joint
        whole = _ends_sentence(words, phrase) and not _has_verb(words, phrase, known)
        if whole and _speaks(words, phrase, known):
            return phrase, True  # "..., said regional officials."
    phrase = before(words, at, known)
    if phrase is None:
        inverted = _inverted(words, at, known)
        shared = "inverted" in known.claims and subject and not _parted(words, subject, at, known)
        return inverted or (subject if shared else None), True
    if all(
        known.claims.get("modifiers", NEVER).fullmatch(w.text) for w in words[phrase.first : phrase.last + 1]
    ):
        return _origin(words, at, known), True
    if not _agrees(words, phrase, at, known) or _names_a_thing(words, phrase, at, known):
        return None, False
    return phrase, phrase.whole


def _origin(words: Sequence[Word], at: int, known: Language) -> Phrase | None:
    """Whose a noun of speech is that opens a sentence: "New claims from the army"."""
    following = words[at + 1].text if at + 1 < len(words) else ""
    led = known.claims.get("author", NEVER).fullmatch(following)
    phrase = behind(words, at + 2, known) if led else None
    if phrase is None or not words[phrase.first].capital:
        return phrase
    named = (i for i in range(phrase.first, phrase.last + 1) if not words[i].capital)
    return Phrase(phrase.first, next(named, phrase.last + 1) - 1)


def _parted(words: Sequence[Word], subject: Phrase, at: int, known: Language) -> bool:
    """Whether another clause opens between a subject and a verb: "Homes were hit, while the mayor, said"."""
    between = range(subject.last + 1, at)
    return any(among(words[i], known, "joints") and words[i - 1].text == "," for i in between)


def _earlier(words: Sequence[Word], at: int, known: Language) -> Word | None:
    """The word before a cue, adverbs apart."""
    at -= 1
    while at >= 0 and _is_loose(words, at, known):
        at -= 1
    return words[at] if at >= 0 else None


def _is_loose(words: Sequence[Word], at: int, known: Language) -> bool:
    adverb = words[at].lower in known.grammar["adverbs"] or is_adverb(words[at], known)
    return adverb or is_since(words, at, known)


def _is_passive(words: Sequence[Word], at: int, known: Language) -> bool:
    earlier, word = _earlier(words, at, known), words[at].lower
    if earlier is None or earlier.lower not in known.grammar["being"] or word in known.grammar["states"]:
        return False  # "is convinced" is a state of the subject
    if cue_kind(word, known.code) == "feels":
        return False
    return word in known.grammar["participles"] or word.endswith(tuple(known.grammar["pasts"]) or "\0")


def _is_reduced(words: Sequence[Word], at: int, known: Language) -> bool:
    """Whether a passive describes the noun before it: "a message repeated by the mayor"."""
    past = words[at].lower.endswith(tuple(known.grammar["pasts"]) or "\0")
    following = words[at + 1].lower if past and 0 < at < len(words) - 1 else ""
    blamed = bool(following and known.claims.get("blames", NEVER).fullmatch(words[at].text))
    of = known.claims.get("of", NEVER).fullmatch(following)
    return following in known.grammar["agents"] or (blamed and bool(of))  # "the firm accused of fraud"


def _has_subject(words: Sequence[Word], at: int, known: Language) -> bool:
    """Whether a passive has its subject in front, "The raid was denied by the army", and no relative."""
    told = before(words, at, known)
    return told is not None and told.whole and not among(words[told.first], known, "relatives")


def _is_progressive(words: Sequence[Word], at: int, known: Language) -> bool:
    earlier = _earlier(words, at, known)
    return earlier is not None and earlier.lower in known.grammar["being"]


def _agent(words: Sequence[Word], at: int, known: Language) -> Phrase | None:
    """ "was told by the army"."""
    for i in range(at + 1, min(at + 2 + FARTHEST_AGENT, len(words))):
        if words[i].mark or among(words[i], known, "infinitive"):
            break
        if words[i].lower in known.grammar["agents"]:
            return behind(words, i + 1, known)
    return None


def _of_participle(words: Sequence[Word], at: int, subject: Phrase | None, known: Language) -> Phrase | None:
    """ "..., adding that" speaks with the subject of the sentence, "people saying that" with its own."""
    earlier = words[at - 1]
    own = before(words, at, known)
    if own and own.first and among(words[own.first - 1], known, "along"):
        return own  # "..., with the governor warning that"
    loose = earlier.mark or among(earlier, known, "prepositions", "joints", "conjunctions", "determiners")
    loose = loose or among(earlier, known, "when")
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
    if is_since(words, at - 1, known):
        return False
    if words[at].lower.endswith(tuple(known.grammar["nouns"]) or "\0"):
        return True
    if earlier.lower.endswith(("'s", "s'")):
        return True
    of_noun = among(earlier, known, "articles", "possessives", "prepositions")
    if among(earlier, known, "determiners") and known.claims.get("nouns", NEVER).fullmatch(words[at].lower):
        return True  # "all claims to the island"
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
    if words[at].lower in grammar["impersonal"] and at + 2 < len(words) and first.lower in grammar["within"]:
        return behind(words, at + 2, known)  # "сообщили в министерстве": it was said at the ministry
    if among(first, known, "when", "prepositions"):
        return None
    phrase = behind(words, at + 1, known)
    opens = first.lower in grammar["determiners"] or first.lower in grammar["possessives"]
    if not (first.capital or opens or known.roles.match(first.text) or is_pronoun(first, known)):
        closes = phrase is not None and _ends_sentence(words, phrase) and _speaks(words, phrase, known)
        return phrase if closes else None
    following = words[phrase.last + 1].lower if phrase and phrase.last + 1 < len(words) else ""
    return None if following in grammar["finite"] else phrase


def _ends_sentence(words: Sequence[Word], phrase: Phrase) -> bool:
    return all(w.mark for w in words[phrase.last + 1 :])


def _has_verb(words: Sequence[Word], phrase: Phrase, known: Language) -> bool:
    """Whether a run of words is a clause: "the town needed help", but not "the town's elected mayor"."""
    pasts = tuple(known.grammar["pasts"]) or "\0"
    return any(
        words[i].lower.endswith(pasts)
        and not (words[i].capital or words[i - 1].mark or known.roles.match(words[i + 1].text))
        and not among(words[i - 1], known, "determiners", "possessives", "attached")
        for i in range(phrase.first + 1, phrase.last)
    )


def _speaks(words: Sequence[Word], phrase: Phrase, known: Language) -> bool:
    """Whether a phrase is somebody, by a name in front or by a role: "the mayor", but not "the plan"."""
    run = words[phrase.first : phrase.last + 1]
    if known.claims.get("former", NEVER).match(run[0].text) and run[-1].capital:
        return True  # "retired Colonel Drozd"
    return run[0].capital or is_pronoun(run[0], known) or any(known.roles.fullmatch(w.text) for w in run)


def _names_a_thing(words: Sequence[Word], phrase: Phrase, at: int, known: Language) -> bool:
    """Whether a cue is a noun in spite of its form: "The false claims come", "nine member states -"."""
    third = words[at].lower.endswith(tuple(known.grammar["thirds"]) or "\0")
    if not third or not known.claims.get("nouns", NEVER).fullmatch(words[at].lower) or at - phrase.last > 1:
        return False
    following = words[at + 1] if at + 1 < len(words) else None
    if following and following.text == "," and among(words[min(at + 2, len(words) - 1)], known, "relatives"):
        return True  # "the Baltic states, which"
    if following is None or following.mark:
        return following is not None and following.text in "-–—" and not words[phrase.last].capital
    past = following.lower.endswith(tuple(known.grammar["pasts"]) or "\0") and not following.capital
    if among(following, known, "finite", "conjunctions") or past:
        return True
    head = words[phrase.last]
    if head.capital or known.roles.fullmatch(head.text) or is_pronoun(head, known):
        return False
    content = among(following, known, "determiners", "possessives", "complementizers", "infinitive")
    return not (content or following.capital or following.text[0].isdigit() or is_pronoun(following, known))


def _agrees(words: Sequence[Word], phrase: Phrase, at: int, known: Language) -> bool:
    """Whether a verb can have this subject: "officials say", "the army says", but no "false claims"."""
    grammar, verb = known.grammar, words[at].lower
    if not grammar["thirds"] or at - phrase.last > 1 or words[phrase.last].mark:
        return True
    inner = range(phrase.first + 1, phrase.last + 1)
    around = next((i for i in inner if among(words[i], known, "prepositions", "relatives")), phrase.last + 1)
    head = words[around - 1]  # "farmers in the valley say"
    if head.lower.endswith(tuple(grammar["gerunds"])):
        return False
    if verb.endswith(tuple(grammar["pasts"])) or head.lower in grammar["relatives"]:
        return True
    third, plural = verb.endswith(tuple(grammar["thirds"])), _is_plural(head, known)
    if not plural and around - 2 >= phrase.first:  # "two sources familiar with it tell"
        plural = known.roles.fullmatch(words[around - 2].text) is not None and _is_plural(
            words[around - 2], known
        )
    if third:
        return head.capital or not plural
    return plural or known.claims.get("verbs", NEVER).fullmatch(verb) is not None


def _is_plural(word: Word, known: Language) -> bool:
    if word.lower.endswith(tuple(known.grammar["singulars"]) or "\0"):
        return word.lower in known.grammar["plurals"]
    return word.lower in known.grammar["plurals"] or word.lower.endswith(tuple(known.grammar["thirds"]))

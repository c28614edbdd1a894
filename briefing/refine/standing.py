"""standing: which sentences can stand in a briefing alone, and from where.

Requirement: no sentence hangs in the air: "Those numbers could not be verified" without the
numbers, "he said" with nobody named, half a quotation.

Theory: what ties a sentence to its neighbours stands at its beginning (pronouns, demonstratives,
connectives; Halliday and Hasan 1976) or is the unnamed speaker of its claim. A connective may be
clipped, the rest stays an exact span; any other tie means the sentence hangs. So does a sentence
that names nobody and no place ("The driver died at the scene."): which driver stood before it.
Not so an article's first sentence, unless it speaks of something known: nothing stood before it.

A pronoun that stands behind its owner ties a sentence to nothing: "the mayor said he would stay".
Words in capitals are no pronouns: US, WHO, IT.

Rejected: clipping attributions ("..., he said"): what is left would be a claim without a claimant.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection

from briefing.language import NEVER, QUOTED, Language, language, names
from briefing.model import Sentence, Span
from briefing.refine.hollow import hollow
from briefing.refine.ties import bound
from briefing.refine.torn import torn

FEWEST_WORDS = 6
MOST_WORDS = 60
FAMILIAR = 3  # articles of a day that give a name: then a reader knows it
SPOKEN_OF = 0.5  # share of a day's articles that speak of "the war": then no line has to introduce it

_NAME = re.compile(r"(?<=[\s(\"“«„–—-])[A-ZА-ЯІЇЄҐ][\w’'-]+")
_LEADING_NAME = re.compile(
    r"^[\"“«„(]?(?:[A-ZА-ЯІЇЄҐ][\w’'-]+(?=\s+(?:[A-ZА-ЯІЇЄҐ]|has|have|had|is|was|will|said|says)\b)"
    r"|[A-ZА-ЯІЇЄҐ][\w’'.-]*[A-ZА-ЯІЇЄҐ]\b|[A-ZА-ЯІЇЄҐ]\w+(?=['’]s\b))"  # "NATO sent", "Riga's port"
)
_COMMON = re.compile(r"\b[a-zа-яіїєґ][\w’'-]+")
_FIRST_WORD = re.compile(r"\W?([A-ZА-ЯІЇЄҐ][^\W_]+)")
_SURNAME = re.compile(r"([A-ZА-ЯІЇЄҐ][a-zа-яіїєґ][\w-]+)(?:['’]s?)?,?\s(?=[a-zа-яіїєґ])")
_THE = re.compile(r"\bthe [a-z]{3,}\b")
_LONE = re.compile(
    r"(?<=[a-zа-яіїєґ,;—–]\s)(?<![A-ZА-ЯІЇЄҐ][a-z]\s)([A-ZА-ЯІЇЄҐ][a-zа-яіїєґ][\w-]+)(?=['’]s\b|[,.;:?!]|\s[a-zа-яіїєґ]|$)"
    r"(?!,\s(?:who|whose|a|an|the|from|then|now|який|яка|который|которая)\s)"  # is told apart at once
)
_JOINED = re.compile(r"[A-ZА-ЯІЇЄҐ][\w’'-]*\s(?:of|and|for)\s$")  # "Department of State"
_GIVEN = r"(?<![\w’'-])[A-ZА-ЯІЇЄҐ][\w’'-]*[a-zа-яіїєґ]\s"
_WHERE = "(?:in|near|across|outside|around|into|inside|at|from|[ву]|під|біля|под|около|із|из)"
_SUBJECT = re.compile(r"\s(?:[a-zа-яіїєґ][\w’'-]*\s)?")  # at most one adjective before a noun
_SPECIFIED = re.compile(
    r"\s(?:of|for|in|at|from|to|on|who|that|[A-ZА-ЯІЇЄҐ]\w+)\b"
)  # "the governor of Kharkiv"
_BARE_PERSON = re.compile(r"(?:[A-ZА-ЯІЇЄҐ][\w’'-]+\s?){1,3}")
_TORN = re.compile(
    r"[a-zа-яіїєґ](?![A-Z])"
)  # "s leader is urging": the beginning stands elsewhere; not "iPhones"
# Bullets, numbering, and the counts of shares that pages put before a text ("1.3M").
_BULLET = re.compile(r"^(?:(?:[-–—•*▪●◦>|:;]+|\d{1,2}[.)]|\d+(?:\.\d+)?[KM])\s+)+")


def standing(sentence: Sentence, code: str, named: Collection[str] = ()) -> Span | None:
    """The offsets in the article of the part that stands alone; None where nothing does.

    `named` are the words that are names elsewhere in the article, in lower case: a first word
    has a capital whatever it is.
    """
    clipped = _clip(sentence.text, language(code))
    return None if hanging(sentence, code, named) else Span(sentence.start + clipped, sentence.end)


def hanging(sentence: Sentence, code: str, named: Collection[str] = ()) -> str:
    """Why nothing of a sentence stands alone, with the words that show it; "" where something does."""
    words = language(code)
    text = sentence.text[_clip(sentence.text, words) :]
    if _TORN.match(sentence.text):
        return "its beginning is torn off"
    opens = sentence.index == 0 and not words.definite.match(text)
    why = _hangs(text, words)
    return why or ("" if opens or anchored(text, words, named) else "it names nobody and no place")


def named(text: str) -> frozenset[str]:
    """The words of a text that are parts of names where they open no sentence, and are never common words."""
    inside = {word for name in names(text) for word in name.split()}
    return frozenset(inside - set(_COMMON.findall(text)))


def _clip(text: str, words: Language) -> int:
    """Where the sentence begins once a bullet and hanging connectives are left out."""
    at = 0
    if bullet := _BULLET.match(text):
        at = bullet.end()
    for _ in range(2):  # "But meanwhile, ..."
        opening = words.connectives.match(text, at)
        if not opening or opening.end() == len(text) or words.freestanding.match(text, at):
            break
        after = re.compile(r",?\s+").match(text, opening.end())
        if not after or not _leaves_a_clause(text, opening, after, words):
            break
        at = after.end()
    return at


def _leaves_a_clause(text: str, opening: re.Match[str], after: re.Match[str], words: Language) -> bool:
    """Whether what follows a connective is whole without it: not "Still struggling", not "So far"."""
    if "," in after.group() or not words.attached.fullmatch(opening.group()):
        return True
    return any(word[0].isupper() for word in text[after.end() :].split(maxsplit=2)[:2])


def _hangs(text: str, words: Language) -> str:
    """The first thing that leaves a text hanging, in words; "" where nothing does."""
    outside = QUOTED.sub(" ", text)
    dangling = None if words.freestanding.match(text) else words.dangling.match(text)
    if not FEWEST_WORDS <= (length := len(text.split())) <= MOST_WORDS:
        return f"it has {length} words"
    if lost := torn(text, words):
        return lost
    if dangling and _in_use(dangling):
        return f"opens with “{dangling.group()}”"
    if back := _points_back(outside, words):
        return f"speaks of “{back}” from before"
    if tie := bound(text, words):
        return tie
    if known := _known_from_before(text, words):
        return f"“{known}” came in before"
    if empty := hollow(text, words):
        return empty
    if us := _speaks_to_us(outside, words):
        return us
    speaker = _unnamed_speaker(text, words)
    return f"who speaks is not named: “{speaker}”" if speaker else ""


def _in_use(found: re.Match[str] | None) -> bool:
    """Whether a word was found, and not an abbreviation that is spelt like it: "US", "WHO"."""
    return found is not None and not (len(found.group()) > 1 and found.group().isupper())


def _points_back(outside: str, words: Language) -> str:
    """What of before is spoken of: "the man", unless it is told apart or was met in the line; or ""."""
    for found in words.anaphors.finditer(outside):
        article = words.definite.match(found.group())
        noun = found.group()[article.end() :].strip() if article else ""
        met = bool(noun) and re.search(rf"\b{re.escape(noun)}\b", outside[: found.start()], re.IGNORECASE)
        if not noun or not (met or _SPECIFIED.match(outside, found.end())):
            return found.group()
    return ""


def _known_from_before(text: str, words: Language) -> str:
    """The subject, where an earlier sentence introduced it: "The official did not", "The new plan"."""
    article = words.definite.match(text)
    subject = _SUBJECT.match(text, article.end()) if article else None
    if not article or not subject:
        return ""
    for at in (article.end() + 1, subject.end()):
        if known := words.roles.match(text, at) or words.things.match(text, at):
            return "" if _SPECIFIED.match(text, known.end()) else text[: known.end()]
    return ""


def anchored(text: str, words: Language, named: Collection[str] = ()) -> bool:
    """Whether a text names anybody or any place: what it is about can be told without the rest."""
    outside = QUOTED.sub(" ", text)
    found = [m.group() for m in (*_NAME.finditer(outside), *_LEADING_NAME.finditer(outside))]
    if first := _FIRST_WORD.match(outside):
        found += [first.group(1)] * (first.group(1).lower() in named)
    return any(name.isupper() or name.lower() not in words.stop_words for name in found)


def familiar(texts: Collection[str]) -> frozenset[str]:
    """The names that so many texts of a day give that a reader knows them, and "the war" of a night."""
    given = Counter(name for text in texts for name in named(text))
    spoken = Counter(noun for text in texts for noun in set(_THE.findall(text)))
    few, half = min(FAMILIAR, len(texts)), len(texts) * SPOKEN_OF
    common = {noun for noun, n in spoken.items() if n >= max(few, half)}
    return frozenset({name for name, n in given.items() if n >= few} | common)


def stranger(
    text: str, before: str, known: Collection[str], code: str, source: str = "", *, anywhere: bool = True
) -> str:
    """The surname or first name that a text gives alone, of somebody whom its article named in full; or "".

    "Hlushko asked the engineer": a reader of this line alone has not met him. `before` is the
    article up to here, `known` are names that need no introduction; nor do those of the language file,
    nor behind its first word that of the claim's `source`, which is printed in full beside the line.
    Where not `anywhere`, the first word alone is asked for.
    """
    surname = _SURNAME.match(text)
    if surname and _met_in_full(surname.group(1), before, known, code):
        return surname.group(1)
    return _strange_name(text, before, known, code, source) if anywhere else ""


def _strange_name(text: str, before: str, known: Collection[str], code: str, source: str) -> str:
    outside = QUOTED.sub(" ", text)
    lone = {m.group(1) for m in _LONE.finditer(outside) if not _JOINED.search(outside, 0, m.start())}
    printed = source.split() if len(source.split()) > 1 else []
    found = (
        name
        for name in sorted(lone - set(printed))
        if not re.search(_GIVEN + re.escape(name), text)
        and not _placed(name, before + text)
        and _met_in_full(name, before, known, code, given=True)
    )
    return next(found, "")


def _met_in_full(name: str, before: str, known: Collection[str], code: str, *, given: bool = False) -> bool:
    """Whether an article gave another name before this one (or, where `given`, behind it)."""
    words = language(code)
    if name.lower() in known or name.lower() in words.stop_words:
        return False
    if any(speakers.search(name) for speakers in words.speakers.values()):
        return False
    spelt = re.escape(name)
    if not given:
        return bool(re.search(rf"(?<![\w.’'-])[A-ZА-ЯІЇЄҐ][\w.’'-]+\s{spelt}\b", before))
    firsts = re.findall(rf"({_GIVEN}){spelt}\b(?!['’]|\s[A-ZА-ЯІЇЄҐ])", before)
    if any(f.strip().lower() not in words.stop_words for f in firsts):
        return True
    return bool(re.search(rf"(?<![\w’'-]){spelt}\s[A-ZА-ЯІЇЄҐ][a-zа-яіїєґ]", before))


def _placed(name: str, text: str) -> bool:
    """Whether a name is that of a place: something is in it or near it."""
    return bool(re.search(rf"\b{_WHERE}\s{re.escape(name)}\b", text))


def about_something(text: str, source: str, code: str) -> bool:
    """Whether a text names more than a bare person who speaks: "said Oleg Petrenko" does not say of what.

    An institution says it by its name, and so does a person who is described.
    """
    return not _BARE_PERSON.fullmatch(source) or anchored(text.replace(source, " "), language(code))


def _speaks_to_us(outside: str, words: Language) -> str:
    """First and second persons outside quotation marks, or nothing but a quotation: in words, or ""."""
    if len(outside.split()) < 2:
        return "nothing but a quotation"
    spoken = next((m.group() for m in words.first_person.finditer(outside) if _in_use(m)), "")
    return f"speaks to the reader: “{spoken}”" if spoken else ""


def _unnamed_speaker(text: str, words: Language) -> str:
    """The first to speak and the verb, where that is a pronoun or a bare role: "he said"; else "".

    Who speaks after a named speaker in the same sentence is that one: "the mayor said he added".
    """
    verbs = words.claims.get("verbs", NEVER)
    for verb in verbs.finditer(QUOTED.sub(lambda m: "-" * len(m.group()), text)):
        if _in_use(words.relatives.search(text, *_word_before(text, verb.start()))):
            continue  # "the mayor, who said"
        before, after = text[: verb.start()].split(), text[verb.end() :].split()[:2]
        inverted = bool(before) and before[-1].endswith((",", '"', "”", "»", "?", "!"))
        if _nobody(before[-3:], words):
            return " ".join([*before[-2:], verb.group()])
        return f"{verb.group()} {after[0]}" if inverted and _nobody(after[:1], words) else ""
    return ""


def _word_before(text: str, at: int) -> tuple[int, int]:
    """The offsets of the word that ends before a place, without the blanks around it."""
    end = len(text[:at].rstrip())
    return text.rfind(" ", 0, end) + 1, end


def _nobody(near: list[str], words: Language) -> bool:
    bare = [w.strip(",.;:\"“”'’-") for w in near]
    while len(bare) > 2 and bare[-1].lower() in words.grammar["adverbs"]:
        bare.pop()  # "the Ministry also said"
    if not bare or not bare[-1]:
        return False
    if _in_use(words.pronouns.fullmatch(bare[-1])):
        return True
    return len(bare) >= 2 and bare[-2].lower() == "the" and bool(words.roles.fullmatch(bare[-1]))

"""claims: who says it, by which words, and what hedges it; never invented.

Theory: in news prose a source stands as the subject beside a verb of saying ("Smirnov said",
"said a spokesman") or behind a preposition ("according to the army"); Pareti 2015 finds nearly
all attributions to be one of these. The subject is read backwards from the verb to the edge of
its clause. Where the text names nobody, the claim names nobody.

Speakers are sorted into kinds by names, titles and institutions in the language file; a surname
alone is looked up where the article first names its bearer.
"""

from __future__ import annotations

import re

from briefing.language import NEVER, QUOTED, Language, language
from briefing.model import Article, Claim, Sentence

LONGEST_SOURCE = 14  # words: longer runs are clauses, not names
DOUBTS = ("unverified", "claimed", "reported")

_JOINTS = (
    "that what as and but because while after when where which who if since although though before "
    "що як але коли бо что как но когда"
)
_FOLLOWERS = (
    "that on in at during after as and but when while before who which whose що про у в на під что о во"
)
_CLAUSE_VERBS = "had have has was were is are will would could can did does"  # "said the roads were closed"
_EDGE = re.compile(rf"[,;:–—()]|\s-\s|(?:^|\s)(?:{'|'.join(_JOINTS.split())})\s", re.IGNORECASE)
_FORWARD_EDGE = re.compile(
    rf"[,;:.–—()\"“”«»]|\s(?:{'|'.join(_FOLLOWERS.split())}|(?P<clause>{'|'.join(_CLAUSE_VERBS.split())}))\s",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"[A-ZА-ЯІЇЄҐ]")
_SOURCE_END = re.compile(r"[,;:()–—\"“”«»]|\.(?:\s|$)|\s(?:who|which|that|що|які|який|который|которые)\s")
_NAME_BEHIND = re.compile(r",\s(?:[A-ZА-ЯІЇЄҐ][\w’'-]+\s?){2,3}(?=[,.])")
_WHEN = re.compile(
    r"\s+(?:(?:late|early)\s)?(?:on\s)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b.*$|\s+(?:earlier|today|yesterday)$"
)
_DETERMINED = re.compile(r"(?:the|a|an|one|two|three|some|several|local|regional)\s", re.IGNORECASE)


def claim(sentence: Sentence, article: Article, after: str = "") -> tuple[Claim, tuple[str, ...]]:
    """The claim that a sentence makes and the doubts that its source attaches.

    `after` is the sentence that follows: a doubt about "those numbers" belongs to this one.
    """
    words = language(article.language)
    found = _preposition(sentence.text, words) or _verb(sentence.text, words)
    source, cue = found or ("", "")
    return Claim(source, cue, _kind(source, article, words)), _doubts(sentence.text, after, cue, words)


def denies(text: str, code: str) -> bool:
    """Whether a sentence denies something."""
    denial = language(code).claims.get("denials")
    return bool(denial and denial.search(text))


def _preposition(text: str, words: Language) -> tuple[str, str] | None:
    """ "according to its mayor, Petro Dziuba": a description before a comma takes the name behind it."""
    pattern = words.claims.get("prepositions")
    cue = pattern and pattern.search(_masked(text))
    if not cue:
        return None
    rest = text[cue.end() :].lstrip()
    edge = _SOURCE_END.search(rest)
    source = rest[: edge.start()] if edge else rest
    if edge and not _CAPITAL.search(source) and (name := _NAME_BEHIND.match(rest, edge.start())):
        source += name.group()
    source = _WHEN.sub("", source).strip()
    return (source, cue.group()) if _is_source(source, words) else None


def _verb(text: str, words: Language) -> tuple[str, str] | None:
    """The first verb of saying with a subject; with a pronoun for one, the verb and nobody."""
    masked = _masked(text)
    spoken = None
    for verb in words.claims.get("verbs", NEVER).finditer(masked):
        if _is_passive(masked[: verb.start()], words):
            continue
        for subject in _subjects(text, masked, verb, words):
            if _is_source(subject, words):
                return subject, verb.group()
            if words.pronouns.fullmatch(subject):
                spoken = spoken or ("", verb.group())
    return spoken


def _subjects(text: str, masked: str, verb: re.Match[str], words: Language) -> list[str]:
    """What may be the verb's subject, the likelier first: before it or, inverted, behind it."""
    before = _before(text, masked, verb.start(), words)
    if not words.claims.get("inverted", words.claims["verbs"]).fullmatch(verb.group()):
        return [before]
    behind = _behind(text, masked, verb.end(), words)
    return [behind, before] if masked[: verb.start()].rstrip().endswith(",") else [before, behind]


def _is_passive(before: str, words: Language) -> bool:
    """Whether the word is no verb with a subject: "were reported dead", "Russia's claims"."""
    last = _without_auxiliaries(before, words).split()[-1:]
    passive = words.claims.get("passive")
    return bool(last and (last[0].endswith(("'s", "’s")) or (passive and passive.fullmatch(last[0]))))


def _before(text: str, masked: str, at: int, words: Language) -> str:
    """The subject that ends where the verb begins; an appositive between commas is part of it."""
    clause = _without_auxiliaries(masked[:at], words)
    if clause.endswith(","):  # "Andriy Hnatiuk, spokesman for the army, said"
        commas = [m.start() for m in re.finditer(",", clause)]
        if len(commas) < 2:
            return ""
        return text[_edge(clause, commas[-2]) : commas[-1]].strip()
    return _WHEN.sub("", text[_edge(clause, len(clause)) : len(clause)]).strip(" ,")


def _without_auxiliaries(clause: str, words: Language) -> str:
    """A clause that ends before a verb, without the words that belong to the verb: "has also"."""
    clause = clause.rstrip()
    auxiliaries = words.claims.get("auxiliaries", NEVER)
    while (last := re.search(r"(\S+)$", clause)) and auxiliaries.fullmatch(last.group(1)):
        clause = clause[: last.start()].rstrip()
    return clause


def _edge(clause: str, until: int) -> int:
    edges = [m.end() for m in _EDGE.finditer(clause[:until])]
    return edges[-1] if edges else 0


def _behind(text: str, masked: str, at: int, words: Language) -> str:
    """The subject after an inverted verb: "said the governor"."""
    rest = masked[at:].lstrip()
    begin = len(masked) - len(rest)
    if not (_CAPITAL.match(rest) or _DETERMINED.match(rest) or words.roles.match(rest)):
        return ""
    edge = _FORWARD_EDGE.search(rest)
    if edge and edge.group("clause"):
        return ""
    return _WHEN.sub("", text[begin : begin + (edge.start() if edge else len(rest))]).strip()


def _is_source(source: str, words: Language) -> bool:
    """Whether a run of words can be a speaker: short, and named or described."""
    count = len(source.split())
    if not 0 < count <= LONGEST_SOURCE or words.pronouns.fullmatch(source):
        return False
    named = _CAPITAL.search(source) or words.roles.search(source) or _DETERMINED.match(source)
    return bool(named or _known_kind(source, words)) and not source[0].isdigit()


def _kind(source: str, article: Article, words: Language) -> str:
    if not source:
        return "none named"
    return _known_kind(source, words) or _known_kind(_introduction(source, article.text), words) or "other"


def _known_kind(text: str, words: Language) -> str:
    return next((kind for kind, pattern in words.speakers.items() if pattern.search(text)), "")


def _introduction(source: str, text: str) -> str:
    """The words around the first mention of the speaker's last name, where the title stands."""
    name = source.rsplit(maxsplit=1)[-1].strip(".,")
    first = re.search(rf"(?:\S+\s+){{0,6}}\b{re.escape(name)}\b(?:,\s[^,.]{{1,60}}[,.])?", text)
    return first.group() if first else ""


def hedged(text: str, code: str) -> bool:
    """Whether a sentence holds anything open, by whatever word."""
    return any(pattern.search(text) for pattern in language(code).hedges.values())


def _doubts(text: str, after: str, cue: str, words: Language) -> tuple[str, ...]:
    """The hedges of a sentence, the doubt in its cue, and the one that the next sentence casts on it."""
    own = [d for d in DOUBTS if words.hedges.get(d, NEVER).search(text)]
    if "claimed" not in own and words.claims.get("doubtful", NEVER).fullmatch(cue):
        own.append("claimed")
    unverified = words.hedges.get("unverified", NEVER)
    if "unverified" not in own and words.dangling.match(after) and unverified.search(after):
        own.insert(0, "unverified")
    return tuple(own)


def _masked(text: str) -> str:
    """The text with its quotations blanked out, in equal length: who says what is said outside them."""
    return QUOTED.sub(lambda m: "," + " " * (len(m.group()) - 2) + ",", text)

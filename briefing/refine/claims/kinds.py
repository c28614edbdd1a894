"""kinds: what kind of speaker a description names: an official of which state, a medium, a resident.

Requirement: a claim is printed with the kind of its claimant, so that a reader sees whose interest speaks.

Theory: a kind is read from names, titles and institutions in the language file: the first that the
description names, because "Russia's envoy to the UN" is Russia's; but a German magazine is a medium. An
office belongs to the land that stands right before it or behind its "of": "Ukrainian Prime Minister",
"the governor of Luhansk". A land without an office makes nobody an official ("US billionaire"). Where the
sentence tells the office alone, the land is read where the article introduces the bearer. Two lands
that are joined are neither's. A table of the desk's own (`speakers:` of feeds.yaml) goes before the language
file's: what it names is of its kind, whatever else the description says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from briefing.language import NEVER, Language, match
from briefing.model import Article

BEFORE_OFFICE = 2  # words between a land and its office: "Ukraine's deputy prime minister"
BEHIND_OFFICE = 4  # words between an office and its land: "governor of the eastern Luhansk region"

LOOK_BACK = 120  # characters before a name in which given names, titles and offices stand
KEPT = 512  # first mentions that are remembered
WORDS_BEFORE = 8  # of them, words
Table = Mapping[str, re.Pattern[str]]  # names, titles and institutions by kind, of the configuration
NO_TABLE: Table = {}

_ASIDES = re.compile(r",\s")
_WORDS = re.compile(r"[\w'’.-]+")
_OF_IT = re.compile(r"['’]s?\s")
_PIECES = re.compile(r"\S+\s+")
_BREAK = re.compile(
    r"[,;:!?()—–\"“”]|(?<=[^\W\d_]{5})\.|(?<=[A-Z]{3})\.(?=\s)"
)  # shorter words before a full stop are titles


def table_of(speakers: Mapping[str, Sequence[str]]) -> Table:
    """The table of speakers that feeds.yaml gives, ready to be asked; kinds in the order of their names."""
    return {kind: match(names) for kind, names in sorted(speakers.items())}


def kind_of(source: str, article: Article, words: Language, table: Table = NO_TABLE) -> str:
    """The kind of a speaker, from the description or else from where the article introduces the name."""
    if not source:
        return "none named"
    if configured := configured_kind(source, table):
        return configured
    joined = "|".join(re.escape(c) for c in sorted(words.grammar["conjunctions"])) or "(?!)"
    for kind, names in words.nations.items():
        if all(names.fullmatch(part) for part in re.split(rf",\s|\s(?:{joined})\s", source)):
            return kind
    if _is_mixed(source, words):
        return "other"
    own = known_kind(source, words)
    if own in words.lands and _is_occupied(source, article, words):
        return "official"
    if own and (own not in words.ranks.get("general", ()) or own in words.ranks.get("said", ())):
        return own
    around = _introduction(source, article.text, words)
    introduced = configured_kind(around, table) or known_kind(around, words)
    introduced = "" if introduced in words.ranks.get("said", ()) else introduced
    loose = {"", "other", *words.ranks.get("strong", ())}  # of an official, "told the newspaper" says nothing
    return own if own and introduced in loose else introduced or own or "other"


def _is_occupied(source: str, article: Article, words: Language) -> bool:
    """Whether "the Donetsk authorities" may be either side's: an occupied place, in a text that tells so."""
    table = words.claims
    if not table.get("contested", NEVER).search(source) or table.get("states", NEVER).search(source):
        return False
    occupation = words.speakers.get("occupation authority", NEVER)
    return bool(occupation.search(article.text) or table.get("occupied", NEVER).search(article.text))


def configured_kind(text: str, table: Table) -> str:
    """The kind of the first name in a text that the table lists; of two that begin there, the longer one."""
    found = [(m.start(), -m.end(), kind) for kind, names in table.items() if (m := names.search(text))]
    return min(found)[2] if found else ""


def known_kind(text: str, words: Language) -> str:
    """The kind that a description names: strong ones before the others, general ones last, then the first."""
    if _is_joint(text, words):
        return "other"
    now = _without_past(text, words)
    if now != text:
        rank = words.claims.get("soldiers", NEVER).search(text)
        return known_kind(now, words) or ("military analyst" if rank else "other")
    strong, general, unnamed = (words.ranks.get(name, ()) for name in ("strong", "general", "unnamed"))
    found = [
        (kind in general, kind not in strong, kind not in unnamed, match.start(), kind)
        for kind, pattern in words.speakers.items()
        if (match := pattern.search(text))
    ]
    found += [(False, kind not in strong, True, at, kind) for at, kind in _offices(text, words)]
    return min(found, key=lambda f: f[:4])[4] if found else ""


def _without_past(text: str, words: Language) -> str:
    """A description without the offices that somebody held: "a former minister", "who was mayor"."""
    kept = _ASIDES.split(text)
    past = words.claims.get("former", NEVER)
    cut = [part[: met.start()] if (met := past.search(part)) else part for part in kept]
    return text if cut == kept else ", ".join(part.strip() for part in cut if part.strip())


def _is_mixed(source: str, words: Language) -> bool:
    """Whether speakers of two kinds are joined: "the president and Republicans in Congress"."""
    joined = "|".join(re.escape(c) for c in sorted(words.grammar["conjunctions"])) or "(?!)"
    vague = {"", "other", *words.ranks.get("general", ())}
    named = {known_kind(part, words) for part in re.split(rf"\s(?:{joined})\s", source)}
    return len(named - vague) > 1


def _offices(text: str, words: Language) -> Iterator[tuple[int, str]]:
    """Where a land has an office, and the kind of its officials."""
    offices = [m.span() for m in words.speakers.get("official", NEVER).finditer(text)]
    for kind, names in words.lands.items():
        for land in names.finditer(text):
            if _is_topic(text[: land.start()], words) and not _is_within(text, land.start(), offices, words):
                continue
            if offices and not land.start() and _OF_IT.match(text, land.end()):
                yield 0, kind  # "Kyiv's main directorate of the ministry of defence"
            elif any(
                _leads(text[land.end() : start], words)
                if start >= land.end()
                else _follows(text[end : land.start()], words)
                for start, end in offices
            ):
                yield land.start(), kind


def _is_topic(led: str, words: Language) -> bool:
    """Whether a description goes about a land: "an expert on Russian military systems"."""
    before = _WORDS.findall(led)
    return len(before) > 1 and bool(words.claims.get("topics", NEVER).fullmatch(before[-1]))


def _is_within(text: str, land: int, offices: list[tuple[int, int]], words: Language) -> bool:
    """Whether an office stands right before "in" and a land: "the head of police in Ukraine"."""
    return any(words.grammar["places"] & {text[end:land].strip()} for _, end in offices if end < land)


def _leads(gap: str, words: Language) -> bool:
    """Whether what stands between a land and an office is part of one title."""
    gap = re.sub(r"^['’]s?\s", " ", gap)
    inner = [w.lower() for w in _WORDS.findall(gap)]
    small = words.stop_words | words.grammar["prepositions"]
    return len(inner) <= BEFORE_OFFICE and not _BREAK.search(gap) and not small & set(inner)


def _follows(gap: str, words: Language) -> bool:
    """Whether a land stands behind the "of" of an office; without one where the language has cases."""
    inner = [w.lower() for w in _WORDS.findall(gap)]
    if _BREAK.search(gap) or len(inner) > BEHIND_OFFICE:
        return False
    of = words.claims.get("of")
    if of is None:
        return len(inner) <= 1
    rest = [w for w in inner[1:] if w in words.grammar["prepositions"] or w in words.grammar["conjunctions"]]
    return bool(inner and of.fullmatch(inner[0])) and not rest


def _is_joint(text: str, words: Language) -> bool:
    """Whether two lands of different kinds are joined: "Moscow and Kyiv", "US and Ukrainian officials"."""
    lands = sorted((m.start(), m.end(), kind) for kind, p in words.lands.items() for m in p.finditer(text))
    joined = words.grammar["conjunctions"]
    return any(one[2] != two[2] and text[one[1] : two[0]].strip() in joined for one, two in pairwise(lands))


@lru_cache(maxsize=KEPT)
def _first_mention(name: str, text: str) -> re.Match[str] | None:
    """Where a text first has a name, and what follows it behind a comma."""
    behind = r"(,?)(?:(\s(?:[^,.]|\.(?=\w)|(?<=\.\w)\.){1,80})[,.])?"
    # A pattern that opens with its letters is found many times faster than one that opens with \b.
    found = re.compile(rf"{re.escape(name)}\b{behind}").finditer(text)
    return next((m for m in found if not text[m.start() - 1 : m.start()].isalnum()), None)


def _introduction(source: str, text: str, words: Language) -> str:
    """The words around the first mention of the speaker's last name where the title stands, "" of no name."""
    name = source.split(",", maxsplit=1)[0].rsplit(maxsplit=1)[-1].strip(".,")
    if not name[:1].isupper() or words.roles.fullmatch(name):
        return ""
    found = _first_mention(name, text)
    if found is None:
        return ""
    near = text[max(0, found.start() - LOOK_BACK) : found.start()]
    before = "".join(_PIECES.findall(near)[-WORDS_BEFORE:])
    led, described = _BREAK.split(before), found.group(2) if found.group(1) else ""
    if described and (verb := words.claims.get("verbs", NEVER).search(described)):
        described = described[: verb.start()]  # ", told the newspaper"
    title = led[-1]
    speaking = led[-2].split()[:1] if len(led) > 1 else []
    told = bool(speaking) and speaking[0].endswith(tuple(words.grammar["gerunds"]) or "\0")
    if len(led) > 1 and not told and found.group(1) and all(w[0].isupper() for w in title.split()):
        title = f"{led[-2]},{title}"  # "France's president, Jean Dupont, said"
    return f"{title}{name},{described or ''}"

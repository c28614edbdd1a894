"""The language files, read once and frozen."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any

NEVER = re.compile(r"(?!)")  # matches no text
# Function words that a language file lists, separated by spaces; refine.phrases says what for.
GRAMMAR = (
    *("joints", "conjunctions", "relatives", "finite", "being", "adverbs", "adverb_endings", "determiners"),
    *("possessives", "prepositions", "attached", "agents", "infinitive", "gerunds", "thirds", "pasts"),
    *("plurals", "nouns", "articles", "states", "participles", "complementizers", "places", "when"),
    *("singulars", "not_adverbs", "impersonal", "within", "counting", "demonyms", "persons"),
    *("along", "seams", "modals"),
)


def _no_grammar() -> Mapping[str, frozenset[str]]:
    return dict.fromkeys(GRAMMAR, frozenset[str]())


@dataclass(frozen=True, slots=True)
class Language:
    """One language file. Made by `language`, read by refine.

    Word lists become one pattern each (`match`), so that every step asks the same way:
    `language.dangling.match(text)`. A list that the file leaves out matches nothing.
    """

    code: str
    stemmer: str = ""
    abbreviations: frozenset[str] = frozenset()
    before_numbers: frozenset[str] = frozenset()
    closing: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    starters: frozenset[str] = frozenset()
    stop_words: frozenset[str] = frozenset()
    connectives: re.Pattern[str] = NEVER
    attached: re.Pattern[str] = NEVER
    turns: re.Pattern[str] = NEVER
    dangling: re.Pattern[str] = NEVER
    freestanding: re.Pattern[str] = NEVER
    definite: re.Pattern[str] = NEVER
    anaphors: re.Pattern[str] = NEVER
    first_person: re.Pattern[str] = NEVER
    conditional: re.Pattern[str] = NEVER
    roles: re.Pattern[str] = NEVER
    things: re.Pattern[str] = NEVER
    pronouns: re.Pattern[str] = NEVER
    personal: re.Pattern[str] = NEVER
    subjects: frozenset[str] = frozenset()
    these: re.Pattern[str] = NEVER
    times: re.Pattern[str] = NEVER
    indefinite: re.Pattern[str] = NEVER
    relatives: re.Pattern[str] = NEVER
    claims: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    hedges: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    speakers: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    numbers: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    ranges: Mapping[str, str] = field(default_factory=dict)  # between ... and
    number_words: Mapping[str, int] = field(default_factory=dict)
    scale_words: Mapping[str, float] = field(default_factory=dict)
    least: Mapping[str, float] = field(default_factory=dict)  # what "dozens" are at the least
    decimal: str = "."
    figures: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    needs: Mapping[str, re.Pattern[str]] = field(
        default_factory=dict
    )  # what else must stand with a kind's nouns
    where: Mapping[str, re.Pattern[str]] = field(default_factory=dict)  # how a text names a place
    when: Mapping[str, re.Pattern[str]] = field(default_factory=dict)  # and a time
    furniture: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    walls: Mapping[str, re.Pattern[str]] = field(default_factory=dict)  # what stands where an article should
    titles: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    opinion: Mapping[str, re.Pattern[str]] = field(default_factory=dict)  # comment, told from report
    background: Mapping[str, re.Pattern[str]] = field(default_factory=dict)  # times before the news
    disputes: Mapping[str, re.Pattern[str]] = field(default_factory=dict)  # denial, blame, course
    hollow: Mapping[str, re.Pattern[str]] = field(default_factory=dict)  # lines that tell nothing
    mail: Mapping[str, re.Pattern[str]] = field(default_factory=dict)  # what is about the mail, not in it
    month_numbers: Mapping[str, int] = field(default_factory=dict)  # as they are written, capitals too
    themes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    cues: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # by kind of attitude
    sides: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # kinds of speakers
    nations: Mapping[str, re.Pattern[str]] = field(default_factory=dict)  # countries that speak, by kind
    lands: Mapping[str, re.Pattern[str]] = field(default_factory=dict)  # whose offices are of a kind
    ranks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # of these kinds
    grammar: Mapping[str, frozenset[str]] = field(default_factory=_no_grammar)  # function words
    agencies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # how each is written
    credits: Mapping[str, re.Pattern[str]] = field(default_factory=dict)  # a text says that it is another's
    spots: Mapping[str, re.Pattern[str]] = field(default_factory=dict)  # what tells names of places
    totals: Mapping[str, re.Pattern[str]] = field(default_factory=dict)  # running totals of the war
    clocks: Mapping[str, re.Pattern[str]] = field(default_factory=dict)  # a city's time, by its zone


_PATTERNS = (
    *("connectives", "attached", "turns", "dangling", "freestanding", "definite"),
    *("anaphors", "first_person", "conditional", "roles", "things", "pronouns", "relatives"),
    *("personal", "these", "times", "indefinite"),
)
_SETS = ("abbreviations", "before_numbers", "closing", "units", "starters", "subjects")
_FURNITURE = (  # that no step asks for before it reads them
    *("openings", "words", "credits", "bylines", "blocks", "us", "you", "inline"),
    *("discusses", "presents", "pasts"),
)
_TABLES = (
    *("claims", "hedges", "speakers", "nations", "lands"),
    *("numbers", "figures", "needs", "where", "when", "furniture", "titles", "opinion", "background"),
    *("credits", "spots", "disputes", "totals", "hollow", "walls", "mail", "clocks"),
)


def phrases(listed: str) -> tuple[str, ...]:
    """The phrases of a list that is separated by commas or line ends."""
    return tuple(p for p in (part.strip() for part in re.split(r"[,\n]", listed)) if p)


def match(listed: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds any of the phrases as whole words, the longest first, in any case.

    Apostrophes match their curly form, spaces any white space; a star ends a prefix: "загинул*".
    Phrases in capitals match in capitals alone: "US" and "WHO" are no pronouns.
    """
    ordered = sorted(set(listed), key=lambda p: (-len(p), p))
    if not ordered:
        return NEVER
    bodies = [_body(p) for p in ordered]
    listing = "|".join(bodies).replace("'", "['’ʼ]")
    return re.compile(rf"(?<!\w)(?:{listing})(?!\w)", re.IGNORECASE)


def _body(phrase: str) -> str:
    body = re.escape(phrase).replace(r"\ ", r"\s+").replace(r"\*", r"\w*")
    return f"(?-i:{body})" if phrase.isupper() else body


@lru_cache(maxsize=1)
def known() -> tuple[str, ...]:
    """The codes of the languages that have a file."""
    return tuple(
        sorted(f.name.removesuffix(".toml") for f in files(__package__).iterdir() if f.name.endswith(".toml"))
    )


@lru_cache(maxsize=64)
def language(code: str) -> Language:
    """The data of a language (ISO 639-1); a bare one where it has no file."""
    if code not in known():
        return Language(code)
    return _parse(code, tomllib.loads(files(__package__).joinpath(f"{code}.toml").read_text("utf-8")))


def _parse(code: str, data: Mapping[str, Any]) -> Language:
    sets: dict[str, Any] = {name: frozenset(phrases(data.get(name, ""))) for name in _SETS}
    lists: dict[str, Any] = {name: match(phrases(data.get(name, ""))) for name in _PATTERNS}
    tables: dict[str, Any] = {
        name: {key: match(phrases(listed)) for key, listed in data.get(name, {}).items()} for name in _TABLES
    }
    if tables["furniture"]:  # a file may know some of the signs
        tables["furniture"] = dict.fromkeys(_FURNITURE, NEVER) | tables["furniture"]
    return Language(
        code,
        stemmer=data.get("stemmer", ""),
        **sets,
        stop_words=frozenset(data.get("stop_words", "").split()) | _listed(data.get("stop_list", "")),
        ranges=data.get("ranges", {}),
        number_words=data.get("number_words", {}),
        scale_words=data.get("scale_words", {}),
        least=data.get("least", {}),
        decimal=data.get("decimal", "."),
        month_numbers=data.get("month_numbers", {}),
        themes={key: phrases(listed) for key, listed in data.get("themes", {}).items()},
        cues=_cues(data),
        ranks={key: phrases(listed) for key, listed in data.get("ranks", {}).items()},
        agencies={key: phrases(listed) for key, listed in data.get("agencies", {}).items()},
        sides={key: phrases(listed) for key, listed in data.get("sides", {}).items()},
        grammar={key: frozenset(data.get("grammar", {}).get(key, "").split()) for key in GRAMMAR},
        **lists,
        **tables,
    )


def _cues(data: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The cues by kind; every verb of a claim is one of saying, unless it is listed elsewhere."""
    cues = {key: phrases(listed) for key, listed in data.get("cues", {}).items()}
    verbs = phrases(data.get("claims", {}).get("verbs", ""))
    said = tuple(verb if verb.endswith("*") else f"{verb}=" for verb in verbs)
    return cues | {"says": (*cues.get("says", ()), *said)}


def _listed(name: str) -> frozenset[str]:
    """The stop words that sumy has under a language's English name; none for ""."""
    if not name:
        return frozenset()
    from sumy.utils import get_stop_words

    return frozenset(get_stop_words(name))

"""The language files: all alike in shape, and one file is all that a further language takes."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from briefing.language import known, language, match, phrases

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "briefing" / "language"
FILES = sorted(FOLDER.glob("*.toml"))
# What not every language needs: "the" makes a name definite, presenters open English broadcasts.
OPTIONAL = {
    "definite",
    "these",
    "indefinite",
    "claims.inverted",
    "claims.nouns",
    "claims.of",
    "furniture.by",
    "furniture.presenters",
    "furniture.presents",
    "furniture.captions",
    "furniture.scenes",
    "furniture.pasts",
    "furniture.ends",
    "spots.before",  # where names are inflected, a place would not be known again
    "spots.behind",
    "spots.never",
    # The phrases around a number by which its people, owner, place and time are told: English so far.
    *(
        f"numbers.{key}"
        for key in (
            *("aimed", "counted_among", "forces", "generic", "leads_to", "losing", "losses", "owned"),
            *("sufferers", "targets", "vague_many"),
        )
    ),
    *(
        f"where.{key}"
        for key in (
            *("apart", "attributes", "borders", "events", "frontiers", "hosts", "inside", "leaves"),
            *("nowhere", "reaches", "towards"),
        )
    ),
    "when.apart",
    "when.issued",
}
# The languages of the home desk are known in full; of another a file may know a part.
FULL = {"en", "uk", "ru"}
WORDED = (
    "clocks",
    *("number_words", "scale_words", "month_numbers", "least", "agencies"),
)  # tables whose keys are the language's own words
OF_A_PART = {"stop_list"}
CATALAN = """\
name = "Catalan"
stemmer = ""
abbreviations = "sr, dr"
closing = "etc"
starters = "el, la, els, les"
stop_words = "i de la el que els les amb"
decimal = ","
number_words = { "catorze" = 14, "dos" = 2 }
scale_words = { "mil" = 1000 }
[claims]
verbs = "va dir, van dir"
[hedges]
unverified = "no s'ha pogut verificar"
[numbers]
led_by = "killed"
modifiers = "almenys"
partitive = "de, dels"
months = "març"
labels = "article"
[figures]
killed = "van morir, morts"
[furniture]
blocks = "comentaris"
[themes]
battlefield = "front, atac, soldats"
"""


def data(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def keys(tree: dict[str, Any]) -> set[str]:
    """The names of lists, and of tables with their keys: "name", "claims.verbs"; number words differ."""
    tables = {k: v for k, v in tree.items() if isinstance(v, dict) and k not in WORDED}
    return (set(tree) - set(tables)) | {f"{k}.{inner}" for k, table in tables.items() for inner in table}


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_a_language_file_has_what_the_english_one_has(path: Path) -> None:
    english = keys(data(FOLDER / "en.toml"))
    own = keys(data(path))
    assert own <= english | OF_A_PART
    assert path.stem not in FULL or english - OPTIONAL <= own


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_a_language_file_becomes_a_language(path: Path) -> None:
    found = language(path.stem)
    assert found.code == path.stem
    assert found.stop_words and found.abbreviations and found.themes
    for name, listed in data(path)["themes"].items():
        assert found.themes[name] == phrases(listed)
    assert all(isinstance(n, int) and n >= 0 for n in found.number_words.values())


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
@pytest.mark.parametrize("table", ["claims", "hedges", "speakers", "figures", "furniture", "numbers", "mail"])
def test_every_phrase_of_a_table_is_found_by_its_pattern(path: Path, table: str) -> None:
    patterns = getattr(language(path.stem), table)
    for key, listed in data(path).get(table, {}).items():
        for phrase in phrases(listed):
            assert patterns[key].search(f"… {phrase.replace('*', '')} …"), f"{table}.{key}: {phrase}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_no_phrase_is_listed_twice(path: Path) -> None:
    for table in ("claims", "hedges", "speakers", "figures", "furniture"):
        for key, listed in data(path).get(table, {}).items():
            lower = [p.lower() for p in phrases(listed) if not p.isupper()]
            assert len(set(lower)) == len(lower), (
                f"{table}.{key}: {sorted(p for p in lower if lower.count(p) > 1)}"
            )


def test_the_known_languages_are_the_files() -> None:
    assert list(known()) == [path.stem for path in FILES]
    assert {"en", "uk", "ru"} <= set(known())


def test_a_language_without_a_file_knows_nothing_and_breaks_nothing() -> None:
    bare = language("xx")
    assert not bare.themes and not bare.claims
    assert not bare.dangling.search("he said that it was so")


def test_one_file_adds_a_language(tmp_path: Path) -> None:
    """Detection, cutting, stop words, cues, hedges, number words and themes take it up; no code knows it."""
    shutil.copytree(ROOT / "briefing", tmp_path / "briefing", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "briefing" / "language" / "ca.toml").write_text(CATALAN, encoding="utf-8")
    asked = """
from briefing.config import Settings, themes_of
from briefing.language import detect, known, language, sentence_spans, stems
from briefing.model import Article, Reading, Sentence
from briefing.refine.claims import claim
from briefing.refine.clean import clean
from briefing.refine.figures import quantities
from briefing.refine.themes import classify
text = "El governador Jan Serra va dir que almenys catorze soldats van morir al front el 3 de març."
article = Article("a", "s", "T", text, language="ca")
sentence = Sentence("a", 0, len(text), text, 0, 0)
news = "Els veïns del poble van dir que els bombers havien arribat amb dues hores de retard."
print("ca" in known(), detect(news), len(clean(Article("b", "s", "T", news, language="ca")).paragraphs))
print([text[q.start:q.end] + f": {q.value:g} {q.what}" for q in quantities(text, "ca")])
print(claim(sentence, article)[0].source, claim(sentence, article)[0].cue)
doubted = "La xifra no s'ha pogut verificar, va dir Jan Serra."
again = Article("a", "s", "T", doubted, language="ca")
print(tuple(h.kind for h in claim(Sentence("a", 0, len(doubted), doubted, 0, 0), again)[1]))
titles = "El Sr. Serra viu al Dr. Fleming. Les cases del poble, etc. El pont."
print(len(sentence_spans(titles, "ca")), stems("els soldats", "ca"))
print([t.theme for t in classify(Reading(article, (sentence,), ()), themes_of(Settings()))])
"""
    done = subprocess.run(
        [sys.executable, "-c", asked], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == [
        "True ca 1",
        "['almenys catorze soldats van morir: 14 killed']",
        "El governador Jan Serra va dir",
        "('unverified',)",
        "3 ['soldats']",
        "['battlefield']",
    ]


@pytest.mark.parametrize(
    ("listed", "text", "found"),
    [
        ("загинул*", "Двоє загинули вночі", "загинули"),
        ("US", "the US army", "US"),
        ("US", "between us", None),
        ("i'm", "I’m here", "I’m"),
        ("said", "unsaid", None),
        ("at least, at", "at least 14", "at least"),
        ("so far", "so\u00a0far", "so\u00a0far"),
    ],
)
def test_phrases_match_as_whole_words_in_every_spelling(listed: str, text: str, found: str | None) -> None:
    hit = match(phrases(listed)).search(text)
    assert (hit.group() if hit else None) == found


def test_an_empty_list_matches_nothing() -> None:
    assert not match(()).search("")

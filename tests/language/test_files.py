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
    "claims.inverted",
    "furniture.by",
    "furniture.presenters",
    "furniture.presents",
    "furniture.captions",
    "furniture.ends",
}
POLISH = """\
name = "Polish"
stemmer = ""
abbreviations = "ul, prof"
stop_words = "i w na z"
[claims]
verbs = "powiedział, oświadczył"
inverted = "powiedział"
[figures]
killed = "zginę*, zabit*"
[themes]
battlefield = "front, wojsko, atak"
"""


def data(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def keys(tree: dict[str, Any]) -> set[str]:
    """The names of lists, and of tables with their keys: "name", "claims.verbs"; number words differ."""
    tables = {
        k: v for k, v in tree.items() if isinstance(v, dict) and k not in ("number_words", "scale_words")
    }
    return (set(tree) - set(tables)) | {f"{k}.{inner}" for k, table in tables.items() for inner in table}


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_a_language_file_has_what_the_english_one_has(path: Path) -> None:
    english = keys(data(FOLDER / "en.toml"))
    assert english - OPTIONAL <= keys(data(path)) <= english


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_a_language_file_becomes_a_language(path: Path) -> None:
    found = language(path.stem)
    assert found.code == path.stem
    assert found.stop_words and found.abbreviations and found.themes
    for name, listed in data(path)["themes"].items():
        assert found.themes[name] == phrases(listed)
    assert all(isinstance(n, int) and n >= 0 for n in found.number_words.values())


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
@pytest.mark.parametrize("table", ["claims", "hedges", "speakers", "figures", "furniture", "numbers"])
def test_every_phrase_of_a_table_is_found_by_its_pattern(path: Path, table: str) -> None:
    patterns = getattr(language(path.stem), table)
    for key, listed in data(path)[table].items():
        for phrase in phrases(listed):
            assert patterns[key].search(f"… {phrase.replace('*', '')} …"), f"{table}.{key}: {phrase}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_no_phrase_is_listed_twice(path: Path) -> None:
    for table in ("claims", "hedges", "speakers", "figures", "furniture"):
        for key, listed in data(path)[table].items():
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
    shutil.copytree(ROOT / "briefing", tmp_path / "briefing", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "briefing" / "language" / "pl.toml").write_text(POLISH, encoding="utf-8")
    asked = """
from briefing.language import known, language, sentence_spans
from briefing.model import Article, Sentence
from briefing.refine.claims import claim
from briefing.refine.figures import quantities
text = "Wojewoda Jan Nowak powiedział, że 14 osób zginęło."
found, _ = claim(Sentence("a", 0, len(text), text, 0, 0), Article("a", "s", "T", text, language="pl"))
print("pl" in known(), found.source, [(q.value, q.what) for q in quantities(text, "pl")])
print(len(sentence_spans("Prof. Nowak mieszka przy ul. Długiej. To daleko.", "pl")))
"""
    done = subprocess.run(
        [sys.executable, "-c", asked], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == ["True Wojewoda Jan Nowak [(14.0, 'killed')]", "2"]


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

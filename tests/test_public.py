"""The public Python names, as README shows them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

import briefing
from briefing.config import load as load_settings
from briefing.config import themes_of
from briefing.config.settings import Theme
from briefing.errors import BriefingError
from briefing.model import Article, Edition, Statement, Story, ThemedSentence
from briefing.refine.methods import METHODS

ROOT = Path(__file__).parent.parent
NOTES = ROOT / "examples" / "week" / "notes"


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    return briefing.load(NOTES)


def test_the_public_names_are_these_and_no_others() -> None:
    names: dict[str, Any] = {}
    exec("from briefing import *", names)
    assert set(names) - {"__builtins__"} == {"__version__", "build", "classify", "group", "load", "summarise"}


def test_no_public_name_hides_a_room() -> None:
    rooms = {path.name for path in (ROOT / "briefing").iterdir() if path.is_dir()}
    assert not rooms & set(briefing.__all__)


def test_an_unknown_name_is_told_with_the_known_ones() -> None:
    with pytest.raises(AttributeError, match="summarise"):
        getattr(briefing, "summarize")  # noqa: B009 - an attribute that mypy must not know


def test_load_reads_a_folder_and_a_single_file(articles: list[Article]) -> None:
    assert {a.title for a in articles} >= {
        "Who are the twelve?",
        "A train with three hundred passengers and eleven cats",
    }
    (one,) = briefing.load(str(NOTES / "vienna-civilians.md"))
    assert one.title == "Who are the twelve?"


def test_load_says_why_nothing_could_be_loaded(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    with pytest.raises(BriefingError, match="empty file"):
        briefing.load(tmp_path)
    with pytest.raises(BriefingError, match="gone"):
        briefing.load(tmp_path / "gone")


@pytest.mark.parametrize("method", tuple(METHODS))
def test_summarise_gives_statements_that_are_spans(articles: list[Article], method: str) -> None:
    texts = {a.id: a.text for a in articles}
    found = briefing.summarise(articles, words=60, method=method)
    assert found and all(isinstance(s, Statement) for s in found)
    assert all(texts[s.article][s.start : s.end] == s.text for s in found)


def test_more_words_say_more_and_the_default_is_sixty(articles: list[Article]) -> None:
    lengths = [sum(len(s.text.split()) for s in briefing.summarise(articles, words=n)) for n in (20, 60, 200)]
    assert lengths == sorted(lengths)
    assert lengths[0] < lengths[2]
    assert briefing.summarise(articles) == briefing.summarise(articles, words=60, method="default")


def test_an_unknown_method_is_an_error_of_ours(articles: list[Article]) -> None:
    with pytest.raises(BriefingError, match="default"):
        briefing.summarise(articles, method="best")


def test_classify_files_every_sentence(articles: list[Article]) -> None:
    themes = [Theme(key="trains", title="Trains", words=("train", "railway", "carriage", "platform"))]
    train = next(a for a in articles if "train" in a.title)
    found = briefing.classify(train, themes)
    assert all(isinstance(t, ThemedSentence) for t in found)
    assert all(train.text[t.sentence.start : t.sentence.end] == t.sentence.text for t in found)
    assert {t.theme for t in found} <= {"trains", ""}
    assert any(t.theme == "trains" for t in found)
    flood = next(a for a in articles if a.language == "uk")
    assert {t.theme for t in briefing.classify(flood, themes)} == {""}


def test_group_gives_stories_whose_members_are_runs_of_sentences(articles: list[Article]) -> None:
    stories = briefing.group(articles)
    assert stories and all(isinstance(s, Story) and s.headline for s in stories)
    for story in stories:
        for passage in story.passages:
            assert all(
                b.index == a.index + 1 for a, b in zip(passage.sentences, passage.sentences[1:], strict=False)
            )


def test_build_gives_an_edition_and_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text((NOTES / "second-crossing.txt").read_text("utf-8"), encoding="utf-8")
    (tmp_path / "feeds.yaml").write_text(
        'sources:\n  - {file: report.txt, published: "2026-03-11"}\n', encoding="utf-8"
    )
    before = sorted(tmp_path.rglob("*"))
    edition = briefing.build(load_settings(tmp_path / "feeds.yaml"), now=datetime(2026, 3, 12, 6, tzinfo=UTC))
    assert isinstance(edition, Edition)
    assert any(section.stories for section in edition.themes)
    assert sorted(tmp_path.rglob("*")) == before


def test_the_usual_themes_are_at_hand(tmp_path: Path) -> None:
    (tmp_path / "feeds.yaml").write_text("sources:\n  - file: report.txt\n", encoding="utf-8")
    assert [t.key for t in themes_of(load_settings(tmp_path / "feeds.yaml"))] == [
        "battlefield",
        "humanitarian",
        "diplomacy",
    ]


def test_an_edition_comes_back_from_its_json_as_it_was(thursday: Any) -> None:
    adapter = TypeAdapter(Edition)
    content = (thursday.folder / "edition.json").read_bytes()
    edition = adapter.validate_json(content, strict=False)
    assert adapter.dump_json(edition, indent=2) + b"\n" == content


def _fits(value: Any, schema: dict[str, Any], definitions: dict[str, Any], place: str) -> list[str]:
    """Where a value is not as the schema says: the parts of JSON Schema that ours uses."""
    if "$ref" in schema:
        schema = {
            **definitions[schema["$ref"].rsplit("/", 1)[1]],
            **{k: v for k, v in schema.items() if k != "$ref"},
        }
    if "anyOf" in schema:
        options = [_fits(value, option, definitions, place) for option in schema["anyOf"]]
        return [] if any(not problems for problems in options) else options[0]
    kinds: dict[str, Any] = {
        "object": dict,
        "array": list,
        "string": str,
        "integer": int,
        "number": (int, float),
        "null": type(None),
    }
    if "type" in schema and schema["type"] in kinds and not isinstance(value, kinds[schema["type"]]):
        return [f"{place}: no {schema['type']}"]
    problems = [f"{place}: not {schema['const']}"] if "const" in schema and value != schema["const"] else []
    problems += (
        [f"{place}: not one of {schema['enum']}"] if "enum" in schema and value not in schema["enum"] else []
    )
    if isinstance(value, list):
        parts = schema.get("prefixItems") or [schema.get("items", {})] * len(value)
        for number, (item, part) in enumerate(zip(value, parts, strict=True)):
            problems += _fits(item, part, definitions, f"{place}[{number}]")
    if isinstance(value, dict) and "properties" in schema:
        problems += [f"{place}: lacks {key}" for key in schema.get("required", []) if key not in value]
        problems += [
            f"{place}: {key} is not in the schema" for key in value if key not in schema["properties"]
        ]
        for key in value.keys() & schema["properties"].keys():
            problems += _fits(value[key], schema["properties"][key], definitions, f"{place}.{key}")
    return problems


def test_the_sample_s_edition_fits_the_published_schema(thursday: Any) -> None:
    schema = json.loads((ROOT / "docs" / "edition.schema.json").read_text(encoding="utf-8"))
    edition = json.loads((thursday.folder / "edition.json").read_text(encoding="utf-8"))
    assert _fits(edition, schema, schema["$defs"], "edition") == []
    broken = {**edition, "articles": [{**edition["articles"][0], "number": "one"}], "extra": 1}
    assert len(_fits(broken, schema, schema["$defs"], "edition")) == 2


def test_the_schema_knows_every_type_of_the_edition(thursday: Any) -> None:
    schema = json.loads((ROOT / "docs" / "edition.schema.json").read_text(encoding="utf-8"))
    assert set(TypeAdapter(Edition).json_schema(mode="serialization")["$defs"]) == set(schema["$defs"])

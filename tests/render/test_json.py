"""edition.json: exact both ways, and clear about what is wrong."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from briefing.errors import ConfigError
from briefing.model import Edition
from briefing.render import FORMATS, load, render, schema

DOCS = Path(__file__).parents[2] / "docs"


def written(edition: Edition) -> bytes:
    return render(edition, ["json"]).pages[0].content


def test_an_edition_comes_back_equal(morning: Edition) -> None:
    assert load(written(morning)) == morning


@pytest.mark.parametrize("format_", FORMATS)
def test_an_edition_read_back_is_drawn_the_same(format_: str, morning: Edition) -> None:
    assert render(load(written(morning)), [format_]) == render(morning, [format_])


def test_it_is_indented_utf8_with_a_final_newline(morning: Edition) -> None:
    content = written(morning)
    assert content.startswith(b'{\n  "')
    assert content.endswith(b"}\n")
    assert "Рятувальники".encode() in content
    assert json.loads(content)["schema"] == "briefing-edition/1"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda value: value.pop("title"), "title: Field required"),
        (
            lambda value: value.update(schema="briefing-edition/9"),
            "schema: Input should be 'briefing-edition/1'",
        ),
        (lambda value: value.update(articles=[]), "cites articles that it does not list"),
        (lambda value: value.update(timezone="Europe/Nowhere"), "'Europe/Nowhere' is not a known IANA zone"),
        (lambda value: value.update(as_of="yesterday"), "as_of: "),
    ],
)
def test_a_broken_edition_is_refused_with_the_place(change: object, told: str, morning: Edition) -> None:
    value = json.loads(written(morning))
    change(value)  # type: ignore[operator]  # a lambda of the table above
    with pytest.raises(ConfigError, match=told):
        load(json.dumps(value).encode())


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"# Markdown"])
def test_what_is_no_json_object_is_refused(content: bytes) -> None:
    with pytest.raises(ConfigError, match=r"not an edition\.json"):
        load(content)


def test_the_schema_in_the_documentation_is_current() -> None:
    assert json.loads((DOCS / "edition.schema.json").read_text(encoding="utf-8")) == schema()


def test_counts_are_printed_in_the_order_of_the_work_whatever_the_mapping_says(morning: Edition) -> None:
    turned = replace(morning.coverage, counts=dict(sorted(morning.coverage.counts.items())))
    assert render(replace(morning, coverage=turned), ["md", "html"]) == render(morning, ["md", "html"])

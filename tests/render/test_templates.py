"""Templates of a user's own: file by file, sandboxed, and with errors that say where."""

import os
import re
from dataclasses import fields
from pathlib import Path

import pytest
from jinja2.filters import FILTERS

from briefing.errors import TemplateError
from briefing.model import Edition
from briefing.render import render
from briefing.render.templates import Flavour, make_environment, our_templates
from briefing.render.view import View
from briefing.render.words import words_for

ROOT = Path(__file__).parents[2]

OWN_MARKDOWN = """
# {{ edition.title }}

| a | b |
|---|--:|
| {{ edition.articles[0].outlet }} | 2 |

[x](javascript:alert) <script>no</script> ![i](https://e.example/i.png) [y](https://e.example/)
"""


def drawn(edition: Edition, format_: str, folder: Path, **files: str) -> str:
    """One page, with files written into the user's folder; `__` in a name is a dot."""
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return render(edition, [format_], folder).pages[0].content.decode()


def test_an_empty_folder_changes_nothing(morning: Edition, tmp_path: Path) -> None:
    assert render(morning, ["md", "html", "pdf"], tmp_path) == render(morning, ["md", "html", "pdf"])


def test_a_stylesheet_alone_replaces_ours(morning: Edition, tmp_path: Path) -> None:
    page = drawn(morning, "html", tmp_path, edition__css="body { color: teal }")
    assert "body { color: teal }" in page
    assert "--serif" not in page
    assert "Key points" in page


def test_a_part_alone_replaces_ours(morning: Edition, tmp_path: Path) -> None:
    (tmp_path / "html").mkdir()
    page = drawn(morning, "html", tmp_path, **{"html/method__j2": "<footer>Ask the desk.</footer>"})
    assert "Ask the desk." in page
    assert "9f3c9f3c" not in page
    assert "Coverage and gaps" in page


def test_markdown_alone_becomes_the_html_and_the_pdf(morning: Edition, tmp_path: Path) -> None:
    page = drawn(morning, "html", tmp_path, edition__md__j2=OWN_MARKDOWN)
    assert "<h1>Eastern Desk Morning Briefing</h1>" in page
    assert "<td>Northwire</td>" in page
    assert '<td align="right">2</td>' in page
    assert '<a href="https://e.example/"' in page
    assert "--accent" in page  # our styles
    for gone in ("<script", "javascript:", "<img"):
        assert gone not in page
    assert render(morning, ["pdf"], tmp_path).pages[0].content.startswith(b"%PDF")


def test_with_both_templates_each_makes_its_own_page(small: Edition, tmp_path: Path) -> None:
    files = {"edition__md__j2": "MD", "edition__html__j2": "<p>HTML</p>"}
    assert drawn(small, "md", tmp_path, **files) == "MD\n"
    assert drawn(small, "html", tmp_path) == "<p>HTML</p>"


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("fine\n{{ articels }}", r"edition\.md\.j2:2: 'articels' is undefined"),
        ("{{ edition.titel }}", r"edition\.md\.j2:1: .*no attribute 'titel'"),
        ("a\nb\n{% if %}", r"edition\.md\.j2:3: Expected an expression"),
        ("{{ 1 // 0 }}", r"edition\.md\.j2:1: ZeroDivisionError"),
        ("{% include 'nowhere.j2' %}", r"the template nowhere\.j2 does not exist"),
        ("{{ edition | nofilter }}", r"edition\.md\.j2:1: No filter named 'nofilter'"),
        ("{{ ''.__class__.__mro__ }}", r"edition\.md\.j2:1: .*unsafe"),
        ("{{ range(10 ** 9) | list }}", r"edition\.md\.j2:1: OverflowError"),
        ("{{ 'nobody' | when }}", r"edition\.md\.j2:1: AttributeError"),
    ],
)
def test_an_error_says_file_line_and_what_was_wrong(
    source: str, told: str, small: Edition, tmp_path: Path
) -> None:
    with pytest.raises(TemplateError, match=told):
        drawn(small, "md", tmp_path, edition__md__j2=source)


def test_an_unknown_name_lists_the_names_that_exist(small: Edition, tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="A template has: articles, edition, labels, view"):
        drawn(small, "md", tmp_path, edition__md__j2="{{ artcles }}")


def test_a_template_folder_that_does_not_exist_is_an_error(small: Edition, tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="is not a folder"):
        render(small, ["md"], tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{ '*a*' }}", r"\*a\*"),
        ("{{ '*a*' ~ '_b_' }}", r"\*a\*\_b\_"),
        ("{{ ['*a*', '_b_'] | join('|') }}", r"\*a\*&#124;\_b\_"),
        ("{{ '*a*' | e }}", r"\*a\*"),
        ("{% set x = '*a*' %}{{ x | upper }}", r"\*A\*"),
        (
            "{{ '[x](https://e.example)' | link('https://e.example/') }}",
            r"[\[x\](https&#58;//e.example)](<https://e.example/>)",
        ),
        ("{{ 'x' | link('javascript:x') }}", "x"),
        ("{{ none }}|{{ 1234.5 | number }}", "|1,234.5"),
        ("{{ edition.as_of | stamp }}", "2024-03-12T04:00:00Z"),
        ("{{ 'https://www.e.example:8/x' | host }}", "e.example"),
        ("{{ 1 | count('outlets') }}, {{ 2 | count('outlets') }}", "1 outlet, 2 outlets"),
        ("{{ 'x' | quote }} {{ 'uk' | language }}", "“x” Ukrainian"),
        ("{{ edition.date | day }} {{ edition.date | full_date }}", "12 Mar Tuesday, 12 March 2024"),
        ("{{ edition.articles[0] | when }} {{ edition.as_of | time }}", "11 Mar, 05:40 06:00"),
        ("{{ '2023-12-31' | slot }} {{ 'first' | slot }}", "31 Dec 2023 first"),
        ("{{ '2024-03-11-1800' | slot }} {{ '2024-03-11-2500' | slot }}", "11 Mar, 18:00 11 Mar"),
        ("{{ edition | lateness }}.", "."),
    ],
)
def test_filters_and_escapes_of_markdown_templates(
    source: str, expected: str, small: Edition, tmp_path: Path
) -> None:
    assert drawn(small, "md", tmp_path, edition__md__j2=source) == expected + "\n"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{ '<b>' }}", "&lt;b&gt;"),
        (
            "{{ '<b>' | link('https://e.example/?a=1&b=2') }}",
            '<a href="https://e.example/?a=1&amp;b=2" rel="noreferrer">&lt;b&gt;</a>',
        ),
        ("{{ '<b>' | link('javascript:x') }}", "&lt;b&gt;"),
        ("{{ '<b>' | breakable }}", "&lt;b&gt;"),
        ("{{ edition.next_issue }}", ""),
    ],
)
def test_filters_and_escapes_of_html_templates(
    source: str, expected: str, small: Edition, tmp_path: Path
) -> None:
    assert drawn(small, "html", tmp_path, edition__html__j2=source) == expected


def test_the_guide_names_every_template_filter_and_derived_value(small: Edition) -> None:
    guide = (ROOT / "docs" / "templates.md").read_text(encoding="utf-8")
    named = set(re.findall(r"[\w.-]+", guide))
    files = {path.name for path in our_templates().rglob("*") if path.is_file()}
    own = {name.name for name in fields(View)} - {"articles"}
    environment = make_environment(Flavour.MARKDOWN, words_for(small), None)
    assert sorted((files | own | (set(environment.filters) - set(FILTERS))) - named) == []


@pytest.mark.parametrize("format_", ["md", "html", "pdf"])
@pytest.mark.parametrize("name", ["nowhere", "file.txt", "n" * 300, "a\0b"])
def test_a_folder_that_cannot_be_used_is_told_with_what_to_do(
    morning: Edition, tmp_path: Path, name: str, format_: str
) -> None:
    (tmp_path / "file.txt").write_text("x")
    with pytest.raises(TemplateError, match=r"^templates: .*leave `templates:` out"):
        render(morning, [format_], tmp_path / name)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may enter every folder")
@pytest.mark.parametrize("mode", [0, 0o444])
def test_a_folder_that_may_not_be_entered_is_told(morning: Edition, tmp_path: Path, mode: int) -> None:
    own = tmp_path / "own"
    (own / "in").mkdir(parents=True)
    own.chmod(mode)
    try:
        for folder in (own, own / "in"):
            for format_ in ("md", "html"):
                with pytest.raises(TemplateError, match="cannot be read"):
                    render(morning, [format_], folder)
    finally:
        own.chmod(0o755)

"""The PDF: tagged, dated by the edition, the same bytes again, loading nothing."""

import hashlib
import re
import subprocess
import sys
import zlib
from pathlib import Path

import pypdfium2
import pytest

from briefing.model import Edition
from briefing.render import render
from briefing.render.pdf import Limits, pressed

CASE = Path(__file__).parent / "cases" / "morning.json"
ROOT = Path(__file__).parents[2]
DRAW = """
import hashlib, pathlib, sys
from briefing.render import load, render
drawn = render(load(pathlib.Path(sys.argv[1]).read_bytes()), ["md", "html", "pdf", "json"])
for page in drawn.pages:
    print(page.name, hashlib.sha256(page.content).hexdigest())
for note in drawn.notes:
    print(note)
"""


def drawn_elsewhere(**variables: str) -> list[str]:
    """Names and hashes of all pages, from a process of its own."""
    command = [sys.executable, "-c", DRAW, str(CASE)]
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)} | variables
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, cwd=ROOT)
    return done.stdout.splitlines()


def test_two_processes_draw_the_same_bytes(morning: Edition) -> None:
    here = [
        f"{page.name} {hashlib.sha256(page.content).hexdigest()}"
        for page in render(morning, ["md", "html", "pdf", "json"]).pages
    ]
    assert drawn_elsewhere(PYTHONHASHSEED="1", TZ="Asia/Tokyo") == here
    assert drawn_elsewhere(PYTHONHASHSEED="2", LANG="uk_UA.UTF-8") == here


def inflated(content: bytes) -> bytes:
    """A PDF with its compressed objects opened, to look for names in."""
    streams = re.findall(rb"stream\n(.*?)\nendstream", content, re.DOTALL)
    return content + b"".join(
        zlib.decompressobj().decompress(stream) for stream in streams if stream[:1] == b"x"
    )


def test_it_is_tagged_and_says_its_language_and_title(morning: Edition) -> None:
    content = render(morning, ["pdf"]).pages[0].content
    for mark in (b"/StructTreeRoot", b"/Lang (en)", b"/MarkInfo", b"pdfuaid:part"):
        assert mark in inflated(content)
    with pypdfium2.PdfDocument(content) as document:
        assert (
            document.get_metadata_dict()["Title"] == "Eastern Desk Morning Briefing, Tuesday, 12 March 2024"
        )
        assert document.get_metadata_dict()["CreationDate"].startswith("D:20240312040000")


def test_its_bookmarks_are_sections_and_stories(morning: Edition) -> None:
    content = render(morning, ["pdf"]).pages[0].content
    with pypdfium2.PdfDocument(content) as document:
        marks = [(mark.level, mark.get_title()) for mark in document.get_toc()]
    assert {level for level, _ in marks} == {0, 1}
    assert (0, "Key points") in marks
    assert (1, morning.themes[0].stories[0].headline) in marks


def test_page_one_stands_alone(morning: Edition) -> None:
    with pypdfium2.PdfDocument(render(morning, ["pdf"]).pages[0].content) as document:
        first = " ".join(document[0].get_textpage().get_text_range().split())
    for part in ("KEY POINTS", "KEY FIGURES", "310 million euros", "No answer from: Continental Post"):
        assert part in first


@pytest.mark.parametrize("address", ["file:///etc/hostname", "http://127.0.0.1:9/x.png", "/etc/hostname"])
def test_a_template_cannot_make_it_load_anything(address: str, small: Edition, tmp_path: Path) -> None:
    (tmp_path / "edition.html.j2").write_text(
        f'<html lang="en"><title>t</title><link rel="attachment" href="{address}">'
        f'<p>Text</p><img src="{address}" alt="x">'
    )
    content = render(small, ["pdf"], tmp_path).pages[0].content
    assert b"/EmbeddedFile" not in inflated(content)
    assert b"/Image" not in inflated(content)


def test_without_pango_the_other_formats_are_written_and_one_line_says_what_is_missing(
    tmp_path: Path,
) -> None:
    (tmp_path / "weasyprint").mkdir()
    (tmp_path / "weasyprint" / "__init__.py").write_text(
        "raise OSError('cannot load library libpango-1.0-0')\n"
    )
    lines = drawn_elsewhere(PYTHONPATH=f"{tmp_path}:{ROOT}")
    assert [line.split()[0] for line in lines] == [
        "edition.md",
        "edition.html",
        "edition.json",
        "edition.pdf",
    ]
    assert lines[-1] == (
        "edition.pdf was not written: the Pango library is missing"
        " (on Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0)"
    )


LOOPING = "<html lang=en><title>t</title>" + "<table>" + "<tr><td>x" * 20_000
FAT = "<html lang=en><title>t</title><p>" + "word " * 30_000_000


@pytest.mark.parametrize(
    ("page", "limits", "said"),
    [
        (LOOPING, Limits(seconds=2), "took more than 2 s or"),
        (FAT, Limits(memory=300_000_000), "or 300 MB"),
        ("<title>t</title>" + '<p style="page-break-after: always">x' * 4, Limits(pages=3), "than 3 pages"),
        ("<title>t</title>" + "<div>" * 5_000, Limits(), "cannot be set (RecursionError)"),
    ],
    ids=["time", "memory", "pages", "nesting"],
)
def test_a_page_that_costs_too_much_is_given_up_with_a_line(page: str, limits: Limits, said: str) -> None:
    got = pressed(page, limits)
    assert isinstance(got, str)
    assert got.startswith("edition.pdf was not written: ")
    assert said in got
    assert "\n" not in got


def test_the_other_formats_are_written_where_the_pdf_is_not(small: Edition, tmp_path: Path) -> None:
    (tmp_path / "edition.html.j2").write_text('<html lang="en"><title>t</title>' + "<div>" * 5_000)
    drawn = render(small, ["md", "pdf", "html", "json"], tmp_path)
    assert [page.format for page in drawn.pages] == ["md", "html", "json"]
    (note,) = drawn.notes
    assert "RecursionError" in note


def test_the_process_that_sets_it_is_given_no_secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A stand-in for weasyprint that fails with the name of what it sees."""
    (tmp_path / "weasyprint").mkdir()
    (tmp_path / "weasyprint" / "__init__.py").write_text(
        "import os\nclass HTML:\n  def __init__(self, **_):\n"
        "    raise type('Seen' if 'SMTP_PASSWORD' in os.environ else 'Unseen', (Exception,), {})\n"
    )
    (tmp_path / "weasyprint" / "urls.py").write_text("class URLFetcher:\n  def __init__(self, **_): pass\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("SMTP_PASSWORD", "hunter2")
    assert "(Unseen)" in str(pressed("<p>x"))

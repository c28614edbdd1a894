"""feeds.yaml -> Settings: cases are files of YAML, a line "---- errors", and the lines expected."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.config import load
from briefing.config.file import LARGEST
from briefing.config.tree import grow
from briefing.errors import ConfigError

CASES = sorted((Path(__file__).parent / "cases").glob("*.txt"))
GOOD = b"sources:\n  - folder: inbox\n"


def _errors(path: Path) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load(path)
    return str(caught.value).replace(str(path), "feeds.yaml").splitlines()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_every_error_is_reported_with_its_line(case: Path, tmp_path: Path) -> None:
    yaml, _, expected = case.read_text(encoding="utf-8").partition("---- errors\n")
    path = tmp_path / "feeds.yaml"
    path.write_text(yaml, encoding="utf-8")
    assert _errors(path) == expected.splitlines()


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        (b"", 1, "empty"),
        (b"# only a comment\n", 1, "empty"),
        (b"title: caf\xe9\n", 1, "not UTF-8"),
        ("title: x\n".encode("utf-16"), 1, "not UTF-8"),
        (b"title: x\n\x00\n", 2, "U+0000"),
        (b"title: x\nhandling: \x1b[31m\n", 2, "U+001B"),
        (b"a: " + b"[" * 100_000, 1, "nested deeper"),
        (b"- " * 50_000, 1, "nested deeper"),
        (b"a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n", 2, "alias"),
        (b"%YAML 9.9\n---\na: b\n", 1, "YAML"),
    ],
)
def test_what_is_no_text_for_people_is_refused(content: bytes, line: int, said: str, tmp_path: Path) -> None:
    path = tmp_path / "feeds.yaml"
    path.write_bytes(content)
    (error,) = _errors(path)
    assert error.startswith(f"feeds.yaml:{line}: ")
    assert said in error


def test_a_file_too_large_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "feeds.yaml"
    path.write_bytes(b"# " + b"x" * LARGEST)
    assert "larger than" in _errors(path)[0]


def test_a_thousand_errors_are_cut_short(tmp_path: Path) -> None:
    path = tmp_path / "feeds.yaml"
    path.write_text("".join(f"key{number}: x\n" for number in range(1000)))
    errors = _errors(path)
    assert len(errors) == 51
    assert errors[-1] == "feeds.yaml: and 951 more"


def test_a_file_that_is_missing_or_a_folder_says_what_to_do(tmp_path: Path) -> None:
    assert "briefing init" in _errors(tmp_path / "none.yaml")[0]
    assert "name the file in it" in _errors(tmp_path)[0]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60) | st.text(alphabet="-:?*&!|>[]{}'\"%@`,# \n\ta1", max_size=40))
def test_no_text_makes_the_reader_fall(text: str) -> None:
    tree = grow(text)
    assert all(problem.line >= 1 and "\n" not in problem.text for problem in tree.problems)


def test_times_keep_their_zones_and_text_stays_text(tmp_path: Path) -> None:
    path = tmp_path / "feeds.yaml"
    path.write_text(
        "title: 2026\nat: 06:30\nnow: 2026-03-12T06:00:00+02:00\nwindow: 90m\nhandling: no\n"
        "sources:\n  - {folder: '1.10', published: 2026-03-11}\n"
        "  - {file: a.txt, published: 2026-03-11 14:30:00 +02:00}\n"
    )
    made = load(path)
    assert (made.title, made.handling, made.sources[0].folder) == ("2026", "no", "1.10")
    assert (made.at, made.window) == (dt.time(6, 30), dt.timedelta(minutes=90))
    assert made.now is not None
    assert made.now.isoformat() == "2026-03-12T06:00:00+02:00"
    assert made.sources[0].published == dt.date(2026, 3, 11)
    assert type(made.sources[0].published) is dt.date
    assert made.sources[1].published == dt.datetime.fromisoformat("2026-03-11T14:30:00+02:00")


@pytest.mark.parametrize("at", ["06:00", '"06:00"', "6:00", "'06:00'"])
def test_a_time_may_be_quoted_or_not(at: str, tmp_path: Path) -> None:
    path = tmp_path / "feeds.yaml"
    path.write_bytes(f"at: {at}\n".encode() + GOOD)
    assert load(path).at == dt.time(6, 0)


def test_a_byte_order_mark_and_an_old_zone_name_are_taken(tmp_path: Path) -> None:
    path = tmp_path / "feeds.yaml"
    path.write_bytes(b"\xef\xbb\xbftimezone: Europe/Kiev\r\n" + GOOD)
    assert load(path).zone.key == "Europe/Kiev"


def test_sources_may_come_from_elsewhere(tmp_path: Path) -> None:
    path = tmp_path / "feeds.yaml"
    path.write_text("title: x\n")
    assert "no sources" in _errors(path)[0]
    assert load(path, sources_needed=False).title == "x"


def test_the_example_and_the_list_of_feeds_can_be_read() -> None:
    root = Path(__file__).parents[2]
    assert len(load(root / "examples/week/feeds.yaml").sources) > 10
    feeds = load(root / "feeds.yaml")
    kinds = {source.kind for source in feeds.sources}
    assert {"agency", "independent media", "state media", "official", "humanitarian", "analyst"} <= kinds
    assert all(source.name for source in feeds.sources)

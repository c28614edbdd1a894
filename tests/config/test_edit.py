"""A feeds.yaml that a program changes keeps every line that a person wrote."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.config import Source, edit, load
from briefing.config.subscribe import found, joined
from briefing.errors import ConfigError

BEFORE = """\
title:   Desk   # ours

# Where it comes from
sources:
  # agencies
  -   feed: https://a.example/rss    # the first
      name:   'A'

  - name: "B: and more"
    feed: https://b.example/rss
    # odd, but theirs
    themes: [war,
             sea]
  - folder: inbox

# and what about
themes:
- {key: sea, title: Sea, words: [ship]}
"""
NEW = Source(
    feed="https://n.example/rss?a=1&b=#2", name="- New: *really* # 1", group="X/Y", themes=("a b", "c")
)
texts = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp")), min_size=1, max_size=20)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "feeds.yaml"
    path.write_text(BEFORE, encoding="utf-8")
    return path


def test_a_new_source_stands_behind_the_others_and_nothing_else_is_another(path: Path) -> None:
    edit.add(path, [NEW, Source(feed="https://m.example/rss")])
    after = path.read_text(encoding="utf-8")
    head, _, tail = BEFORE.partition("  - folder: inbox\n")
    assert after.startswith(head + "  - folder: inbox\n")
    assert after.endswith(tail)
    assert load(path).sources[-2:] == (NEW, Source(feed="https://m.example/rss"))
    assert [entry.name for entry in path.parent.iterdir()] == ["feeds.yaml"]


@pytest.mark.parametrize(("index", "gone"), [(0, (5, 7)), (1, (8, 13)), (2, (13, 14))])
def test_a_source_is_taken_out_with_its_own_lines_alone(
    path: Path, index: int, gone: tuple[int, int]
) -> None:
    lines = BEFORE.splitlines(keepends=True)
    edit.remove(path, index)
    assert path.read_text(encoding="utf-8") == "".join(lines[: gone[0]] + lines[gone[1] :])


def test_what_is_added_and_taken_out_leaves_the_file_as_it_was(path: Path) -> None:
    edit.add(path, [NEW])
    edit.remove(path, 3)
    assert path.read_text(encoding="utf-8") == BEFORE


@given(name=texts, outlet=texts)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_read_again_as_it_was_meant(path: Path, name: str, outlet: str) -> None:
    path.write_text(BEFORE, encoding="utf-8")
    new = Source(feed="https://n.example/rss", name=name, outlet=outlet)
    edit.add(path, [new])
    assert load(path).sources[-1] == new


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("title: T\nsources: []\n", "title: T\nsources:\n  - feed: https://m.example/rss\n"),
        ("sources: [\n]  # none\nat: '06:00'\n", "sources:\n  - feed: https://m.example/rss\nat: '06:00'\n"),
        ("title: T", "title: T\nsources:\n  - feed: https://m.example/rss\n"),
        ("sources:\n- folder: x", "sources:\n- folder: x\n- feed: https://m.example/rss\n"),
        ("\ufeffsources:\r\n- file: x\r\n", "\ufeffsources:\r\n- file: x\r\n- feed: https://m.example/rss\r\n"),
        ("sources:\n-\n  file: x\n# end\n", "sources:\n-\n  file: x\n- feed: https://m.example/rss\n# end\n"),
    ],
)  # fmt: skip
def test_lists_as_people_write_them(path: Path, before: str, after: str) -> None:
    path.write_bytes(before.encode())
    edit.add(path, [Source(feed="https://m.example/rss")])
    assert path.read_bytes().decode() == after


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sources: [{folder: x}]\n", "brackets"),
        ("sources:\n  - folder: x\n   name: broken\n", "feeds.yaml:3"),
        ("title: T\nsuorces: []\n", "unknown key"),
        ("sources:\n  - folder: x\n  - folder: x\n", "stands on line 2 already"),
        ("{title: T}\n", "."),
    ],
)
def test_a_file_that_cannot_be_changed_is_not_touched(path: Path, text: str, said: str) -> None:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=said):
        edit.add(path, [NEW])
    assert path.read_text(encoding="utf-8") == text
    assert [entry.name for entry in path.parent.iterdir()] == ["feeds.yaml"]


def test_a_source_that_would_stand_twice_is_refused(path: Path) -> None:
    with pytest.raises(ConfigError, match="already"):
        edit.add(path, [Source(feed="https://a.example/rss")])
    assert path.read_text(encoding="utf-8") == BEFORE


def test_the_only_source_stays(path: Path) -> None:
    path.write_text("sources:\n- folder: x\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="only source"):
        edit.remove(path, 0)


def test_a_link_stays_a_link_and_rights_stay(path: Path) -> None:
    link = path.with_name("link.yaml")
    link.symlink_to(path.name)
    path.chmod(0o600)
    edit.add(link, [NEW])
    assert link.is_symlink()
    assert path.stat().st_mode & 0o777 == 0o600
    assert load(path).sources[-1] == NEW


def test_known_feeds_are_passed_over_and_names_are_given_once() -> None:
    known = (Source(feed="https://a.example/rss/", name="News"), Source(folder="inbox"))
    listed = (
        Source(feed="http://A.example/rss", name="Other"),
        Source(feed="https://www.b.example/rss", name="News", group="G"),
        Source(feed="https://b.example/two", name="News"),
        Source(feed="https://www.b.example/rss", name="Again", group="H"),
    )
    join = joined(known, listed)
    assert [source.name for source in join.fresh] == ["News (b.example)", "News (b.example, 2)"]
    assert [note.partition(":")[0] for note in join.notes] == ["Other", "News", "News", "Again"]
    assert "in G" in join.notes[-1]


@pytest.mark.parametrize(
    ("wanted", "place"), [("A", 0), ("a", 0), ("inbox", 1), ("http://a.example/rss/", 0)]
)
def test_a_source_is_found_by_its_name_or_address(wanted: str, place: int) -> None:
    assert found((Source(feed="https://a.example/rss", name="A"), Source(folder="inbox")), wanted) == place


@pytest.mark.parametrize("wanted", ["", "nobody", "https://a.example/"])
def test_a_source_that_is_not_there_is_told(wanted: str) -> None:
    with pytest.raises(ConfigError, match="feeds list"):
        found((Source(feed="https://a.example/rss", name="A"), Source(folder="inbox")), wanted)

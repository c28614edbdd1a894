"""Folders and files on disk."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefing import bounds
from briefing import read as reading
from briefing.config.source import Source
from briefing.fetch import fetch, files
from briefing.model import Document, Miss, Unchanged

NOW = datetime(2026, 3, 12, 6, tzinfo=UTC)


def fetched(source: Source, base: Path) -> list[Document | Miss]:
    (found,) = all_fetched([source], base)
    return found


def all_fetched(sources: list[Source], base: Path) -> list[list[Document | Miss]]:
    found = dict(fetch(sources, base, now=NOW))
    return [
        [one for one in found[index].documents if not isinstance(one, Unchanged)] for index in sorted(found)
    ]


def test_fetch_and_read_know_the_same_suffixes() -> None:
    assert tuple(sorted(reading.SUFFIXES)) == files.SUFFIXES


@pytest.mark.parametrize("spelled", ["notes", "notes/", "./notes"])
def test_a_folder_is_walked_in_the_order_of_its_paths(tmp_path: Path, spelled: str) -> None:
    for name in ("b.txt", "a/z.md", "a/B.txt", "c.TXT", "ä.txt"):
        path = tmp_path / "notes" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    stem = spelled.rstrip("/")
    addresses = [d.address for d in fetched(Source(folder=spelled), tmp_path)]
    assert addresses == [f"{stem}/{n}" for n in ("a/B.txt", "a/z.md", "b.txt", "c.TXT", "ä.txt")]


def test_hidden_files_and_folders_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "a.txt").write_text("x")
    (tmp_path / ".b.txt").write_text("x")
    assert fetched(Source(folder="."), tmp_path) == []


def test_an_unknown_kind_of_file_is_a_miss_that_names_the_known(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"x")
    (miss,) = fetched(Source(folder=".", name="N"), tmp_path)
    assert isinstance(miss, Miss)
    assert (miss.source, miss.address) == ("N", "./photo.jpg")
    assert miss.reason.startswith("unknown kind of file; known: .atom, .eml")


def test_links_are_followed_inside_the_folder_only(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    (inside / "sub").mkdir(parents=True)
    outside.mkdir()
    (outside / "secret.txt").write_text("secret")
    (inside / "sub" / "a.txt").write_text("a")
    (inside / "again.txt").symlink_to(inside / "sub" / "a.txt")
    (inside / "away.txt").symlink_to(outside / "secret.txt")
    (inside / "loop.txt").symlink_to(inside / "loop.txt")
    (inside / "out").symlink_to(outside)
    (inside / "up").symlink_to(inside)
    found = {
        d.address: d.content if isinstance(d, Document) else d.reason
        for d in fetched(Source(folder="in"), tmp_path)
    }
    assert found == {
        "in/again.txt": b"a",
        "in/away.txt": "a link that leaves the folder",
        "in/loop.txt": "a link that leads nowhere",
        "in/out": "a link that leaves the folder",
        "in/sub/a.txt": b"a",
        "in/up": "a link to a folder: its files are read where they lie",
    }


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (Source(folder="nowhere"), "no such folder"),
        (Source(folder="a.txt"), "not a folder: list it under file:"),
        (Source(file="nowhere.txt"), "no such file"),
        (Source(file="nowhere"), "no such file"),
        (Source(file="sub"), "a folder, not a file: list it under folder:"),
        (Source(file="pipe.txt"), "not a regular file"),
    ],
)
def test_what_is_not_there_is_a_miss_that_says_so(tmp_path: Path, source: Source, reason: str) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "sub").mkdir()
    os.mkfifo(tmp_path / "pipe.txt")
    assert fetched(source, tmp_path) == [Miss(source.label, source.address, reason)]


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("~nosuchuser/in", "cannot be read: Could not determine home directory."),
        ("n" * 300, "cannot be read: File name too long"),
    ],
)
@pytest.mark.parametrize("key", ["folder", "file"])
def test_a_path_that_cannot_be_asked_is_a_miss_and_leaves_the_others(
    tmp_path: Path, key: str, path: str, reason: str
) -> None:
    (tmp_path / "a.txt").write_text("x")
    bad = Source.model_validate({key: path})
    first, second = all_fetched([bad, Source(file="a.txt")], tmp_path)
    (miss,) = first
    assert isinstance(miss, Miss) and miss.address == path
    assert miss.reason == reason
    assert isinstance(second[0], Document)


def test_a_path_with_nul_is_a_miss(tmp_path: Path) -> None:
    for source, reason in (
        (Source(folder="a\0b"), "no such folder"),
        (Source(file="a\0b"), "not a path: a NUL character is in it"),
    ):
        assert fetched(source, tmp_path) == [Miss("a\0b", "a\0b", reason)]


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may enter every folder")
def test_what_may_not_be_entered_is_a_miss_and_leaves_the_others(tmp_path: Path) -> None:
    for shut in (tmp_path / "shut", tmp_path / "in" / "listed"):
        (shut / "sub").mkdir(parents=True)
        (shut / "b.txt").write_text("x")
    (tmp_path / "in" / "a.txt").write_text("x")
    (tmp_path / "shut").chmod(0)
    (tmp_path / "in" / "listed").chmod(0o444)
    sources = [Source(folder="shut/sub"), Source(file="shut/b.txt"), Source(folder="in")]
    first, second, third = all_fetched(sources, tmp_path)
    for shut in (tmp_path / "shut", tmp_path / "in" / "listed"):
        shut.chmod(0o755)
    assert [getattr(d, "reason", "") for d in (*first, *second)] == ["permission denied"] * 2
    assert "" in [getattr(d, "reason", "") for d in third]
    assert "permission denied" in [getattr(d, "reason", "") for d in third]


def test_a_file_over_its_limit_is_a_miss(tmp_path: Path) -> None:
    for name, size in (
        ("a.html", bounds.MAX_FILE),
        ("b.html", bounds.MAX_FILE + 1),
        ("c.txt", bounds.MAX_FILE + 1),
    ):
        with (tmp_path / name).open("wb") as file:
            file.truncate(size)
    found = fetched(Source(folder="."), tmp_path)
    assert [getattr(d, "reason", "read") for d in found] == ["read", "larger than 20 MB", "read"]


def test_an_address_never_names_this_machine(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    assert all(str(tmp_path) not in d.address for d in fetched(Source(folder="."), tmp_path))
    assert fetched(Source(file=str(tmp_path / "a.txt")), tmp_path)[0].address == str(tmp_path / "a.txt")


def test_a_file_name_that_is_no_text_stays_printable(tmp_path: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt")).write_text("x")
    except OSError:
        pytest.skip("this file system takes only names in UTF-8")
    (found,) = fetched(Source(folder="."), tmp_path)
    assert found.address == "./\ufffd.txt"

"""Secrets: from where they may come, and that no message shows them."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.errors import ConfigError
from briefing.secret import secret

WORD = "geheim-4711-таємно"


@pytest.fixture
def keep(tmp_path: Path) -> Path:
    """A file with a secret that only its owner may read."""
    file = tmp_path / "keys" / "word"
    file.parent.mkdir()
    file.write_text(f"{WORD}\n", encoding="utf-8")
    file.chmod(0o600)
    return file


def test_a_variable_of_the_environment_holds_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_WORD", f" {WORD} ")
    assert secret("DESK_WORD", tmp_path) == f" {WORD} "


def test_a_variable_that_is_not_set_holds_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DESK_WORD", raising=False)
    (tmp_path / "DESK_WORD").write_text(WORD, encoding="utf-8")  # no slash: never a file
    assert secret("DESK_WORD", tmp_path) == ""
    assert secret("", tmp_path) == ""


@pytest.mark.parametrize("mode", [0o600, 0o400, 0o700])
def test_a_file_of_its_owner_holds_it_without_the_end_of_the_line(keep: Path, mode: int) -> None:
    keep.chmod(mode)
    assert secret("keys/word", keep.parent.parent) == WORD
    assert secret(str(keep), Path("elsewhere")) == WORD


def test_a_key_beside_feeds_yaml_needs_no_slash(keep: Path) -> None:
    keep.rename(keep.parent / "dkim.pem")
    assert secret("dkim.pem", keep.parent) == WORD


def test_the_lines_of_a_key_stay_as_they_are(keep: Path) -> None:
    keep.write_bytes(b"-----BEGIN-----\nabc\r\n-----END-----\r\n\n")
    assert secret(str(keep), Path()) == "-----BEGIN-----\nabc\r\n-----END-----"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o620, 0o601, 0o666])
def test_a_file_that_is_open_to_others_is_refused_and_says_what_to_do(keep: Path, mode: int) -> None:
    keep.chmod(mode)
    with pytest.raises(ConfigError, match=f"mode {mode:04o} .*chmod 600 {keep}") as refusal:
        secret(str(keep), Path())
    assert WORD not in str(refusal.value)


def test_a_link_to_a_file_that_is_open_to_others_is_refused(keep: Path, tmp_path: Path) -> None:
    keep.chmod(0o644)
    (tmp_path / "link").symlink_to(keep)
    with pytest.raises(ConfigError, match="lets others read"):
        secret("./link", tmp_path)


@pytest.mark.parametrize(
    ("name", "reason"),
    [("./missing", "No such file"), ("keys/", "Is a directory"), ("keys/word/more", "Not a directory")],
)
def test_a_file_that_cannot_be_read_says_why(keep: Path, name: str, reason: str) -> None:
    with pytest.raises(ConfigError, match=rf"the secret cannot be read \({reason}"):
        secret(name, keep.parent.parent)


def test_bytes_that_are_no_text_are_refused_and_not_shown(keep: Path) -> None:
    keep.write_bytes(b"\xff\xfe\x00geheim")
    with pytest.raises(ConfigError, match="it is not UTF-8 text") as refusal:
        secret(str(keep), Path())
    assert "geheim" not in str(refusal.value)
    assert refusal.value.__cause__ is None

"""Editions on the disk: whole, in place of the earlier one, or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.config import delivery
from briefing.errors import BriefingError
from briefing.model import Page, Receipt
from briefing.send import CHANNELS, send
from briefing.send.disk import put

ROOT = Path(__file__).parents[2]
PAGES = (
    Page("md", "edition.md", "# Ранок 🛰️\n".encode()),
    Page("pdf", "edition.pdf", b"%PDF-1.7\r\n\x00\xff"),
    Page("json", "edition.json", b""),
)


def content(folder: Path) -> dict[str, bytes]:
    """Every file of the folder, hidden ones too."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_pages_are_written_byte_for_byte_into_a_new_folder_with_a_receipt_each(tmp_path: Path) -> None:
    folder = tmp_path / "output" / "Ранковий брифінг" / "2026-11-23"
    receipts = send(PAGES, folder)
    assert receipts == tuple(Receipt("disk", str(folder / page.name)) for page in PAGES)
    assert content(folder) == {page.name: page.content for page in PAGES}


def test_a_second_edition_replaces_the_first_and_leaves_other_files_alone(tmp_path: Path) -> None:
    send(PAGES, tmp_path)
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    send([Page("md", "edition.md", b"second")], tmp_path)
    assert content(tmp_path) == {
        "edition.md": b"second",
        "edition.pdf": PAGES[1].content,
        "edition.json": b"",
        "notes.txt": b"mine",
    }


def test_a_page_that_somebody_reads_stays_whole_while_it_is_replaced(tmp_path: Path) -> None:
    send([Page("md", "edition.md", b"first")], tmp_path)
    with (tmp_path / "edition.md").open("rb") as reader:
        send([Page("md", "edition.md", b"second")], tmp_path)
        assert reader.read() == b"first"


def test_no_pages_are_no_error(tmp_path: Path) -> None:
    assert send([], tmp_path / "new") == ()


def test_pages_can_be_read_by_whom_the_umask_lets(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        send(PAGES, tmp_path)
    finally:
        os.umask(before)
    assert (tmp_path / "edition.md").stat().st_mode & 0o777 == 0o644


def test_a_leftover_that_is_a_link_is_removed_and_never_written_through(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    folder = tmp_path / "edition"
    folder.mkdir()
    (folder / ".edition.md.part").symlink_to(victim)
    send(PAGES, folder)
    assert victim.read_bytes() == b"precious"
    assert set(content(folder)) == {page.name for page in PAGES}


def test_the_channels_stand_in_the_order_of_delivery_and_are_those_of_feeds_yaml() -> None:
    assert list(CHANNELS) == ["atom", "folder", "mail", "webhook", "ping"]
    assert set(CHANNELS) == set(delivery.CHANNELS)


@pytest.mark.skipif(
    not Path("/proc/self").is_dir(), reason="needs a file system that forces no names: Linux has one"
)
def test_a_drive_that_cannot_force_names_to_the_disk_is_good_enough() -> None:
    put(Path("/proc"), {})


# --- a folder that cannot take them ---------------------------------------------------------------


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    """A folder with an edition that this process may read and not change, whoever runs the tests."""
    with tempfile.TemporaryDirectory() as name:  # tmp_path lies in a folder that only its owner may enter
        folder = Path(name)
        (folder / "edition.md").write_bytes(b"old")
        folder.chmod(0o555)
        owner = os.geteuid()
        if owner == 0:
            os.seteuid(65534)  # nobody: for root nothing is read-only
        try:
            yield folder
        finally:
            os.seteuid(owner)
            folder.chmod(0o755)


def test_a_read_only_folder_says_what_where_and_what_to_do(read_only: Path) -> None:
    with pytest.raises(BriefingError, match="Permission denied; make the folder writable") as refusal:
        send(PAGES, read_only)
    assert str(read_only) in str(refusal.value)
    assert content(read_only) == {"edition.md": b"old"}


@pytest.mark.parametrize("folder", ["/dev/null", "/dev/null/edition"])
def test_a_folder_that_cannot_be_made_says_so(folder: str) -> None:
    with pytest.raises(BriefingError, match=f"cannot write the edition to {folder}: .*under `output:`"):
        send(PAGES, Path(folder))


# The file-size limit of a process stands for a full disk: the same call fails, half-way through a page.
FULL = """
import resource, sys
from pathlib import Path
from briefing.errors import BriefingError
from briefing.model import Page
from briefing.send import send
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    send([Page("md", "edition.md", b"new"), Page("pdf", "edition.pdf", b"n" * 200_000)], Path(sys.argv[1]))
except BriefingError as error:
    print(error)
"""


def test_a_full_disk_leaves_every_page_of_the_old_edition_and_nothing_else(tmp_path: Path) -> None:
    old = [Page("md", "edition.md", b"old"), Page("pdf", "edition.pdf", b"old")]
    send(old, tmp_path)
    run = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert f"cannot write the edition to {tmp_path}" in run.stdout
    assert "free space there, then run again" in run.stdout
    assert content(tmp_path) == {page.name: page.content for page in old}


# --- a run that is killed --------------------------------------------------------------------------

SENDER = """
import itertools, sys
from pathlib import Path
from briefing.model import Page
from briefing.send import send
for number in itertools.count():
    word = f"{number:08}".encode()
    pages = [Page("md", "edition.md", word * 50_000), Page("pdf", "edition.pdf", word * 100_000)]
    send(pages, Path(sys.argv[1]))
    print(number, flush=True)
"""


@pytest.mark.slow
@pytest.mark.parametrize("round_", range(10))
def test_a_run_killed_while_it_writes_leaves_whole_pages_and_the_next_one_clears_up(
    tmp_path: Path, round_: int
) -> None:
    run = subprocess.Popen(
        [sys.executable, "-c", SENDER, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert run.stdout is not None
    run.stdout.readline()
    time.sleep(round_ / 1000)  # another moment of the next edition each time
    run.kill()
    run.communicate()
    for name, times in [("edition.md", 50_000), ("edition.pdf", 100_000)]:
        page = (tmp_path / name).read_bytes()
        assert page == page[:8] * times
    send(PAGES, tmp_path)
    assert content(tmp_path) == {page.name: page.content for page in PAGES}

"""A copy of the pages elsewhere: whole, or later."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from briefing.config import delivery
from briefing.model import Letter, Page, Parcel, Receipt
from briefing.render import load
from briefing.send import CHANNELS
from briefing.send.folder import Folder

ROOT = Path(__file__).parents[2]


@pytest.fixture
def parcel(tmp_path: Path) -> Parcel:
    """An edition of the briefing `morning` in every format."""
    edition = load((ROOT / "tests" / "render" / "cases" / "morning.json").read_bytes())
    pages = (
        Page("md", "edition.md", "# Ранок 🛰️\n".encode()),
        Page("html", "edition.html", b"<!doctype html>"),
        Page("pdf", "edition.pdf", b"%PDF-1.7\r\n\x00\xff"),
        Page("json", "edition.json", b"{}\n"),
    )
    letter = Letter("subject", "text", "<p>html</p>")
    return Parcel(edition, pages, letter, letter, (edition,), tmp_path / "output", "", "0f" * 16)


def folder(path: Path | str, *formats: str, base: Path = Path()) -> Folder:
    return Folder(delivery.Folder.model_validate({"path": str(path), "formats": formats}), base)


def outcome(channel: Folder, parcel: Parcel) -> Receipt:
    before, after = channel.deliver(parcel, channel.addresses())
    assert before == Receipt("folder", channel.addresses()[0], "sending")
    assert after.address == before.address
    return after


def content(place: Path) -> dict[str, bytes]:
    """Every file below a folder, hidden ones too."""
    return {str(p.relative_to(place)): p.read_bytes() for p in sorted(place.rglob("*")) if p.is_file()}


@pytest.fixture
def share(tmp_path: Path) -> Path:
    (tmp_path / "share").mkdir()
    return tmp_path / "share"


def test_every_page_is_copied_byte_for_byte_under_briefing_and_slot(parcel: Parcel, share: Path) -> None:
    told = outcome(folder(share), parcel)
    assert (told.state, told.detail) == ("sent", "edition.md, edition.html, edition.pdf, edition.json")
    assert content(share) == {f"morning/2024-03-12/{page.name}": page.content for page in parcel.pages}


def test_formats_choose_the_pages(parcel: Parcel, share: Path) -> None:
    channel = folder(share, "pdf", "md")
    assert channel.formats() == ("pdf", "md")
    assert folder(share).formats() == ()
    assert outcome(channel, parcel).state == "sent"
    assert set(content(share)) == {"morning/2024-03-12/edition.md", "morning/2024-03-12/edition.pdf"}


def test_a_second_copy_replaces_the_first_and_leaves_other_files_alone(parcel: Parcel, share: Path) -> None:
    outcome(folder(share), parcel)
    (share / "morning" / "2024-03-12" / "notes.txt").write_bytes(b"mine")
    again = replace(parcel, pages=(replace(parcel.pages[0], content=b"second"),))
    assert outcome(folder(share), again).state == "sent"
    there = content(share)
    assert there["morning/2024-03-12/edition.md"] == b"second"
    assert there["morning/2024-03-12/notes.txt"] == b"mine"


def test_nothing_is_copied_before_the_receipt_that_says_so_is_taken(parcel: Parcel, share: Path) -> None:
    channel = folder(share)
    assert next(channel.deliver(parcel, channel.addresses())).state == "sending"
    assert content(share) == {}


def test_the_path_is_relative_to_feeds_yaml_and_the_address_as_written_there(
    parcel: Parcel, share: Path
) -> None:
    told = outcome(folder("share", base=share.parent), parcel)
    assert (told.address, told.state) == ("share", "sent")
    assert content(share)


def test_a_format_that_could_not_be_drawn_is_missed_and_the_others_are_copied(
    parcel: Parcel, share: Path
) -> None:
    without = replace(parcel, pages=tuple(page for page in parcel.pages if page.format != "pdf"))
    told = outcome(folder(share, "md", "pdf"), without)
    assert (told.state, told.detail) == ("later", "not drawn, so not copied: pdf")
    assert set(content(share)) == {"morning/2024-03-12/edition.md"}
    assert outcome(folder(share, "md", "pdf"), parcel).state == "sent"


# --- a folder that cannot take them ---------------------------------------------------------------


def test_a_mount_that_is_missing_is_never_made_by_us(parcel: Parcel, tmp_path: Path) -> None:
    told = outcome(folder(tmp_path / "mnt"), parcel)
    assert (told.state, told.detail) == ("later", "there is no such folder: mount it, or make it once")
    assert not (tmp_path / "mnt").exists()


@pytest.mark.parametrize("path", ["/dev/null", "/dev/null/below", "nul\0"])
def test_a_path_that_is_no_folder_is_told(path: str, parcel: Parcel) -> None:
    assert outcome(folder(path), parcel).state == "later"


@pytest.mark.parametrize("name", ["..", ".", "", "../../elsewhere", "a/b", "a\0b"])
@pytest.mark.parametrize("part", ["briefing", "slot"])
def test_no_edition_leads_out_of_the_folder(part: str, name: str, parcel: Parcel, share: Path) -> None:
    before = content(share.parent)
    odd = replace(parcel, edition=replace(parcel.edition, **{part: name}))  # type: ignore[arg-type]  # one of two texts
    assert outcome(folder(share), odd).state == "refused"
    assert content(share.parent) == before


@pytest.fixture
def read_only() -> Iterator[Path]:
    """A folder that this process may read and not change, whoever runs the tests."""
    with tempfile.TemporaryDirectory() as name:  # tmp_path lies in a folder that only its owner may enter
        place = Path(name)
        place.chmod(0o555)
        owner = os.geteuid()
        if owner == 0:
            os.seteuid(65534)  # nobody: for root nothing is read-only
        try:
            yield place
        finally:
            os.seteuid(owner)
            place.chmod(0o755)


def test_a_read_only_folder_is_tried_later(parcel: Parcel, read_only: Path) -> None:
    told = outcome(folder(read_only), parcel)
    assert (told.state, told.detail) == ("later", "Permission denied; make the folder writable")


# A file system of 64 kB in a name space of its own: a disk that is really full, and then no longer.
FULL = """
import pickle, sys
from dataclasses import replace
from pathlib import Path
from briefing.config import delivery
from briefing.send.folder import Folder
parcel = pickle.load(sys.stdin.buffer)
share = Path(sys.argv[1])
channel = Folder(delivery.Folder(path=str(share)), Path())
there = lambda: sorted(p.name for p in share.rglob("*") if p.is_file())
print(list(channel.deliver(parcel, channel.addresses()))[-1].state)
other = share / "other"
other.write_bytes(b"o" * (64 * 1024 - 8 * 4096))
large = replace(parcel, pages=tuple(replace(page, content=b"n" * 20_000) for page in parcel.pages))
receipt = list(channel.deliver(large, channel.addresses()))[-1]
print(receipt.state, receipt.detail, sep=": ")
print((share / "morning/2024-03-12/edition.pdf").read_bytes() == parcel.pages[2].content, *there())
"""


def in_a_small_file_system(script: str, parcel: Parcel, place: Path) -> list[str]:
    """What the script prints where `place` holds 64 kB; skipped where this machine lets nobody mount."""
    import pickle

    mount = f'mount -t tmpfs -o size=64k none "{place}" || exit 77; exec "$@"'
    command = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", mount, "sh"]
    try:
        run = subprocess.run(
            [*command, sys.executable, "-c", script, str(place)],
            cwd=ROOT,
            input=pickle.dumps(parcel),
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        pytest.skip("needs unshare (util-linux)")
    if run.returncode == 77 or b"unshare" in run.stderr:
        pytest.skip("this machine lets nobody mount a file system of their own")
    assert run.returncode == 0, run.stderr.decode()
    return run.stdout.decode().splitlines()


def test_a_full_disk_keeps_the_old_copy_whole_and_is_tried_later(parcel: Parcel, share: Path) -> None:
    first, full, there = in_a_small_file_system(FULL, parcel, share)
    assert first == "sent"
    assert full == "later: No space left on device; free space there"
    assert there == "True edition.html edition.json edition.md edition.pdf other"


def test_it_is_a_channel_among_the_first(tmp_path: Path) -> None:
    channel = CHANNELS["folder"](delivery.Folder(path="share"), tmp_path)
    assert (channel.name, channel.waits, channel.addresses()) == ("folder", False, ("share",))

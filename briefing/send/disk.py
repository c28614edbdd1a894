"""Files that are never half there, whenever the run is killed.

Every file is written under a hidden name and forced to the disk; only when all of them are there do
they take their own names, which the file system does in one step for each. A kill before that leaves the old
edition and hidden leftovers, which the next run removes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from errno import EACCES, EDQUOT, EFBIG, ENOSPC, EPERM, EROFS
from pathlib import Path
from typing import Final

from briefing.durable import flush_folder, write_through
from briefing.errors import BriefingError
from briefing.model import Page, Receipt

_PART: Final = ".part"
_REMEDIES: Final = {
    **dict.fromkeys((ENOSPC, EDQUOT, EFBIG), "free space there, then run again"),
    **dict.fromkeys((EACCES, EPERM, EROFS), "make the folder writable, or name another under `output:`"),
}
_OTHERWISE: Final = "name another folder under `output:`"


@dataclass(frozen=True, slots=True)
class Disk:
    """The folder of one edition; made where there is none."""

    folder: Path

    def deliver(self, pages: Sequence[Page]) -> tuple[Receipt, ...]:
        """Write each page under its name, in place of an earlier one."""
        try:
            put(self.folder, {page.name: page.content for page in pages})
        except OSError as error:
            remedy = _REMEDIES.get(error.errno or 0, _OTHERWISE)
            raise BriefingError(
                f"cannot write the edition to {self.folder}: {error.strerror or error}; {remedy}"
            ) from error
        return tuple(Receipt("disk", str(self.folder / page.name)) for page in pages)


def put(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write each file under its name, in place of an earlier one; the folder is made where there is none.

    Raises OSError: where a file could not be written, every file of the folder is as it was.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _clear(folder)
    try:
        parts = {name: folder / f".{name}{_PART}" for name in files}
        for name, part in parts.items():
            write_through(part, files[name])
        for name, part in parts.items():
            part.replace(folder / name)
        flush_folder(folder)
    finally:
        with suppress(OSError):  # the first error is the one to tell
            _clear(folder)


def _clear(folder: Path) -> None:
    """Remove what a killed run left; the lock of the briefing keeps living ones away."""
    for leftover in folder.glob(f".*{_PART}"):
        leftover.unlink(missing_ok=True)

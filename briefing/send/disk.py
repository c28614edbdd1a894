"""Pages as files that are never half there, whenever the run is killed.

Every page is written under a hidden name and forced to the disk; only when all of them are there do
they take their own names, which the file system does in one step for each. A kill before that leaves the old
edition and hidden leftovers, which the next run removes.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from errno import EACCES, EDQUOT, EFBIG, ENOSPC, EPERM, EROFS
from pathlib import Path
from typing import Final

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
            self.folder.mkdir(parents=True, exist_ok=True)
            self._clear()
            try:
                self._write(pages)
            finally:
                with suppress(OSError):  # the first error is the one to tell
                    self._clear()
        except OSError as error:
            remedy = _REMEDIES.get(error.errno or 0, _OTHERWISE)
            raise BriefingError(
                f"cannot write the edition to {self.folder}: {error.strerror or error}; {remedy}"
            ) from error
        return tuple(Receipt("disk", str(self.folder / page.name)) for page in pages)

    def _write(self, pages: Sequence[Page]) -> None:
        parts = [(self._part(page), self.folder / page.name) for page in pages]
        for page, (part, _) in zip(pages, parts, strict=True):
            _write_through(part, page.content)
        for part, target in parts:
            part.replace(target)
        _flush_folder(self.folder)

    def _part(self, page: Page) -> Path:
        return self.folder / f".{page.name}{_PART}"

    def _clear(self) -> None:
        """Remove what a killed run left; the lock of the briefing keeps living ones away."""
        for leftover in self.folder.glob(f".*{_PART}"):
            leftover.unlink(missing_ok=True)


def _write_through(path: Path, content: bytes) -> None:
    """Write a new file and wait until the disk has it: "x" follows no link that waits there."""
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    """Wait until the disk has the names too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

"""A copy of the pages in another folder, such as a shared drive: <path>/<briefing>/<slot>/."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from errno import EACCES, EDQUOT, EFBIG, ENOSPC, EPERM, EROFS
from pathlib import Path
from typing import ClassVar, Final

from briefing.config import delivery
from briefing.model import Page, Parcel, Receipt
from briefing.send.disk import put

_REMEDIES: Final = {
    **dict.fromkeys((ENOSPC, EDQUOT, EFBIG), "; free space there"),
    **dict.fromkeys((EACCES, EPERM, EROFS), "; make the folder writable"),
}
_FOLDER_NAME: Final = re.compile(r"(?!\.{1,2}$)[^/\0]+")  # an edition.json from elsewhere may say "../.."


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder that somebody else looks after.

    It must be there: a mount point made by us while the share is away would take the pages where
    nobody looks for them. The folders below it are ours to make.
    """

    options: delivery.Folder
    base: Path
    name: ClassVar[str] = "folder"
    waits: ClassVar[bool] = False

    def formats(self) -> tuple[str, ...]:
        """Those that the options name."""
        return self.options.formats

    def addresses(self) -> tuple[str, ...]:
        """The path as it is written in feeds.yaml."""
        return (self.options.path,)

    def deliver(self, parcel: Parcel, addresses: Sequence[str]) -> Iterator[Receipt]:
        """Copy the pages, whole or not at all; what stands in the way may pass, so it is tried again."""
        for address in addresses:
            yield Receipt(self.name, address, "sending")
            yield self._copied(parcel, address)

    def _copied(self, parcel: Parcel, address: str) -> Receipt:
        edition, root = parcel.edition, self.base / self.options.path
        if not all(_FOLDER_NAME.fullmatch(name) for name in (edition.briefing, edition.slot)):
            return Receipt(self.name, address, "refused", "the edition's briefing or slot names no folder")
        pages = self._pages(parcel)
        try:
            if not root.is_dir():
                return Receipt(
                    self.name, address, "later", "there is no such folder: mount it, or make it once"
                )
            put(root / edition.briefing / edition.slot, {page.name: page.content for page in pages})
        except (OSError, ValueError) as error:
            return Receipt(self.name, address, "later", _told(error))
        return self._outcome(pages, address)

    def _pages(self, parcel: Parcel) -> list[Page]:
        wanted = self.options.formats or parcel.formats
        return [page for page in parcel.pages if not wanted or page.format in wanted]

    def _outcome(self, pages: Sequence[Page], address: str) -> Receipt:
        """Sent, where every format that the options name could be drawn."""
        missing = sorted(set(self.options.formats) - {page.format for page in pages})
        if missing:
            return Receipt(self.name, address, "later", f"not drawn, so not copied: {', '.join(missing)}")
        return Receipt(self.name, address, "sent", ", ".join(page.name for page in pages))


def _told(error: OSError | ValueError) -> str:
    """No space left on device; free space there."""
    if isinstance(error, OSError):
        return f"{error.strerror or error}{_REMEDIES.get(error.errno or 0, '')}"
    return "this path cannot be used"  # NUL in it

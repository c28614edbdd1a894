"""5 send: pages to where they are read.

A channel is one file and one line in `CHANNELS`. `send` writes to the disk, which every other
channel can then be fed from again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from briefing.model import Page, Receipt
from briefing.send.disk import Disk
from briefing.send.interface import Channel

CHANNELS: Final[Mapping[str, Callable[..., Channel]]] = {
    "disk": Disk,
}

__all__ = ["CHANNELS", "Channel", "Disk", "send"]


def send(pages: Sequence[Page], folder: Path) -> tuple[Receipt, ...]:
    """Write the pages into `folder`, one receipt a page in their order.

    Raises BriefingError when the folder cannot be written; then no page in it has changed.
    """
    return Disk(folder).deliver(pages)

"""5 send: pages to where they are read.

    Page   -> the disk      `send`: every edition, first of all
    Parcel -> a channel     what feeds.yaml has under `deliver:`, in the order of `CHANNELS`

A channel is one file and one line in `CHANNELS`; interface.py says what it can do. What lies on this
machine comes first, what others are told comes after, and a monitor is told last.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from briefing.model import Page, Receipt
from briefing.send.atom import Atom
from briefing.send.disk import Disk
from briefing.send.folder import Folder
from briefing.send.interface import Channel
from briefing.send.mail import Mailer
from briefing.send.ping import Ping
from briefing.send.webhook import Webhook

# Of options (the class of that name in config/delivery.py) and the folder that paths are relative to.
CHANNELS: Final[Mapping[str, Callable[[Any, Path], Channel]]] = {
    "atom": Atom,
    "folder": Folder,
    "mail": Mailer,
    "webhook": Webhook,
    "ping": Ping,
}

__all__ = ["CHANNELS", "Channel", "send"]


def send(pages: Sequence[Page], folder: Path) -> tuple[Receipt, ...]:
    """Write the pages into `folder`, one receipt a page in their order.

    Raises BriefingError when the folder cannot be written; then no page in it has changed.
    """
    return Disk(folder).deliver(pages)

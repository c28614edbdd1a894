"""What every channel can do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, Protocol

from briefing.model import Parcel, Receipt


class Channel(Protocol):
    """A way to readers. Made from its options in feeds.yaml, and the folder that paths are relative to."""

    name: ClassVar[str]  # as in feeds.yaml and in its receipts
    waits: ClassVar[bool]  # whether it is asked only when every other address has the edition

    def formats(self) -> tuple[str, ...]:
        """The formats that it carries whatever `formats:` says; empty where it takes what is written."""

    def addresses(self) -> tuple[str, ...]:
        """Everyone whom it serves: the ledger keeps one receipt for each."""

    def deliver(self, parcel: Parcel, addresses: Sequence[str]) -> Iterator[Receipt]:
        """Bring the parcel to each of `addresses`, which are some of its own.

        For each it yields a receipt "sending" just before anything leaves, and then how it went:
        "sent", "later" (worth another try) or "refused" (not worth one). It takes the next step
        when it is asked for the next receipt, so that each is kept before anything else happens.
        What fails is a receipt; only what no try can mend (options that cannot be used) raises
        ConfigError, before the first receipt.
        """

"""A GET to a monitor once everyone has the edition; a monitor that misses it raises the alarm."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Final

from briefing.config import delivery
from briefing.model import Parcel, Receipt
from briefing.send.request import Limits, ask, masked, usable

SHORT: Final = Limits(connect=10.0, read=10.0, total=10.0)  # a monitor has nothing to do before it answers


@dataclass(frozen=True, slots=True)
class Ping:
    """One address of a monitor; what the edition says never reaches it."""

    options: delivery.Ping
    base: Path
    limits: Limits = SHORT
    name: ClassVar[str] = "ping"
    waits: ClassVar[bool] = True

    def formats(self) -> tuple[str, ...]:
        """None: it carries nothing."""
        return ()

    def addresses(self) -> tuple[str, ...]:
        """The address, without what may be secret in it."""
        return (masked(self.options.url),)

    def deliver(self, parcel: Parcel, addresses: Sequence[str]) -> Iterator[Receipt]:  # noqa: ARG002 - as every channel
        """Ask the monitor; whatever is no success is worth another try, since asking twice does no harm."""
        url = usable(self.options.url)
        for address in addresses:
            yield Receipt(self.name, address, "sending")
            reply = ask("GET", url, limits=self.limits)
            yield Receipt(self.name, address, "sent" if reply.ok else "later", reply.said)

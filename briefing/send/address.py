"""Mail addresses as readers write them, as headers show them and as servers take them.

A domain goes out in ASCII (IDNA, RFC 5891). The part before the @ cannot be put into ASCII: an address with
other letters there needs a server that offers SMTPUTF8 (RFC 6531).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from email import policy

from briefing.config import values


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One address and the name before it, "" where there is none."""

    name: str
    local: str
    domain: str  # in small letters, as it was spelled

    @property
    def bare(self) -> str:
        """The address as people know it, and as receipts do."""
        return f"{self.local}@{self.domain}"

    def wire(self) -> str:
        """The address with its domain in ASCII. Raises ValueError for a domain that ASCII cannot say."""
        return f"{self.local}@{self.host()}"

    def host(self) -> str:
        """The domain in ASCII.

        Python's codec follows the older IDNA (RFC 3490), which folds some letters into others: "straße"
        would become "strasse", which is somebody else. So what does not come back is refused.
        """
        if self.domain.isascii():
            return self.domain
        try:
            host = self.domain.encode("idna").decode("ascii")
            same = host.encode("ascii").decode("idna") == self.domain
        except UnicodeError:
            same = False
        if not same:
            raise ValueError(f"the domain {self.domain} has no certain form in ASCII; write that form (xn--…)")
        return host


def mailbox(text: str) -> Mailbox:
    """Read an address, with or without a name. Raises ValueError for anything else."""
    values.recipient(text)
    (found,) = policy.SMTPUTF8.header_factory("to", text).addresses
    return Mailbox(found.display_name, found.username, found.domain.lower())


def once(texts: Iterable[str]) -> tuple[Mailbox, ...]:
    """Every address in its order, each at its first place only. Raises ValueError as `mailbox` does."""
    return tuple({box.bare: box for box in reversed([mailbox(text) for text in texts])}.values())[::-1]

"""Mail addresses as readers write them, as headers show them and as servers take them.

A domain goes out in ASCII (IDNA). The part before the @ has no ASCII form: an address with other
letters there needs a server that offers SMTPUTF8 (RFC 6531).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from email import policy

from briefing.config import values
from briefing.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One address, and the name before it, "" where there is none."""

    name: str
    local: str
    domain: str  # in small letters, as it was spelled

    @property
    def bare(self) -> str:
        """The address as people know it, and as receipts do."""
        return f"{self.local}@{self.domain}"

    @property
    def plain(self) -> bool:
        """Whether every server can take it: without SMTPUTF8."""
        return self.local.isascii() and bool(host(self.domain))

    @property
    def wire(self) -> str:
        """The address with its domain in ASCII; the domain as spelled where it has no such form."""
        return f"{self.local}@{host(self.domain) or self.domain}"


def host(domain: str) -> str:
    """The domain in ASCII, "" where it has no certain form.

    Python's codec follows the older IDNA (RFC 3490), which folds some letters into others: "straße"
    would become "strasse", which is somebody else. What does not come back the same is none.
    """
    try:
        coded = domain.encode("ascii" if domain.isascii() else "idna")
        return coded.decode("ascii") if domain.isascii() or coded.decode("idna") == domain else ""
    except UnicodeError:
        return ""


def mailbox(text: str) -> Mailbox:
    """Read an address, with or without a name. Raises ConfigError for anything else."""
    try:
        values.recipient(text)
    except ValueError as error:
        raise ConfigError(f"mail: {text!r} cannot be used: {error}") from None
    (found,) = policy.SMTPUTF8.header_factory("to", text).addresses
    return Mailbox(found.display_name, found.username, found.domain.lower())


def own(text: str) -> Mailbox:
    """Read an address of ours, which every reader's server must be able to take. Raises ConfigError."""
    box = mailbox(text)
    if not box.plain:
        raise ConfigError(
            f"mail: {text!r} cannot be used: not every server knows such letters; write the part before "
            "the @ in ASCII, and the domain in its ASCII form (xn--…)"
        )
    return box


def once(texts: Iterable[str]) -> tuple[Mailbox, ...]:
    """Every address in order, each where it stands first. Raises ConfigError as `mailbox` does."""
    boxes: dict[str, Mailbox] = {}
    for text in texts:
        box = mailbox(text)
        boxes.setdefault(box.bare, box)
    return tuple(boxes.values())

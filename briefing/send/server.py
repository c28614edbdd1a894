"""A mail server: where it is, how long it is waited for, and what can come back from it."""

from __future__ import annotations

import base64
import re
import ssl
from dataclasses import dataclass, field
from typing import Final, Literal

LOG_IN_FIRST: Final = 530  # RFC 4954: about us, not about the recipient
TOO_LARGE: Final = 552  # a mail (RFC 1870) or a mailbox; some servers say it of attachments that they dislike
ALSO_TOO_LARGE: Final = re.compile(r"5\d\d 5\.3\.4\b")  # RFC 3463: message too big for system

State = Literal["sent", "later", "refused"]
Stage = Literal["sender", "recipient", "message"]


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a server is waited for, in seconds."""

    connect: float = 30.0  # for each of its addresses
    command: float = 60.0  # for each answer
    message: float = 180.0  # for the commands of one message and its bytes, however they drip
    slowest: float = 50_000.0  # bytes a second: a large message gets the time that they take besides
    # For the answer to a whole message. A server scans it first; who hangs up early sends a second copy,
    # so RFC 5321, 4.5.3.2.6 asks for ten minutes.
    answer: float = 600.0
    goodbye: float = 5.0


@dataclass(frozen=True, slots=True)
class Login:
    """Who sends. It never prints."""

    user: str = field(repr=False)
    password: str = field(repr=False)

    def plain(self) -> str:
        """As the mechanism PLAIN has it (RFC 4616)."""
        return coded(f"\0{self.user}\0{self.password}")

    def hidden(self) -> tuple[str, ...]:
        """What no message may hold, the longest first: a server can echo what it was told."""
        return (self.plain(), coded(self.password), self.password)


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail goes out, and how."""

    host: str
    port: int
    security: Literal["starttls", "tls", "none"]
    context: ssl.SSLContext
    login: Login | None = None
    limits: Limits = Limits()


@dataclass(frozen=True, slots=True)
class Reply:
    """How the server answered one message: `stage` is the last thing that it was told."""

    stage: Stage
    code: int
    words: str  # the code and the text, one line

    @property
    def state(self) -> State:
        """What that means for the recipient."""
        if 200 <= self.code < 300 and self.stage == "message":
            return "sent"
        about_us = self.code == LOG_IN_FIRST or (self.stage == "sender" and not self.too_large)
        full = (
            self.stage == "recipient" and self.code == TOO_LARGE
        )  # a mailbox: as 452 (RFC 5321, 4.5.3.1.10)
        return "refused" if self.code >= 500 and not about_us and not full else "later"

    @property
    def too_large(self) -> bool:
        """Whether it may take a smaller message."""
        return self.code == TOO_LARGE or bool(ALSO_TOO_LARGE.match(self.words))


class Lost(Exception):
    """The connection is gone. `given`: the whole message had left, so nobody knows what became of it."""

    def __init__(self, words: str, *, given: bool = False) -> None:
        super().__init__(words)
        self.given = given


class Unavailable(Exception):
    """The server takes nothing from us now; the words say why."""


def coded(text: str) -> str:
    """Base64 of the UTF-8 form, as AUTH has it."""
    return base64.b64encode(text.encode("utf-8", "surrogateescape")).decode("ascii")

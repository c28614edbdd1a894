"""The seam: one GET. Every kind of source knows this module, and neither HTTP nor what speaks it.

Manners, memory and patience stand behind a `Get`; whoever is given one asks and is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent, decompressed. Made by a Get, made into a Document by a kind of source."""

    content: bytes
    media_type: str = ""  # lower case, without parameters
    charset: str = ""
    address: str = ""  # where it was in the end: what relative links of it start from


@dataclass(frozen=True, slots=True)
class Failure:
    """Why nothing came: one short line for people, the same whenever the same thing happens."""

    reason: str


@dataclass(frozen=True, slots=True)
class Same:
    """What is there is what was read last: the server says so, or said how long it would be so."""


class Get(Protocol):
    """One GET. Never raises for anything that a server or a network does.

    `page`: a page that is read as a browser would, so its host's robots.txt is obeyed. A feed is there
    to be asked by programs, and somebody subscribed to it on purpose. `once`: what is at hand is `Same`
    without a question.
    """

    async def __call__(
        self, address: str, *, page: bool = False, once: bool = False
    ) -> Answer | Failure | Same:
        """What is at an http(s) address."""

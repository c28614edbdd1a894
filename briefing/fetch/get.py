"""The seam: one GET. Everything else in this room knows neither HTTP nor the library that speaks it.

Politeness, caching and a guard against addresses of one's own network wrap a `Get`, or replace it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent, decompressed. Made by a Get, made into a Document by web.py."""

    content: bytes
    media_type: str = ""  # lower case, without parameters
    charset: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why nothing came: one short line for people, the same whenever the same thing happens."""

    reason: str


Get = Callable[[str], Answer | Failure]  # never raises for anything that a server or network does

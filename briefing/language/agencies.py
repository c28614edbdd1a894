"""Agencies: outlets whose texts other outlets print, by every name that the language files give them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from briefing.language.data import known, language, match


@lru_cache(maxsize=1)
def agencies() -> Mapping[str, str]:
    """Each way in which an agency is written, without case and spaces, and the name it is counted under."""
    listed = {
        _folded(written): name
        for code in known()
        for name, ways in language(code).agencies.items()
        for written in (name, *ways)
    }
    return MappingProxyType(listed)


@lru_cache(maxsize=1)
def agency_pattern() -> str:
    """A pattern, to be set into another, that finds an agency's name as a whole word."""
    ways = {w for code in known() for name, own in language(code).agencies.items() for w in (name, *own)}
    return f"(?i:{match(ways).pattern})"


def agency(written: str) -> str:
    """The name under which an agency is counted; "" for what is none."""
    return agencies().get(_folded(written), "")


def _folded(written: str) -> str:
    return re.sub(r"[\W_]+", "", written.casefold().removeprefix("the "))

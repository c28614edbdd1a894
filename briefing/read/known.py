"""known: what kind of outlet stands behind a web address, where feeds.yaml does not say.

Requirement: a line of a state's own medium is never printed as if a newspaper had it, only because nobody
configured it. The table is a data file, `outlets.toml`; what is not in it stays unknown.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

UNKNOWN = "unknown"


def kind_of(url: str, stated: str = UNKNOWN) -> str:
    """The kind that feeds.yaml states, or else the one of the table for the host; "unknown" for none."""
    if stated != UNKNOWN:
        return stated
    try:
        labels = (urlsplit(url).hostname or "").split(".")
    except ValueError:
        return UNKNOWN
    hosts = (".".join(labels[at:]) for at in range(len(labels) - 1))
    return next((kind for host in hosts if (kind := _kinds().get(host))), UNKNOWN)


@cache
def _kinds() -> Mapping[str, str]:
    """The kind of each host of the table."""
    table = tomllib.loads((files("briefing.read") / "outlets.toml").read_text(encoding="utf-8"))
    return {host: kind for kind, hosts in table.items() for host in hosts.replace(",", " ").split()}

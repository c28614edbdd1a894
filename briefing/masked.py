"""Addresses as people may be shown them: without what opens a door.

Feeds that are paid for carry a password before the host or a key in the query, and an edition is passed on.
What names itself a secret is replaced by an ellipsis wherever an address is told: in editions, reports,
messages and the store's history. The request itself, and the store's memory of it, have the whole address.
"""

from __future__ import annotations

import re

HIDDEN = "…"
_LOGIN = re.compile(r"(?<=://)[^/?#@\s]+@")
_PARAMETER = re.compile(
    r"(?<=[?&;])([\w.\-\[\]%]{0,40}(?:key|token|sig|signature|auth|pass|passwd|password|pwd|secret)=)[^&#\s,;]+",
    re.IGNORECASE,
)


def masked(text: str) -> str:
    """The text with the secrets of the addresses in it hidden. Idempotent."""
    if "://" not in text:
        return text
    return _PARAMETER.sub(rf"\1{HIDDEN}", _LOGIN.sub(f"{HIDDEN}@", text))

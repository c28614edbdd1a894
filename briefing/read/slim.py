"""What a document holds too much of, told before a parser sees it. Linear.

Parsers of feeds take some 10 microseconds a tag or entity, whoever wrote it, and keep entries that nobody
will read. Of the feeds and pages that we have the fullest has 18,000 tags and entities.
"""

from __future__ import annotations

import re

from briefing.bounds import MAX_ENTRIES, MAX_MARKUP
from briefing.read.draft import Unreadable

ENTRY = re.compile(rb"<(?:item|entry)(?=[\s>/])")
ENDS = (b"</item>", b"</entry>")


def few_entries(content: bytes) -> tuple[bytes, int]:
    """(the feed with its first entries only, how many were left out); what follows the last one stays."""
    starts = [found.start() for found in ENTRY.finditer(content)]
    if len(starts) <= MAX_ENTRIES:
        return content, 0
    first = starts[MAX_ENTRIES]
    end = max(content.rfind(mark) + len(mark) for mark in ENDS)
    return content[:first] + (content[end:] if end > first else b""), len(starts) - MAX_ENTRIES


def refuse_dense(content: str | bytes) -> None:
    """Raise Unreadable where tags and entities are more than a parser takes in a fair time."""
    if isinstance(content, str):
        count = content.count("<") + content.count("&")
    else:
        count = content.count(b"<") + content.count(b"&")
    if count > MAX_MARKUP:
        raise Unreadable(f"more than {MAX_MARKUP:,} tags and entities: not what people read")

"""What a document holds too much of, told before a parser sees it. Linear.

Parsers take some 10 microseconds a tag or entity, whoever wrote it, and keep entries that nobody
will read. Of the feeds that we have the fullest has 18,000 tags and entities; of 281 pages 9,500, of them
1,100 between two tags of blocks.
"""

from __future__ import annotations

import re

from briefing.bounds import MAX_ENTRIES, MAX_INLINE, MAX_LINES, MAX_MARKUP
from briefing.read.draft import Unreadable

ENTRY = re.compile(rb"<(?:item|entry)(?=[\s>/])")
BLOCK = re.compile(r"(?i)</?(?:p|div|li|ul|tr|td|h\d|br|section|article|script|style)\b")
ENDS = (b"</item>", b"</entry>")


def few_entries(content: bytes) -> tuple[bytes, int]:
    """(the feed with its first entries only, how many were left out); what follows the last one stays."""
    starts = [found.start() for found in ENTRY.finditer(content)]
    if len(starts) <= MAX_ENTRIES:
        return content, 0
    first = starts[MAX_ENTRIES]
    end = max(content.rfind(mark) + len(mark) for mark in ENDS)
    return content[:first] + (content[end:] if end > first else b""), len(starts) - MAX_ENTRIES


def refuse_dense(content: str | bytes, most: int = MAX_MARKUP) -> None:
    """Raise Unreadable where tags and entities are more than a parser takes in a fair time."""
    if isinstance(content, str):
        count = content.count("<") + content.count("&")
    else:
        count = content.count(b"<") + content.count(b"&")
        if content.count(b"\n") > MAX_LINES:  # the parser of XML gives each of its own
            raise Unreadable(f"more than {MAX_LINES:,} lines: not what people read")
    if count > most:
        raise Unreadable(f"more than {most:,} tags and entities: not what people read")


def refuse_unparted(page: str) -> None:
    """Raise Unreadable where more tags stand in one paragraph than can be searched in a fair time."""
    if any(piece.count("<") > MAX_INLINE for piece in BLOCK.split(page)):
        raise Unreadable(f"more than {MAX_INLINE:,} tags in one paragraph: not what people read")

"""Header lines in ASCII, folded: what goes in comes out as it was, and never as a second header.

The standard library's own folding of parsed addresses has put commas and quotes into the wrong place
(CVE-2025-1795) and let line breaks through (CVE-2024-6923), and differs from one Python to the next.
So each value is written here, from parts that are known, and goes into the message as it stands. Words
that are not plain ASCII become encoded words (RFC 2047), which `email.header` splits between letters.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Sequence
from email.header import Header
from typing import Final

from briefing.send.address import Mailbox

LINE: Final = 78  # characters (RFC 5322, section 2.1.1)
FOLD: Final = "\r\n "
LONGEST_WORD: Final = 60  # that stands as it is: a longer one has no place to be folded at
ATOMS: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*")  # a name that needs no quotes (section 3.2.3)
NOBODY: Final = "undisclosed-recipients:;"


def clean(text: str) -> str:
    """One line without control characters and halves of letters, single spaces."""
    line = " ".join(text.split())
    return " ".join("".join(c for c in line if unicodedata.category(c) not in {"Cc", "Cs"}).split())


def unstructured(name: str, text: str) -> str:
    """The value of a header that people read, such as the subject."""
    line = clean(text)
    if not _is_plain(line):
        return _encoded(name, line)
    width = LINE - 1
    folded = textwrap.wrap(
        f"{name}: {line}", width, break_long_words=False, break_on_hyphens=False, drop_whitespace=True
    )
    return FOLD.join(folded).removeprefix(f"{name}:").lstrip(" ")


def mailboxes(name: str, boxes: Sequence[Mailbox]) -> str:
    """The value of a header with addresses, one a line."""
    return f",{FOLD}".join(_entry(name, box) for box in boxes)


def phrase(name: str, text: str) -> str:
    """Words before an address or an identifier: atoms, a quoted string, or encoded words."""
    line = clean(text)
    if not _is_plain(line) or len(line) > LONGEST_WORD:
        return _encoded(name, line)
    return line if ATOMS.fullmatch(line) else '"{}"'.format(re.sub(r'(["\\])', r"\\\1", line))


def labelled(name: str, text: str, identifier: str) -> str:
    """`text <identifier>`, on two lines where one is too short."""
    words = phrase(name, text)
    if not words:
        return f"<{identifier}>"
    last = words.rpartition("\r\n")[2]
    fits = len(f"{name}: {last} <{identifier}>,") <= LINE
    return f"{words}{' ' if fits else FOLD}<{identifier}>"


def _entry(name: str, box: Mailbox) -> str:
    """An address that not every server takes stands as an empty group with it in words (RFC 6857, 3.1.6)."""
    if not box.plain:
        return f"{_encoded(name, clean(f'{box.name} {box.bare}'))} :;"
    return labelled(name, box.name, box.wire) if box.name else box.wire


def _is_plain(line: str) -> bool:
    """Whether a line can stand as it is; what looks like an encoded word would be read as one."""
    return line.isascii() and "=?" not in line and max(map(len, line.split(" ")), default=0) <= LONGEST_WORD


def _encoded(name: str, line: str) -> str:
    return Header(line, "utf-8", header_name=name, maxlinelen=LINE - 2).encode(linesep="\r\n")

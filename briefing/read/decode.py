"""Bytes into text: byte order mark, evident UTF-8, declared charset, then a detected one.

The order is that of the HTML standard's encoding sniffing (13.2.3.2), with detection at the end; and a
text of which every letter beyond ASCII is sound UTF-8 is that, whatever its server or its first line calls
it: those lines stay behind when a site is moved, and in no other charset do so many letters fall like this by
chance (of Chinese in GBK, the nearest, one pair of bytes in seven does).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.bounds import MAX_RAW

DECLARED = re.compile(rb"""(?:encoding\s*=\s*["']|charset\s*=\s*["']?)\s*([A-Za-z0-9._:-]{2,40})""")
HEAD = 2_048  # bytes in which a document declares its charset; 1,024 by the standard, pages are lavish
BINARY_SHARE = 0.02  # of control characters: no text, whatever it calls itself
EVIDENT = 8  # sequences of several bytes, all of them sound: one text in a million of another charset
BEYOND_ASCII = bytes(range(128, 256))
DAMAGE = 0.1  # share of the bytes beyond ASCII that a declared charset may fail to explain
SAMPLE = 65_536  # bytes that detection looks at
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# As browsers do: these names are used for the larger set of the same family.
WIDER = {"ascii": "cp1252", "iso8859-1": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "euc_kr": "cp949"}
NOT_CHARSETS = frozenset(("idna", "punycode", "unicode-escape", "raw-unicode-escape", "utf-7", "undefined"))
CONTROLS = bytes(b for b in range(32) if b not in b"\t\n\v\f\r\x1b")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and what was lost on the way to it. Made by decode, read by the readers."""

    text: str
    notes: tuple[str, ...] = ()


def decode(content: bytes, charset: str = "") -> Decoded | None:
    """The text of `content`, or None where it is no text. `charset` is what the server said."""
    for mark, name in MARKS:
        if content.startswith(mark):
            return _lossy(content, name)
    if is_binary(content):
        return None
    if is_evident(content):
        return Decoded(content.decode())
    names = [name for name in map(known, (charset, declared(content))) if name]
    for name in (*names, "utf-8"):
        try:
            return Decoded(content.decode(name))
        except (UnicodeError, ValueError):
            continue
    return _damaged_utf8(content) or _damaged(content, names) or _detected(content)


def first_of(content: bytes) -> bytes:
    """As much of the bytes of one text as can be of use, not ending within a letter of UTF-8, 16 or 32."""
    end = 4 * MAX_RAW
    if len(content) > end and not content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        while 0x80 <= content[end] < 0xC0 and end > 4 * MAX_RAW - 4:
            end -= 1
    return content[:end]


def known(name: str) -> str:
    """The codec that a declared charset means, "" where there is none."""
    try:
        found = codecs.lookup(name.strip().strip("\"'")).name
        "".encode(found)  # refuses codecs that are not between text and bytes
    except (LookupError, ValueError, TypeError):
        return ""
    return "" if found in NOT_CHARSETS or found.startswith(("utf-16", "utf-32")) else WIDER.get(found, found)


def declared(content: bytes) -> str:
    """The charset that an XML declaration or a meta element names."""
    found = DECLARED.search(content[:HEAD])
    return found[1].decode("ascii") if found else ""


def is_evident(content: bytes) -> bool:
    """Whether this is sound UTF-8 with letters beyond ASCII, not by chance."""
    try:
        text = content.decode()
    except UnicodeError:
        return False
    return len(content) - len(text) >= 3 * EVIDENT  # a letter beyond ASCII takes up to three bytes on top


def is_binary(content: bytes) -> bool:
    """Whether the first kilobytes hold NUL or many control characters."""
    head = content[:8_192]
    return b"\0" in head or len(head) - len(head.translate(None, CONTROLS)) > BINARY_SHARE * len(head)


def _lossy(content: bytes, charset: str) -> Decoded:
    text = content.decode(charset, "replace")
    lost = text.count("\ufffd")
    return Decoded(text, (f"{lost:,} characters could not be decoded",) if lost else ())


def _damaged_utf8(content: bytes) -> Decoded | None:
    """UTF-8 with a few broken bytes: more sequences of several bytes that fit than bytes that do not."""
    text = content.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = len(text) - len(text.encode("ascii", "ignore")) - broken
    return _lossy(content, "utf-8") if whole > broken else None


def _damaged(content: bytes, names: Sequence[str]) -> Decoded | None:
    """What is declared, with the few bytes lost that do not fit; None where it is wrong altogether."""
    beyond = len(content) - len(content.translate(None, BEYOND_ASCII))
    for name in names:
        text = content.decode(name, "replace")
        if text.count("\ufffd") <= DAMAGE * beyond:
            return _lossy(content, name)
    return None


def _detected(content: bytes) -> Decoded | None:
    from charset_normalizer import from_bytes

    best = from_bytes(content[:SAMPLE]).best()
    return _lossy(content, best.encoding) if best else _lossy(content, "cp1252")

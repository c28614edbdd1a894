"""The text of a feed as an XML parser can take it: what people meant, where programs wrote it wrongly.

Feeds are made by templates that put text between tags without looking at it. One "&" that stands alone, one
name that only HTML knows, one control character or a line of a server's warning in front, and a strict parser
(XML 1.0, sections 2.2 and 4.1) stops there. What a browser would show is plain in all of these, so it is
mended before parsing; everything else is left as it is, and well-formed text means what it meant.
Numbers from 128 to 159 are read as the windows-1252 that they are meant as (HTML standard, 13.2.5.80).

Rejected: a parser that recovers from anything (libxml2's): it drops whatever follows the first real mistake.
"""

from __future__ import annotations

import html.entities
import re

# Written literally or taken by number, these are no characters of XML; a tab of old typewriters is a space.
CONTROLS = {**dict.fromkeys((*range(9), *range(0x0E, 0x20), 0xFFFE, 0xFFFF)), 0x0B: " ", 0x0C: " "}
UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
PROLOGUE = re.compile(r"<\?xml\s|<(?:\w+:)?(?:rss|feed|RDF)\b")
IN_FRONT = 10_000  # characters of warnings and comments that are looked through for where the feed begins
# Two numbers that only together are a character: what programs write that count in UTF-16.
PAIR = re.compile(
    r"&#(55[2-9]\d\d|56[0-2]\d\d|563[01]\d);&#(56[3-9]\d\d|57[0-2]\d\d|573[0-4]\d);"
    r"|&#[xX]([dD][89abAB][\da-fA-F]{2});&#[xX]([dD][c-fC-F][\da-fA-F]{2});"
)
DOUBTFUL = re.compile(
    r"(?P<verbatim><!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z))"
    r"|&#(?:(?P<decimal>\d{1,10})|[xX](?P<hexadecimal>[\da-fA-F]{1,8}));?"
    r"|&(?!(?:amp|lt|gt|quot|apos);)(?P<name>[a-zA-Z][a-zA-Z0-9]{1,31};)?"
    r"|<(?=[\s\d=&])",
    re.DOTALL,
)


def repaired(text: str) -> str:
    """The same feed without what no XML parser takes, in a time that is in proportion to its length."""
    text = _begun(text)
    if UNWANTED.search(text):
        text = text.translate(CONTROLS).encode("utf-8", "ignore").decode()
    own = "<!ENTITY" in text  # names of its own: they are left alone
    return DOUBTFUL.sub(lambda found: _meant(found, own=own), PAIR.sub(_joined, text))


def _begun(text: str) -> str:
    """From where the feed begins; a declaration must stand at the very start (XML 1.0, section 2.8)."""
    found = PROLOGUE.search(text, 0, IN_FRONT)
    if found is None or (found[0][1] != "?" and "<!DOCTYPE" in text[: found.start()]):
        return text.lstrip("\ufeff \t\r\n")
    return text[found.start() :]


def _joined(pair: re.Match[str]) -> str:
    base = 10 if pair[1] else 16
    high, low = (int(digits, base) for digits in pair.groups() if digits)
    return chr(0x10000 + ((high - 0xD800) << 10) + low - 0xDC00)


def _meant(found: re.Match[str], *, own: bool) -> str:
    if found["verbatim"]:
        return found[0]
    if found["decimal"] or found["hexadecimal"]:
        return _numbered(int(found["decimal"]) if found["decimal"] else int(found["hexadecimal"], 16))
    if found[0] == "<":
        return "&lt;"
    if own:
        return found[0]
    known = html.entities.html5.get(found["name"] or "")
    if known:
        return "".join(f"&#{ord(char)};" for char in known)
    return f"&amp;{found['name'] or ''}"


def _numbered(code: int) -> str:
    """A character by its number; "" for what is none."""
    if 0x80 <= code < 0xA0:
        code = ord(bytes((code,)).decode("cp1252", "replace"))
    if code > 0x10FFFF or (code < 0x20 and code not in (9, 10, 13)) or 0xD800 <= code <= 0xDFFF:
        return ""
    return "" if code in (0xFFFE, 0xFFFF) else f"&#{code};"

r"""Text that came from outside, made harmless in Markdown; and the one test of links.

Markdown has no single escape: CommonMark knows a backslash before any punctuation, Python-Markdown
before a few characters only, GitHub makes links of bare addresses. So what both know gets a
backslash, the rest becomes an entity, which neither reads as structure, and what is harmless
within a line is left alone, because people read edition.md as it is.

    always           \ ` * _ [ ] { #   with a backslash; < > | ~ and entities' & as entities
    first in a value + - ( and "1." with a backslash; = : as entities (list, heading, definition)
    last in a value  !                 (it would make an image of the link that follows)
    inside           :// and www.      (GitHub's automatic links)
                     ]:                (Python-Markdown's link definitions, which know no backslash)

Rejected: escaping all punctuation (unreadable as text); entities throughout (likewise); sanitising
afterwards only (what a source wrote would be lost instead of shown).
"""

import re
from typing import Any
from urllib.parse import quote, urlsplit

from markupsafe import Markup

LINKS = ("http", "https")

# Cc but for white space. Python-Markdown keeps its place-holders between U+0002 and U+0003.
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
LONG_WORD = 40  # characters without a space: wider than a column of the page
_LONG_WORD = re.compile(rf"(\S{{{LONG_WORD}}}(?=\S))")
_SPACES = re.compile(r"\s+")
# What turns the direction of the words around it (UAX 9, section 2), tags them unseen, or fits no encoding.
_UNSEEN = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\U000e0000-\U000e007f]")
_BACKSLASHED = re.compile(r"[\\`*_\[\]{#]")
_ENTITY_START = re.compile(r"&(?=#?[0-9A-Za-z]*(?:;|$))")  # at the end too: a ";" may follow the value
_ENTITIES = {"<": "&lt;", ">": "&gt;", "|": "&#124;", "~": "&#126;"}
_FIRST_ENTITY = {"=": "&#61;", ":": "&#58;"}
_INSIDE = re.compile(r":(?=//)|(?<=\]):|(?<=www)\.", re.IGNORECASE)

_URL_SAFE = "/:?#@!$&+,;=%~-._"  # kept as they are in an address; brackets, quotes and spaces are encoded


def plain(value: object) -> str:
    """One line of text: control characters out, white space runs to one space."""
    return _SPACES.sub(" ", _CONTROLS.sub("", "" if value is None else str(value)))


def one_line(value: object) -> str:
    """`plain` without what would turn or hide the words around it: for plain text and for a subject."""
    return plain(_UNSEEN.sub("", "" if value is None else str(value))).strip()


def text_value(value: Any) -> str:
    """What a template of plain text prints for `value`: one line, unless a filter of ours made it."""
    return str(value) if isinstance(value, Markup) else one_line(value)


def markdown_text(value: object) -> str:
    """`value` as Markdown that shows exactly its text, wherever a template puts it."""
    text = plain(value).strip()
    numbered = re.match(r"\d+(?=[.)](?:\s|$))", text)
    lead = text[:1]
    text = _BACKSLASHED.sub(r"\\\g<0>", _ENTITY_START.sub("&amp;", text))
    for character, entity in _ENTITIES.items():
        text = text.replace(character, entity)
    text = _INSIDE.sub(lambda found: "&#58;" if found[0] == ":" else r"\.", text)
    if numbered:
        text = f"{numbered[0]}\\{text[numbered.end() :]}"
    elif lead and lead in "+-(":
        text = "\\" + text
    elif lead in _FIRST_ENTITY and not text.startswith("&"):
        text = _FIRST_ENTITY[lead] + text[1:]
    return text[:-1] + r"\!" if text.endswith("!") else text


def markdown_value(value: Any) -> str:
    """What a Markdown template prints for `value`: escaped, unless a filter of ours made it."""
    return str(value) if isinstance(value, Markup) else markdown_text(value)


def html_value(value: Any) -> Any:
    """What an HTML template prints for `value`, before autoescape: no control characters, no "None"."""
    return value if isinstance(value, Markup) else _CONTROLS.sub("", "" if value is None else str(value))


def breakable(value: Any) -> Markup:
    """`value` as HTML whose longest words may break over lines; for text, not for attributes."""
    return Markup("<wbr>").join(piece for piece in _LONG_WORD.split(html_value(value)) if piece)


def web_address(url: object) -> str:
    """`url` where it is http(s) with a host, encoded so that it can end nothing; otherwise ""."""
    try:
        parts = urlsplit(plain(url).strip())
    except ValueError:
        return ""
    if parts.scheme not in LINKS or not parts.hostname:
        return ""
    return quote(parts.geturl(), safe=_URL_SAFE)


def markdown_address(url: object) -> str:
    """`web_address`, with entities' ampersands spelt out, as Markdown wants it."""
    return re.sub(r"&(?=#?[0-9A-Za-z]+;)", "&amp;", web_address(url))

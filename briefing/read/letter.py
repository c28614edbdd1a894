"""The text of a mail as its reader sees it, without what mail brings along.

Hidden previews, "view in browser" above and "unsubscribe" below are about the mail and not in it; links that
count who follows them are dropped, as are all addresses that stand in brackets or alone on a line. The foot
is found from below: it is the longest end without a paragraph of prose in which such words stand, and never
more than half of the text. Lines of page furniture go as they do on pages (language/furniture.py).

A forwarded text begins behind three or more lines such as "From: …", "Subject: …", in any language that has
a file. Where little of one's own stands above, the article is the forwarded one, with its sender and date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from briefing.bounds import MAX_CHARACTERS
from briefing.language import detect, known, language
from briefing.language.furniture import is_marked, signs
from briefing.read.markup import to_text
from briefing.read.text import line, normalise, unwrap

if TYPE_CHECKING:
    from lxml.etree import _Element

HIDDEN = re.compile(  # styles by which previews are put into a mail and not shown
    r"display:none|visibility:hidden|mso-hide:all|max-height:0|font-size:1p[xt]|opacity:0(?![.\d])"
)
PREVIEW = re.compile(r"(?i)\bpre-?header\b|\bpreview-?text\b")
MAX_STYLE = 2_000  # characters of a style or class that are looked at
IN_BRACKETS = re.compile(
    r"\s?(?:<https?://[^\s<>]+>|\(\s?https?://[^\s()]+\s?\)|\[\s?https?://[^\s\[\]]+\s?\])"
)
ALONE = re.compile(r"(?m)^[ \t>]*https?://\S+[ \t]*$")
LONG = re.compile(r"https?://\S{100,}")  # nobody types these
SIGNATURE = re.compile(r"\n-- \r?\n")  # RFC 3676, section 4.3
CLOSED = re.compile(r"[.!?…][\"'”’»)\]]*$")

TOP = 6  # paragraphs at the top among which "view in browser" stands
TOP_LONGEST = 25  # words of such a line
FOOT_LONGEST = 60  # words of a paragraph about the mail: terms of use run on
PROSE = 12  # words of a closed sentence, from which on a paragraph is part of the text
LABEL = 3  # words of a button above it: "Facebook"
FOOT_SHARE = 0.5  # of the text's characters, at the most

FIELD = re.compile(r"\W{0,3}([^\W\d_][\w -]{0,18}?)\W{0,2}:\W{0,3}(?:\s(.*))?$")
FIELDS = 3  # lines of a header over a forwarded text, at the least
COVERING = 60  # words of a covering note above it, at the most


@dataclass(frozen=True, slots=True)
class Forwarded:
    """A text that stands in a mail below its own header. Made by forwarded, read by mail."""

    covering: str  # what stands above
    fields: dict[str, str]  # "from", "sent", "subject", "to"
    text: str


def of_html(markup: str) -> str:
    """The text of an HTML part as it is shown, in normal form."""
    return to_text(f"<div>{markup}</div>", _is_hidden)


def of_plain(text: str, *, flowed: bool = False, delsp: bool = False) -> str:
    """The text of a plain part in normal form, without signature and loose links; `flowed`: RFC 3676."""
    text = SIGNATURE.split(text.replace("\r\n", "\n"), maxsplit=1)[0]
    text = LONG.sub("", ALONE.sub("", IN_BRACKETS.sub("", text)))
    return normalise(re.sub(r" \n" if delsp else r"(?<= )\n", "", text) if flowed else unwrap(text))


def bare(text: str, *, to_many: bool) -> str:
    """A text without what is about the mail; of a mail `to_many`, without lines of furniture either.

    One that is too long for an article is left as it is: it will be cut, foot and all.
    """
    if len(text) > MAX_CHARACTERS:
        return text
    paragraphs = text.split("\n\n")
    kept = [p for i, p in enumerate(paragraphs) if i >= TOP or not _is_about(p, "top", TOP_LONGEST)]
    kept = kept[: _foot(kept)]
    if to_many:
        words = language(detect(text))
        kept = [p for i, p in enumerate(kept) if not is_marked(signs(p, words, first=i == 0))]
    return "\n\n".join(kept)


def subject_of(text: str) -> str:
    """A subject without the marks of an answer or a forwarded mail: "Re: ", "Fwd: "."""
    while (mark := re.match(r"\s*(\w{1,10})\s?(?:\[\d{1,3}\])?\s?:\s?", text)) and _is("marks", mark[1]):
        text = text[mark.end() :]
    return line(text)


def forwarded(text: str) -> Forwarded | None:
    """The forwarded text in a text of normal form, where little stands above it."""
    paragraphs = text.split("\n\n")
    for at in range(len(paragraphs) - FIELDS):
        fields: dict[str, str] = {}
        end = at
        while end < len(paragraphs) and (found := _field(paragraphs[end])) and found[0] not in fields:
            fields |= [found]
            end += 1
        if end - at >= FIELDS and {"from", "subject"} <= set(fields) and end < len(paragraphs):
            covering = [p for p in paragraphs[:at] if not _is_about(p, "forwarded", TOP_LONGEST)]
            return Forwarded("\n\n".join(covering), fields, "\n\n".join(paragraphs[end:]))
        if sum(len(p.split()) for p in paragraphs[: at + 1]) > 2 * COVERING:
            return None
    return None


def words_in(text: str) -> int:
    """How many words a text has."""
    return len(text.split())


def _foot(paragraphs: list[str]) -> int:
    """Where what is about the mail begins, from below; the number of paragraphs where nothing is."""
    whole, below, foot = sum(map(len, paragraphs)), 0, len(paragraphs)
    for at in range(len(paragraphs) - 1, -1, -1):
        below += len(paragraphs[at])
        about = _is_about(paragraphs[at], "foot", FOOT_LONGEST)
        if below > FOOT_SHARE * whole or (not about and _is_prose(paragraphs[at])):
            break
        foot = at if about else foot
    while 0 < foot < len(paragraphs) and _is_label(paragraphs[foot - 1]):
        foot -= 1
    return foot


def _is_label(paragraph: str) -> bool:
    return words_in(paragraph) <= LABEL and CLOSED.search(paragraph) is None


def _is_prose(paragraph: str) -> bool:
    return words_in(paragraph) >= PROSE and CLOSED.search(paragraph) is not None


def _is_about(paragraph: str, what: str, longest: int) -> bool:
    """Whether a paragraph is about the mail, by words of any language: programs have one of their own."""
    return words_in(paragraph) <= longest and any(p.search(paragraph) for p in _patterns(what))


def _field(paragraph: str) -> tuple[str, str] | None:
    """The field that a line of a header is, by its name in any language: ("subject", "Ice on the river")."""
    found = FIELD.match(paragraph) if len(paragraph) < 1_000 else None
    names = ("from", "sent", "subject", "to")
    name = next((name for name in names if found and _is(name, found[1].strip())), "")
    return (name, line(found[2] or "")) if found and name else None


def _is(what: str, word: str) -> bool:
    return any(pattern.fullmatch(word) for pattern in _patterns(what))


@cache
def _patterns(what: str) -> tuple[re.Pattern[str], ...]:
    tables = (language(code).mail for code in known())
    return tuple(table[what] for table in tables if what in table)


def _is_hidden(element: _Element) -> bool:
    style = (element.get("style") or "")[:MAX_STYLE].lower().replace(" ", "")
    return (
        HIDDEN.search(style) is not None
        or element.get("hidden") is not None
        or PREVIEW.search((element.get("class") or "")[:MAX_STYLE]) is not None
    )

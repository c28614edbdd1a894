"""A saved page as a browser's copy and paste gives it: every visible line, furniture and all.

A block element begins and ends a line; scripts, styles, form fields and what the page hides are not
seen. What style sheets hide cannot be known here, so some menus are longer than on a screen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from briefing.read.decode import decode
from briefing.read.markup import BLOCKS, CELLS
from briefing.read.text import normalise

if TYPE_CHECKING:
    from lxml.html import HtmlElement

UNSEEN = frozenset((
    "script", "style", "template", "noscript", "head", "title", "svg", "math", "iframe", "object", "embed",
    "audio", "video", "canvas", "map", "select", "textarea", "input", "datalist",
))  # fmt: skip
# Buttons, captions, menus and forms are lines of their own on a screen; the row of a table is one line.
LINES = BLOCKS | {"nav", "aside", "form", "button", "figcaption", "label", "legend", "caption"}
BESIDE = CELLS | {"figcaption"}
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
SPACE = re.compile(r"\s+")


def visible_lines(content: bytes) -> list[str]:
    """The lines of a page in normal form, in the order of the page."""
    return [text for text, _ in tagged_lines(content)]


def tagged_lines(content: bytes) -> list[tuple[str, bool]]:
    """(line, whether it stands in a caption or a table) for every line of a page or of a fragment."""
    from lxml import etree, html

    decoded = decode(content, "")
    if decoded is None or not decoded.text.strip():
        return []
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    root = html.document_fromstring(XML_DECLARATION.sub("", decoded.text), parser=parser)
    etree.strip_tags(root, "wbr")
    return [(text, caption) for raw, caption in _joined(_walk(root)) if (text := normalise(raw))]


def _walk(root: HtmlElement) -> Iterator[tuple[str, bool]]:
    """Pieces of text and line ends, each with whether a caption or a cell is open."""
    todo: list[tuple[HtmlElement | str, bool]] = [(root, False)]
    while todo:
        item, caption = todo.pop()
        if isinstance(item, str):
            yield item, caption
            continue
        if item.tail and item is not root:
            todo.append((SPACE.sub(" ", item.tail), caption))
        if _is_unseen(item):
            continue
        inside = caption or item.tag in BESIDE
        edge = "\n" if item.tag in LINES else " " if item.tag in CELLS else ""
        todo.append((edge, inside))
        todo.extend((child, inside) for child in reversed(item))
        yield edge + SPACE.sub(" ", item.text or ""), inside


def _is_unseen(item: HtmlElement) -> bool:
    if item.tag in UNSEEN or item.get("hidden") is not None:
        return True
    return bool(HIDDEN.search(item.get("style") or ""))


def _joined(pieces: Iterator[tuple[str, bool]]) -> Iterator[tuple[str, bool]]:
    """Pieces up to each line end, in one string."""
    line, caption = "", False
    for piece, inside in pieces:
        before, *after = piece.split("\n")
        line, caption = line + before, caption or (inside and bool(before.strip()))
        for part in after:
            yield line, caption
            line, caption = part, inside and bool(part.strip())
    yield line, caption

"""Markup into text: block elements become paragraphs, what is no text is dropped.

For fragments that feeds, mails and notes carry. Whole pages go through trafilatura (see page.py),
which knows what on a page is the article. Nothing here executes, loads or follows anything.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from briefing.bounds import MAX_ATTRIBUTES, MAX_CROWD, MAX_RAW, MAX_RAW_LINE
from briefing.read.draft import Unreadable
from briefing.read.text import line, normalise, unwrap

if TYPE_CHECKING:
    from lxml.etree import _Element

TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--")  # every pattern here is linear in what strangers send
DROPPED_WHOLE = re.compile(r"(?is)<(script|style|template)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)")
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
# One tag up to its end; a ">" inside a quoted value is none.
WHOLE_TAG = re.compile(r"""<[a-zA-Z](?:[^>=]++|=\s*+"[^"]*+"|=\s*+'[^']*+'|=)*+""")
VALUE = re.compile(r"""=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)""")
ATTRIBUTE = re.compile(r"[^\s/]+")

DROPPED = frozenset((
    "script", "style", "template", "noscript", "head", "title", "figcaption", "nav", "aside", "form",
    "button", "select", "textarea", "svg", "math", "iframe", "object", "embed", "audio", "video", "canvas",
    "map",
))  # fmt: skip
BLOCKS = frozenset((
    "address", "article", "blockquote", "body", "br", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol",
    "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
))  # fmt: skip
CELLS = frozenset(("td", "th"))


class TooDeep(Unreadable):
    """Markup is nested deeper than the parser follows: text would be lost without a word."""


def refuse_crowded(markup: str) -> None:
    """Raise Unreadable where one tag has more attributes than a parser takes in a fair time. Linear."""
    crowd = 0
    for tag in WHOLE_TAG.finditer(markup):
        if len(tag[0]) <= MAX_ATTRIBUTES // 2:  # a letter and a space each
            continue
        count = len(ATTRIBUTE.findall(VALUE.sub(" ", tag[0]))) - 1
        crowd += count
        if count > MAX_ATTRIBUTES or crowd > MAX_CROWD:
            reason = f"a tag with more than {MAX_ATTRIBUTES:,} attributes: not a page that people wrote"
            raise Unreadable(reason if count > MAX_ATTRIBUTES else CROWDED)


def is_markup(text: str) -> bool:
    """Whether a string holds tags, rather than being plain text."""
    return TAG.search(text) is not None


def to_text(fragment: str, hidden: Callable[[_Element], bool] = lambda _: False) -> str:
    """Normal-form text of an HTML fragment, or of plain text with entities in it.

    `hidden` says which elements are not shown, besides those that hold no text by their nature.
    Raises TooDeep where the parser gave up on the nesting, Unreadable for a crowded tag.
    """
    if not is_markup(fragment):
        return normalise(unwrap(html.unescape(fragment[:MAX_RAW])))
    refuse_crowded(fragment)
    root = _parse(fragment)
    return "" if root is None else normalise("".join(_pieces(root, hidden)))


def to_line(fragment: str) -> str:
    """The same on one line, for titles and names; entities that were escaped twice are resolved."""
    fragment = fragment[:MAX_RAW_LINE]
    text = TAG.sub("", DROPPED_WHOLE.sub("", fragment)) if is_markup(fragment) else fragment
    if ENTITY.search(text):
        text = html.unescape(text)
        if is_markup(text):
            text = TAG.sub("", DROPPED_WHOLE.sub("", text))
    return line(text)


def _parse(fragment: str) -> _Element | None:
    from lxml import etree

    # No entities that grow, no network, no nesting without bound: libxml2's own limits stay on.
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    root: _Element | None = etree.fromstring(fragment.encode("utf-8", "replace"), parser)
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise TooDeep("markup is nested too deeply")
    return root


def _pieces(root: _Element, hidden: Callable[[_Element], bool]) -> list[str]:
    """The text in document order with line breaks around blocks; walks with a stack of its own.

    It ends where an article would be cut in any case.
    """
    pieces: list[str] = []
    todo: list[_Element | str] = [root]
    length = 0
    while todo and length < MAX_RAW:
        item = todo.pop()
        if isinstance(item, str):
            pieces.append(item)
            length += len(item)
            continue
        if item.tail and item is not root:
            todo.append(SPACED.sub(" ", item.tail[:MAX_RAW]))
        if item.tag in DROPPED or hidden(item):
            pieces.append(" ")
            continue
        edge = "\n" if item.tag in BLOCKS else " " if item.tag in CELLS else ""
        todo.append(edge)
        todo.extend(reversed(item))
        pieces.append(edge + SPACED.sub(" ", (item.text or "")[:MAX_RAW]))
        length += len(pieces[-1])
    return pieces


CROWDED = f"more than {MAX_CROWD:,} attributes in long tags: not a page that people wrote"
SPACED = re.compile(r"[^\S\u00a0]+")  # in markup a line break is a space

"""quotations: which characters of an article stand between quotation marks, over sentences and paragraphs.

Theory: a mark tells its direction by itself (“ ”, « », „ “) or, straight, by its neighbours: an opening
one has a space, a dash or a bracket before it and none behind. A quotation of several paragraphs opens
each of them and closes the last (Chicago Manual of Style 13.32); one that is never closed ends with its
paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache

from briefing.model import Span

CLOSED = ".,;:!?)"  # what stands behind no opening mark
LONGEST = 3_000  # characters: behind that a mark was forgotten

_MARK = re.compile(r"[\"“”«»„]|''|\n\n")
_OPENERS, _CLOSERS = "“«„", "”»"


@lru_cache(maxsize=64)
def quotations(text: str) -> tuple[Span, ...]:
    """The quotations of a text, marks included, in order and apart."""
    found: list[Span] = []
    begun = -1
    for mark in _MARK.finditer(text):
        at = mark.start()
        if mark.group() == "\n\n":
            if begun >= 0:  # unclosed: it ends here, or goes on where the next paragraph opens with a mark
                found.append(Span(begun, at))
            begun = -1
        elif _opens(text, mark, begun >= 0):
            if begun < 0:
                begun = at
        elif begun >= 0:
            if at - begun <= LONGEST:
                found.append(Span(begun, mark.end()))
            begun = -1
    return tuple(found) if begun < 0 else (*found, Span(begun, min(len(text), begun + LONGEST)))


def _opens(text: str, mark: re.Match[str], inside: bool) -> bool:
    before, behind = text[mark.start() - 1 : mark.start()] or " ", text[mark.end() : mark.end() + 1] or " "
    if mark.group() == "“" and inside:  # German and Ukrainian „so“ close with it
        return behind.isalnum()
    if mark.group() not in ('"', "''"):
        return mark.group() in _OPENERS
    if inside and behind in CLOSED:
        return False  # "the town ". A spokesman ..."
    if before.isspace() != behind.isspace():
        return before.isspace()
    return not inside


def masked(text: str, start: int, spans: tuple[Span, ...]) -> str:
    """A piece of an article from `start`, its quotations blanked out in equal length, a comma at each end."""
    piece = list(text)
    first = bisect_right(spans, start, key=lambda span: span.end)
    last = bisect_left(spans, start + len(text), key=lambda span: span.start)
    for span in spans[first:last]:
        begin, end = max(span.start - start, 0), min(span.end - start, len(piece))
        if begin >= end:
            continue
        piece[begin:end] = " " * (end - begin)
        piece[begin] = piece[end - 1] = ","
    return "".join(piece)

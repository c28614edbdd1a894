"""Sentences of one paragraph, as spans.

sentencex proposes, a merge rule corrects: it splits too often after abbreviations and initials,
and never too rarely within one paragraph. Units of any length come back; clean leaves out those
that are too long to be sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.language.data import language

UNLIKELY = 600  # characters: an unpaired quotation mark has swallowed what follows
TAIL = 60  # characters of a sentence that tell whether it has ended

_INITIAL = re.compile(r"(?:^|[\s(\"“«])[^\W\d_]\.$")
_SHORT_BEFORE_NUMBER = re.compile(r"(?:^|\s)[^\W\d_A-ZА-ЯІЇЄҐ]{1,4}\.$")
_PLAIN_STOP = re.compile(r"[.!?…][\"”’»)]*\s+(?=[\"“«„‘(]?[A-ZА-ЯІЇЄҐ])")
_CLOSERS = '"”’»)]'


def sentence_spans(paragraph: str, code: str) -> list[tuple[int, int]]:
    """Start and end of each sentence, without the white space between them.

    Feed it one paragraph at a time: across paragraphs an unpaired quotation mark would swallow
    the rest of the text.
    """
    from sentencex import get_sentence_boundaries

    spans: list[tuple[int, int]] = []
    for piece in get_sentence_boundaries(code, paragraph):
        for place in _plainly(paragraph, piece["start_index"], piece["end_index"]):
            start, end = _trim(paragraph, *place)
            if start >= end:
                continue
            opened, ended = spans[-1] if spans else (0, 0)
            if spans and _belongs(paragraph[max(opened, ended - TAIL) : ended], paragraph[start:end], code):
                spans[-1] = (opened, end)
            else:
                spans.append((start, end))
    return spans


def _plainly(paragraph: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A proposed sentence as it is; one too long for that, at every full stop before a capital."""
    if end - start > UNLIKELY:
        for stop in _PLAIN_STOP.finditer(paragraph, start, end):
            yield start, stop.end()
            start = stop.end()
    yield start, end


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _belongs(before: str, piece: str, code: str) -> bool:
    """Whether a proposed sentence is in truth the tail of the one before."""
    if piece[0] in ",;:" or not piece.strip(_CLOSERS + ".!?…"):
        return True
    if not before.endswith("."):
        return before.endswith(("!", "?", "…", *_CLOSERS)) and piece[0].islower()
    word = before[:-1].rsplit(None, 1)[-1].lstrip('("“«‘').lower() if before[:-1].strip() else ""
    return (
        piece[0].islower()
        or word in language(code).abbreviations
        or bool(_INITIAL.search(before))
        or (piece[0].isdigit() and bool(_SHORT_BEFORE_NUMBER.search(before)))
    )

"""Sentences of one paragraph, as spans.

In a language whose file names `starters` every stop before white space may end a sentence, and
`stops` judges each; bullets and the numbers of a list begin one. In any other language sentencex
(Wikimedia's rules for some 240) cuts, and a merge rule corrects it. Nothing but white space is ever
lost. Units of any length come back; clean leaves out those that are too long to be sentences.

Rejected: sentencex alone (it never cuts inside quotation marks and brackets, and does cut after
abbreviations), pySBD (slow, no Ukrainian, rewrites the text).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from briefing.language.data import Language, language
from briefing.language.stops import ends

UNLIKELY = 600  # characters: an unpaired quotation mark has swallowed what follows
TAIL = 60  # characters of a sentence that tell whether it has ended
LOOK_BACK, LOOK_AHEAD = 200, 80  # characters around a stop that tell whether it ends a sentence
FEWEST_ITEMS = 2  # from which numbers in a text are the numbers of a list

_STOP = re.compile(r"[.!?…](?:\s»)?[\"'”“’‘»)\]]*(?:\s?\[\d+\])*+(?=\s)")
_GLUED = re.compile(  # a page's markup took the space: "... said.The army", "... over.”He left"
    r"(?<=[a-zа-яіїєґ)\d][a-zа-яіїєґ)\d])[.!?][\"”»]?(?=[\"“«„]?(?:[AIВЗІУЯ]|[A-ZА-ЯІЇЄҐ][a-zа-яіїєґ’']+)[\s,])"
)
_ADDRESS = re.compile(r"\S[./@]\S+$")  # "gov.example/News.Today"
_BULLET = re.compile(r"(?<=\s)[•●▪■◦⁃‣](?=\s|\w)")
_SPACED_DOTS = re.compile(r"(?<=\w)[.](?=\s\. \. \. [A-ZА-ЯІЇЄҐ])")
_ITEM = re.compile(r"(?:^|(?<=\s))[⁃•(-]?(\d{1,2}|[a-z])(?:\.\)|\.|\))(?=\s?[^\W\d_])")
_NUMBER = re.compile(r"[⁃•(-]?(?:\d{1,2}|[a-z])[.)]*")
_INITIAL = re.compile(r"(?:^|[\s(\"“«])[^\W\d_]\.$")
_SHORT_BEFORE_NUMBER = re.compile(r"(?:^|\s)[^\W\d_A-ZА-ЯІЇЄҐ]{1,4}\.$")
_PLAIN_STOP = re.compile(r"[.!?…][\"”’»)]*\s+(?=[\"“«„‘(]?[A-ZА-ЯІЇЄҐ])")
_CLOSERS = '"”’»)]'


def sentence_spans(paragraph: str, code: str) -> list[tuple[int, int]]:
    """Start and end of each sentence, without the white space between them.

    Feed it one paragraph at a time: across paragraphs an unpaired quotation mark would swallow
    the rest of the text.
    """
    words = language(code)
    return list(_judged(paragraph, words)) if words.starters else _by_library(paragraph, code)


def _judged(paragraph: str, words: Language) -> Iterator[tuple[int, int]]:
    """The spans between the proposed ends that hold."""
    items = _items(paragraph)
    sure = {*items, *(m.start() for m in _BULLET.finditer(paragraph))}
    sure |= {m.end() for m in _SPACED_DOTS.finditer(paragraph)}
    maybe = {m.end() for m in _STOP.finditer(paragraph)}
    maybe |= {m.end() - _opens(paragraph, m) for m in _GLUED.finditer(paragraph)}
    start = 0
    for end in sorted({*sure, *maybe, len(paragraph)}):
        if end < len(paragraph) and end not in sure and not _ended(paragraph, start, end, items, words):
            continue
        begun, stopped = _trim(paragraph, start, end)
        if begun < stopped:
            yield begun, stopped
        start = end


def _opens(paragraph: str, glued: re.Match[str]) -> bool:
    """Whether the straight mark behind a stop opens the next quotation: `it ended."We are glad`."""
    return glued.group().endswith('"') and paragraph.count('"', 0, glued.end()) % 2 == 1


def _ended(paragraph: str, start: int, end: int, items: list[int], words: Language) -> bool:
    """Whether the sentence that began at `start` is over at this stop."""
    before = paragraph[max(start, end - LOOK_BACK) : end].lstrip()
    behind = paragraph[end : end + LOOK_AHEAD].lstrip()
    if not paragraph[end].isspace() and _ADDRESS.search(before.rstrip(_CLOSERS)):
        return False
    return not _number_of(paragraph, end, items) and ends(before, behind, words)


def _items(paragraph: str) -> list[int]:
    """Where the items of a list begin: "1. ... 2. ...", from the beginning of the paragraph and in order."""
    marks = [(m.start(), m.group(1)) for m in _ITEM.finditer(paragraph)]
    if not marks or marks[0][0] > 0 or marks[0][1] not in ("1", "a"):
        return []
    found = [marks[0]]
    for mark in marks[1:]:
        if mark[1] == _next(found[-1][1]):
            found.append(mark)
    return [at for at, _ in found] if len(found) >= FEWEST_ITEMS else []


def _next(number: str) -> str:
    return str(int(number) + 1) if number.isdigit() else chr(ord(number) + 1)


def _number_of(paragraph: str, end: int, items: list[int]) -> bool:
    """Whether a stop belongs to the number of an item."""
    last = bisect_right(items, end - 1) - 1
    return last >= 0 and bool(_NUMBER.fullmatch(paragraph, items[last], end))


def _by_library(paragraph: str, code: str) -> list[tuple[int, int]]:
    """What sentencex proposes, put together where it cut too much."""
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

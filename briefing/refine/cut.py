"""cut: paragraphs into sentences, each with its offsets in the article's text.

The offsets are the program's promise: `article.text[start:end]` is the sentence, always.
A quotation of several sentences stays whole, with who says it: its middle alone is nobody's.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise

from briefing.language import sentence_spans
from briefing.model import Cleaned, Cut, Reading, Sentence
from briefing.refine.seams import seams

MOST_SENTENCES = 2000  # of one article: more than the longest report has, and every later step counts them
LONGEST_WHOLE = 600  # characters: beyond, a quotation is a speech, and its sentences are told apart
_QUOTATION = re.compile(
    rf"[“«„][^”»]{{1,{LONGEST_WHOLE}}}[”»]"
    rf"|(?<![^\s(\[—–-])\"(?=\S)[^\"]{{1,{LONGEST_WHOLE}}}(?<=\S)\"(?![^\s.,;:!?)\]…—–-])"
    rf"|(?<![^\s(\[—–-])['‘](?=\w)(?:[^'’]|['’](?=\w)){{1,{LONGEST_WHOLE}}}['’](?!\w)"
)


def cut(cleaned: Cleaned) -> Reading:
    """The sentences of the kept paragraphs, in order; past `MOST_SENTENCES` the rest is a cut."""
    article = cleaned.article
    sentences = tuple(islice(_sentences(cleaned), MOST_SENTENCES))
    if len(sentences) < MOST_SENTENCES:
        return Reading(article, sentences, cleaned.cuts)
    rest = Cut(article.id, sentences[-1].end, len(article.text), f"more than {MOST_SENTENCES} sentences")
    return Reading(article, sentences, (*cleaned.cuts, rest))


def _sentences(cleaned: Cleaned) -> Iterator[Sentence]:
    article, index = cleaned.article, 0
    for number, paragraph in enumerate(cleaned.paragraphs):
        body = article.text[paragraph.start : paragraph.end]
        whole = _quotations_whole(body, sentence_spans(body, article.language))
        for start, end in _unglued(body, whole, article.language):
            begin = paragraph.start + start
            yield Sentence(article.id, begin, paragraph.start + end, body[start:end], number, index)
            index += 1


def _unglued(body: str, spans: Iterable[tuple[int, int]], code: str) -> Iterator[tuple[int, int]]:
    """The spans, each cut where a heading has run into its sentence."""
    for start, end in spans:
        ends = [start + at for at in seams(body[start:end], code)]
        for begun, stopped in pairwise([start, *ends, end]):
            yield begun, begun + len(body[begun:stopped].rstrip())


def _quotations_whole(body: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans, put together where one begins inside a quotation."""
    quoted = [m.span() for m in _QUOTATION.finditer(body)]
    begins = [a for a, _ in quoted]
    opened: tuple[int, int] | None = None
    for start, end in spans:
        last = bisect_left(begins, start) - 1
        if opened and last >= 0 and start < quoted[last][1]:
            opened = (opened[0], end)
            continue
        if opened:
            yield opened
        opened = (start, end)
    if opened:
        yield opened

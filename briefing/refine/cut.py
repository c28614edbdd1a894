"""cut: paragraphs into sentences, each with its offsets in the article's text.

The offsets are the program's promise: `article.text[start:end]` is the sentence, always.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from briefing.language import sentence_spans
from briefing.model import Cleaned, Cut, Reading, Sentence

MOST_SENTENCES = 2000  # of one article: more than the longest report has, and every later step counts them


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
        for start, end in sentence_spans(body, article.language):
            begin = paragraph.start + start
            yield Sentence(article.id, begin, paragraph.start + end, body[start:end], number, index)
            index += 1

"""cut: paragraphs into sentences, each with its offsets in the article's text.

The offsets are the program's promise: `article.text[start:end]` is the sentence, always.
"""

from __future__ import annotations

from briefing.language import sentence_spans
from briefing.model import Cleaned, Reading, Sentence


def cut(cleaned: Cleaned) -> Reading:
    """All sentences of the kept paragraphs, in order."""
    article = cleaned.article
    sentences: list[Sentence] = []
    for number, paragraph in enumerate(cleaned.paragraphs):
        body = article.text[paragraph.start : paragraph.end]
        for start, end in sentence_spans(body, article.language):
            begin = paragraph.start + start
            sentences.append(
                Sentence(
                    article.id, begin, paragraph.start + end, body[start:end], number, index=len(sentences)
                )
            )
    return Reading(article, tuple(sentences), cleaned.cuts)

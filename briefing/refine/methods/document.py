"""A sumy document of our sentences, with a tokenizer that works offline and keeps digits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from briefing.language import language, sentence_spans, stems, tokens


class Tokenizer:
    """What sumy asks of a tokenizer, without NLTK's download: `to_sentences` and `to_words`."""

    def __init__(self, code: str) -> None:
        self._code = code

    def to_sentences(self, paragraph: str) -> tuple[str, ...]:
        """The sentences of one paragraph."""
        return tuple(paragraph[a:b] for a, b in sentence_spans(paragraph, self._code))

    def to_words(self, sentence: str) -> tuple[str, ...]:
        """Lower-case words: one of sumy's methods looks for stop words before it lowers the case."""
        return tuple(t.lower() for t in tokens(sentence))


def document(
    paragraphs: Sequence[Sequence[str]], code: str, whole: Sequence[Sequence[str]] | None = None
) -> Any:
    """A sumy document; each inner sequence holds the sentences of one article, in order.

    `whole` are the articles with the sentences that may not be chosen as well.
    """
    from briefing.refine.methods.selection import Selection

    return Selection(paragraphs, Tokenizer(code), paragraphs if whole is None else whole)


def stem(word: str, code: str) -> str:
    """One word's stem, "" for a stop word: the shape of stemmer that sumy's methods take."""
    return next(iter(stems(word, code)), word)


def stop_words(code: str) -> frozenset[str]:
    """The stop words of a language, from its file."""
    return language(code).stop_words

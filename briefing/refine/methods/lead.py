"""lead: the first sentences of all articles in turn. The baseline that news is hard to beat with."""

from __future__ import annotations

from typing import Any

from sumy.summarizers._summarizer import AbstractSummarizer


class Lead(AbstractSummarizer):  # type: ignore[misc]  # sumy publishes no types
    """Rates a sentence by how early in its paragraph it stands."""

    def __call__(self, document: Any, sentences_count: int) -> tuple[Any, ...]:
        """The first sentences of all paragraphs in turn, in the order of the document."""
        ratings = iter([-i for p in document.paragraphs for i, _ in enumerate(p.sentences)])
        return tuple(self._get_best_sentences(document.sentences, sentences_count, lambda _: next(ratings)))


def summarizer(_code: str) -> Lead:
    """Lead needs no words, so it is the same in every language."""
    return Lead()

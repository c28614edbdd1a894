"""A sumy document that knows more than what may be chosen: the articles in which it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence


class Selection(ObjectDocumentModel):  # type: ignore[misc]  # sumy publishes no types
    """Sentences to choose from; `whole` is the document of all sentences, for methods that count words."""

    def __init__(
        self, paragraphs: Sequence[Sequence[str]], tokenizer: Any, whole: Sequence[Sequence[str]]
    ) -> None:
        super().__init__(_paragraphs(paragraphs, tokenizer))
        self.whole = self if whole is paragraphs else ObjectDocumentModel(_paragraphs(whole, tokenizer))


def _paragraphs(articles: Sequence[Sequence[str]], tokenizer: Any) -> list[Any]:
    return [Paragraph([Sentence(text, tokenizer) for text in sentences]) for sentences in articles]

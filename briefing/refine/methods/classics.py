"""sumy's classic methods, usable offline, each with the traps around it closed."""

from __future__ import annotations

from functools import partial
from typing import Any

from briefing.refine.methods.document import stem, stop_words

CONVERGED = 1e-9  # sumy's 0.1 stops LexRank before the order of sentences is settled
MOST_FOR_KL = 100  # sentences: its cost grows with their cube


def lexrank(code: str) -> Any:
    """Erkan and Radev 2004, as sumy implements it, run until it has converged."""
    from sumy.summarizers.lex_rank import LexRankSummarizer

    return _prepared(LexRankSummarizer, code, epsilon=CONVERGED)


def textrank(code: str) -> Any:
    """Mihalcea and Tarau 2004. Its matrix loses a little each step, so it never converges closer."""
    from sumy.summarizers.text_rank import TextRankSummarizer

    return _prepared(TextRankSummarizer, code)


def lsa(code: str) -> Any:
    """Steinberger and Ježek 2004."""
    from sumy.summarizers.lsa import LsaSummarizer

    return _prepared(LsaSummarizer, code)


def luhn(code: str) -> Any:
    """Luhn 1958."""
    from sumy.summarizers.luhn import LuhnSummarizer

    return _prepared(LuhnSummarizer, code)


def kl(code: str) -> Any:
    """Haghighi and Vanderwende 2009, on the first hundred sentences."""
    from sumy.models.dom import ObjectDocumentModel, Paragraph
    from sumy.summarizers.kl import KLSummarizer

    whole = _prepared(KLSummarizer, code)

    def summarize(document: Any, count: int) -> Any:
        return whole(ObjectDocumentModel([Paragraph(document.sentences[:MOST_FOR_KL])]), count)

    return summarize


def sum_basic(code: str) -> Any:
    """Nenkova and Vanderwende 2005."""
    from sumy.summarizers.sum_basic import SumBasicSummarizer

    return _prepared(SumBasicSummarizer, code)


def reduction(code: str) -> Any:
    """Graph reduction: the sum of a sentence's similarities to all others."""
    from sumy.summarizers.reduction import ReductionSummarizer

    return _prepared(ReductionSummarizer, code)


def _prepared(kind: Any, code: str, **settings: float) -> Any:
    summarizer = kind(partial(stem, code=code))
    summarizer.stop_words = stop_words(code)
    for name, value in settings.items():
        setattr(summarizer, name, value)
    return summarizer

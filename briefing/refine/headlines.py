"""headlines: what a story is called, in words of its own articles.

Theory: the best title is the one of an article whose words recur in the story's passages. A
round-up's title is about something else; where no title fits (`FITS`), the opening of the first
sentence that can stand alone serves, cut at a clause and closed with an ellipsis.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from briefing.language import stems
from briefing.model import Reading, Story
from briefing.refine.standing import standing

FITS = 0.5  # share of a title's stems that the story's passages hold
ENOUGH = 4  # words of a clause that can serve as a headline
LONGEST = 14  # words

_CLAUSE = re.compile(r"[,;:]\s|\s[–—-]\s|\s(?:as|after|while|amid|which|who|що|який|яка|которые|который)\s")


def headline(story: Story, readings: Mapping[str, Reading]) -> str:
    """The title that fits the story best, or the opening of its first sentence."""
    words = Counter(
        stem
        for p in story.passages
        for s in p.sentences
        for stem in stems(s.text, readings[p.article].article.language)
    )
    fitting = [
        (fit, -order, title)
        for order, title, fit in (
            (i, readings[a].article.title, _fit(readings[a], words))
            for i, a in enumerate(dict.fromkeys(p.article for p in story.passages))
        )
        if fit >= FITS
    ]
    return max(fitting)[2] if fitting else _opening(story, readings)


def _fit(reading: Reading, words: Counter[str]) -> float:
    title = set(stems(reading.article.title, reading.article.language))
    return round(sum(1 for t in title if words[t]) / len(title), 6) if title else 0.0


def _opening(story: Story, readings: Mapping[str, Reading]) -> str:
    for passage in story.passages:
        article = readings[passage.article].article
        for sentence in passage.sentences:
            if span := standing(sentence, article.language):
                return _shortened(article.text[span.start : span.end])
    return _shortened(story.passages[0].sentences[0].text)


def _shortened(text: str) -> str:
    for clause in _CLAUSE.finditer(text):
        if ENOUGH <= len(text[: clause.start()].split()) <= LONGEST:
            return text[: clause.start()] + " …"
    words = text.split()
    return " ".join(words[:LONGEST]) + (" …" if len(words) > LONGEST else "")

"""speaking: who says a sentence, by which words, and what in the language file tells what kind of speaker.

The claim is claims' own. Of the words that tell its kind those are shown that the table lists for it, in the
description or, where that has none, beside the name elsewhere in the article.
"""

from __future__ import annotations

import re

from briefing.language import NEVER, Language, language
from briefing.model import Article, Claim, Hedge, Reading, Sentence
from briefing.refine.claims import FARTHEST, claim
from briefing.refine.claims.attribution import attributions
from briefing.refine.desk import Desk
from briefing.why import Reason

NEAR = 120  # characters around a name in which an article says who that is


def said(sentence: Sentence, reading: Reading, desk: Desk) -> tuple[Claim, tuple[Hedge, ...]]:
    """The claim of a sentence, and the words of its source's doubts."""
    following = reading.sentences[sentence.index + 1 : sentence.index + 1 + FARTHEST]
    return claim(sentence, reading.article, following, desk.speakers)


def speaker(made: Claim, sentence: Sentence, article: Article) -> tuple[Reason, ...]:
    """The cue, with its place in the article, and the words that tell the kind."""
    spoken = attributions(article.text, sentence.start, sentence.end, article.language)
    places = [a.cue for a in spoken if article.text[a.cue.start : a.cue.end] == made.cue]
    cue = [Reason("cue", places[0].start, made.cue)] if places else []
    kind = _telling(made, article, language(article.language)) if made.source else ""
    return (*cue, *([Reason("kind", 0.0, kind)] if kind else []))


def _telling(made: Claim, article: Article, words: Language) -> str:
    """What the table lists for a kind and the article says of the speaker; "" where nothing is found."""
    listed = [
        table[made.kind] for table in (words.nations, words.speakers, words.lands) if made.kind in table
    ]
    official = words.speakers.get("official", NEVER)
    for text in (made.source, *_beside(made.source, article.text)):
        found = [m.group() for pattern in listed for m in [pattern.search(text)] if m]
        if found and (office := official.search(text)) and office.group() not in found:
            found.append(office.group())
        if found:
            return " + ".join(dict.fromkeys(found))
    return ""


def _beside(source: str, text: str) -> list[str]:
    """What stands around the name's first mention."""
    name = source.split(",", maxsplit=1)[0].rsplit(maxsplit=1)[-1]
    met = re.search(rf"\b{re.escape(name)}", text) if name else None
    return [text[max(0, met.start() - NEAR) : met.end() + NEAR]] if met else []

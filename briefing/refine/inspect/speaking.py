"""speaking: who says a sentence, by which words, and what in the language file tells what kind of speaker.

The claim is claims' own. Of the words that tell its kind those are shown that the table lists for it, in the
description or, where that has none, beside the name elsewhere in the article.
"""

from __future__ import annotations

import re

from briefing.language import NEVER, Language, language
from briefing.model import Article, Claim, Hedge, Reading, Reason, Sentence
from briefing.refine.claims import claim
from briefing.refine.claims.attribution import attributions

NEAR = 120  # characters around a name in which an article says who that is


def said(sentence: Sentence, reading: Reading) -> tuple[Claim, tuple[str, ...], tuple[Hedge, ...]]:
    """The claim of a sentence, the doubts of its source, and their words."""
    article = reading.article
    following = reading.sentences[sentence.index + 1 : sentence.index + 2]
    made, flags = claim(sentence, article, following[0].text if following else "")
    return made, flags, tuple(_hedges(flags, made, sentence, article))


def _hedges(flags: tuple[str, ...], made: Claim, sentence: Sentence, article: Article) -> list[Hedge]:
    """Where the flags' words stand in a sentence or in the one behind it."""
    words = language(article.language)
    found = []
    for flag in flags:
        met = words.hedges.get(flag, NEVER).search(article.text, sentence.start)
        at = (met.start(), met.end()) if met and met.start() < sentence.end + NEAR else None
        if flag == "claimed" and (not at or at[0] >= sentence.end) and made.cue in sentence.text:
            start = sentence.start + sentence.text.index(made.cue)
            at = (start, start + len(made.cue))
        if at:
            found.append(Hedge(flag, article.text[slice(*at)], *at))  # type: ignore[arg-type]  # one of the three
    return found


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

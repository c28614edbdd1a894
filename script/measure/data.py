"""Evaluation items, as they lie in the folder, and as the program's own types."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from briefing.model import Article, Reading, Sentence
from briefing.read.text import line, normalise
from briefing.refine.clean import clean
from briefing.refine.cut import cut

Item = dict[str, Any]


def items(path: Path) -> list[Item]:
    """The objects of a JSON lines file."""
    return [json.loads(row) for row in lines(path)]


def lines(path: Path) -> Iterator[str]:
    """The lines of a file that are not blank."""
    with path.open(encoding="utf-8") as file:
        yield from (row for row in file if row.strip())


def article(key: object, text: str, title: str = "", outlet: str = "") -> Article:
    """An article of evaluation text; texts are brought into the normal form that every step expects."""
    return Article(str(key), "evaluation", line(title), normalise(text), outlet)


def read_through(whole: Article) -> Reading:
    """An article as the program goes through it: furniture off, then cut into sentences."""
    return cut(clean(whole))


def never_empty(whole: Article) -> Reading:
    """The same, but what is all furniture to the program (a notice, a list) in its paragraphs.

    For sets that ask what a text is about, whatever it is.
    """
    reading = read_through(whole)
    return reading if reading.sentences else of_sentences(whole.id, whole.text.split("\n\n"), whole.title)


def of_sentences(key: object, sentences: list[str], title: str = "") -> Reading:
    """A reading of sentences that somebody else has cut already, in one paragraph."""
    text = " ".join(sentences)
    cuts: list[Sentence] = []
    start = 0
    for index, sentence in enumerate(sentences):
        cuts.append(Sentence(str(key), start, start + len(sentence), sentence, 0, index))
        start += len(sentence) + 1
    return Reading(Article(str(key), "evaluation", line(title), text), tuple(cuts))

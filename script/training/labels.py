"""The labels that the model is taught by, and the sentences they are for.

Requirement: the texts belong to their publishers and stay where they are; the repository holds where a
sentence stands, what it hashes to, and what it was labelled.

`labels.tsv`: article, start and end in the article's text, the first 16 hex digits of the sentence's
SHA-256, the labels, one letter each for battlefield, humanitarian, diplomacy, none: the primary one,
behind it a secondary one where there is one. A sentence that two people labelled has two lines.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from briefing.model import Reading

FILE = Path(__file__).with_name("labels.tsv")
NEWS = "ukraine-news/articles.jsonl"
LETTERS: Mapping[str, str] = {"b": "battlefield", "h": "humanitarian", "d": "diplomacy", "n": "none"}

# Outlets whose articles came from a repository that excludes commercial use: they teach nothing.
RESERVED = frozenset({"RT", "NBC", "AssociatedPress", "Reuters", "DailyMail"})


@dataclass(frozen=True, slots=True)
class Label:
    """One sentence as one labeller saw it. Made by `labels`, read by fit."""

    reading: Reading
    index: int  # of the sentence in the reading
    label: str  # one of `LETTERS`' values
    share: float  # of the sentence's one voice: a half where two labelled it
    week: str  # ISO year and week of the article


def labels(news: Mapping[str, tuple[str, Reading]]) -> tuple[list[Label], int]:
    """The labels whose sentence the program still cuts as it was labelled, and how many are lost.

    `news` holds week and reading of each article.
    """
    rows = [line.split("\t") for line in FILE.read_text("utf-8").splitlines()]
    voices: dict[tuple[str, str], int] = {}
    for key, start, *_ in rows:
        voices[key, start] = voices.get((key, start), 0) + 1
    found = []
    for key, start, end, digest, said in rows:
        week, reading = news.get(key, ("", None))
        index = _index(reading, int(start), int(end), digest) if reading else None
        if reading and index is not None:
            found.append(Label(reading, index, LETTERS[said[0]], 1 / voices[key, start], week))
    return found, len(rows) - len(found)


def _index(reading: Reading, start: int, end: int, digest: str) -> int | None:
    for sentence in reading.sentences:
        if (sentence.start, sentence.end) == (start, end):
            same = hashlib.sha256(sentence.text.encode()).hexdigest().startswith(digest)
            return sentence.index if same else None
    return None

"""boilerplate: sentences that an outlet prints under its articles night after night, whatever they report.

Requirement: how the war began is no news of this night, however often it is repeated.

Theory: the inverted pyramid puts background last. A sentence is boilerplate where several different articles
of one outlet print it word for word and none of them among its first (`NEWS`): an update repeats its lead,
a template repeats its tail. It stays in its article, but under no theme.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from briefing.model import Reading, ThemedSentence

SEVERAL = 3  # articles: what two of them share is often news of the night that a tabloid tells twice
NEWS = 0.33  # share of an article's sentences, from the first, that are its news


def without_boilerplate(
    filed: Mapping[str, list[ThemedSentence]], readings: Sequence[Reading]
) -> dict[str, list[ThemedSentence]]:
    """The sentences of each article with their themes, boilerplate under none."""
    known = boilerplate(readings)
    outlets = {r.article.id: r.article.outlet for r in readings}
    return {
        key: [replace(t, theme="") if (outlets[key], t.sentence.text) in known else t for t in sentences]
        for key, sentences in filed.items()
    }


def boilerplate(readings: Sequence[Reading]) -> frozenset[tuple[str, str]]:
    """(outlet, sentence) of all that an outlet repeats at the end of different articles."""
    places: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for reading in readings:
        if not reading.article.outlet:
            continue
        for sentence in reading.sentences:
            at = sentence.index / len(reading.sentences)
            places[reading.article.outlet, sentence.text].setdefault(reading.article.id, at)
    return frozenset(key for key, at in places.items() if len(at) >= SEVERAL and min(at.values()) >= NEWS)

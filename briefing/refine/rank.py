"""rank: what comes first.

Theory: a desk leads with what independent outlets agree is news, with what much was written about,
and with what cost lives. `weight` adds the logarithms of the three, so that the second outlet says
more than the tenth. Kinds of outlet do not weigh: state media agreeing with an agency is still two
voices, and the reader sees who they are. Rejected: recency (it punishes the stories that many had
time to report).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from briefing.model import Dispatch, ThemedSentence
from briefing.refine.figures import quantities
from briefing.refine.origins import count
from briefing.why import Reason

OUTLETS = 1.5
LENGTH = 0.5
LIVES = 0.2
MOST_KILLED = 100.0  # totals of a whole war stand in many articles and rank nothing


def origins(filed: Sequence[ThemedSentence], dispatches: Mapping[str, Dispatch]) -> int:
    """How many wrote what some sentences stand in; unknown outlets count never."""
    return count(dispatches[t.sentence.article].origins for t in filed)


def weight(filed: Sequence[ThemedSentence], dispatches: Mapping[str, Dispatch]) -> float:
    """How much a story weighs in a section; `filed` are its sentences under that theme."""
    return round(sum(r.value for r in summands(filed, dispatches)), 6)


def summands(filed: Sequence[ThemedSentence], dispatches: Mapping[str, Dispatch]) -> tuple[Reason, ...]:
    """What `weight` adds up: outlets, sentences, lives."""
    outlets, killed = origins(filed, dispatches), _killed(filed, dispatches)
    return (
        Reason("outlets", OUTLETS * math.log2(1 + outlets), f"{outlets} independent"),
        Reason("length", LENGTH * math.log2(1 + len(filed)), f"{len(filed)} sentences"),
        Reason("lives", LIVES * math.log2(1 + killed), f"{killed:g} killed"),
    )


def _killed(filed: Sequence[ThemedSentence], dispatches: Mapping[str, Dispatch]) -> float:
    """The highest number of dead that the sentences give, up to `MOST_KILLED`."""
    counts = [
        q.value
        for t in filed
        for q in quantities(t.sentence.text, dispatches[t.sentence.article].reading.article.language)
        if q.what == "killed" and q.value
    ]
    return min(max(counts, default=0.0), MOST_KILLED)

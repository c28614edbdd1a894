"""rank: what comes first.

Theory: a desk leads with what independent outlets agree is news, then with what much was written
about. `weight` adds the logarithm of both, so that the second outlet says more than the tenth.
Kinds of outlet do not weigh: state media agreeing with an agency is still two voices, and the
reader sees who they are. Rejected: recency (it punishes the stories that many had time to report).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from briefing.model import Dispatch, Story, ThemedSentence

OUTLETS = 1.0
LENGTH = 0.5


def origins(story: Story, dispatches: Mapping[str, Dispatch]) -> int:
    """Independent outlets: one a dispatch, the same outlet once, an unknown one never.

    A story that only unknown outlets tell has one origin: somebody did tell it.
    """
    outlets = {dispatches[p.article].reading.article.outlet for p in story.passages} - {""}
    return max(len(outlets), 1)


def weight(story: Story, filed: Sequence[ThemedSentence], dispatches: Mapping[str, Dispatch]) -> float:
    """How much a story weighs in a section; `filed` are its sentences under that theme."""
    return round(OUTLETS * math.log2(1 + origins(story, dispatches)) + LENGTH * math.log2(1 + len(filed)), 6)

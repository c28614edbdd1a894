"""terms: the words by which a story is known again on another day. Read by history.

Theory: tf-idf over the stories of a night, as within the night (`stories.likeness`): what is frequent here
and rare in the other stories is what the story is about. The edition keeps the `KEPT` weightiest, because
its few lines say too little of a story to find it again. They are a set: their order is no evidence.

Rejected: fewer (of 60, two stories in a hundred more are mistaken); their weights (no better).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import log

from briefing.model import Dispatch, Story
from briefing.refine.stories.likeness import POWER, words

KEPT = 150
DIGITS = 6  # weights are rounded to so many before they are compared


def weightiest(stories: Sequence[Story], dispatches: Mapping[str, Dispatch]) -> dict[str, tuple[str, ...]]:
    """The terms of each story of a night, by its id, the weightiest first."""
    bags = {s.id: _bag(s, dispatches) for s in stories}
    times = Counter(term for bag in bags.values() for term in bag)
    return {key: _first(bag, times, len(bags)) for key, bag in bags.items()}


def _bag(story: Story, dispatches: Mapping[str, Dispatch]) -> dict[str, float]:
    summed: dict[str, float] = {}
    for passage in sorted(story.passages, key=lambda p: (p.article, p.sentences[0].start)):
        for term, weight in words(passage, dispatches[passage.article].reading).items():
            summed[term] = summed.get(term, 0.0) + weight
    return summed


def _first(bag: Mapping[str, float], times: Counter[str], stories: int) -> tuple[str, ...]:
    weights = {t: round(n**POWER * log(1 + stories / times[t]), DIGITS) for t, n in bag.items()}
    return tuple(sorted(weights, key=lambda t: (-weights[t], t))[:KEPT])

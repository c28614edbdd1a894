"""disputes: one side says it, the other denies it; side by side, or not at all.

Requirement: a wrong dispute is worse than a missed one, and what is shown is of the night and of its story.

Theory: each pattern finds pairs of voices that the text itself opposes: a denial that names whose claim it
denies (`reply`), a claim and its denial (`denial`), an event that each side lays to the other (`blame`), a
place that one side has taken and the other has not lost (`course`). Of the pairs of a story the one whose
voices stand nearest to the headline is shown; an old dispute that is told as background is not (`bygone`
words, a time before the window), nor one that has nothing in common with its story's headline. Over the
edition the weightiest stories come first, one event once, and at most `MOST`.

Rejected: opposing numbers (the board compares those); sentiment (it finds opinions, not denials); the overlap
of any two statements of opposed speakers (most such pairs agree about the fact).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from briefing.language import language
from briefing.model import Dispatch, Dispute, Statement, Story
from briefing.refine.claims.kinds import configured_kind
from briefing.refine.desk import NO_DESK, Desk
from briefing.refine.disputes.blame import blames
from briefing.refine.disputes.course import courses
from briefing.refine.disputes.denial import denials
from briefing.refine.disputes.reply import replies
from briefing.refine.disputes.scene import Pair, Scene, scene
from briefing.refine.disputes.voices import (
    about,
    content,
    is_habit,
    is_set_before,
    is_standing,
    is_told_before,
    listed,
    things,
)

MOST = 4  # of an edition: a page shows few
SUBJECT = 8  # stems that a story repeats most: two of them in the sides make a dispute one of its subject
TOLD = 2  # stems of the headline: what has so many is its news, in whatever tense
ALIKE = 0.5  # share of the smaller one's stems from which two disputes are one
PATTERNS = (replies, denials, blames, courses)


def disputes(
    stories: Sequence[Story], dispatches: Mapping[str, Dispatch], desk: Desk = NO_DESK
) -> tuple[Dispute, ...]:
    """The disputes of some stories, the weightiest story first; at most one of each."""
    shown: list[Dispute] = []
    told: list[Pair] = []
    for story in stories:
        seen = scene(story, dispatches)
        pair = _best(seen, desk.since)
        if pair is None or len(shown) == MOST or any(_same(pair, other) for other in told):
            continue
        told.append(pair)
        sides = (_listed(pair.first.statement, desk), _listed(pair.second.statement, desk))
        event = story.headline if _nearness(pair, seen) else ""
        shown.append(Dispute(story.id, sides, pair.kind, event))
    return tuple(shown)


def _listed(side: Statement, desk: Desk) -> Statement:
    """A side with the kind that the configuration gives its speaker."""
    kind = configured_kind(side.claim.source, desk.speakers) or side.claim.kind
    return replace(side, claim=replace(side.claim, kind=kind))


def _same(a: Pair, b: Pair) -> bool:
    """Whether two pairs are of one event: what all sides name, or most of what they say."""
    if things(a.first) & things(a.second) & things(b.first) & things(b.second):
        return True
    said, other = (things(p.first) | things(p.second) for p in (a, b))
    return len(said & other) >= ALIKE * max(min(len(said), len(other)), 1)


def _best(scene: Scene, since: date | None) -> Pair | None:
    """The pair of a story that the text opposes most plainly; None where none is of the night's news."""
    pairs = [p for p in _found(scene) if not _is_old(p, scene, since) and _is_news(p, scene)]
    return max(pairs, key=lambda p: _order(p, scene), default=None)


def _found(scene: Scene) -> Iterator[Pair]:
    for pattern in PATTERNS:
        yield from pattern(scene)


def _is_old(pair: Pair, scene: Scene, since: date | None) -> bool:
    if since and not _is_told(pair, scene) and is_set_before(pair.first, scene.before(pair.first), since):
        return True
    if is_told_before(pair.first, since) or is_told_before(pair.second, since):
        return True
    days = [
        set(map(str.lower, listed(language(v.code), "days").findall(v.text)))
        for v in (pair.first, pair.second)
    ]
    return all(days) and not days[0] & days[1] and not pair.near  # of another day than the claim


def _is_news(pair: Pair, scene: Scene) -> bool:
    """Of what the headline tells, or side by side as an event of its own, and told as an event.

    A denial in the perfect or in the present of every day ("has denied", "denies") stands for long: then the
    headline must tell of it; and a habit answers no claim but one beside it.
    """
    told = len(scene.title & (about(pair.first) | about(pair.second)))
    if is_standing(pair.second):
        if not pair.near and is_habit(pair.second):
            return False
        alike = len(about(pair.first) & about(pair.second))
        return not is_standing(pair.first) and (told >= TOLD or (bool(told) and alike >= TOLD))
    return bool(_nearness(pair, scene)) or (pair.near and not is_standing(pair.first))


def _is_together(pair: Pair) -> bool:
    return pair.first.statement.article == pair.second.statement.article


def _is_told(pair: Pair, scene: Scene) -> bool:
    return len(scene.title & (about(pair.first) | about(pair.second))) >= TOLD


def _order(pair: Pair, scene: Scene) -> tuple[bool, bool, int, int, int, str]:
    """Side by side, each side its own, alike, early, then by article: nothing hangs on the order."""
    first, second = pair.first, pair.second
    denies = listed(language(first.code), "denies")
    own = not (pair.kind != "blame" and denies.search(first.text))
    alike = len(about(first) & about(second)) + _nearness(pair, scene)
    early = -first.sentence.index, -second.sentence.index
    return pair.near or _is_together(pair), own, alike, *early, first.statement.article


def _nearness(pair: Pair, scene: Scene) -> int:
    """How many stems the sides share with the headline, and with what the story repeats."""
    said = about(pair.first) | about(pair.second)
    return 2 * len(scene.title & said) + max(len(_subject(scene, pair.first.code) & said) - 1, 0)


def _subject(scene: Scene, code: str) -> frozenset[str]:
    """The stems that most of a story's sentences share."""
    counted = Counter(
        stem for r, s in scene.sentences if r.article.language == code for stem in content(s.text, code)
    )
    ranked = sorted(counted.items(), key=lambda c: (-c[1], c[0]))[:SUBJECT]
    return frozenset(stem for stem, times in ranked if times > 1)

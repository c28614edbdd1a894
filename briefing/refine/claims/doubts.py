"""doubts: what an article says sentences later of a claim: that it could not be verified.

Requirement: a doubt cast on somebody else's claim is worse than none.

Theory: a demonstrative takes up what was just said, a possessive what that owner said (Halliday and Hasan
1976). "These claims" are the ones told in a row before; "Ukraine's claim" is the last one of Ukraine's;
"his statements" are those of the last speaker who was named. Where something else stands between, the
doubt is about that.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.language import NEVER, Language
from briefing.model import Article, Hedge, Sentence
from briefing.refine.claims.attribution import Attribution, attributions
from briefing.refine.claims.kinds import known_kind

FARTHEST = 5  # sentences behind a claim in which a doubt can take it up
IN_A_ROW = 3  # sentences over which "these claims" reach
OPENING = 16  # words before a doubt: behind more the sentence has had a matter of its own
NEAR = 40  # characters behind "unable to verify" in which its object stands


def taken_up(
    article: Article, after: Sequence[Sentence], source: str, kind: str, words: Language
) -> Hedge | None:
    """The doubt that one of the sentences `after` a claim of this speaker casts on it."""
    for distance, later in enumerate(after[:FARTHEST], start=1):
        met = words.hedges.get("unverified", NEVER).search(later.text)
        if met and len(later.text[: met.start()].split()) <= OPENING:
            if not _points_back(later.text, met, distance, kind, words):
                return None
            start, end = later.start + met.start(), later.start + met.end()
            return Hedge("unverified", article.text[start:end], start, end)
        if not _goes_on(article, later, source, words):
            return None
    return None


def _points_back(text: str, met: re.Match[str], distance: int, kind: str, words: Language) -> bool:
    """Whether a doubt is about the claims before it: by a demonstrative, a person or the speaker's state."""
    near = text[: met.end() + NEAR]
    if words.claims.get("own matter", NEVER).search(near):
        return False
    if words.claims.get("these claims", NEVER).search(near):
        return distance <= IN_A_ROW
    if words.claims.get("person's claims", NEVER).search(near):
        return True
    owned = words.claims.get("owned claims", NEVER).search(near)
    return owned is not None and bool(kind) and _land(owned.group(), words) == kind


def _land(pointer: str, words: Language) -> str:
    """Whose claim it is: of "Kyiv's claim" a Ukrainian official's."""
    return next((kind for kind, names in words.lands.items() if names.search(pointer)), "")


def _goes_on(article: Article, later: Sentence, source: str, words: Language) -> bool:
    """Whether a sentence leaves a claim open: its speaker goes on, or states and media stay silent."""
    found = attributions(article.text, later.start, later.end, article.language)
    return all(_is_of(article.text, one, source, words) for one in found if one.main and one.source)


def _is_of(text: str, one: Attribution, source: str, words: Language) -> bool:
    said = words.claims.get("verbs", NEVER).fullmatch(text[one.cue.start : one.cue.end])
    if one.source is None or not said:
        return True
    named = text[one.source.start : one.source.end]
    if words.pronouns.fullmatch(named) or named.split()[-1] in source.split():
        return True
    own, other = known_kind(source, words), known_kind(named, words)
    return own != other or _is_in_line(named, source, words)


def _is_in_line(named: str, source: str, words: Language) -> bool:
    """Whether two speakers are of one state, of which one is the state itself: "Ukraine claimed"."""
    nations = [names for names in words.nations.values() if names.fullmatch(named) or names.fullmatch(source)]
    return bool(nations)

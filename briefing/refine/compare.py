"""compare: this edition against the one before: new, changed, continuing, gone quiet.

Theory: two mornings tell of one story when the words of its headline and statements agree
(`SAME_STORY`, cosine of stem counts). A continuing story has changed when a figure of it has
another value than in the last edition. Only earlier slots are read, so a rebuild comes out the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from briefing.language import stems
from briefing.model import Changes, Edition, Figure, Quiet, StoryReport
from briefing.refine.bags import cosine

SAME_STORY = 0.3


def matches(stories: Mapping[str, str], previous: Edition | None) -> dict[str, str]:
    """For each story (id -> its words) the id of the same story in the previous edition."""
    if previous is None:
        return {}
    code = previous.language
    before = {k: Counter(stems(t, code)) for k, t in texts(previous).items()}
    found = {}
    for key, text in stories.items():
        words = Counter(stems(text, code))
        best = max(((cosine(words, b), k) for k, b in before.items()), default=(0.0, ""))
        if best[0] >= SAME_STORY:
            found[key] = best[1]
    return found


def texts(edition: Edition) -> dict[str, str]:
    """The words of each story of an edition: its headline and statements."""
    collected: dict[str, list[str]] = {}
    for section in edition.themes:
        for story in section.stories:
            collected.setdefault(story.id, [story.headline]).extend(s.text for s in story.statements)
    return {key: " ".join(parts) for key, parts in collected.items()}


def status(
    story: str, matched: Mapping[str, str], figures: Sequence[Figure], previous: Edition | None
) -> str:
    """new, changed or continuing."""
    if previous is None or story not in matched:
        return "new"
    before = {(f.what, f.value) for f in previous.figures if f.story == matched[story] and f.value}
    now = {(f.what, f.value) for f in figures if f.story == story and f.value}
    kinds = {what for what, _ in before}
    return "changed" if any(f not in before and f[0] in kinds for f in now) else "continuing"


def changes(stories: Sequence[StoryReport], matched: Mapping[str, str], previous: Edition | None) -> Changes:
    """All stories of the edition by their status, and those of the last one that fell silent."""
    if previous is None:
        return Changes()
    heard = set(matched.values())
    headlines = {s.id: s.headline for section in previous.themes for s in section.stories if s.statements}
    return Changes(
        previous.slot,
        new=_of(stories, "new"),
        changed=_of(stories, "changed"),
        continuing=_of(stories, "continuing"),
        quiet=tuple(Quiet(h, previous.slot) for key, h in headlines.items() if key not in heard),
    )


def _of(stories: Sequence[StoryReport], status: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(s.id for s in stories if s.status == status))

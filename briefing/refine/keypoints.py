"""key points: page one's few lines, the bottom line first.

Requirement: each line stands on its own and tells news; no two tell one event.

Theory: one line for each theme with news, in the order of the themes, from its weightiest story that is
mainly about that theme; lines that are left go to the weightiest stories that have none. A story
takes a second line where its theme has no other that is as much news: not `LIGHT`, and of
several outlets or with a named claimant. A line in the edition's own language goes before one in
another, and news before what is not: a line with a claimant, a figure or a time of its own, that is
neither background nor a saying of every day nor a quotation in the first person nor what ought to be, that
names the sites it speaks of, and of a story that is more than a teaser and no soft feature (`hollow.soft`).
A story that is mainly about the theme goes before one that is so on the side, where it weighs as much. A
story's first line serves, unless another one is more of that,
or tells more of the headline.

Two stories tell one event when many of the names and figures of the one are the other's (`SAME_FACTS`),
those of the whole night apart, or when their lines have most words in common (`SAME_WORDS`).

Rejected: similarity of whole stories by cosine (stories of one war are all alike).
"""

from __future__ import annotations

from collections.abc import Sequence

from briefing.config.settings import Settings
from briefing.language import NEVER, QUOTED, language
from briefing.model import KeyPoint, Statement
from briefing.refine.figures import quantities
from briefing.refine.sections.belonging import Facts, stated
from briefing.refine.sections.choosing import TELLS
from briefing.refine.sections.told import Told
from briefing.refine.summarise import BACKGROUND, repeats, sense
from briefing.refine.ties import taken_up

STANDS_OUT = 2  # origins from which a theme's second story may take a line that is left
OF_A_THEME = 2  # lines
LIGHT = 2 / 3  # of the weight (logarithms) of the theme's first story: below, another story is lighter news
TEASER = 3  # sentences: a story of fewer is a headline with a lead, and nobody has told it yet
SAME_FACTS = 0.5  # of the shorter story's names and figures
FEWEST_FACTS = 3  # in common: fewer are chance
SAME_WORDS = 0.4  # of the shorter line's stems


def key_points(told: Sequence[Told], settings: Settings) -> tuple[KeyPoint, ...]:
    """At most `settings.summary.key_points` lines."""
    lines = [t for t in told if t.statements]
    themes = list(dict.fromkeys(t.theme for t in lines))
    chosen: list[Told] = []
    for theme in themes:
        section = [t for t in lines if t.theme == theme]
        chosen += _first(section, chosen, settings.language)
    for other in sorted((t for t in lines if t.main), key=lambda t: (-t.weight, t.story.id)):
        lent = sum(t.theme == other.theme for t in chosen)
        if other.origins >= STANDS_OUT and lent < OF_A_THEME and other.language == settings.language:
            chosen += [other] if is_news(_line(other), other) and _is_new(other, chosen) else []
    kept = sorted(chosen[: settings.summary.key_points], key=lambda t: themes.index(t.theme))
    return tuple(KeyPoint(t.theme, _line(t), t.origins) for t in kept)


def _first(section: Sequence[Told], chosen: Sequence[Told], language: str) -> list[Told]:
    """The story of a theme that takes its line: of no event that has one, in the edition's language, news."""
    free = [t for t in section if _is_new(t, chosen)]

    def key(told: Told) -> tuple[bool, bool, bool, bool, bool]:
        news = is_news(_line(told), told)
        weighs = news and _weighs(told, section[0])
        return told.language != language, not (weighs and told.main), not weighs, not news, not told.main

    return sorted(free, key=key)[:1]


def _weighs(told: Told, first: Told) -> bool:
    """Whether a story is as much news as the first of its section."""
    heard = told.origins >= STANDS_OUT or bool(told.statements[0].claim.source)
    return told is first or (heard and told.weight >= LIGHT * first.weight)


def _is_new(told: Told, chosen: Sequence[Told]) -> bool:
    """Whether a story tells another event than those that have a line."""
    return not any(_same(told, other) for other in chosen)


def _same(a: Told, b: Told) -> bool:
    """Whether two stories tell one event."""
    if a.story.id == b.story.id:
        return True
    if a.language == b.language:
        line, other = (sense(_line(t).text, t.language) for t in (a, b))
        if repeats(line, [other], SAME_WORDS):
            return True
    facts, others = _facts(a), _facts(b)
    common = len(facts & others)
    return common >= FEWEST_FACTS and common >= SAME_FACTS * min(len(facts), len(others))


def _facts(told: Told) -> Facts:
    """The names and figures that a story gives, those of the whole night apart."""
    return stated([told.story.headline, *(s.text for s in told.statements)]) - told.usual


def _line(told: Told) -> Statement:
    """The line of a story that says most: the first, or one that is more news."""
    first = told.statements[0]
    if is_news(first, told) and (_says(first, told) or _tells(first, told)):
        return first
    others = [s for s in told.statements if is_news(s, told)]
    heard = [s for s in others if s.claim.source] or [s for s in others if _says(s, told) and _tells(s, told)]
    return heard[0] if heard else first


def is_news(statement: Statement, told: Told) -> bool:
    """Whether a line tells what happened, and not what stands, was before, or is said in the first person."""
    words = language(told.language)
    if BACKGROUND in statement.flags or sum(len(p.sentences) for p in told.story.passages) < TEASER:
        return False
    if words.disputes.get("habit", NEVER).search(statement.text) or taken_up(
        statement.text, "", (), told.language
    ):
        return False
    if any(words.hollow.get("soft", NEVER).search(text) for text in (statement.text, told.story.headline)):
        return False
    quoted = QUOTED.match(statement.text)
    if quoted and words.first_person.search(quoted.group()):
        return False
    if words.conditional.search(statement.text) and not statement.claim.source:
        return False
    now = words.background.get("present", NEVER).search(statement.text)
    return bool(now or _says(statement, told) or _tells(statement, told))


def _tells(statement: Statement, told: Told) -> bool:
    """Whether a line tells the headline's news."""
    title = sense(told.story.headline, told.language)
    return len(title & sense(statement.text, told.language)) >= TELLS * max(len(title), 1)


def _says(statement: Statement, told: Told) -> bool:
    """Whether a line has a claimant or a figure."""
    return bool(statement.claim.source or quantities(statement.text, told.language))

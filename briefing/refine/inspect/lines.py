"""lines: which sentences of a story are printed under a theme, and why the others are not.

What decided is asked for again with what was known when the story's turn came (`Turn.new`); the first reason
that holds is given, in the order in which `choosing` asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from briefing.model import Statement
from briefing.refine.inspect.spelling import spelling_of, spelt
from briefing.refine.methods import method as method_of
from briefing.refine.sections.choosing import ALIKE, Turn, beside, current, pointedness
from briefing.refine.sections.told import Heard
from briefing.refine.summarise import BACKGROUND, offer
from briefing.refine.workings import Workings
from briefing.why import Considered, Reason

ELSEWHERE = "filed under "


def considered(turn: Turn, made: Workings, method: str) -> list[Considered]:
    """The lines of a story under a theme, then its other sentences, the nearest to the point first."""
    told = turn.told
    gains, order = _gains(turn, made, method)
    printed = [
        Considered(
            s.article,
            s.start,
            s.end,
            s.text,
            line,
            pointedness(s, told, made.dispatches) if line == 1 else gains.get(s.text, ()),
            taken=[*gains].index(s.text) + 1 if s.text in gains else 0,
        )
        for line, s in enumerate(told.statements, 1)
    ]
    taken = {(s.article, s.end) for s in told.statements}
    left = [
        _left(h, turn, made, order) for h in told.heard if (h.sentence.article, h.sentence.end) not in taken
    ]
    return [*printed, *sorted(left, key=_nearness)]


def _nearness(one: Considered) -> tuple[bool, float, str, int]:
    """Those of this theme first, the nearest to the point before the others."""
    return one.refusal.startswith(ELSEWHERE), -sum(r.value for r in one.reasons), one.article, one.start


def _left(heard: Heard, turn: Turn, made: Workings, order: Sequence[str]) -> Considered:
    s = heard.sentence
    statement = heard.statement or Statement(s.text, s.article, s.start, s.end)
    return Considered(
        statement.article,
        statement.start,
        statement.end,
        statement.text,
        0,
        pointedness(statement, turn.told, made.dispatches),
        heard.refusal or _refusal(statement, turn, made, order),
    )


def _refusal(statement: Statement, turn: Turn, made: Workings, order: Sequence[str]) -> str:
    """Why a line that can be printed is not."""
    told = turn.told
    theme = next(t.theme for t in made.filed[statement.article] if t.sentence.end == statement.end)
    leads = statement in told.leading
    if theme != told.theme and not leads:
        return ELSEWHERE + (theme or "no theme")
    if out := _kept_out(statement, turn, made):
        return out
    if not turn.lines:
        return "the section is full: from here on it prints headlines only"
    for line, chosen in enumerate(told.statements, 1):
        if how := turn.new.again(statement, chosen, ALIKE):
            return f"says what line {line} says, in {how}"
    if theme != told.theme:
        return f"could have opened the story, but stands under {theme or 'no theme'}"
    if not told.statements:
        return (
            "background: it opens no story"
            if BACKGROUND in statement.flags
            else "no line opens the story here"
        )
    if statement.text in order:
        return f"the method would take it as number {order.index(statement.text) + 1}"
    return "too like lines that the method took" if order else "the method took others"


def _kept_out(statement: Statement, turn: Turn, made: Workings) -> str:
    """Why a line is not among those that are chosen from."""
    offered = turn.offered
    if not _among(statement, (*offered.candidates, offered.leading)):
        return "an earlier edition printed it"
    kept = (
        *current(offered.candidates, offered, made.dispatches),
        *current((offered.leading,), offered, made.dispatches),
    )
    if not _among(statement, kept):
        return "a later report gives more dead"
    return _said_before(statement, turn, made)


def _among(statement: Statement, groups: Sequence[Sequence[Statement]]) -> bool:
    return any(statement in group for group in groups)


def _said_before(statement: Statement, turn: Turn, made: Workings) -> str:
    """Which line of a story whose turn came earlier says the same."""
    new = turn.new
    if new(statement):
        return ""
    for earlier in takewhile(lambda one: one is not turn, made.turns):
        for line in earlier.told.statements:
            if how := new.again(statement, line):
                return f"says in {how} what “{earlier.told.story.headline}” says: “{line.text}”"
    return "said before"


def _gains(turn: Turn, made: Workings, method: str) -> tuple[dict[str, tuple[Reason, ...]], list[str]]:
    """What each line adds to those that the method took before it, and the texts in the order of the method.

    The lines come in this order, too. Only of methods that can say it.
    """
    told = turn.told
    chooser = method_of(method, told.language)
    if not told.statements or not hasattr(chooser, "reasons"):
        return {}, []
    rest, said, whole = beside(told.statements[0], turn.offered, turn.new, made.dispatches)
    offered, _ = offer(rest, told.language, said=said, whole=whole, same=ALIKE)
    texts = [str(s) for s in offered.sentences]
    places = list(chooser.order(offered))
    chosen = {s.text for s in told.statements[1:]}
    spelling = spelling_of(made.dispatches[p.article].reading for p in told.story.passages)
    gains: dict[str, tuple[Reason, ...]] = {}
    for step, place in enumerate(places):
        if texts[place] in chosen:
            gains[texts[place]] = spelt(chooser.reasons(offered, places[:step])[place], spelling)
    return gains, [texts[place] for place in places]

"""totals: the running totals of the war, a group of its own on the board. Read by the board.

Requirement: every edition says where the war's totals stand, whichever story repeats them; one row a count
and a voice, so that the reader sees where the parties' numbers part, and what has moved since then.

Theory: totals rise (a body that counts the dead takes none back), so of one voice's numbers the highest is
the newest and the most precise, and one that lies below what an edition showed before is stale and not
shown. A voice is a side of the war, the UN, or a name. Another voice's number stands below and differs
where no number fits both. A number of nobody gives way to any that somebody gives. Movement is by count
and voice, over all earlier editions: the newest one that gave it speaks.

Rejected: totals under the heading of the story that repeats them (406 dead of a war stood below a strike).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from briefing.language import Language, language, number_pattern
from briefing.model import Dispatch, Echo, Edition, Figure, Statement
from briefing.refine.board.counts import Count, apart, counted, names, size
from briefing.refine.board.fitting import is_running, said_by_somebody
from briefing.refine.board.lines import HANGS, lines
from briefing.refine.board.movement import against
from briefing.refine.board.sources import NOBODY, other_voice
from briefing.refine.board.sums import ARMIES, LAUNCHED, REFUGEES, UPROOTS, Sum, stated, sum_of
from briefing.refine.desk import Desk
from briefing.refine.figures import figures
from briefing.refine.opinion import opinion

MOST = 6  # rows
OF_A_COUNT = 2  # rows: who says most of it, and who contradicts
KINDS = ("killed", REFUGEES, "displaced", "wounded", "casualties", "captured", "deported", LAUNCHED)
CLASSES = ("civilians", ARMIES, "children")
VOICES = ("UN or Red Cross", "Ukrainian official", "Russian official", "third state")
SIDES = VOICES[:3]  # that are one voice, whoever speaks


def totals(
    dispatches: Mapping[str, Dispatch], earlier: Sequence[Edition], desk: Desk, group: int = 1
) -> list[Figure]:
    """The totals of a night, from all its reports, the most consequential first; groups from `group` on."""
    sums: dict[Sum, list[Count]] = {}
    for one in _given(dispatches, desk):
        sums.setdefault(sum_of(one.figure, one.language), []).append(one)
    board: list[Figure] = []
    for key in sorted(sums, key=_rank):
        rows = _rows(key, sums[key], earlier)[: min(OF_A_COUNT, MOST - len(board))]
        if len(rows) > 1:
            rows = [replace(f, group=group) for f in rows]
            group += 1
        board.extend(rows)
    order = list(dict.fromkeys(f.what for f in board))
    return sorted(board, key=lambda f: order.index(f.what))


def _given(dispatches: Mapping[str, Dispatch], desk: Desk) -> Iterator[Count]:
    """The totals that the night's reports give."""
    for key in sorted(dispatches):
        dispatch = dispatches[key]
        reading = dispatch.reading
        article = reading.article
        if not language(article.language).totals or opinion(reading):
            continue
        number = number_pattern(article.language)
        counting = [s for s in reading.sentences if number.search(s.text)]
        for line in lines(reading, counting, desk):
            if not is_running(line, article, desk.since):
                continue
            for figure in figures(line, article, ""):
                full = stated(_of_line(figure, line), line, article)
                hangs = HANGS in line.flags and not (full and full.source)
                if full and not hangs and _vouched(full, line, language(article.language)):
                    yield counted(full, line, dispatch, names(full.where), printed=False)


def _vouched(figure: Figure, line: Statement, words: Language) -> bool:
    """Whether somebody is known to say so, or nobody is said to."""
    return figure.kind != "other" and said_by_somebody(figure, line, words)


def _of_line(figure: Figure, line: Statement) -> Figure:
    """A figure with the kind of speaker of its line, if it is the same speaker's."""
    flags = tuple(f for f in figure.flags if f != HANGS)
    same = figure.kind == "none named" and figure.source == line.claim.source
    return replace(figure, kind=line.claim.kind if same else figure.kind, flags=flags)


def _rows(key: Sum, found: Sequence[Count], earlier: Sequence[Edition]) -> list[Figure]:
    """The rows of one count, a voice each, the best-sourced first."""
    voices: list[list[Count]] = []
    for one in sorted(found, key=_merit):
        group = next((g for g in voices if _one_voice(g[0].figure, one.figure)), None)
        if group is None:
            voices.append([one])
        else:
            group.append(one)
    past = [(e.slot, f) for e in earlier for f in e.figures if not f.story and _is(key, f, e)]
    rows = [_moved(_row(best, others), past) for best, *others in voices]
    kept = [row for row in rows if row is not None]
    named = [row for row in kept if row.figure.source]
    told = [row.figure for row in named or kept[:1]]
    return told[:1] + [replace(f, status="differs") for f in told[1:] if apart(told[0], f)]


def _row(best: Count, others: Sequence[Count]) -> Count:
    """A voice's row, and the texts of other origin that give the same number."""
    heard = [best]
    for other in others:
        if other.figure.value == best.figure.value and all(other_voice(h, other) for h in heard):
            heard.append(other)
    also = tuple(
        Echo(o.figure.text, o.figure.article, o.figure.start, o.figure.end, o.figure.source)
        for o in heard[1:]
    )
    return replace(best, figure=replace(best.figure, also=also, status="agrees" if also else ""))


def _moved(row: Count, past: Sequence[tuple[str, Figure]]) -> Count | None:
    """A row beside the newest earlier one of its voice; None where it is older than what was shown."""
    figure = row.figure
    same = [(slot, f) for slot, f in past if not figure.source or _one_voice(f, figure)]
    if any(size(f) > size(figure) for _, f in same):
        return None
    if not same or not figure.source:
        return row
    slot, newest = same[0]
    return against(row, newest, slot)


def _is(key: Sum, figure: Figure, edition: Edition) -> bool:
    code = next((a.language for a in edition.articles if a.id == figure.article), edition.language)
    return sum_of(figure, code) == key


def _one_voice(a: Figure, b: Figure) -> bool:
    """Whether two totals are one voice's: a side's, the UN's, or one name's."""
    if not a.source or not b.source:  # whoever repeats the number of refugees has it from the UN
        return a.source == b.source or {a.what, b.what} <= set(UPROOTS)
    if a.kind in SIDES or b.kind in SIDES:
        return a.kind == b.kind
    if a.kind not in NOBODY and a.kind == b.kind:
        return bool(names(a.source) & names(b.source)) or a.source.casefold() == b.source.casefold()
    return a.source.casefold() == b.source.casefold()


def _merit(one: Count) -> tuple[int, float, int, float, str, int]:
    """The best-sourced voice first, of one voice the highest; of refugees the highest of all."""
    f = one.figure
    voice = VOICES.index(f.kind) if f.kind in VOICES else len(VOICES) + (not f.source)
    if f.what in UPROOTS:
        return 0, -size(f), voice, -(one.time or 0.0), f.article, f.start
    return voice, -size(f), -len(f.who), -(one.time or 0.0), f.article, f.start


def _rank(key: Sum) -> tuple[bool, int, int, str, str, list[str]]:
    """The whole country first, then by kind and by who is counted."""
    kind = KINDS.index(key.what) if key.what in KINDS else len(KINDS)
    who = CLASSES.index(key.who) if key.who in CLASSES else len(CLASSES) if key.who else 0
    return bool(key.where), kind, who, key.who, key.side, sorted(key.where)

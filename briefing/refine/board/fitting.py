"""fitting: which figures of a story may stand on the board. Read by the board.

Requirement: a figure stands there with nothing but its story's headline above it. So it must be of that
story, of the edition's time, and its reader must know who is counted; what is not sure is left out.

Theory: a line is of its story when it shares a name with the headline or with another line that is
told of it, or words of the headline (`SHARED`); names that the whole night gives tie it to nothing. In a
story of several articles the lines were chosen so (`sections.belonging`); in a long article that
is a story by itself they were not. A number without a noun counts whatever the number before it counted;
"thousands" by themselves count nobody. What is no fate of people needs a number or a speaker: "millions of
soldiers" by nobody is colour.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from briefing.language import NEVER, language, stems
from briefing.model import Dispatch, Figure, Statement
from briefing.refine.board.counts import Count, Names, Period, counted, names, period, whom
from briefing.refine.figures import figures, quantities
from briefing.refine.opinion import reported
from briefing.refine.sections.told import Told
from briefing.refine.summarise import BACKGROUND, candidates

SHARED = 2  # stems of the headline, or lines of the story that give one of its names
DOUBTS = ("unverified", "claimed", "reported")

Lines = dict[tuple[str, int], Statement]


def fitting(
    parts: Sequence[Told], dispatches: Mapping[str, Dispatch], since: date | None = None
) -> Iterator[Count]:
    """The figures of a story that may stand on the board; `parts` is the story under each of its themes.

    What lies before `since`, the first day of the edition's window, is background.
    """
    printed = {(s.article, s.start): s for t in parts for s in t.statements}
    chosen = {(s.article, s.start): s for t in parts for group in t.candidates for s in group} | printed
    lines = _sourced(parts[0], dispatches, since) | chosen
    told, usual = parts[0], parts[0].usual
    home = names(told.story.headline) - usual
    leading = names(told.statements[0].text) - usual if told.statements else home
    for key in sorted(lines):
        line = lines[key]
        if BACKGROUND in line.flags or not _of_story(line, told, printed.values(), home | leading):
            continue
        dispatch = dispatches[line.article]
        article = dispatch.reading.article
        for figure in figures(line, article, told.story.id):
            if _known(figure, article.language):
                full = _described(figure, line, period(figure, article))
                places = _places(full, line, usual) or home
                yield counted(full, line, dispatch, places, printed=key in printed)


def _sourced(told: Told, dispatches: Mapping[str, Dispatch], since: date | None) -> Lines:
    """Lines with a figure and a named speaker that no section printed: they need not stand alone here."""
    found: Lines = {}
    for passage in told.story.passages:
        reading = dispatches[passage.article].reading
        counting = [s for s in passage.sentences if quantities(s.text, reading.article.language)]
        for line in reported(reading, candidates(reading, counting, None, since)):
            if line.claim.source:
                found[line.article, line.start] = line
    return found


def _of_story(line: Statement, told: Told, printed: Iterable[Statement], bound: Names) -> bool:
    """Whether a line shares names or words with its story's headline, or names with its other lines."""
    own = names(line.text) - names(line.claim.source) - told.usual
    others = [s for s in printed if (s.article, s.start) != (line.article, line.start)]
    if own & bound or sum(bool(own & names(s.text)) for s in others) >= SHARED:
        return True
    code = told.language
    return len(set(stems(line.text, code)) & set(stems(told.story.headline, code))) >= SHARED


def _known(figure: Figure, code: str) -> bool:
    """Whether a reader knows who is counted."""
    words = language(code)
    people = bool(words.numbers.get("led_by", NEVER).fullmatch(figure.what))
    if figure.value is not None:
        return True
    return bool(whom(figure, code) or figure.where) and (people or bool(figure.source))


def _described(figure: Figure, line: Statement, over: Period) -> Figure:
    """A figure with its period, and with the kind of speaker and the doubts of its line."""
    kind = line.claim.kind if figure.source == line.claim.source else figure.kind
    doubts = tuple(f for f in line.flags if f in DOUBTS)
    return replace(
        figure,
        period=over,
        kind=figure.kind if figure.kind != "none named" else kind,
        flags=figure.flags or doubts,
        hedges=figure.hedges or line.hedges,
    )


def _places(figure: Figure, line: Statement, usual: Names) -> Names:
    """Where a count was made: what the figure names, or all that its line names but the speaker."""
    return names(figure.where) or names(line.text) - names(line.claim.source) - usual

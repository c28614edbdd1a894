"""fitting: which figures of a story may stand on the board. Read by the board.

Requirement: a figure stands there with nothing but its story's headline above it. So it must be of that
story (`about`), of the edition's time, and its reader must know who is counted and who says so; what is not
sure is left out.

Theory: a narrative goes on at the time where it was (Kamp and Reyle 1993): a line without a time of its own
behind an old date tells old news, and so does one in a text that is full of them ("a hundred days of war").
A total "since the invasion began" runs up to its line. A number without a noun counts whatever the number
before it counted, if that is known; "thousands" by themselves count nobody. A line with a word of saying
or showing of which no speaker was found has one that is not known. What is no fate of people needs a
speaker, or a line that sections chose: "hundreds of missiles" by nobody is colour.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from briefing.language import NEVER, Language, cue_kind, language
from briefing.model import DOUBTS, Article, Dispatch, Figure, Reading, Statement
from briefing.refine.board.about import about
from briefing.refine.board.counts import TOLLS, Count, Names, Period, counted, names, period, places, whom
from briefing.refine.board.lines import HANGS, lines
from briefing.refine.board.sums import REFUGEES
from briefing.refine.bygone import is_background
from briefing.refine.compare.weekdays import weekday
from briefing.refine.desk import NO_DESK, Desk
from briefing.refine.figures import figures, quantities
from briefing.refine.figures.kinds import is_plural
from briefing.refine.figures.refusals import bygone
from briefing.refine.places import named
from briefing.refine.sections.told import Told
from briefing.refine.summarise import BACKGROUND

NARRATIVE = 2  # sentences before a line that may set its time
LOOKS_BACK = 5  # sentences with old dates from which a text may be one that looks back,
RETROSPECT = 0.1  # if they are such a share of it
DAYS = 2  # a weekday that lies further back than the window's days is another event's
PLACED = ("strikes", "distance", "area")  # kinds that say nothing without their place
GUESSING = ("none named", "other", "resident")  # speakers who are no source for it
CAPTURED = "captured"
FATES = (*TOLLS, "casualties", "missing", "evacuated")  # told of a story of one headline, too
NEAR = 12  # characters around "a day" in which it is "in a day" or "a day later"
_WORD = re.compile(r"[^\W\d_]+")
SPOKEN = ("says", "shows")  # kinds of cues that have a speaker

Dispatches = Mapping[str, Dispatch]
Lines = dict[tuple[str, int], Statement]


def fitting(parts: Sequence[Told], dispatches: Dispatches, desk: Desk = NO_DESK) -> Iterator[Count]:
    """The figures of a story that may stand on the board; `parts` is the story under each of its themes.

    What lies before the desk's window is background.
    """
    told = parts[0]
    printed = {(s.article, s.start): s for t in parts for s in t.statements}
    chosen = {(s.article, s.start): s for t in parts for group in t.candidates for s in group} | printed
    is_about = about(told, tuple(printed.values()))
    every = _lines(told, dispatches, desk) | chosen
    for key in sorted(every):
        line, dispatch = every[key], dispatches[key[0]]
        reading = dispatch.reading
        if not _of_now(line, reading):
            continue
        for figure in figures(line, reading.article, told.story.id):
            if is_about.bare and (figure.what not in FATES or figure.value is None):
                continue
            known = _known(figure, line, language(reading.article.language))
            fresh = not _old_day(figure.when, reading.article)
            if known and fresh and is_about(figure, line, reading, chosen=key in chosen):
                full = _described(figure, line, period(figure, reading.article))
                full = _placed(full, line, reading)
                where = _places(full, line, told.usual, reading.article.language) or is_about.home
                yield counted(full, line, dispatch, where, printed=key in printed)


def _placed(figure: Figure, line: Statement, reading: Reading) -> Figure:
    """A toll with the place of the sentences before it, where its own names none."""
    code = reading.article.language
    told = named(line.text, code) or places(line.text, code) - names(line.claim.source)
    if figure.where or figure.what not in FATES or told:
        return figure
    before = [s for s in reading.sentences if s.end <= line.start][-NARRATIVE:]
    found = [name for s in before for name in named(s.text, code)]
    return replace(figure, where=found[-1]) if found else figure


def _lines(told: Told, dispatches: Dispatches, desk: Desk) -> Lines:
    """The lines with a figure, those too that no section could print: they need not stand alone here."""
    found: Lines = {}
    for passage in told.story.passages:
        reading = dispatches[passage.article].reading
        counting = [s for s in passage.sentences if quantities(s.text, reading.article.language)]
        for line in lines(reading, counting, desk):
            found[line.article, line.start] = line
    return found


def _of_now(line: Statement, reading: Reading) -> bool:
    """Whether a line tells of the edition's time, by its own words or by those before it."""
    article = reading.article
    words = language(article.language)
    if BACKGROUND in line.flags:
        return False
    if words.background.get("present", NEVER).search(line.text):
        return True
    old = [s for s in reading.sentences if bygone(s.text, article)]
    if len(old) >= LOOKS_BACK and len(old) >= RETROSPECT * len(reading.sentences):
        return False
    before = [s for s in reading.sentences if s.end <= line.start][-NARRATIVE:]
    return not any(s in old for s in before)


def is_running(line: Statement, article: Article, since: date | None) -> bool:
    """Whether a line tells of the edition's time, or all that is old in it is the beginning of a total."""
    if BACKGROUND not in line.flags or since is None:
        return BACKGROUND not in line.flags
    words = language(article.language)
    totals = words.numbers.get("totals", NEVER)
    rest = re.sub(rf"{totals.pattern}[^,.;]*", " ", line.text, flags=re.IGNORECASE)
    return not is_background(rest, article.language, since)


def _known(figure: Figure, line: Statement, words: Language) -> bool:
    """Whether a reader knows who is counted and who says so, and that it is a count and no rate."""
    if not said_by_somebody(figure, line, words) or _rate(line, words) or _part(figure, words):
        return False
    if _is_role(figure.source, words) or (figure.what == CAPTURED and _sets_free(line, words)):
        return False
    if figure.value is None and figure.what in TOLLS:
        return False  # "hundreds of men" died, at whatever time
    if figure.what in FATES and (figure.kind in GUESSING[1:] or not _of_a_night(figure, line, words)):
        return False
    if HANGS in line.flags and not (figure.where and figure.who and figure.value is not None):
        return False
    if not words.numbers.get("led_by", NEVER).fullmatch(figure.what):
        return _thing(figure, words)
    if figure.what == REFUGEES and not figure.where:
        return False  # who came to one country, under a headline that does not say to which
    if not figure.who and not (figure.where and figure.value is not None):
        return False
    return figure.value is not None or bool(whom(figure, words.code) or figure.where)


def _is_role(source: str, words: Language) -> bool:
    """Whether a speaker is somebody whom only an earlier sentence names: "the minister"."""
    first, _, rest = source.partition(" ")
    return first.lower() in words.grammar["articles"] and bool(words.roles.fullmatch(rest))


def _sets_free(line: Statement, words: Language) -> bool:
    """Whether a line tells who was set free: their capture is no news."""
    return bool(words.figures.get("freed", NEVER).search(line.text))


def _of_a_night(figure: Figure, line: Statement, words: Language) -> bool:
    """Whether a toll is of one event: no bodies that were found, no week's dead, no "66" for a child."""
    earlier, found = (words.totals.get(k, NEVER) for k in ("earlier", "bodies"))
    single = words.numbers.get("single", NEVER).fullmatch(figure.who)
    one = single is not None and not is_plural(figure.who, words) and (figure.value or 0) > 1
    return not (earlier.search(line.text) or found.search(f"{figure.who} {figure.text}") or one)


def _thing(figure: Figure, words: Language) -> bool:
    """Whether somebody who can know says so, whose lost tanks are counted, and where something was done."""
    if not figure.source or figure.kind in GUESSING:
        return False
    if figure.what == "equipment lost":
        return any(p.search(figure.who) for p in words.lands.values())
    return figure.what not in PLACED or bool(figure.where)


def _old_day(when: str, article: Article) -> bool:
    """Whether a figure's time is a weekday that lies too far back: Thursday's dead, told on Monday."""
    if not article.published:
        return False
    published = article.published.date()
    day = weekday(when, article.language, published)
    return day is not None and (published - day).days > DAYS


def _noun(figure: Figure) -> str:
    """What stands behind the number in a figure's words."""
    return " ".join(figure.text.removeprefix(figure.modifier).split()[1:])


def _part(figure: Figure, words: Language) -> bool:
    """Whether a number counts some of those who are known: "two of the troops", not "two of its ships"."""
    some = words.numbers.get("partitive", NEVER).match(_noun(figure))
    return some is not None and some.group().split()[-1].lower() in words.grammar["articles"]


def said_by_somebody(figure: Figure, line: Statement, words: Language) -> bool:
    """Whether a figure's speaker is known, or its line has no word of saying at all."""
    said = [words.claims.get(k, NEVER) for k in ("verbs", "prepositions")]
    if figure.source:
        return not quantities(figure.source, words.code)  # "a jump from the 40 cases" is nobody
    cued = any(cue_kind(word, words.code) in SPOKEN for word in _WORD.findall(line.text))
    return not (cued or any(p.search(line.text) for p in said))


def _rate(line: Statement, words: Language) -> bool:
    """Whether a line gives numbers "a day" or "every week": its figures may all be rates."""
    rates, durations = words.numbers.get("rates", NEVER), words.numbers.get("durations", NEVER)
    return any(
        not durations.search(line.text[max(0, m.start() - NEAR) : m.end() + NEAR])
        for m in rates.finditer(line.text)
    )


def _described(figure: Figure, line: Statement, over: Period) -> Figure:
    """A figure with its period, and with the kind of speaker and the doubts of its line."""
    kind = line.claim.kind if figure.source == line.claim.source else figure.kind
    doubts = tuple(f for f in line.flags if f in DOUBTS)
    return replace(
        figure,
        period=over,
        where="" if _of_somebody(figure, line) else figure.where,
        kind=figure.kind if figure.kind != "none named" else kind,
        flags=tuple(f for f in figure.flags if f != HANGS) or doubts,
        hedges=figure.hedges or line.hedges,
    )


def _of_somebody(figure: Figure, line: Statement) -> bool:
    """Whether a place is the speaker's ("officials in Kyiv") or the beginning of a person's name."""
    if not figure.where:
        return False
    where, source = re.escape(figure.where), re.escape(figure.source or "\0")
    return not re.search(rf"{where}(?!\s[A-ZА-ЯІЇЄҐ])", line.text) or bool(
        re.search(rf"{source}\s\w+\s{where}", line.text)
    )


def _places(figure: Figure, line: Statement, usual: Names, code: str) -> Names:
    """Where a count was made: what the figure names, or its line, but for who speaks and who is counted."""
    people = names(line.claim.source) | names(figure.source) | names(figure.text) | names(figure.who)
    return names(figure.where) or places(line.text, code) - people - usual

"""sums: which figures are running totals of the war, and of which count. Read by the board.

Requirement: a nationwide total (civilians killed by the UN's count, refugees, one side's dead by the other's
claim, missiles launched so far) is no victim of the strike in whose report it is repeated.

Theory: a total is told as one ("since the invasion", "so far", "as of"), or by its nature: nobody counts
thousands of one army's dead, or a million refugees, in a night. Its count is a kind, who, whose and where
(`Sum`); it is of the whole country where its line names no place at all, and of one town where the figure
says so; what may be either is left out. Those who left the country are refugees, those who did not are
displaced; a line that does not tell which is neither, and one about another country gives a part.

Rejected: the words alone ("the worst night since the start of the war" made ten dead a total); the size
alone (a day's 4,300 arrests).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from briefing.language import NEVER, Language, language
from briefing.model import Article, Figure, Statement
from briefing.refine.board.counts import TOTAL, names, places, size
from briefing.refine.figures.clauses import clause
from briefing.refine.figures.refusals import total

REFUGEES = "refugees"  # the kind of those who left the country
ARMIES, LAUNCHED, EXPELLED = "troops", "drones and missiles", "deported"
UPROOTS = (REFUGEES, "displaced")
MANY = 1000  # nobody counts so many dead in a night
UN = "UN or Red Cross"
HARMED = ("killed", "wounded", "casualties", "captured")
# From which size a number can be a total at all, by who is counted; and when nothing says that it is one.
LEAST: Mapping[str, int] = {"troops": 300, "civilians": 100, "children": 20}
PLAIN: Mapping[str, int] = {"troops": 1000, "civilians": 1000, "children": 50}
BY_UN = 100  # the UN's offices count victims over the war, not of a strike
UPROOTED = 100_000
FIRED = 100
DEPORTED = 1000
_DIGIT = re.compile(r"\d")
_SHORT = re.compile(r"\b[A-Z][A-Z.]+\b")  # AP, UNHCR: no places
Names = frozenset[str]


@dataclass(frozen=True, slots=True)
class Sum:
    """A count that runs through the war, the same in every edition that gives it. Made by `sum_of`."""

    what: str
    who: str  # a key of the language's [totals], or the words of the text
    side: str  # the kind of its officials, "" where none is named
    where: Names  # a town or a region; empty: the whole country


def sum_of(figure: Figure, code: str) -> Sum:
    """The count of a total, of this night or of an earlier edition."""
    words = language(code)
    told = f"{figure.who} {figure.text}"
    who = _counted(figure, words)
    if figure.what in UPROOTS and who != "children":
        who = ""
    elif not who:
        who = figure.who.casefold()
    side = _side(told, words) if who == ARMIES else ""
    return Sum(figure.what, who, side, _town(figure.where, code))


def stated(figure: Figure, line: Statement, article: Article) -> Figure | None:
    """A figure as the total that it is; None where it is none, or not surely one."""
    words = language(article.language)
    by_words = _told_as_total(figure, article, words)
    if not words.totals or not _may_be(figure, line, words, by_words=by_words):
        return None
    where = figure.where if _town(figure.where, article.language) else ""
    whole_army = figure.what in HARMED and _army(figure, words) and size(figure) >= PLAIN[ARMIES]
    if not where and not whole_army and _local(figure, line, words):
        return None
    full = replace(figure, period=TOTAL, where=where, story="", when=_when(figure, words))
    kind = figure.what
    if kind in HARMED:
        return full if _harmed(full, words, by_words=by_words) else None
    if kind in UPROOTS:
        return _uprooted(full, line, article, words)
    if kind == LAUNCHED:
        return full if by_words and not where and size(full) >= FIRED and full.who else None
    return full if kind == EXPELLED and figure.source and size(full) >= DEPORTED and full.who else None


def is_total(figure: Figure, line: Statement, article: Article) -> bool:
    """Whether a figure is no count of a night, though perhaps no total that can be shown either."""
    words = language(article.language)
    if _told_as_total(figure, article, words) or stated(figure, line, article) is not None:
        return True
    if not words.totals:
        return False
    if figure.what not in (*HARMED, *UPROOTS, EXPELLED):
        return False
    land = bool(figure.where) and not _town(figure.where, words.code)
    least = UPROOTED if figure.what in UPROOTS else BY_UN if land or figure.kind == UN else MANY
    return size(figure) >= least and not (least == BY_UN and _town(figure.where, words.code))


def _told_as_total(figure: Figure, article: Article, words: Language) -> bool:
    """Since the invasion, so far; not "22 today, six months since the invasion began"."""
    if (
        figure.when
        and not _as_of(figure.when, words)
        and words.background.get("present", NEVER).search(figure.when)
    ):
        return False
    return _as_of(figure.when, words) or total(figure, article)


def _as_of(when: str, words: Language) -> bool:
    marks = (words.totals.get("so far", NEVER), words.numbers.get("totals", NEVER))
    holds, begins = (words.when.get(k, NEVER) for k in ("holds", "begins"))
    return any(mark.search(when) for mark in marks) or bool(holds.match(when) and begins.search(when))


def _when(figure: Figure, words: Language) -> str:
    """A total's time, but for a day that is no end of it: "on 24 February" is when the war began."""
    return figure.when if _as_of(figure.when, words) else ""


def _may_be(figure: Figure, line: Statement, words: Language, *, by_words: bool) -> bool:
    """Whether a figure is one number of all, with no time that makes it a night's."""
    if figure.value is None and (figure.low is None or figure.high is None):
        return False  # thousands
    if figure.when and not by_words:
        return False
    bare = figure.text.removeprefix(figure.modifier)
    added = words.numbers.get("more", NEVER)
    if figure.what == "killed" and (added.fullmatch(figure.modifier) or added.search(bare)):
        return False
    part = _OF.search(bare)
    return not part and not words.totals["never"].search(line.text)


_OF = re.compile(r"\bof\b")


def _local(figure: Figure, line: Statement, words: Language) -> bool:
    """Whether the line of a figure without a place names one, or may: any name that is not the speaker's."""
    others = names(figure.source) | names(line.claim.source) | names(figure.who)
    bare = _SHORT.sub(" ", line.text)
    if places(bare, words.code) - others:
        return True
    lands = [m.group() for p in words.lands.values() for m in p.finditer(figure.source)]
    return any(places(name, words.code) for name in lands)  # a mayor speaks of the own town


def _harmed(figure: Figure, words: Language, *, by_words: bool) -> bool:
    told = f"{figure.who} {figure.text}"
    who, number = _counted(figure, words), size(figure)
    if not who or (who == ARMIES and not (figure.source and not figure.where and _side(told, words))):
        return False
    if figure.what == "captured" and who != ARMIES:
        return False
    by_un = figure.kind == UN and number >= BY_UN
    if by_words:
        return number >= LEAST[who]
    return (by_un and not figure.where) or (bool(figure.source) and number >= PLAIN[who])


def _uprooted(figure: Figure, line: Statement, article: Article, words: Language) -> Figure | None:
    """Refugees, or displaced within the country; None where the words around do not tell which."""
    if size(figure) < UPROOTED or not figure.who:
        return None
    span = clause(article.text, figure.start, figure.end)
    behind = article.text[figure.end : min(span.end, line.end)]
    before = article.text[max(span.start, line.start) : figure.start]
    near = _DIGIT.split(behind, maxsplit=1)[0], _DIGIT.split(before)[-1]
    third = [words.lands.get("third state", NEVER), words.nations.get("third state", NEVER)]
    if any(p.search(part.replace(figure.source or "\0", " ")) for p in third for part in (before, behind)):
        return None
    for part in (f"{figure.text} {near[0]}", f"{near[1]} {figure.text}"):
        if words.totals["inside"].search(part):
            return replace(figure, what="displaced")
        if words.totals["abroad"].search(part):
            return replace(figure, what=REFUGEES, where="")
    return replace(figure, where="") if figure.what == REFUGEES else None


def _town(where: str, code: str) -> Names:
    """A place that is no country: "Russia-Ukraine" is two of them."""
    return places(where.replace("-", " "), code)


def _army(figure: Figure, words: Language) -> bool:
    return _class(f"{figure.who} {figure.text}", words) == ARMIES


def _counted(figure: Figure, words: Language) -> str:
    """The class of who is counted; the UN's offices count civilians, and say people."""
    people = words.numbers.get("anyone", NEVER).fullmatch(figure.who) is not None
    by_un = figure.what in HARMED and figure.kind == UN and people
    return _class(f"{figure.who} {figure.text}", words) or ("civilians" if by_un else "")


def _class(told: str, words: Language) -> str:
    """Who is counted: the classes of the language's file, the narrower ones first."""
    return next((k for k in ("children", "civilians", "troops") if words.totals[k].search(told)), "")


def _side(told: str, words: Language) -> str:
    """Whose troops they are, "" where none or both are named."""
    found = [k for k in ("Ukrainian official", "Russian official") if words.lands[k].search(told)]
    return found[0] if len(found) == 1 else ""

"""numbers: which numbers of a line are figures, and why the others are none.

Theory: figures refuses a number by the words around it. Those are found by leaving them out: the shortest run
of words without which the number would be taken is why it is not (a counterfactual, Wachter and others 2018).
So no rule stands here a second time; the language file's lists only give the run its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from briefing.language import NEVER, language
from briefing.model import Article, Figure, Span, Statement
from briefing.refine.figures import Quantity, figures, numbers
from briefing.refine.figures.numerals import numerals
from briefing.why import Refusal

LONGEST = 5  # words of a run
NAMES = {"rates": "a rate", "plans": "a plan", "subsets": "a part of another count", "bygone": "long ago"}
UNTOLD = "no word near by tells what it counts"
NO_COUNT = "no count"

_WORD = re.compile(r"\S+")


def counted(statement: Statement, article: Article) -> tuple[list[Figure], list[Refusal]]:
    """The figures of a line, and the numbers of it that are none."""
    kept = figures(statement, article, "")
    taken = {f.start for f in kept}
    refused = [
        Refusal(
            statement.text[q.start : q.end],
            statement.start + q.start,
            statement.start + q.end,
            _why(q, statement, article),
        )
        for q in numbers(statement.text, article.language)
        if statement.start + q.start not in taken
    ]
    return kept, refused


def _why(q: Quantity, statement: Statement, article: Article) -> str:
    if not q.what:
        return _no_count(q, statement.text, article.language)
    own = Span(statement.start + q.start, statement.start + q.end)
    name, said = _named(_words_against(q, statement, article) or own, statement, article)
    return f"{name}: “{said}”"


def _no_count(q: Quantity, text: str, code: str) -> str:
    """What a number is that counts nobody and nothing."""
    words = language(code).numbers
    numeral = next((n for n in numerals(text, code) if n.start == q.start), None)
    if numeral is None or numeral.counts:
        return UNTOLD
    behind = text[q.number[1] :].lstrip(" -")
    money = numeral.unit and numeral.unit[0] < numeral.number[0]
    if "%" in text[slice(*q.number)]:
        return "a share"
    if money or words.get("currencies", NEVER).match(behind):
        return "money"
    if words.get("measures", NEVER).match(behind):
        return "a measure"
    if words.get("parts", NEVER).match(behind):
        return "a part of another count"
    if text[: q.start].endswith(", ") and behind.startswith((",", ".")):
        return "an age"
    return NO_COUNT


def _words_against(q: Quantity, statement: Statement, article: Article) -> Span | None:
    """The shortest run of words beside a number without which it is a figure; None where there is none."""
    start, end = statement.start + q.start, statement.start + q.end
    for run in _runs(statement, article.text):
        if run.start < end and start < run.end:
            continue
        text = article.text[: run.start] + article.text[run.end :]
        moved = run.end - run.start if run.end <= start else 0
        shorter = replace(
            statement,
            text=text[statement.start : statement.end - (run.end - run.start)],
            end=statement.end - (run.end - run.start),
        )
        left = figures(shorter, replace(article, text=text), "")
        if any(f.start == start - moved and f.what == q.what for f in left):
            return run
    return None


def _runs(statement: Statement, text: str) -> Iterator[Span]:
    """The runs of words of a line, the shortest first."""
    words = [m.span() for m in _WORD.finditer(text, statement.start, statement.end)]
    for length in range(1, LONGEST + 1):
        for i in range(len(words) - length + 1):
            yield Span(words[i][0], words[i + length - 1][1])


def _named(run: Span, statement: Statement, article: Article) -> tuple[str, str]:
    """What the language file calls words that speak against a number, and the whole of them."""
    listed = language(article.language).numbers
    for key, name in NAMES.items():
        for found in listed.get(key, NEVER).finditer(article.text, statement.start, statement.end):
            if found.start() < run.end and run.start < found.end():
                return name, found.group()
    return "not of the night", article.text[run.start : run.end]

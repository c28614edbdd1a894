"""times: as of when a number holds, in the text's words.

Theory: an edition's reader takes a number for the night's unless the text says otherwise; so a time counts
only where it stands in the number's clause ("in the past day", "since Tuesday", "as of 6 March"), and not
where it is the time of speaking ("said on Monday").
"""

from __future__ import annotations

import re
from functools import lru_cache

from briefing.language import NEVER, cue_kind, language
from briefing.model import Span
from briefing.refine.figures.clauses import Circumstances, insertions

_WORD = re.compile(r"[^\W\d_]+")
YEAR = r"(?:19|20)\d\d(?!\d)"
NEAR = 3  # words between a verb of speech and the time when it was spoken, behind the number
LEAD = 9  # words between "since" and its date: "since the start of the war against ... on 24 February"
FAR = 4  # and before it: "said in an interview on Monday that 12 ..."


def time(text: str, around: Circumstances, number: Span, code: str) -> str:
    """The time of a number of a text, "" where its clause gives none."""
    start, end = number.start, number.end
    holds = language(code).when.get("holds", NEVER)
    inserted = insertions(text, end, around.end, code)
    found = [
        m
        for m in _pattern(code).finditer(text, around.start, around.end)
        if not (m.start() < end and start < m.end())
        and not any(i.start <= m.start() < i.end for i in inserted)
        and not (
            _of_speech(text[end : m.start()], NEAR, code)
            if m.start() >= end
            else _of_speech(text[around.start : m.start()], FAR, code)
        )
    ]
    behind = [m.group() for m in found if m.start() >= end and not _of_another(text[end : m.start()], code)]
    ahead = [
        m.group()
        for m in found
        if m.end() <= start
        and m.end() <= around.gap
        and not _of_beginning(text[around.start : m.start()], code)
        and (
            holds.match(m.group())
            or not (_speaks(text[m.end() : start], code) or _told_apart(text[m.end() : start], code))
        )
    ]
    return next(iter(behind or ahead[::-1]), "")


def _of_speech(before: str, near: int, code: str) -> bool:
    """Whether the words right before a time are of speech: "the mayor said | on Monday"."""
    return _speaks(" ".join(re.split(r",\s", before)[-1].split()[-near:]), code)


def _of_another(between: str, code: str) -> bool:
    """Whether a time is of something else: "12 died in a battle that began | on Monday".

    Nor is it the number's where it says when a paper was out: "according to a list posted | on Monday".
    """
    words = language(code)
    return bool(words.when.get("issued", NEVER).search(between)) or any(
        word.lower() in words.grammar["relatives"] for word in between.split()[1:]
    )


def _of_beginning(before: str, code: str) -> bool:
    """Whether a time is that of a war's beginning: "the war that broke out | on 24 February"."""
    return bool(language(code).when.get("begins", NEVER).search(" ".join(before.split()[-NEAR:])))


def _told_apart(between: str, code: str) -> bool:
    """Whether a time is of what came of it: "were led out on Tuesday after shells had killed | 12"."""
    return bool(language(code).when.get("apart", NEVER).search(between))


def _speaks(words: str, code: str) -> bool:
    """Whether one of some words says or shows: a time before it is that of speaking."""
    return any(cue_kind(word, code) in ("says", "shows") for word in _WORD.findall(words.lower()))


@lru_cache(maxsize=16)
def _pattern(code: str) -> re.Pattern[str]:
    """In the past 24 hours; in the 24 hours until Tuesday morning; since 6 March; on Monday; overnight."""
    words = language(code)
    table = {
        k: words.when.get(k, NEVER).pattern
        for k in (
            "moments",
            "opens",
            "spells",
            "since",
            "days",
            "parts",
            "until",
            "origins",
            "tails",
            "begins",
            "holds",
        )
    }
    table["the"] = words.where.get("the", NEVER).pattern
    month = words.numbers.get("months", NEVER).pattern
    number = rf"(?:\d+|(?:{words.numbers.get('modifiers', NEVER).pattern}\s)?[^\W\d_]+)"
    date = rf"(?:\d{{1,2}}\s{month}(?!\w)|{month}\.?\s\d{{1,2}}(?!\d))"
    day = rf"(?:(?:{table['parts']}\s){{0,2}}{table['days']}(?:\s{table['parts']})?|{date})"
    until = rf"(?:\s{table['until']}\s(?:{day}|{table['moments']}))?"
    after = rf"(?:\s(?:[\w’'-]+\s){{0,6}}{date})?"
    return re.compile(
        "|".join(
            (
                rf"{table['opens']}\s(?:{number}\s){{0,2}}{table['spells']}{until}(?:\s{table['tails']})?",
                rf"{table['holds']}\s(?:[\w’'-]+\s){{1,5}}{table['begins']}{after}",
                rf"{table['since']}\s(?:{day}|(?:the\s\w+\sof\s)?{table['origins']}{after}|{table['moments']})",
                rf"{table['holds']}\s(?:[^\W\d_][\w’'-]*\s){{1,{LEAD}}}{date}",
                rf"{table['holds']}\s(?:{table['the']}\s{YEAR}\s[^\W\d_]+|(?:{month}\s)?{YEAR})",
                rf"{table['moments']}",
                rf"(?<!\w){day}(?![’'\w])",
            )
        ),
        re.IGNORECASE,
    )

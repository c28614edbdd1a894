"""seams: where a heading or a caption has run into the sentence behind it.

Requirement: "Convoy stalls near Vilkhova As the army moves on, ..." is two pieces, and only the second
is a sentence. A page's markup, once it is gone, leaves neither a stop nor a line break between them.

Theory: inside a sentence no function word has a capital, except in titles; there the next word has one,
too. So a word of the language's list `seams` with a capital, behind a word and before one in small
letters, begins a sentence; one that joins clauses ("As", "When") does so before a name as well. Of
93 such places in five weeks of pages, read one by one in half, all but three were seams (two of those:
"World War Two", a number, so numbers are in no list).

A verbless piece without a determiner before "Country has ..." is a heading, too, where both
name the same thing: "Missiles and shells Russia has fired more than 700 missiles".

Rejected: a name behind a small letter alone (that is what relative clauses without a pronoun look like).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from briefing.language import NEVER, language

LONGEST_HEADING = 12  # words of a heading that a repeated noun tells
SAME_LETTERS = 5  # with which a noun begins again

_QUOTED = re.compile(r"[\"“«„][^\"”»]{0,600}[\"”»]|(?<!\w)['‘](?=\w)[^'’]{1,80}['’](?!\w)")
_NAMED = re.compile(r"(?<=[a-z]\s)[A-ZА-ЯІЇЄҐ][\w’'-]+\s(?=([a-z]+)\s)")


def seams(text: str, code: str) -> list[int]:
    """The offsets in a text at which a sentence begins without the one before it having ended."""
    quoted = [m.span() for m in _QUOTED.finditer(text)]
    found = {m.start() for m in _pattern(code).finditer(text)} | set(_repeated(text, code))
    return [at for at in sorted(found) if not any(a < at < b for a, b in quoted)]


@lru_cache(maxsize=64)
def _pattern(code: str) -> re.Pattern[str]:
    """A capital where only a sentence can have one."""
    words = language(code).grammar
    opening = sorted(w.capitalize() for w in words["seams"])
    if not opening:
        return NEVER
    joints = "|".join(w.capitalize() for w in sorted(words["seams"] & words["joints"]))
    before = r"(?<=[a-zа-яіїєґ0-9’'][\w’']\s)"
    return re.compile(
        rf"{before}(?:(?:{'|'.join(opening)})\s(?=[a-zа-яіїєґ])|(?:{joints})\s(?=[A-ZА-ЯІЇЄҐ][\w’'.-]*\s))"
    )


def _repeated(text: str, code: str) -> Iterator[int]:
    """A name with its verb, behind a verbless piece whose noun comes again."""
    words = language(code).grammar
    for m in _NAMED.finditer(text):
        head = text[: m.start()].lower().split()
        if len(head) > LONGEST_HEADING:
            return
        bare = head[0] not in words["determiners"] | words["prepositions"] | words["joints"]
        plural = head[-1].endswith("s") and not head[-1].endswith(("'s", "’s"))
        verb = m.group(1) in words["modals"] and not set(head) & words["finite"]
        if not (bare and plural and verb) or head[-1] in words["prepositions"] | words["joints"]:
            continue
        behind = text[m.end() :].lower().split()
        nouns = {w[:SAME_LETTERS] for w in head if len(w) >= SAME_LETTERS}
        if nouns & {w[:SAME_LETTERS] for w in behind}:
            yield m.start()

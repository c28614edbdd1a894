"""Whether a sentence ends at a stop, by what stands before it and behind it.

Theory (Mikheev 2002; Kiss and Strunk 2006): nearly every doubtful stop is an abbreviation, an initial
or a number, and the word behind it decides: "Gen. Smith" goes on, "in the U.S. They" does not. The
abbreviations are a language's data, in four kinds:

- `abbreviations`: never end a sentence ("Gen.", "вул.")
- `before_numbers`: end none where a number follows ("No. 5", "ст. 438"); the word itself may ("no.")
- `closing`: end one where the next word is a `starter` ("the U.S. They", "2014 р. Це")
- `units`: end one behind a number where a capital follows ("5 млн. Потім")

Rejected: deciding by the capital alone (every title splits its name); learning abbreviations from the
day's texts (the same sentence would be cut otherwise on another day).
"""

from __future__ import annotations

import re

from briefing.language.data import NEVER, Language

ORDINAL = "#"  # among the `closing` of languages that write "the 5th" as "5."
SHORT_LEAD = 3  # words: "At 5 a.m. Mr. Smith ..." has said nothing yet
_OPENERS = "\"“«„‘'([¿¡—–-"
_CLOSERS = "\"'”“’‘»)]"
_QUOTES = "\"'”“’‘»"
_BULLETS = "⁃•●▪■◦‣ "
_ENDING = re.compile(r"([.!?…])(?:\s»)?[\"'”“’‘»)\]]*$")
_NOTES = re.compile(r"(?:\s?\[\d+\])+$")  # "... in 2014. [3]"
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")


def ends(before: str, behind: str, words: Language) -> bool:
    """Whether the sentence so far (`before`, up to and with its stop) ends where `behind` begins."""
    before = _NOTES.sub("", before)
    stop = _ENDING.search(before)
    said = before.strip(_CLOSERS + _OPENERS + _BULLETS + ".!?…")
    if not stop or not said or _marker(said, before):
        return False
    opening = behind.lstrip(_OPENERS + " \u00a0")
    if not opening or not opening[0].isalnum() or opening[0].islower():
        return False
    if stop.group(1) != "." or before.endswith(".."):
        return not (opening[0].isdigit() and before.endswith(("...", "…", ". ."))) and not _says(
            opening, before, words
        )
    if before[-1] in _QUOTES:
        return True
    return _ends_at_point(before.rstrip(_CLOSERS), opening, words)


def _says(opening: str, before: str, words: Language) -> bool:
    """Whether what follows a quoted question names who asked it: “Is it over?” Trush said."""
    verbs = words.claims.get("verbs", NEVER).pattern
    return before[-1] in _QUOTES and bool(
        re.match(rf"(?:[\w.’'-]+\s){{1,3}}?{verbs}", opening, re.IGNORECASE)
    )


def _ends_at_point(before: str, opening: str, words: Language) -> bool:
    """Whether a full stop ends the sentence and does not shorten its last word."""
    *earlier, last = before[:-1].split() or [""]
    word = last.lstrip(_OPENERS).lower()
    if word.isdigit() and len(word) < len("100") and ORDINAL in words.closing:  # "die 54. Brigade"
        return _starter(opening, words)
    if word in words.units and earlier and _number(earlier[-1], words):
        return not opening[0].isdigit()
    if len(word) == 1 and last.lstrip(_OPENERS).isupper():  # an initial, or "plan B. They"
        return _starter(opening, words)
    if word in words.before_numbers:
        return not opening[0].isdigit()
    if len(word) > 1 and word.isalpha() and last.lstrip(_OPENERS).isupper():  # "NATO.", "IE."
        if _office(word, earlier, opening, words):
            return False
        return word not in words.abbreviations or _starter(opening, words)
    if word in words.closing or _DOTTED.fullmatch(word):
        return len(earlier) >= SHORT_LEAD and _starter(opening, words)
    return word not in words.abbreviations


def _office(word: str, earlier: list[str], opening: str, words: Language) -> bool:
    """Whether a country's letters belong to the office behind them: "met US. Ambassador Lee"."""
    dotted = ".".join(word) in words.closing
    known = bool(earlier) and words.definite.fullmatch(earlier[-1]) is not None
    return dotted and not known and words.roles.match(opening) is not None


def _starter(opening: str, words: Language) -> bool:
    """Whether the next word opens sentences and is no initial: "The", not "A. Smith"."""
    word = re.match(r"[\w’']+", opening)
    initial = word and len(word.group()) == 1 and opening[1:].startswith(".")
    return bool(word and not initial) and word.group().lower() in words.starters if word else False


def _number(word: str, words: Language) -> bool:
    return word[-1].isdigit() or word.lower().rstrip(".") in words.scale_words


def _marker(said: str, before: str) -> bool:
    """Whether all that was said is the number of an item: "1.", "b)", "(2)"."""
    return len(said) <= len("99") and (said.isdigit() or len(said) == 1) and before.endswith((".", ")"))

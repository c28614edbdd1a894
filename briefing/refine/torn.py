"""torn: whether words of a sentence were lost on the way, at its end, in its middle, or one half of a pair.

Requirement: "the court said that the will investigate" and "support from the and ," are no lines.

Theory: a determiner opens a noun phrase, so a modal verb, a conjunction or a preposition cannot follow it;
nor can a blank stand before a comma where nothing stood. What a link held is what a page loses.
"""

from __future__ import annotations

import re

from briefing.language import NEVER, Language

UNCLOSED_WORDS = 12  # a line this long is a sentence even where its full stop was lost

_OPEN, _CLOSE = "“«„", "”»"
_CLOSED = re.compile(r"[.!…][\"”’»)\]]*$")
# A page's markup took words with it.
_HOLE = re.compile(
    r"(?:^|\s)[-:;,]\s*[:;,.]|\w,\s?\.|\s,(?=[\s\"”’])|[.!?][\"”»]?\s+[:;]|[‘“\"]\s?[’”](?!\w)|[,.\"”]\s[’']s\b"
)
_WORDS = re.compile(r"[\w’'-]+|[,;.]")
_GIVES = ("to", "of")  # "the will of", "a must to": such a verb is a noun


def torn(text: str, words: Language) -> str:
    """What shows that a text is not whole, in words; "" where nothing does."""
    if not _closed(text, words):
        return "it has no end"
    if not _balanced(text):
        return "half a quotation or bracket"
    return "words are missing in it" if _HOLE.search(text) or _without_noun(text, words) else ""


def _without_noun(text: str, words: Language) -> bool:
    """Whether an article has no noun: "the will investigate", "the and", "the reported,"."""
    grammar = words.grammar
    found = _WORDS.findall(text)
    verbs = words.claims.get("verbs", NEVER)
    for article, word, behind in zip(found, found[1:], found[2:], strict=False):
        if article.lower() not in grammar["articles"] & {"the", "a", "an"} or not word.islower():
            continue
        if word in grammar["modals"] and behind.islower() and behind not in _GIVES:
            return True
        if word in grammar["conjunctions"] or word in grammar["attached"]:
            return True
        if behind == "," and verbs.fullmatch(word) and word.endswith(tuple(grammar["pasts"] or ("\0",))):
            return True
    return False


def _closed(text: str, words: Language) -> bool:
    if _CLOSED.search(text):
        return True
    long = text[-1].isalnum() and len(text.split()) >= UNCLOSED_WORDS
    verbs = words.grammar["finite"]
    said = words.claims.get("verbs", NEVER).search(text)
    return long and (not verbs or bool(said) or not verbs.isdisjoint(text.lower().split()))


def _balanced(text: str) -> bool:
    """Whether every quotation that opens closes, and brackets with it."""
    opened = sum(text.count(c) for c in _OPEN)
    closed = sum(text.count(c) for c in _CLOSE)
    return text.count('"') % 2 == 0 and opened == closed and text.count("(") == text.count(")")

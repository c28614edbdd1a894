"""claims: who says it, by which words, and what hedges it; never invented.

Requirement: a wrong speaker is worse than none.

Theory: of the attributions of a sentence only those of speech make a claim, and only where a person or a
body speaks that the text names: no pronoun, no photograph, no move. The one that governs the sentence goes
first; what stands in a relative clause is somebody's, but not the sentence's. A bare surname is completed
from where the article names its bearer in full. Where the text names nobody, the claim names nobody.

Rejected: pronouns resolved to the last speaker (such sentences do not stand alone, so an edition seldom
prints them, and with two men in an article every third "he" is the other one).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.language import NEVER, Language, language
from briefing.model import Article, Claim, Hedge, Sentence, Span
from briefing.refine.claims.attribution import Attribution, attributions
from briefing.refine.claims.described import described, is_pronoun, is_source, owner, shortened
from briefing.refine.claims.doubts import FARTHEST
from briefing.refine.claims.hedges import Made, flags_of, hedged, hedges
from briefing.refine.claims.kinds import NO_TABLE, Table, configured_kind, kind_of, known_kind, table_of
from briefing.refine.claims.names import in_full
from briefing.refine.claims.shares import is_most

__all__ = ["FARTHEST", "NO_TABLE", "Table", "claim", "denies", "flags_of", "hedged", "table_of"]

NEGATION = 4  # words before a cue in which a "not" is its own
CONTENT = 50  # characters behind a cue in which its "that" stands

_LETTERS = re.compile(r"[^\W\d_]+")
_QUOTE = re.compile(r"[\s,:]*[\"“«„]")
_LISTENER = re.compile(r"(?:\s[A-ZА-ЯІЇЄҐ][\w’'-]*){0,3}\s*(?:[.!?]|$)")  # "... tell CNN."
_NAMED = re.compile(r"(?:\sto)?(?:\s[A-ZА-ЯІЇЄҐ][\w’'-]*)+\s?(\w+|[.,;!?]|$)")


def claim(
    sentence: Sentence, article: Article, after: Sequence[Sentence] = (), table: Table = NO_TABLE
) -> tuple[Claim, tuple[Hedge, ...]]:
    """The claim that a sentence makes and the hedges that its source attaches.

    `after` are the sentences that follow: a doubt about "those numbers" belongs to this one. `table`
    are the speakers that the configuration lists.
    """
    words = language(article.language)
    found = attributions(article.text, sentence.start, sentence.end, article.language)
    line = Span(sentence.start, sentence.end)
    whole, cue = _spoken(article.text, line, found, words, table)
    source = in_full(shortened(whole, words), article, sentence, words)
    kind = kind_of(source, article, words, table)
    if kind == "other" and whole != source:
        kind = configured_kind(whole, table) or known_kind(whole, words) or kind
    if kind not in table and source and _is_unnamed(source, sentence.text, words):
        kind = "anonymous"
    said = article.text[cue.start : cue.end] if cue else ""
    return (
        Claim(source, said, kind),
        hedges(article, sentence, after, Made(source, kind, cue), words),
    )


def _is_unnamed(source: str, text: str, words: Language) -> bool:
    """Whether a sentence says that its speaker, of whom no name is given, does not want to be named."""
    if not words.claims.get("unnamed", NEVER).search(text):
        return False
    head = source.split(",", maxsplit=1)[0].split()
    return head[-1][0].islower() or (len(head) == 1 and bool(words.roles.fullmatch(head[0])))


def denies(text: str, code: str) -> bool:
    """Whether a sentence denies something."""
    denial = language(code).claims.get("denials")
    return bool(denial and denial.search(text))


def _spoken(
    text: str, line: Span, found: list[Attribution], words: Language, table: Table
) -> tuple[str, Span | None]:
    """Speaker and cue of the attribution of speech that governs a sentence; of a pronoun, the cue alone."""
    cue = None
    for one in sorted(found, key=lambda one: (not one.main, _is_hearsay(text, one, words))):
        if not (one.source and _is_speech(text, one, words)):
            continue
        if source := described(text, one.source, words):
            if not is_source(shortened(source, words), words, table):
                continue
            if _is_rebutted(text, one, found, words) or not is_most(text, line, one, found, words):
                return "", None
            return source, one.cue
        if is_pronoun(text[one.source.start : one.source.end], words):
            cue = cue or one.cue
    return "", cue


def _is_speech(text: str, one: Attribution, words: Language) -> bool:
    """Whether an attribution reports what somebody says: neither a move nor what somebody did not say."""
    cue = text[one.cue.start : one.cue.end]
    if words.claims.get("prepositions", NEVER).fullmatch(cue):
        return one.main
    if not one.main:
        return _is_aside(text, one, words)
    if one.source and _is_negated(text[one.source.end : one.cue.start], words):
        return False
    if _is_deed(text, one.cue, words):
        return False
    if words.claims.get("verbs", NEVER).fullmatch(cue) or words.claims.get("acts", NEVER).match(
        text, one.cue.start
    ):
        return True
    if words.claims.get("demands", NEVER).fullmatch(cue) and _is_quoted(text, one, words):
        return True
    if one.kind == "counts" or (one.kind == "says" and _ends(text, one)):
        return True
    if one.kind != "says":
        return _is_shown(text, one, words)
    if words.claims.get("moves", NEVER).fullmatch(cue):
        return False
    return cue.endswith(tuple(words.grammar["pasts"]) or "\0") or _has_content(text, one.cue, words)


def _is_hearsay(text: str, one: Attribution, words: Language) -> bool:
    """Whether others tell that somebody spoke, or how: "reportedly rejected", "is accusing"."""
    cue = text[one.cue.start : one.cue.end]
    if not words.claims.get("verbs", NEVER).fullmatch(cue):
        return words.claims.get("acts", NEVER).match(text, one.cue.start) is not None
    between = text[one.source.end : one.cue.start] if one.source else ""
    return any(words.hedges[kind].search(between) for kind in ("claimed", "reported") if kind in words.hedges)


def _is_shown(text: str, one: Attribution, words: Language) -> bool:
    """Whether what does not speak by itself does: "the mayor's data shows", "posted on his page that"."""
    if one.kind == "shows":
        return one.source is not None and bool(owner(text[one.source.start : one.source.end], words))
    return one.kind == "quotes" and (_is_quoted(text, one, words) or _has_content(text, one.cue, words))


def _is_quoted(text: str, one: Attribution, words: Language) -> bool:
    """Whether a "that" follows a cue, or a quotation stands right before its speaker or behind it."""
    following = _LETTERS.match(text[one.cue.end :].lstrip())
    if following and following.group().lower() in words.grammar["complementizers"]:
        return True
    first = min(one.cue.start, one.source.start) if one.source else one.cue.start
    return text[:first].rstrip().endswith(('"', "”", "»")) or bool(_QUOTE.match(text, one.cue.end))


def _ends(text: str, one: Attribution) -> bool:
    """Whether what is said stands before: "..., human rights groups claim."."""
    if not one.source or one.source.start > one.cue.start:
        return False
    before = text[: one.source.start].rstrip()
    return before.endswith((",", '"', "”", "»")) and bool(_LISTENER.match(text, one.cue.end))


def _is_rebutted(text: str, one: Attribution, found: list[Attribution], words: Language) -> bool:
    """Whether somebody else contradicts a denial: "The army denied it, but as the paper reported, ..."."""
    if not words.claims.get("denials", NEVER).fullmatch(text[one.cue.start : one.cue.end]):
        return False
    later = [a for a in found if a.kind == "says" and a.source and a.source.start > one.cue.end]
    contrast = words.claims.get("contrasts", NEVER)
    return any(contrast.search(text, one.cue.end, a.source.start) for a in later if a.source)


def _is_aside(text: str, one: Attribution, words: Language) -> bool:
    """ "The governor opened the bridge, adding that ...", "..., with the governor warning that ..."."""
    if not one.source or not words.claims.get("asides", NEVER).match(text, one.cue.start):
        return False
    led = text[max(0, one.source.start - CONTENT) : one.source.start].rstrip()
    along = led.rpartition(" ")[2].lower() in words.grammar["along"]
    opens = not led or led.endswith((".", "!", "?"))
    apart = opens and one.cue.start - one.source.end > 1  # but not "people saying that"
    return along or apart or text[: one.cue.start].rstrip().endswith(",")


def _is_negated(between: str, words: Language) -> bool:
    """Whether the words between a speaker and a cue say that nothing was said; other clauses apart."""
    near = between.replace(",", " , ").split()[-NEGATION:]
    joints = words.grammar["conjunctions"] | {","}
    last = max((i for i, word in enumerate(near) if word.lower() in joints), default=-1)
    return bool(words.claims.get("negations", NEVER).search(" ".join(near[last + 1 :])))


def _is_deed(text: str, cue: Span, words: Language) -> bool:
    """Whether a verb of speech tells a deed: "claims Crimea for itself", "pleaded guilty"."""
    if words.claims.get("unspoken", NEVER).match(text, cue.start):
        return True
    named = _NAMED.match(text, cue.end)
    if not named or not words.claims.get("doubtful", NEVER).fullmatch(text[cue.start : cue.end]):
        return False
    following = named.group(1).lower()
    small = words.grammar["prepositions"] | words.grammar["conjunctions"]
    return not following or not following[0].isalnum() or following in small


def _has_content(text: str, cue: Span, words: Language) -> bool:
    """Whether what is said follows: a "that", or a quotation."""
    behind = text[cue.end : cue.end + CONTENT]
    said = {word.lower() for word in _LETTERS.findall(behind)}
    return bool(said & words.grammar["complementizers"]) or bool(_QUOTE.match(behind))

"""summarise: a few sentences that read well together, each word for word, each standing alone.

The method (`methods/`) chooses among sentences that can stand alone (`standing`); what was said
already, here or earlier in the edition, is not said again.

Theory of sameness: two sentences say the same when the words of the shorter one stand in the
other (`SAME` of its stems). Rejected: cosine (a long sentence that contains a short one is far
from it by cosine).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

from briefing.language import stems
from briefing.model import Article, Reading, Sentence, Span, Statement
from briefing.refine.bygone import is_background
from briefing.refine.claims import FARTHEST, claim, flags_of
from briefing.refine.desk import NO_DESK, Desk
from briefing.refine.methods import method
from briefing.refine.methods.document import document
from briefing.refine.standing import familiar, hanging, named, standing, stranger
from briefing.refine.ties import taken_up

SAME = 0.6  # share of the shorter sentence's stems
BACKGROUND = "background"  # the flag of a line that tells what was before the edition
LONG = 40  # words of a long sentence: so many statements at least fill a number of words

Said = frozenset[str]
Texts = Sequence[Sequence[str]]  # the sentences of each article


def candidates(
    reading: Reading,
    sentences: Sequence[Sentence],
    known: Collection[str] | None = None,
    *,
    alone: bool = True,
    desk: Desk = NO_DESK,
) -> list[Statement]:
    """The sentences of an article that can stand alone, as statements with claim, flags and hedges.

    As `judged` says.
    """
    found = judged(reading, sentences, known, alone=alone, desk=desk)
    return [one for one in found if isinstance(one, Statement)]


def judged(
    reading: Reading,
    sentences: Sequence[Sentence],
    known: Collection[str] | None = None,
    *,
    alone: bool = True,
    desk: Desk = NO_DESK,
) -> list[Statement | str]:
    """Each sentence of an article as a statement with claim and flags, or why it cannot be one.

    `known` are the names that need no introduction; where it is left out, no name needs one. Lines whose
    own time lies before the desk's window have the flag `BACKGROUND`. Lines that are not read `alone` but
    with others of their article need less of an introduction.
    """
    article = reading.article
    found: list[Statement | str] = []
    names = named(article.text)
    for sentence in sentences:
        span = standing(sentence, article.language, names)
        if span is None:
            found.append(hanging(sentence, article.language, names))
            continue
        following = reading.sentences[sentence.index + 1 : sentence.index + 1 + FARTHEST]
        claimed, hedges = claim(sentence, article, following, desk.speakers)
        if known is not None and (new := _unintroduced(span, article, known, claimed.source, alone=alone)):
            found.append(new)
            continue
        text, flags = article.text[span.start : span.end], flags_of(hedges)
        if span.start > sentence.start:
            flags = (*flags, "clipped")
        if desk.since and is_background(sentence.text, article.language, desk.since):
            flags = (*flags, BACKGROUND)
        found.append(Statement(text, article.id, span.start, span.end, claimed, flags, hedges))
    return found


def _unintroduced(span: Span, article: Article, known: Collection[str], source: str, *, alone: bool) -> str:
    """Whom or what a text takes as known, in words; "" where it takes nobody."""
    text, before, code = article.text[span.start : span.end], article.text[: span.start], article.language
    if name := stranger(text, before, known, code, source, anywhere=alone):
        return f"“{name}” was named in full before"
    noun = taken_up(text, before, known, code) if alone else ""
    return f"“the {noun}” was introduced before" if noun else ""


def choose(
    groups: Sequence[Sequence[Statement]],
    code: str,
    count: int,
    name: str = "default",
    *,
    said: Collection[Said] = (),
    whole: Texts | None = None,
    same: float = SAME,
) -> list[Statement]:
    """At most `count` statements, chosen by a method, in reading order, none said before.

    Each group holds the candidates of one article. `said` are the stems of earlier statements, `whole`
    all sentences of the articles, those that cannot stand alone too: methods count words there.
    """
    offered, by_text = offer(groups, code, said=said, whole=whole, same=same)
    summarize = method(name, code)
    asked = count
    while True:
        chosen = [by_text[str(s)] for s in summarize(offered, asked)]
        kept = _without_repeats(chosen, code, same)
        if len(kept) >= count or len(chosen) < asked or asked >= len(by_text):
            return kept[:count]
        asked += count - len(kept)


def offer(
    groups: Sequence[Sequence[Statement]],
    code: str,
    *,
    said: Collection[Said] = (),
    whole: Texts | None = None,
    same: float = SAME,
) -> tuple[Any, dict[str, Statement]]:
    """What a method chooses from, as its document, and the statement of each text in it."""
    fresh = [[s for s in group if not repeats(sense(s.text, code), said, same)] for group in groups]
    flat = [s for group in fresh for s in group]
    by_text = {s.text: s for s in reversed(flat)}  # the first of equal texts
    return _document(fresh, by_text, code, whole), by_text


def sense(text: str, code: str) -> Said:
    """What a sentence says, as far as its stems tell."""
    return frozenset(stems(text, code))


def repeats(new: Said, said: Collection[Said], same: float = SAME) -> bool:
    """Whether a sentence says what one before it said."""
    return any(len(new & old) >= same * max(min(len(new), len(old)), 1) for old in said)


def filling(readings: Sequence[Reading], code: str, words: int, name: str = "default") -> list[Statement]:
    """As many statements of some articles as fill a number of words; the last one may run over it.

    In the order in which they were taken, as in a newspaper: who cuts at the end loses least.
    """
    known = familiar([r.article.text for r in readings])
    groups = [candidates(r, r.sentences, known, alone=False) for r in readings]
    whole = [[s.text for s in r.sentences] for r in readings]
    if (order := getattr(method(name, code), "order", None)) is not None:
        return _filled(groups, code, words, whole, order)
    count = max(words // LONG, 1)
    chosen = choose(groups, code, count, name, whole=whole)
    while sum(len(s.text.split()) for s in chosen) < words and len(chosen) == count:
        count += 1
        more = choose(groups, code, count, name, whole=whole)
        chosen = [*(s for s in chosen if s in more), *(s for s in more if s not in chosen)]
    return chosen


def _filled(
    groups: Sequence[Sequence[Statement]],
    code: str,
    words: int,
    whole: Texts,
    order: Callable[[Any], Iterator[int]],
) -> list[Statement]:
    """The first statements in a method's own order, no two alike, until the words are there."""
    by_text = {s.text: s for s in reversed([s for group in groups for s in group])}
    offered = _document(groups, by_text, code, whole)
    texts = [str(s) for s in offered.sentences]
    chosen: list[Statement] = []
    said: list[Said] = []
    for place in order(offered):
        new = sense(texts[place], code)
        if not repeats(new, said):
            chosen.append(by_text[texts[place]])
            said.append(new)
        if sum(len(s.text.split()) for s in chosen) >= words:
            break
    return chosen


def _document(
    groups: Sequence[Sequence[Statement]], by_text: dict[str, Statement], code: str, whole: Texts | None
) -> Any:
    unique = [[s.text for s in group if by_text[s.text] is s] for group in groups]
    return document([group for group in unique if group], code, whole)


def _without_repeats(statements: Sequence[Statement], code: str, same: float) -> list[Statement]:
    kept: list[Statement] = []
    said: list[Said] = []
    for statement in statements:
        new = sense(statement.text, code)
        if not repeats(new, said, same):
            kept.append(statement)
            said.append(new)
    return kept

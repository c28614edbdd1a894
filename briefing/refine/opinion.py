"""opinion: which articles are comment, essays or previews, and not reports.

Requirement: what an author thinks is never printed as plain fact. Such an article is read, joins stories and
may be listed by its headline, but only what it attributes to somebody becomes a statement, a key point or a
figure.

Theory: genre shows in who speaks and how surely (Biber 1988: first persons, stance adverbs and modals part
persuasion from report; Wiebe and others 2004, whose best clue is the density of subjective words, never one
word). So either the text says what it is, in its title (a label, or its author's name), its opening or a
note, or at least `SHARE` of its sentences speak outside quotation marks in the first person, evaluate, or
ask. Quoted speech says nothing of the author. Fewer such sentences (`QUIET_SHARE`) are enough in a text that
hardly quotes or attributes (`ATTRIBUTED`): reports live by their sources, essays do without.

Of 200 articles of a war's year drawn at random it takes six for opinion, all of them rightly.

Rejected: judging by the outlet (most of what an opinionated outlet prints are reports); judging sentences one
by one (a report has an "of course" too; what counts is how many).
"""

from __future__ import annotations

import re

from briefing.language import NEVER, QUOTED, Language, language, tokens
from briefing.model import Article, Reading, Statement

SHARE = 0.3  # of the sentences
QUIET_SHARE = 0.2
ATTRIBUTED = 0.25  # of the sentences quote or name who says it: reports have twice as many and more
FEWEST = 8  # sentences: in fewer a share says nothing
OPENING = 3  # sentences in which a text says what it is
_PERSON = r"([A-ZА-ЯІЇЄҐ][a-zа-яіїєґ’'-][\w’'-]*)\s([A-ZА-ЯІЇЄҐ][a-zа-яіїєґ’'-][\w’'-]*)"
_BYLINE = re.compile(rf"\s\|\s{_PERSON}$")  # "What the river took | Ilona Tkach"
_VOICE = re.compile(rf"{_PERSON}:\s")  # "Ilona Tkach: What the river took"
# Some outlets quote between marks that are apostrophes too.
_APOSTROPHES = re.compile(r"(?<!\w)['‘](?=\w)(?:[^'’]|['’](?=\w)){1,600}['’](?!\w)")
_UNCLOSED = re.compile(r"[\"“«„][^\"”»]*$")


def opinion(reading: Reading) -> str:
    """Why an article is no report; "" where it is one."""
    words = language(reading.article.language)
    if not words.opinion:
        return ""
    article = reading.article
    if label := _label(article.title, words):
        return f"its title says so: {label}"
    if _names(_BYLINE.search(article.title), article):
        return "its title ends with its author"
    for at, sentence in enumerate(reading.sentences):
        said = words.opinion["notes"].search(_own(sentence.text))
        if at < OPENING:
            said = said or words.opinion["openings"].match(sentence.text)
        if said:
            return f"it says so itself: {said.group()}"
    share, attributed = evaluating(reading), attributing(reading)
    if share >= (QUIET_SHARE if attributed <= ATTRIBUTED else SHARE):
        return f"{share:.0%} of its sentences evaluate or speak for the author"
    if attributed <= ATTRIBUTED and _names(_VOICE.match(article.title), article):
        return "its title speaks for one person, and it hardly names a source"
    return ""


def reported(reading: Reading, found: list[Statement]) -> list[Statement]:
    """What of an article may be printed: all of a report, of an opinion what it attributes to somebody."""
    return [s for s in found if s.claim.source] if opinion(reading) else found


def evaluating(reading: Reading) -> float:
    """The share of sentences that speak for their author, 0 to 1; 0 for a text too short to tell."""
    words = language(reading.article.language)
    own = [_own(s.text) for s in reading.sentences]
    if len(own) < FEWEST:
        return 0.0
    return sum(_evaluates(text, words) for text in own) / len(own)


def attributing(reading: Reading) -> float:
    """The share of sentences that quote or name who says it, 0 to 1; 1 for a text too short to tell."""
    verbs = language(reading.article.language).claims.get("verbs", NEVER)
    texts = [s.text for s in reading.sentences]
    if len(texts) < FEWEST:
        return 1.0
    return sum(bool(QUOTED.search(text) or verbs.search(text)) for text in texts) / len(texts)


def _evaluates(own: str, words: Language) -> bool:
    """Whether a sentence's own words, those outside quotations, are an author's."""
    table = words.opinion
    return bool(
        own.rstrip().endswith("?")
        or table.get("person", NEVER).search(own)
        or table.get("evaluates", NEVER).search(own)
    )


def _own(text: str) -> str:
    return _UNCLOSED.sub(" ", _APOSTROPHES.sub(" ", QUOTED.sub(" ", text)))


def _names(found: re.Match[str] | None, article: Article) -> bool:
    """Whether two words of a title are a person's name: "Ilona Tkach: ...", not "Ukraine War: ..."."""
    if found is None:
        return False
    return not {part.lower() for part in found.groups()} & set(tokens(article.text))


def _label(title: str, words: Language) -> str:
    """The label of a title: at its beginning before a mark, at its end behind one; "" where it has none."""
    labels = words.opinion["labels"].pattern
    head = re.match(rf"\W*({labels})(?:\s*[:|/]|\s+[–—-]\s)", title, re.IGNORECASE)
    tail = re.search(rf"(?:[:|/]|\s[–—-])\s*({labels})\W*$", title, re.IGNORECASE)
    found = head or tail
    return found.group(1) if found else ""

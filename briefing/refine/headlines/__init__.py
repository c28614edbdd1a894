"""headlines: what a story is called, in words of its own articles.

Theory: the best title is the one whose words most of the story's articles use; a round-up's title
is about something else, a press office's is about itself. Where no title fits (`FITS`), the
opening of the first sentence that can stand alone serves, cut at a clause. Of the titles that are
nearly as good as the best (`RIVAL`) the plainest one goes first (`titles`). A title in the
edition's language goes before one in another, and any before one with an outdated toll
or of a side's own medium. A title longer than a line is cut at a clause, too, if what goes says
nothing of whose claim it is and no quotation is torn. An opening is cut where the words before tell
something: they hold a verb (where the language file tells verbs), they tear no quotation, and they do
not end in a word that asks for the next one.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefing.language import NEVER, stems
from briefing.language import language as language_data
from briefing.model import Article, Passage, Reading, Story
from briefing.refine.headlines.titles import LINE, loudness
from briefing.refine.standing import standing
from briefing.refine.tolls import outdated, tolls

FITS = 0.3  # mean share of the story's articles that use a word of the title
FITS_ELSEWHERE = 0.6  # the same, where the story does not hold the article's opening
LOADED = ("state media",)  # kinds of outlet whose title serves only where no other fits
RIVAL = 0.5  # share of the best title's fit from which a plainer one is taken instead
OWN_LANGUAGE = 0.2  # what a title gains by being in the edition's language
ENOUGH = 4  # words of a clause that can serve as a headline, and of a title that says something
LONGEST = 14  # words
# Kinds of words that ask for another one behind them.
ASKING = (
    "prepositions",
    "determiners",
    "possessives",
    "joints",
    "conjunctions",
    "relatives",
    "finite",
    "adverbs",
)

_CLAUSE = re.compile(r"[,;:]\s|\s[–—-]\s|\s(?:as|after|while|amid|which|who|що|який|яка|которые|который)\s")
_MARKS = re.compile(r"[\"“”«»„]|(?<!\w)['‘]|['’](?!\w)")  # of quotation; an apostrophe stands in a word

Readings = Mapping[str, Reading]  # by article id


@dataclass(frozen=True, slots=True)
class Fitting:
    """A title that fits its story. Made by `fitting`, read by `headline` and by inspect."""

    fair: tuple[bool, bool]  # of no side's own medium, and no toll in it has risen since
    salience: float
    own: float  # what it gains by its language
    order: int  # the later, the less
    article: Article

    @property
    def fit(self) -> float:
        """How well it fits."""
        return self.salience + self.own


def headline(story: Story, readings: Readings, language: str) -> str:
    """The title that fits the story best, or the opening of its first sentence."""
    titles = fitting(story, readings, language)
    return _trimmed(plainest(titles).article) if titles else _opening(story, readings)


def fitting(story: Story, readings: Readings, language: str) -> list[Fitting]:
    """The titles of a story's articles that fit it, in the order of the articles."""
    articles = dict.fromkeys(p.article for p in story.passages)
    opened = {p.article for p in story.passages if p.sentences[0].index == 0}
    spread, known = _spread(story.passages, readings), tolls(story, readings)
    found = []
    for order, article in enumerate(readings[a].article for a in articles):
        least = (FITS if article.id in opened else FITS_ELSEWHERE) * len(articles)
        if salience := _salience(article, spread, least):
            own = OWN_LANGUAGE * (article.language == language)
            fair = article.kind not in LOADED, not outdated(article.title, article, known)
            found.append(Fitting(fair, salience, own, -order, article))
    return found


def plainest(titles: Sequence[Fitting]) -> Fitting:
    """The quietest of the titles that fit nearly as well as the best; of equals the best."""
    fairest = max(one.fair for one in titles)
    rivals = [one for one in titles if one.fair == fairest]
    least = RIVAL * max(one.fit for one in rivals)
    near = [one for one in rivals if one.fit >= least]
    return max(near, key=lambda one: (-loudness(one.article), one.fit, one.order))


def _trimmed(article: Article) -> str:
    """A title up to a clause, where it is longer than a line and still says the same."""
    title, verbs = article.title, language_data(article.language).claims.get("verbs", NEVER)
    for clause in _CLAUSE.finditer(title) if len(title.split()) > LINE else ():
        kept, left = title[: clause.start()], title[clause.start() :]
        whole = not verbs.search(left) and not len(_MARKS.findall(kept)) % 2
        if whole and ENOUGH <= len(kept.split()) <= LONGEST:
            return kept + " …"
    return title


def _spread(passages: tuple[Passage, ...], readings: Readings) -> Counter[str]:
    """For each stem the number of the story's articles that use it."""
    used: dict[str, set[str]] = {}
    for passage in passages:
        reading = readings[passage.article]
        words = used.setdefault(passage.article, set())
        for sentence in passage.sentences:
            words.update(stems(sentence.text, reading.article.language))
    return Counter(stem for words in used.values() for stem in words)


def _salience(article: Article, spread: Counter[str], least: float) -> float:
    """Cosine of the title's stems and the story's; 0 where fewer articles than `least` use them."""
    title = set(stems(article.title, article.language))
    if len(title) < ENOUGH - 1 or sum(spread[t] for t in title) < least * len(title):
        return 0.0
    length = float(len(title) * sum(n * n for n in spread.values()))
    return round(sum(spread[t] for t in title) / math.sqrt(length), 6)


def _opening(story: Story, readings: Readings) -> str:
    for passage in story.passages:
        article = readings[passage.article].article
        for sentence in passage.sentences:
            if span := standing(sentence, article.language):
                clipped = "… " if span.start > sentence.start else ""
                return clipped + _shortened(article.text[span.start : span.end], article.language)
    first = story.passages[0]
    return _shortened(first.sentences[0].text, readings[first.article].article.language)


def _shortened(text: str, code: str) -> str:
    """The opening of a sentence: to its first clause that is whole, else as many words as are."""
    words = text.split()
    if len(words) <= LINE:
        return text
    clauses = [text[: m.start()] for m in _CLAUSE.finditer(text)]
    fitting = [c for c in clauses if ENOUGH <= len(c.split()) <= LONGEST]
    runs = [
        " ".join(words[:n])
        for n in (*range(LONGEST, ENOUGH, -1), *range(LONGEST + 1, min(LINE + ENOUGH + 1, len(words))))
    ]
    kept = next((cut for cut in (*fitting, *runs) if _is_whole(cut, code)), " ".join(words[:LONGEST]))
    return kept + " …"


def _is_whole(kept: str, code: str) -> bool:
    """Whether words that were cut off still tell something."""
    known = language_data(code)
    words = [w.strip(",;:") for w in kept.lower().split()]
    verbs, pasts = known.titles.get("verbs", NEVER), tuple(known.grammar["pasts"])
    tells = verbs is NEVER or any(
        verbs.fullmatch(w) or w in known.grammar["finite"] or (bool(pasts) and w.endswith(pasts))
        for w in words
    )
    open_ended = any(words[-1] in known.grammar[kind] for kind in ASKING)
    return tells and not open_ended and not len(_MARKS.findall(kept)) % 2

"""belonging: which lines are of their story, and which say what another line has said. Read by sections.

Requirement: a long report or a round-up that came into a story of several articles brings sentences
of other events; what is printed under a headline must be about it.

Theory: reports of one event share its people, places and figures (named entities, not verbs, tell
events apart: Allan 2002). A line belongs if it shares such a fact with the headline or with another
article of the story, or `SHARED` of the headline's stems. A name that a `COMMON` part of the other
articles of the night gives, too, is of the subject and of no event; nor is a day of the week a fact.
The article that gives the headline keeps its lines, and so does a story of one article, as far as they
have a word in common with the story's heart: its headline and the first sentences (`OPENING`) of its
passages, where news stands (the inverted pyramid), without the words that `HALF` of the other articles
have as well. Reports end in the state of the war, whatever they are about. Names are compared as
consonants, so that spellings and languages meet (`bags.facts`).

Two lines give the same news when they count as many of the same at one such place.

Rejected: cosine with the rest of the story (lines about one war are all alike).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from briefing.language import language, stems
from briefing.model import Article, Reading, Story
from briefing.refine.bags import facts
from briefing.refine.figures import quantities
from briefing.refine.standing import named

COMMON = 0.3  # share of a night's other articles from which a name is of the subject
FEWEST = 4  # such articles: of a small night nothing is common
SHARED = 0.3  # of the headline's stems
HALF = 0.5  # of a night's other articles have a word that tells no event: names come in fewer, words in more
OPENING = 3  # sentences of a passage in which its news stands

Facts = frozenset[str]
Count = tuple[str, float, str]  # what, how many, and where or with whom


@dataclass(frozen=True, slots=True)
class Night:
    """What the articles of a night name. Made by `night`, read by sections.

    `spellings` gives for the stem of a name the form that all its spellings share; `words` are the
    stems of each article by its id, and `codes` its language.
    """

    given: Mapping[str, Facts]  # by article id
    times: Counter[str]  # in how many articles
    spellings: Mapping[str, str]
    days: Facts  # of the week, and months: no event's own
    words: Mapping[str, frozenset[str]]
    codes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Bond:
    """What ties a text to its story. Made by `bonds`."""

    facts: Facts = frozenset()  # names and figures, as consonants, that the rest of the story gives
    shared: float = 0.0  # of the headline's stems
    leads: bool = False  # its article gives the headline, or is the whole story

    @property
    def holds(self) -> bool:
        """Whether the text is of the story."""
        return self.leads or bool(self.facts) or self.shared >= SHARED


def night(readings: Collection[Reading]) -> Night:
    """The names and figures of each article, and how its names are spelt."""
    given: dict[str, Facts] = {}
    spellings: dict[str, str] = {}
    for reading in readings:
        article = reading.article
        given[article.id] = frozenset(facts(article.text))
        for word in sorted(named(article.text)):
            for stem in stems(word, article.language):
                spellings.setdefault(stem, "".join(facts(f"· {word.title()}")) or stem)
    codes = sorted({r.article.language for r in readings})
    days = frozenset(day for code in codes for day in _days(code))
    words = {
        r.article.id: frozenset(spellings.get(w, w) for w in stems(r.article.text, r.article.language))
        for r in readings
    }
    language_of = {r.article.id: r.article.language for r in readings}
    return Night(
        given, Counter(f for one in given.values() for f in one), spellings, days, words, language_of
    )


def common(story: Story, known: Night) -> Facts:
    """The names and figures that the articles outside a story give as well, and the days of the week."""
    inside = {p.article for p in story.passages}
    own = Counter(f for a in inside for f in known.given[a])
    least = max(FEWEST, COMMON * (len(known.given) - len(inside)))
    return known.days.union(f for f, n in known.times.items() if n - own[f] >= least)


def heart(story: Story, known: Night) -> frozenset[str]:
    """The stems that tell a story's event from the rest of the night: of its headline and its openings."""
    inside = {p.article for p in story.passages}
    own = {word for p in story.passages for word in stems(story.headline, known.codes[p.article])}
    for p in story.passages:
        own |= {word for s in p.sentences[:OPENING] for word in stems(s.text, known.codes[p.article])}
    outside = Counter(w for key, words in known.words.items() if key not in inside for w in words)
    most = max(FEWEST, HALF * (len(known.words) - len(inside)))
    return frozenset(w for w in spelt_alike(own, known) if outside[w] < most)


def near(text: str, code: str, core: Collection[str], known: Night) -> bool:
    """Whether a text has a word of its story's heart; of a story that has none, every text does."""
    return not core or not spelt_alike(stems(text, code), known).isdisjoint(core)


def belonging(
    texts: Collection[str], article: Article, story: Story, usual: Facts, titles: Mapping[str, str]
) -> list[bool]:
    """For each text of an article whether it is of the story; `titles` are those of its articles by id."""
    return [bond.holds for bond in bonds(texts, article, story, usual, titles)]


def bonds(
    texts: Collection[str], article: Article, story: Story, usual: Facts, titles: Mapping[str, str]
) -> list[Bond]:
    """What ties each text of an article to the story."""
    others = [s.text for p in story.passages if p.article != article.id for s in p.sentences]
    if not others or article.title == story.headline:
        return [Bond(leads=True)] * len(texts)
    elsewhere = [title for key, title in titles.items() if key != article.id]
    told = stated([*others, *elsewhere, story.headline]) - usual
    title = set(stems(story.headline, article.language))
    return [
        Bond(stated([text]) & told, len(title & set(stems(text, article.language))) / max(len(title), 1))
        for text in texts
    ]


def stated(texts: Iterable[str]) -> Facts:
    """The names and figures of some texts, those that open them, too."""
    return frozenset(f for text in texts for f in facts(f"· {text}"))


def spelt_alike(words: Collection[str], known: Night) -> frozenset[str]:
    """Stems, each name in the form that its spellings share."""
    return frozenset(known.spellings.get(word, word) for word in words)


def counted(text: str, code: str, usual: Facts) -> frozenset[Count]:
    """What a text counts, how many, and at each of the places and with each of the people it names."""
    named_here = [f for f in stated([text]) - usual if not f[0].isdigit()]
    counts = {(q.what, q.value) for q in quantities(text, code) if q.value}
    return frozenset((what, value, name) for what, value in counts for name in named_here)


def _days(code: str) -> Facts:
    return stated([word.title() for word in sorted(language(code).grammar["when"])])

"""account: what an edition says of itself: what was read, used and left out, and what it has not.

Requirement: nothing is silent. A gap is told only where it is one: the edition before had articles
about a theme or a place, and this one has none that as much as names it.

Theory: what falls out of the news tells as much as what is in it, and nobody sees it: a front that
nobody reports from is no quiet front. So each edition remembers the places that its texts name
(`places`), and the next one looks for each. Only earlier slots are read, so a rebuild comes out the same.

Rejected: places that fewer texts name than before (every day has less of something); gaps against the
mean of several editions (a reader cannot check it).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from briefing.language import known
from briefing.model import (
    Article,
    CitedArticle,
    Coverage,
    Dispatch,
    Drop,
    Edition,
    Gap,
    Harvest,
    Reading,
    Share,
    ThemeSection,
)
from briefing.refine.opinion import opinion
from briefing.refine.places import missing, places

UNUSED = "nothing in it that stands alone under a theme"
UNREAD = "in a language that is not read"
GONE = 3  # texts of the last edition that named a place from which its silence is told: two are chance
TOLD = 8  # places, those that most texts had named


def account(
    harvest: Harvest,
    readings: Sequence[Reading],
    dispatches: Mapping[str, Dispatch],
    cited: Sequence[CitedArticle],
    *,
    dropped: Sequence[Drop],
    themes: Sequence[ThemeSection],
    earlier: Sequence[Edition],
) -> Coverage:
    """The coverage section; `themes` are this edition's, `earlier` the editions before, the newest first."""
    articles = [r.article for r in readings]
    used = {key for c in cited for key in (c.id, *(copy.id for copy in c.copies))}
    leads = [d.reading for d in dispatches.values()]
    told = [*dropped, *_unused(dispatches, cited)]
    languages = Counter(a.language for a in articles)
    return Coverage(
        counts={
            "fetched": len(harvest.articles),
            "repeated": len(harvest.articles) - len({a.id for a in harvest.articles}),
            "in_window": len(articles),
            "used": sum(a.id in used for a in articles),
            "copies": sum(len(d.copies) for d in dispatches.values()),
            "sentences": sum(len(r.sentences) for r in readings),
            "cut": sum(len(r.cuts) for r in readings),
        },
        languages=dict(sorted(languages.items())),
        dropped=tuple(sorted(told, key=lambda d: (d.reason, d.outlet, d.title, d.address))),
        misses=harvest.misses,
        notes=(*_notes(articles), *_opinions(readings)),
        outlets=_shares(articles, used),
        places=dict(sorted(places(leads).items())),
        gaps=_gaps(earlier[0], themes, leads) if earlier and leads else (),
        unread=tuple(sorted(set(languages) - set(known()))),
    )


def _shares(articles: Sequence[Article], used: set[str]) -> tuple[Share, ...]:
    """What each outlet gave, the one with most articles first."""
    given = Counter(a.outlet for a in articles)
    cited = Counter(a.outlet for a in articles if a.id in used)
    ordered = sorted(given.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Share(outlet, number, cited[outlet]) for outlet, number in ordered)


def _gaps(before: Edition, told: Sequence[ThemeSection], readings: Sequence[Reading]) -> tuple[Gap, ...]:
    """Themes of the edition before under which nothing is told, and places of it that nothing names."""
    empty = {section.key for section in told if not section.stories}
    had = {
        s.title: {a for story in s.stories for a in story.articles} for s in before.themes if s.key in empty
    }
    themes = [Gap("theme", title, len(articles), before.slot) for title, articles in had.items() if articles]
    named = {name: number for name, number in before.coverage.places.items() if number >= GONE}
    gone = sorted(missing(named, readings).items(), key=lambda item: (-item[1], item[0]))
    return (*themes, *(Gap("place", name, number, before.slot) for name, number in gone[:TOLD]))


def _unused(dispatches: Mapping[str, Dispatch], cited: Sequence[CitedArticle]) -> list[Drop]:
    """Articles that were read and that no story cites."""
    used = {c.id for c in cited}
    unused = [d for key, d in dispatches.items() if key not in used]
    articles = [a for d in unused for a in (d.reading.article, *d.copies)]
    read = {*known()}
    return [
        Drop(a.title, a.outlet, a.url, UNUSED if a.language in read else UNREAD, a.source) for a in articles
    ]


def _notes(articles: Iterable[Article]) -> list[str]:
    return [f"{a.outlet or a.source}, “{a.title}”: {note}" for a in articles for note in a.notes]


def _opinions(readings: Iterable[Reading]) -> list[str]:
    """Which articles were read as opinion, and why: of them only what they attribute is printed."""
    return [
        f"{r.article.outlet or r.article.source}, “{r.article.title}”: read as opinion: {reason}"
        for r in readings
        if (reason := opinion(r))
    ]

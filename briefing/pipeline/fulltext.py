"""Steps 1 and 2 a second time: the pages of articles of which a feed has only an excerpt.

for each excerpt in the window:    1 fetch pages    Link     -> Document | Unchanged | Miss
                                   2 read pages     Document -> Article, or why the excerpt stands

Excerpts are kept with their feed, as all articles are, so that a run that is killed in here loses nothing;
what a page gave is kept as soon as it is read. A page that gave its text, a wall or something else is not
asked again; one that failed is, by later runs, while its article is in the window and its host may be asked.
An entry that changed is another article: its page is asked again, with the validators of what is at hand.
Pages of sources that did not answer are not asked. What an edition says of the pages is told from the store
alone, so that it says the same when it is built again offline.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime

from briefing import bounds
from briefing.config import Settings
from briefing.config.network import Network
from briefing.fetch import fetch_links
from briefing.model import (
    Article,
    Document,
    FullText,
    Harvest,
    Link,
    Miss,
    Slot,
    Unchanged,
    Visit,
)
from briefing.pipeline.excerpts import told, wanting
from briefing.pipeline.gather import Progress
from briefing.read import Fuller, digest_of, extended, fuller, is_excerpt, leaf
from briefing.store import Store


@dataclass(frozen=True, slots=True)
class _Asked:
    """One page that is asked, for all articles that link it, and what is known of its address."""

    articles: tuple[Article, ...]
    before: Mapping[str, FullText]  # by the id of the article
    at_hand: FullText | None  # what the page gave another article, where that can be used again


def complete(
    settings: Settings,
    slot: Slot,
    store: Store,
    found: Harvest,
    *,
    now: datetime,
    tell: Progress,
    offline: bool = False,
) -> Harvest:
    """The harvest with the texts of its articles' pages, which are kept, and with how they fared."""
    labels = wanting(settings)
    if labels and not offline:
        answered = {report.name for report in found.sources if report.status != "failed"}
        asked = [label for label in labels if label in answered]
        _read_pages(asked, slot, store, network=settings.network, now=now, tell=tell)
    return told(settings, slot, store, found)


def lend(settings: Settings, slot: Slot, store: Store, scratch: Store, found: Harvest) -> None:
    """Let a store for one run alone know of the slot's articles and their pages what `store` knows."""
    pool = store.articles([source.label for source in settings.sources], slot.window, slot.name)
    scratch.add(pool, slot.name)
    known = store.pages.of(a.id for a in (*pool, *found.articles))
    visits = store.sources.visits(sorted({a.url for a in (*pool, *found.articles) if a.url}))
    scratch.pages.take(slot.name, known.values(), (), visits.values())


def _read_pages(
    labels: Sequence[str], slot: Slot, store: Store, *, network: Network, now: datetime, tell: Progress
) -> None:
    wanted = _wanted(store, slot, labels, now)
    if not wanted:
        return
    links = [Link(one.articles[0].source, url) for url, one in wanted.items()]
    held = [(url,) if one.at_hand else () for url, one in wanted.items()]
    visits = store.sources.visits(list(wanted))
    tell("1 fetch pages", 0, len(links))
    with closing(fetch_links(links, now=now, network=network, visits=visits, held=held)) as answers:
        for number, (index, fetched) in enumerate(answers, start=1):
            asked, answer = wanted[links[index].url], fetched.documents[0]
            if fetched.visits or not isinstance(answer, Miss):  # else it was not its turn: it is left
                pages, articles = _answered(asked, answer, store, now)
                store.pages.take(slot.name, pages, articles, fetched.visits)
            tell("2 read pages", number, len(links))


def _wanted(store: Store, slot: Slot, labels: Sequence[str], now: datetime) -> dict[str, _Asked]:
    """The pages to ask, by address, those of the newest articles first, within the bounds of a run."""
    pool = store.articles(labels, slot.window, slot.name)
    known = store.pages.of(a.id for a in pool)
    whole = {one.fuller for one in known.values() if one.fuller}
    excerpts = [a for a in pool if a.url and a.id not in whole and is_excerpt(a)]
    visits = store.sources.visits(sorted({a.url for a in excerpts}))
    due = [a for a in excerpts if _is_due(known.get(a.id), visits.get(a.url), now)]
    _keep_known(store, slot, excerpts, known)
    by_url: dict[str, list[Article]] = {}
    for article in sorted(due, key=lambda a: (a.published or slot.window.end, a.id), reverse=True):
        by_url.setdefault(article.url, []).append(article)
    taken: Counter[str] = Counter()
    chosen: dict[str, tuple[Article, ...]] = {}
    for url, articles in by_url.items():
        if taken[articles[0].source] < bounds.MAX_SOURCE_PAGES and len(chosen) < bounds.MAX_ALL_PAGES:
            taken[articles[0].source] += 1
            chosen[url] = tuple(articles)
    earlier = store.pages.at(chosen)
    return {
        url: _Asked(articles, known, next((one for one in earlier.get(url, ()) if _usable(one, store)), None))
        for url, articles in chosen.items()
    }


def _is_due(known: FullText | None, visit: Visit | None, now: datetime) -> bool:
    """Whether the page of an excerpt is to be asked: it never was, or it failed and may be tried again."""
    if known is None:
        return True
    waits = bool(visit and visit.failures and visit.not_before and visit.tried <= now < visit.not_before)
    return known.outcome == "failed" and known.tries < bounds.MAX_TRIES and not waits


def _keep_known(store: Store, slot: Slot, excerpts: Iterable[Article], known: Mapping[str, FullText]) -> None:
    """Let sources that carry the same article have the text that another one's page gave."""
    found = [(a, store.article(known[a.id].fuller)) for a in excerpts if a.id in known and known[a.id].fuller]
    texts = [replace(a, id=b.id, text=b.text, notes=b.notes) for a, b in found if b]
    if texts:
        store.pages.take(slot.name, (), texts)


def _usable(known: FullText, store: Store) -> bool:
    """Whether what a page gave can be given again without it."""
    return known.outcome == "walled" or bool(known.fuller and store.article(known.fuller))


def _answered(
    asked: _Asked, document: Document | Unchanged | Miss, store: Store, now: datetime
) -> tuple[list[FullText], list[Article]]:
    """What an answer gives each article that links it: what is to be remembered, and the fuller ones."""
    if isinstance(document, Unchanged) and asked.at_hand is None:
        reason = "it says that nothing changed, but nothing is at hand"
        document = Miss(document.source, document.address, reason)
    if isinstance(document, Miss):
        return [_page(a, asked, now, document) for a in asked.articles], []
    digest = digest_of(document) if isinstance(document, Document) else ""
    known = asked.at_hand if asked.at_hand and digest in ("", asked.at_hand.digest) else None
    if known or isinstance(document, Unchanged):
        given = [(a, _again(known, a, store)) for a in asked.articles if known]
    else:
        page = leaf(document)
        given = [(a, fuller(page, a)) for a in asked.articles]
    digest = digest or (known.digest if known else "")
    pages = [_page(a, asked, now, one, digest) for a, one in given]
    return pages, [one.article for _, one in given if one.article]


def _again(known: FullText, article: Article, store: Store) -> Fuller:
    """What the same page gives another article of the same address."""
    text = store.article(known.fuller) if known.fuller else None
    if text is None:
        return Fuller("walled", note=known.note)
    better = extended(article, text.text)
    return Fuller("fuller", replace(better, notes=text.notes)) if better else Fuller("no more")


def _page(article: Article, asked: _Asked, now: datetime, given: Fuller | Miss, digest: str = "") -> FullText:
    before = asked.before.get(article.id)
    note = given.reason if isinstance(given, Miss) else given.note
    better = None if isinstance(given, Miss) else given.article
    return FullText(
        article.id,
        article.url,
        now,
        "failed" if isinstance(given, Miss) else given.outcome,
        note or (before.note if before and better else ""),
        digest,
        better.id if better else "",
        before.tries + 1 if before else 1,
    )

"""A page to watch: the feed that it links, or the pages that it lists.

Without `links:` the page stands for its feed, which is looked up again each time: a site that moves its feed
is followed. With `links:` the links that fit are fetched as pages, in the order of the listing: those
that are at hand are not asked again, of the others a bounded number a run. What is linked was written by
strangers: it goes through the same guard, robots.txt and manners as everything else.
"""

from __future__ import annotations

import re

from briefing.bounds import MAX_POST_SIZE, MAX_WATCHED, MAX_WATCHED_ANEW
from briefing.config.source import Source
from briefing.fetch.get import Answer, Get
from briefing.fetch.web import document
from briefing.links import feeds_of, fits, links_of
from briefing.model import Document, Miss, Unchanged

FEED = re.compile(  # linear: what stands in front is not parted in another way where no feed follows
    rb"(?is)\s*(?:\xef\xbb\xbf)?(?>(?:<\?.{0,1000}?\?>|<!--.{0,1000}?-->)\s*+)*+<(?:rss|feed|rdf:rdf)\b"
)
JSON = ("application/feed+json", "application/json")
NO_FEED = "it links no feed: write links: for the pages to read, or the feed's own address under feed:"

Found = list[Document | Unchanged | Miss]


async def fetch_watch(source: Source, get: Get) -> Found:
    """The feed that the page links, or the pages on it that fit `links`."""
    address = source.watch or ""
    answer = await get(address, page=True)
    if not isinstance(answer, Answer) or (not source.links and _is_feed(answer)):
        return [document(source.label, address, answer)]
    if source.links:
        return await _listed(source, answer, get)
    feeds = feeds_of(answer.content, answer.address or address)
    if not feeds:
        return [Miss(source.label, address, NO_FEED)]
    return [document(source.label, feeds[0], await get(feeds[0]))]


async def _listed(source: Source, listing: Answer, get: Get) -> Found:
    """The pages that fit, those at hand as unchanged."""
    address = source.watch or ""
    here = listing.address or address
    links = links_of(listing.content, here)
    wanted = [link for link in links if fits(link, source.links, here)]
    if not wanted:
        return [Miss(source.label, address, _nothing_fits(source.links, links))]
    found: Found = []
    for place, link in enumerate(wanted):
        if said := _enough(found, place):
            return [*found, Miss(source.label, link, f"pages from here on: {said}")]
        found.append(document(source.label, link, await get(link, page=True, once=True)))
    return found


def _enough(found: Found, place: int) -> str:
    """Why no further page is asked; "" where it is. Dead links at the top hold up nothing below them."""
    new = [len(one.content) for one in found if isinstance(one, Document)]
    if len(new) >= MAX_WATCHED_ANEW or sum(new) > MAX_POST_SIZE:
        return f"{MAX_WATCHED_ANEW} new ones are read a run, the next run goes on"
    if sum(isinstance(one, Miss) for one in found) >= MAX_WATCHED_ANEW:
        return f"{MAX_WATCHED_ANEW} before them could not be had"
    return f"of a page the first {MAX_WATCHED} that fit are read" if place >= MAX_WATCHED else ""


def _nothing_fits(pattern: str, links: tuple[str, ...]) -> str:
    """What the page links instead: the address with the most levels, which articles have."""
    if not links:
        return "it has no links: pages that are made by scripts cannot be watched"
    example = max(links, key=lambda link: link.count("/"))
    return f"no link fits “links: {pattern}”; {len(links)} links on the page, such as {example}"


def _is_feed(answer: Answer) -> bool:
    return answer.media_type in JSON or FEED.match(answer.content[:10_000]) is not None

"""ownership: which outlets are one: a name spelled in several ways, a publisher with several feeds.

Theory: names are one when they differ in case, spaces, a leading "The" or an ending such as ".com".
Outlets are one where feeds.yaml gives their sources one `publisher:`, and where they publish under one
registrable domain (bbc.co.uk, by the public suffix list), unless that is a place where many publish
(`SHARED`). An agency is itself wherever it publishes: a newspaper's wire pages are the agency's. Too
few voices are the lesser fault, so whatever may be one is one.

`tld` brings the public suffix list and is here already, with trafilatura; it asks no network.
Rejected: the last two labels of a host (co.uk, com.ua); names that begin alike ("Kyiv Post", "Kyiv
Independent").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from briefing.language import agency
from briefing.model import Article

# Platforms, aggregators and archives: what stands there is from whoever put it there.
SHARED = frozenset(
    (
        *("google.com", "yahoo.com", "msn.com", "bing.com", "apple.news", "flipboard.com", "reliefweb.int"),
        *("t.me", "telegram.me", "facebook.com", "twitter.com", "x.com", "youtube.com", "instagram.com"),
        *("medium.com", "substack.com", "wordpress.com", "blogspot.com", "github.io", "livejournal.com"),
        *("reddit.com", "linkedin.com", "vk.com", "archive.org", "archive.ph", "lenta.tv", "feedburner.com"),
    )
)
_ENDING = re.compile(r"\.(?:[a-z]{2,4}\.)?[a-z]{2,4}$")


@dataclass(frozen=True, slots=True)
class Houses:
    """Which outlets are one. Made by `houses`, read by origins."""

    roots: Mapping[str, str]  # for each key of an outlet or domain the one that stands for its house
    names: Mapping[str, str]  # by that key

    def name(self, outlet: str) -> str:
        """The name that all outlets of one house are counted under."""
        keys = (outlet_key(outlet), _at(outlet.lower()))
        found = (self.names.get(self.roots.get(key, key)) for key in keys)
        return next(filter(None, found), agency(outlet) or outlet)


def houses(articles: Iterable[Article], publishers: Mapping[str, str]) -> Houses:
    """The houses of a slot's outlets; `publishers` by the name of a source in feeds.yaml."""
    known = [(a, publishers.get(a.source, "")) for a in articles if a.outlet]
    roots = _roots(pair for article, publisher in known for pair in _same(article, publisher))
    spelled: dict[str, set[str]] = {}
    for name in (name for article, publisher in known for name in (article.outlet, publisher) if name):
        spelled.setdefault(roots[outlet_key(name)], set()).add(agency(name) or name)
    own = {publisher for _, publisher in known}

    def first(name: str) -> tuple[bool, bool, int, str]:
        """The publisher's name where there is one, or an agency's, else the shortest."""
        return name not in own, not agency(name), len(name), name

    return Houses(roots, {root: min(names, key=first) for root, names in spelled.items()})


def _same(article: Article, publisher: str) -> Iterator[tuple[str, str]]:
    """The keys that an article shows to be of one house."""
    key, domain = outlet_key(article.outlet), registrable(article.url)
    yield key, outlet_key(publisher) if publisher else key
    whose = _agency_at(domain)
    if whose:
        yield outlet_key(whose), _at(domain)
    if domain and domain not in SHARED and agency(article.outlet) in ("", whose):
        yield key, _at(domain)


def _roots(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """For each key the smallest of all that pairs join it with."""
    joined: dict[str, str] = {}

    def root(key: str) -> str:
        while key != (above := joined.setdefault(key, key)):
            key = above
        return key

    for one, other in pairs:
        first, last = sorted((root(one), root(other)))
        joined[last] = first
    return {key: root(key) for key in sorted(joined)}


def _at(domain: str) -> str:
    return f"at {domain}"


def outlet_key(name: str) -> str:
    """A name without case, spaces, a leading "The" and a domain's ending; of an agency, its first name."""
    plain = unicodedata.normalize("NFKC", agency(name) or name).casefold().strip().removeprefix("www.")
    bare = _ENDING.sub("", plain) if " " not in plain else plain
    article = "the " if bare == plain else "the"
    return re.sub(r"[\W_]+", "", bare.removeprefix(article)) or plain


def _agency_at(domain: str) -> str:
    """The agency whose domain it is."""
    return agency(domain) or agency(domain.partition(".")[0]) if domain else ""


@lru_cache(maxsize=10_000)
def registrable(url: str) -> str:
    """The domain that somebody registered: "bbc.co.uk" of https://feeds.bbci.bbc.co.uk/x; "" for none."""
    if not url:
        return ""
    from tld import get_fld

    return str(get_fld(url, fail_silently=True, search_private=True) or "")

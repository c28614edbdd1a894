"""The links of a web page: the feeds that it names, and where else it leads.

For `fetch`, which follows them, and `read`, which tells a person what to write. Tags are found by one linear
pass instead of a parser: parsers are quadratic in the attributes of a tag, and nothing is asked here that
depends on how tags nest.

Which feed is the page's own: HTML (4.6.7.1, "alternate") makes the first one in the page the default. Feeds
of comments are passed over, which weblogs name beside it; where a page names none in that way, a link whose
path says "feed", "rss" or "atom" counts. No address is guessed that is not linked.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from briefing.bounds import MAX_ADDRESS, MAX_LINKS

FEEDS = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
UNSEEN = re.compile(r"(?is)<(script|style|template)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)")
TAG = re.compile(r"""(?i)<(a|link|base)(?=[\s/])((?:[^>"'=]++|=\s*+"[^"]*+"|=\s*+'[^']*+'|["'=])*+)""")
ATTRIBUTE = re.compile(r"""(?<![^\s/"'])([^\s=/>"']++)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>"']++))""")
LONGEST_TAG = 20_000  # characters; the tags of links have hundreds
FEED_PATH = re.compile(
    r"(?i)(?:^|/)(?:rss|feeds?|atom)(?:/|$)|(?:rss|feed|atom)[\w.-]*\.xml$|\.(?:rss|atom|rdf)$"
)
OF_COMMENTS = re.compile(r"(?i)comment|kommentar|comentario|коментар|комментар")
COUNTERS = re.compile(r"(?i)utm_\w+|fbclid|gclid|yclid|mc_[ce]id")  # who came from where: never what is shown
PORTS = {"http": 80, "https": 443}


def feeds_of(content: bytes, address: str) -> tuple[str, ...]:
    """The feeds that a page names, its own one first; `address` is where the page was."""
    tags = list(_tags(content))
    base = _base(tags, address)
    named = [
        (joined, attributes.get("title", ""))
        for _, attributes in tags
        if "alternate" in attributes.get("rel", "").lower().split()
        and attributes.get("type", "").split(";")[0].strip().lower() in FEEDS
        and (joined := _absolute(attributes.get("href", ""), base))
    ]
    if not named:
        found = (_absolute(a.get("href", ""), base) for tag, a in tags if tag == "a")
        named = [(one, "") for one in found if one and FEED_PATH.search(urlsplit(one).path)]
    named.sort(key=lambda one: OF_COMMENTS.search(" ".join(one)) is not None)  # stable: else as in the page
    return tuple(dict.fromkeys(one for one, _ in named))


def links_of(content: bytes, address: str) -> tuple[str, ...]:
    """Where a page leads, in its order, each once: http(s), absolute, without fragment and counters."""
    tags = list(_tags(content))
    base = _base(tags, address)
    found = (_absolute(attributes.get("href", ""), base) for tag, attributes in tags if tag == "a")
    return tuple(dict.fromkeys(one for one in found if one and one != _absolute(address, "")))


def fits(link: str, pattern: str, address: str) -> bool:
    """Whether a link is as a pattern says: a star stands for anything, all else for itself.

    A pattern that begins with a slash is compared from the path on, with links of the site of `address`
    alone (with or without "www."). Linear: whatever follows a star is looked for from the left, once.
    """
    parts = urlsplit(link)
    if pattern.startswith("/"):
        if _site(parts.netloc) != _site(urlsplit(address).netloc):
            return False
        link = urlunsplit(("", "", parts.path or "/", parts.query, ""))
    first, *others = pattern.split("*")
    if not others:
        return link == pattern
    if not link.startswith(first):
        return False
    at = len(first)
    for piece in others[:-1]:
        found = link.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return len(link) - at >= len(others[-1]) and link.endswith(others[-1])


def _tags(content: bytes) -> Iterator[tuple[str, Mapping[str, str]]]:
    """(name, attributes) of each <a>, <link> and <base>; of an attribute that stands twice the first."""
    markup = UNSEEN.sub(" ", content.decode("utf-8", "replace"))  # addresses are ASCII in whatever charset
    for number, tag in enumerate(TAG.finditer(markup)):
        if number >= MAX_LINKS:
            return
        attributes: dict[str, str] = {}
        for name, *values in ATTRIBUTE.findall(tag[2][:LONGEST_TAG]):
            attributes.setdefault(name.lower(), html.unescape(next(filter(None, values), "")).strip())
        yield tag[1].lower(), attributes


def _base(tags: list[tuple[str, Mapping[str, str]]], address: str) -> str:
    stated = next((a["href"] for tag, a in tags if tag == "base" and a.get("href")), "")
    return _absolute(stated, address) or address


def _absolute(href: str, base: str) -> str:
    """An http(s) address in one spelling; "" for everything else."""
    try:
        usable = 0 < len(href) <= MAX_ADDRESS
        parts = urlsplit(urljoin(base, re.sub(r"[\t\r\n]", "", href))) if usable else urlsplit("")
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return ""
    if parts.scheme not in PORTS or not host or parts.username or re.search(r"[\s<>\"\\]", parts.geturl()):
        return ""
    host = f"[{host}]" if ":" in host else host
    place = host if port in (None, PORTS[parts.scheme]) else f"{host}:{port}"
    spelled = urlunsplit((parts.scheme, place, parts.path or "/", _without_counters(parts.query), ""))
    return spelled if len(spelled) <= MAX_ADDRESS else ""


def _without_counters(query: str) -> str:
    """A query as it is, unless something in it counts readers."""
    if not COUNTERS.search(query):
        return query
    try:
        kept = [(name, value) for name, value in parse_qsl(query, True) if not COUNTERS.fullmatch(name)]
    except ValueError:
        return query
    return urlencode(kept)


def _site(place: str) -> str:
    return place.lower().removeprefix("www.")

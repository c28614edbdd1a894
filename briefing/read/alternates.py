"""The feeds that a web page names: <link rel="alternate" type="application/rss+xml">.

https://www.rssboard.org/rss-autodiscovery: what browsers and feed readers go by.
"""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from briefing.model import Document
from briefing.read.decode import decode
from briefing.read.markup import to_line
from briefing.read.sniff import kind_of

TYPES = frozenset(
    ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
)
MOST = 20  # of one page


def feeds_linked(document: Document) -> tuple[tuple[str, str], ...]:
    """Titles and addresses of the feeds that a page links, each once; () where it is no page."""
    from lxml import etree, html

    text = decode(document.content, document.charset)
    if text is None or kind_of(document.content, document.charset) != "page":
        return ()
    try:
        tree = html.document_fromstring(text.text.encode(), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return ()
    found: dict[str, str] = {}
    for link in tree.iter("link"):
        stated = str(link.get("type", "")).partition(";")[0].strip().lower()
        if "alternate" in str(link.get("rel", "")).lower().split() and stated in TYPES:
            address = _joined(document.address, str(link.get("href", "")).strip())
            if address:
                found.setdefault(address, to_line(link.get("title")))
    return tuple((title, address) for address, title in found.items())[:MOST]


def _joined(page: str, href: str) -> str:
    try:
        address = urljoin(page, href)
        return address if urlsplit(address).scheme in ("http", "https") else ""
    except ValueError:
        return ""

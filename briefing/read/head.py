"""What a web page says about itself: Open Graph, JSON-LD, canonical link, <time> elements."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from briefing.bounds import MAX_LINKED_DATA, MAX_TIMES
from briefing.read.markup import to_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "pubdate",
)
MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "lastmod")
TITLES = ("og:title", "twitter:title")
DESCRIPTIONS = ("og:description", "description", "twitter:description")
LOCKED = ("locked", "metered")  # as publishers state it to Facebook
ARTICLES = (  # the most telling first
    "newsarticle",
    "reportagenewsarticle",
    "analysisnewsarticle",
    "opinionnewsarticle",
    "article",
    "blogposting",
    "liveblogposting",
    "report",
    "webpage",
)


@dataclass(frozen=True, slots=True)
class Head:
    """Metadata of one page, "" or () where it states none. Made by head_of, read by page."""

    outlet: str = ""
    author: str = ""
    canonical: str = ""
    language: str = ""
    published: tuple[str, ...] = ()
    modified: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()  # of the first rank
    times: tuple[str, ...] = ()  # <time datetime="...">, in the order of the page
    titles: tuple[str, ...] = ()  # of the window, of Open Graph, of the article
    descriptions: tuple[str, ...] = ()
    article: bool = False  # it says that it is one, rather than an index
    locked: bool = False  # it says that its text is not free


def head_of(markup: str) -> Head:
    """The metadata of a page; an empty Head where the markup gives no tree."""
    from lxml import etree, html

    try:
        parser = html.HTMLParser(no_network=True)
        tree = html.document_fromstring(markup, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return Head()
    meta, data = _meta(tree), _linked_article(tree)
    return Head(
        outlet=meta.get("og:site_name", "") or _name(data.get("publisher")),
        author=_name(data.get("author")),
        canonical=_canonical(tree) or meta.get("og:url", ""),
        language=tree.get("lang") or meta.get("og:locale", "") or "",
        published=_texts([*(meta.get(key) for key in PUBLISHED), data.get("datePublished")]),
        modified=_texts([*(meta.get(key) for key in MODIFIED), data.get("dateModified")]),
        headings=_texts([" ".join(node.text_content().split()) for node in tree.iter("h1")])[:MAX_TIMES],
        times=_texts([node.get("datetime") for node in tree.iter("time")])[:MAX_TIMES],
        titles=_texts([tree.findtext(".//title"), *(meta.get(key) for key in TITLES), data.get("headline")]),
        descriptions=_texts([*(meta.get(key) for key in DESCRIPTIONS), data.get("description")]),
        article=meta.get("og:type", "").lower() == "article"
        or (bool(data) and not _is_only(data, "webpage")),
        locked=meta.get("article:content_tier", "").lower() in LOCKED or _is_locked(data),
    )


def _is_only(data: dict[str, Any], kind: str) -> bool:
    types = data.get("@type")
    return all(str(one).lower() == kind for one in (types if isinstance(types, list) else [types]))


def _is_locked(data: dict[str, Any]) -> bool:
    """Whether the article, or a part of it, is not free (schema.org: isAccessibleForFree)."""
    parts = data.get("hasPart")
    things = [data, *(parts if isinstance(parts, list) else [parts])]
    free = [thing.get("isAccessibleForFree") for thing in things if isinstance(thing, dict)]
    return any(one is False or str(one).lower() == "false" for one in free)


def _meta(tree: HtmlElement) -> dict[str, str]:
    """<meta property|name|itemprop, content>, the first of each name."""
    found: dict[str, str] = {}
    for node in tree.iter("meta"):
        key = (node.get("property") or node.get("name") or node.get("itemprop") or "").strip().lower()
        if key and node.get("content"):
            found.setdefault(key, node.get("content", "").strip())
    return found


def _canonical(tree: HtmlElement) -> str:
    links = [n for n in tree.iter("link") if "canonical" in (n.get("rel") or "").lower().split()]
    return next((n.get("href").strip() for n in links if n.get("href")), "")


def _linked_article(tree: HtmlElement) -> dict[str, Any]:
    """The first JSON-LD object (schema.org) that is an article; {} where there is none."""
    objects = [thing for block in _linked_data(tree) for thing in _objects(block)]
    for kind in ARTICLES:
        for thing in objects:
            types = thing.get("@type")
            if kind in [str(t).lower() for t in (types if isinstance(types, list) else [types])]:
                return thing
    return {}


def _linked_data(tree: HtmlElement) -> Iterator[Any]:
    for node in tree.iter("script"):
        text = node.text or ""
        if (node.get("type") or "").lower().strip() == "application/ld+json" and len(text) <= MAX_LINKED_DATA:
            try:
                yield json.loads(text, strict=False)
            except (ValueError, RecursionError):
                continue


def _objects(block: Any) -> Iterator[dict[str, Any]]:
    """A block's objects: itself, its list, or its @graph; no deeper, where related articles stand."""
    things = block if isinstance(block, list) else [block]
    for thing in things:
        if isinstance(thing, dict):
            yield thing
            graph = thing.get("@graph")
            yield from (t for t in (graph if isinstance(graph, list) else []) if isinstance(t, dict))


def _name(value: Any) -> str:
    """The name of a person or organisation, or of several, in any of schema.org's spellings."""
    if isinstance(value, list):
        return ", ".join(dict.fromkeys(filter(None, map(_name, value[:10]))))
    found = value.get("name") if isinstance(value, dict) else value
    if isinstance(found, str) and not found.startswith(("http:", "https:")):
        return to_line(found)
    return ""


def _texts(values: list[Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(v.strip() for v in values if isinstance(v, str) and v.strip()))

"""An Atom feed of the editions (RFC 4287): editions.atom, beside their folders.

What an edition says is text to it: titles and key points are escaped once by the writer of XML, and
once more where they stand in HTML. Links are relative to the feed where the briefing has no web
address, and lead only to pages that are there.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from pathlib import Path
from typing import ClassVar, Final
from urllib.parse import quote
from uuid import UUID, uuid5

from briefing.config import delivery
from briefing.config.values import is_web
from briefing.model import Edition, KeyPoint, Parcel, Receipt
from briefing.send.disk import put
from briefing.version import VERSION

NAME: Final = "editions.atom"
# Never changed: with another, every reader would see every edition anew.
NAMESPACE: Final = UUID("5f0c4a5e-8f2d-4b5c-9a35-6a1d4f0e7b21")
# How each page is linked: an alternate is the edition itself, an enclosure is to be downloaded.
LINKS: Final = (
    ("edition.html", "alternate", "text/html"),
    ("edition.md", "alternate", "text/markdown"),
    ("edition.json", "alternate", "application/json"),
    ("edition.pdf", "enclosure", "application/pdf"),
)
# XML 1.0, section 2.2; and the controls that it allows and discourages.
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HOUR: Final = re.compile(r"\d{4}-\d\d-\d\d-(\d\d)(\d\d)")  # slots of a day with several editions


@dataclass(frozen=True, slots=True)
class Atom:
    """The feed of one briefing, written anew with each edition."""

    options: delivery.Atom
    base: Path
    name: ClassVar[str] = "atom"
    waits: ClassVar[bool] = False

    def formats(self) -> tuple[str, ...]:
        """None: it links what is written."""
        return ()

    def addresses(self) -> tuple[str, ...]:
        """The feed's file."""
        return (NAME,)

    def deliver(self, parcel: Parcel, addresses: Sequence[str]) -> Iterator[Receipt]:
        """Write the feed, in one step in place of the earlier one."""
        for address in addresses:
            yield Receipt(self.name, address, "sending")
            yield self._written(parcel, address)

    def _written(self, parcel: Parcel, address: str) -> Receipt:
        by_slot = {edition.slot: edition for edition in (*parcel.recent, parcel.edition)}
        newest = [by_slot[slot] for slot in sorted(by_slot, reverse=True)][: self.options.entries]
        try:
            there = {edition.slot: _there(parcel.home / edition.slot) for edition in newest}
            put(parcel.home, {NAME: feed(newest, parcel.link, there)})
        except OSError as error:
            return Receipt(self.name, address, "later", f"cannot be written: {error.strerror or error}")
        return Receipt(self.name, address, "sent", f"entries: {len(newest)}")


def feed(editions: Sequence[Edition], link: str, pages: Mapping[str, Sequence[str]]) -> bytes:
    """The feed of `editions` (one at least, the newest first), in UTF-8.

    `link` is the web address of the feed's folder, ending in "/", or ""; `pages` names for each slot
    the pages that lie in its folder.
    """
    newest = editions[0]
    root = ET.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": _text(newest.language)})
    _add(root, "id", uuid5(NAMESPACE, newest.briefing).urn)
    _add(root, "title", newest.title)
    _add(
        root,
        "updated",
        max((e.as_of for e in editions), key=datetime.timestamp).isoformat(timespec="seconds"),
    )
    _add(_add(root, "author"), "name", newest.title)
    if link:
        _add(root, "link", rel="self", type="application/atom+xml", href=link + NAME)
    _add(root, "generator", "briefing", version=VERSION)
    for edition in editions:
        _entry(root, edition, link, pages[edition.slot])
    ET.indent(root)
    content: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return content + b"\n"


def _entry(root: ET.Element, edition: Edition, link: str, pages: Sequence[str]) -> None:
    entry = ET.SubElement(root, "entry", {"xml:lang": _text(edition.language)})
    _add(entry, "id", uuid5(NAMESPACE, f"{edition.briefing}/{edition.slot}").urn)
    _add(entry, "title", f"{edition.title}, {_when(edition)}")
    _add(entry, "updated", edition.as_of.isoformat(timespec="seconds"))
    for name, relation, kind in LINKS:
        if name in pages:
            place = f"{link}{quote(edition.slot, safe='')}/{name}"
            _add(entry, "link", rel=relation, type=kind, hreflang=edition.language, href=place)
    lines = list(_lines(edition))
    if lines:
        _add(
            entry,
            "summary",
            " · ".join(f"{said} ({outlet})" if outlet else said for said, outlet, _ in lines),
        )
    _add(entry, "content", _html(edition, lines), type="html")


def _lines(edition: Edition) -> Iterator[tuple[str, str, str]]:
    """Text, outlet and web address of each key point; the last two may be ""."""
    cited = {article.id: article for article in edition.articles}

    def said(point: KeyPoint) -> str:
        return ("… " if "clipped" in point.statement.flags else "") + point.statement.text

    for point in edition.key_points:
        article = cited[point.statement.article]
        yield _text(said(point)), _text(article.outlet), article.url if is_web(article.url) else ""


def _html(edition: Edition, lines: Sequence[tuple[str, str, str]]) -> str:
    """The handling line and the key points, each with its outlet, linked where the article is on the web."""

    def source(outlet: str, url: str) -> str:
        shown = escape(outlet or url)
        return f' (<a href="{escape(url)}">{shown}</a>)' if url else f" ({shown})" if shown else ""

    handling = f"<p>{escape(_text(edition.handling))}</p>" if edition.handling else ""
    items = "".join(f"<li>{escape(said)}{source(outlet, url)}</li>" for said, outlet, url in lines)
    return handling + (f"<ul>{items}</ul>" if items else f"<p>{escape(_text(edition.title))}</p>")


def _when(edition: Edition) -> str:
    """2026-03-12, or 2026-03-12 18:00 where the day has several editions."""
    hour = _HOUR.fullmatch(edition.slot)
    return f"{edition.date.isoformat()} {hour[1]}:{hour[2]}" if hour else edition.date.isoformat()


def _there(folder: Path) -> list[str]:
    return [name for name, _, _ in LINKS if (folder / name).is_file()]


def _add(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    """An element whose text and attributes XML can hold."""
    element = ET.SubElement(parent, tag, {key: _text(value) for key, value in attributes.items()})
    element.text = _text(text) or None
    return element


def _text(value: str) -> str:
    """One line, without the characters that XML forbids."""
    return " ".join(_NOT_XML.sub("", value).split())

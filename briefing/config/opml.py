"""OPML 2.0 (http://opml.org/spec2.opml): the lists that feed readers exchange -> sources, and back.

Requirement: a list that another program wrote comes in with its folders as groups and its categories
as themes, whatever is broken in it; what cannot come in is told with its line. A list that this
program wrote comes back the same, so what OPML has no word for (kind, outlet, zone …) stands in
attributes of a namespace of our own, as the specification asks.

Wild lists are no valid XML: bare ampersands in addresses, names of HTML's entities, files cut off. So
references are put right first and the parser recovers from the rest. Since after that no reference to
an entity of the list's own is left, and a list that declares any is refused, none can be expanded.

Rejected: listparser 0.20, which reads less than that: no attributes but its own few, no lines, letters
lost in a declared windows-1251 (it reads XML as HTML), schemes unchecked. ARCHITECTURE.md has the comparison.
"""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from briefing.bounds import MAX_FOLDERS, MAX_LIST, MAX_NAME
from briefing.config import values, wording
from briefing.config.source import PLACES, Source
from briefing.config.tree import Problem
from briefing.errors import ConfigError

if TYPE_CHECKING:
    from lxml.etree import _Element

OURS: Final = "urn:x-briefing:source"  # the namespace of attributes that only this program knows
_OWN: Final = frozenset((*PLACES, "name", "group", "themes"))  # what OPML has words for, or never holds

_REFERENCE: Final = re.compile(r"&(?:#[0-9]{1,7};|#[xX][0-9a-fA-F]{1,6};|(\w{1,40});)?")
_XML_NAMES: Final = frozenset(("amp", "lt", "gt", "quot", "apos"))
_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DECLARED: Final = re.compile(rb"<\?xml[^>]{0,100}encoding\s*=\s*[\"']([\w.:-]{1,40})")
_BOMS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True, slots=True)
class Listed:
    """What a subscription list holds. Made by `read`."""

    sources: tuple[Source, ...]
    problems: tuple[Problem, ...]  # of its lines that are no source


def read(content: bytes) -> Listed:
    """The feeds of a list, in its order, each once as often as it stands there.

    Raises ConfigError where it is no OPML at all; whatever else is wrong is a problem with its line.
    """
    if len(content) > MAX_LIST:
        raise ConfigError(f"larger than {MAX_LIST:,} bytes: no list of feeds that a person keeps; split it")
    text = _decoded(content)
    if re.search(r"<!ENTITY", text, re.IGNORECASE):
        raise ConfigError("it declares entities, which no list of feeds needs; remove its DOCTYPE")
    root = _parsed(_REFERENCE.sub(_referenced, text))
    if root is None or _local(root) != "opml":
        raise ConfigError("no OPML: it does not begin with an <opml> element")
    sources: list[Source] = []
    problems: list[Problem] = []
    for outline, folders in _outlines(root):
        found = _source(outline, folders)
        if isinstance(found, Source):
            sources.append(found)
        elif found:
            problems.append(Problem(int(outline.sourceline or 1), found))
    return Listed(tuple(sources), tuple(problems))


def _decoded(content: bytes) -> str:
    """The text by byte order mark, then by what it declares, then as UTF-8; broken letters become U+FFFD."""
    declared = _DECLARED.search(content[:500])
    stated = declared[1].decode("ascii") if declared else "utf-8"
    charset = next((name for mark, name in _BOMS if content.startswith(mark)), stated)
    try:
        text = content.decode(charset, "replace")
    except LookupError:  # a charset that does not exist
        text = content.decode("utf-8", "replace")
    # Decoded already: the parser is not to decode again by the declaration.
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", re.sub(r"^\s*<\?xml[^>]*\?>", "", text, count=1))


def _referenced(match: re.Match[str]) -> str:
    """A reference as XML has it: a bare ampersand escaped, HTML's names as their characters."""
    whole, name = match[0], match[1]
    if whole.startswith("&#") or name in _XML_NAMES:
        return whole
    known = html.unescape(whole) if name else whole
    return known if known != whole else f"&amp;{whole[1:]}"


def _parsed(text: str) -> _Element | None:
    from lxml import etree

    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root: _Element | None = etree.fromstring(text.encode(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return root


def _local(element: _Element) -> str:
    """The name of an element in small letters, without its namespace; "" of comments and the like."""
    return str(element.tag).rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _outlines(root: _Element) -> Iterator[tuple[_Element, tuple[str, ...]]]:
    """Every outline and the names of the folders around it, in the list's order; no recursion."""
    waiting: list[tuple[_Element, tuple[str, ...]]] = [(root, ())]
    while waiting:
        element, folders = waiting.pop()
        inside = folders
        if _local(element) == "outline":
            yield element, folders
            named = _attributes(element)
            name = _line(named.get("title") or named.get("text") or "").strip("/ ")
            if name and "xmlurl" not in named and len(folders) < MAX_FOLDERS:
                inside = (*folders, name)
        waiting += [(child, inside) for child in reversed(element)]


def _attributes(outline: _Element) -> dict[str, str]:
    """The plain attributes by their names in small letters: programs differ in xmlUrl, xmlurl, XMLURL."""
    return {str(key).lower(): str(value) for key, value in outline.attrib.items()}


def _source(outline: _Element, folders: tuple[str, ...]) -> Source | str:
    """The source of an outline, why it is none, or "" of a folder or a note."""
    named = _attributes(outline)
    address = re.sub(r"^feed:(?://)?(?=https?:)|^feed:(?=//)", "", named.get("xmlurl", "").strip())
    address = f"https:{address}" if address.startswith("//") else address
    name = _line(named.get("title") or named.get("text") or "")
    if not address:
        return _why_none(named, name)
    if "xpath" in named.get("type", "").lower():  # FreshRSS keeps pages that it takes apart under xmlUrl
        return f"{wording.shown(name or address)}: a page taken apart by XPath, and no feed"
    if not values.is_web(address):
        return (
            f"{wording.shown(name or address)}: found {wording.shown(address)}; only http:// and https:// "
            "addresses are asked"
        )
    given: dict[str, object] = {
        "feed": address,
        "name": "" if name == address else name,
        "group": "/".join(folders),
        "themes": tuple(_themes(named.get("category", ""))),
        **_ours(outline),
    }
    try:
        return Source.model_validate(given)
    except ValidationError as error:
        return f"{wording.shown(name or address)}: {wording.sentence(error.errors()[0])}"


def _why_none(named: Mapping[str, str], name: str) -> str:
    """Why an outline without an address of a feed is no source; "" where it need not be one."""
    kind = named.get("type", "").lower()
    if kind in ("include", "link") and named.get("url"):
        return f"{wording.shown(name)}: it stands for another list or page, {named['url'].strip()}"
    if kind == "rss" or "xmlurl" in named:
        page = named.get("htmlurl", "").strip()
        where = f"; its page is {page}" if page else ""
        return f"{wording.shown(name)}: no address of a feed{where}"
    return ""


def _themes(category: str) -> Iterator[str]:
    """The categories of an outline, each once: "/Boston/Weather,war" are Boston/Weather and war."""
    yield from dict.fromkeys(
        theme
        for one in category.split(",")
        if (theme := "/".join(part for part in (_line(p) for p in one.split("/")) if part))
    )


def _ours(outline: _Element) -> dict[str, Any]:
    """The keys of a source that only this program writes into a list."""
    found: dict[str, Any] = {}
    for key, value in outline.attrib.items():
        space, _, name = str(key).removeprefix("{").rpartition("}")
        field = Source.model_fields.get(name)
        if space == OURS and field is not None and name not in _OWN:
            found[name] = json.loads(value) if isinstance(field.default, tuple) else str(value)
    return found


def _line(text: str) -> str:
    """A name in one line that steers no terminal, and no longer than names are."""
    return values.one_line(text)[:MAX_NAME].strip()


def write(sources: Iterable[Source], title: str, now: dt.datetime | None = None) -> bytes:
    """The feeds among these sources as OPML 2.0, folders where a group was first met.

    The same bytes for the same arguments; `now`, if given, is its dateCreated. Other kinds of
    sources are left out: OPML has no place for them.
    """
    from lxml import etree

    root = etree.Element("opml", {"version": "2.0"}, nsmap={"briefing": OURS})
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = _xml(title)
    if now is not None:
        etree.SubElement(head, "dateCreated").text = format_datetime(now)
    body = etree.SubElement(root, "body")
    folders: dict[str, _Element] = {"": body}
    for source in sources:
        if source.feed:
            etree.SubElement(_folder(source.group, folders), "outline", _outline(source))
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)  # type: ignore[no-any-return]  # lxml has no types


def _folder(group: str, folders: dict[str, _Element]) -> _Element:
    """The outline of a group, made with those around it where there is none yet."""
    from lxml import etree

    if group not in folders:
        around, _, name = group.rpartition("/")
        named = {"text": _xml(name), "title": _xml(name)}
        folders[group] = etree.SubElement(_folder(around, folders), "outline", named)
    return folders[group]


def _outline(source: Source) -> dict[str, str]:
    stated = {"text": source.label, "title": source.name, "type": "rss", "xmlUrl": source.feed or ""}
    stated["category"] = ",".join(f"/{theme}" for theme in source.themes)
    kept = source.model_dump(mode="json", exclude_defaults=True, exclude=set(_OWN))
    ours = {f"{{{OURS}}}{key}": v if isinstance(v, str) else json.dumps(v) for key, v in kept.items()}
    return {key: _xml(value) for key, value in (stated | ours).items() if value}


def _xml(text: str) -> str:
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)

"""Sources put into a feeds.yaml and taken out of it, with every other character left as it is.

Requirement: a person's comments, order, quotes and blank lines stay; a file that is broken is not
touched; what is written was read again and says what it should before it takes the old one's place.

So the text is cut where the parser says that entries begin and end, and new lines are put in between.
Rejected: ruamel.yaml's round trip, which keeps comments but lays the whole file out anew (indentation
of lists, spaces around colons, long lines), so that a difference of one line shows as all of them.
"""

from __future__ import annotations

import io
import os
import textwrap
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedSeq
from ruamel.yaml.nodes import CollectionNode, MappingNode, Node, SequenceNode

from briefing.config import file
from briefing.config.settings import Settings
from briefing.config.source import PLACES, Source
from briefing.durable import flush_folder, write_through
from briefing.errors import ConfigError

BY_HAND: Final = "write the change by hand, or lay the list out with a hyphen and a line for each source"
_WIDE: Final = 1_000_000  # columns: ruamel.yaml shall not break lines


def add(path: Path, sources: Sequence[Source]) -> None:
    """Write these sources behind those of a feeds.yaml. Raises ConfigError, and then nothing changed."""
    _change(path, lambda text: _with(text, sources), lambda old: (*old, *sources))


def remove(path: Path, index: int) -> None:
    """Take the source at this place out of a feeds.yaml. Raises ConfigError, and then nothing changed."""
    _change(path, lambda text: _without(text, index), lambda old: (*old[:index], *old[index + 1 :]))


def _change(
    path: Path, cut: Callable[[str], str], wanted: Callable[[tuple[Source, ...]], tuple[Source, ...]]
) -> None:
    content = file.content(path)
    text = file.text_of(content, path)
    old = file.parsed(text, path, sources_needed=False)
    mark = content[:3] if content.startswith(b"\xef\xbb\xbf") else b""
    changed = cut(text)
    new = file.parsed(changed, path, sources_needed=True)
    if new != _with_sources(old, wanted(old.sources)):
        raise ConfigError(f"{path}: not changed, as the way it is laid out is too unusual; {BY_HAND}")
    _replace(path, content, mark + changed.encode())


def _with_sources(settings: Settings, sources: tuple[Source, ...]) -> Settings:
    return settings.model_copy(update={"sources": sources})


def _replace(path: Path, before: bytes, after: bytes) -> None:
    """Put a file in place of another in one step; a link to it stays a link."""
    real = path.resolve()
    fresh = real.with_name(f".{real.name}.{os.getpid()}.new")
    try:
        write_through(fresh, after, real.stat().st_mode & 0o777)
        try:
            if real.read_bytes() != before:
                raise ConfigError(f"{path}: somebody else is changing it; nothing was written, run again")
            fresh.replace(real)
        finally:
            fresh.unlink(missing_ok=True)
        flush_folder(real.parent)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written ({error.strerror or error})") from None


def _with(text: str, sources: Sequence[Source]) -> str:
    """The text with these sources behind the last entry."""
    key, listed = _listed(text)
    newline = "\r\n" if "\r\n" in text else "\n"
    if listed is not None and listed.value:
        if listed.flow_style:
            raise ConfigError(f"the list of sources stands in brackets; {BY_HAND}")
        at, column = _line_end(text, _last(listed)), listed.start_mark.column
        return _spliced(text, at, at, _entries(sources, column, newline), newline)
    entries = f"sources:{newline}{_entries(sources, 2, newline)}"
    if key is None:
        return _spliced(text, len(text), len(text), entries, newline)
    end = _last(listed) if listed is not None else key.end_mark.index + 1
    return _spliced(text, key.start_mark.index, _line_end(text, end), entries, newline)


def _without(text: str, index: int) -> str:
    """The text without the entry at this place; comments above it stay."""
    _, listed = _listed(text)
    if listed is None or listed.flow_style or index >= len(listed.value):
        raise ConfigError(f"the list of sources stands in brackets; {BY_HAND}")
    if len(listed.value) == 1:
        raise ConfigError("it is the only source, and a briefing needs one: add another first")
    dash, node = listed.start_mark.column, listed.value[index]
    start = _line_start(text, node.start_mark.index)
    while text[start + dash : start + dash + 1] != "-" or text[start : start + dash].strip():
        if not start:
            raise ConfigError(f"its hyphen was not found; {BY_HAND}")
        start = _line_start(text, start - 1)
    return text[:start] + text[_line_end(text, _last(node)) :]


def _listed(text: str) -> tuple[Node | None, SequenceNode | None]:
    """The key `sources` at the top of a file and the list under it, where there are such."""
    top = YAML(typ="safe", pure=True).compose(io.StringIO(text))
    if isinstance(top, MappingNode):
        for key, value in top.value:
            if key.value == "sources":
                return key, value if isinstance(value, SequenceNode) else None
    return None, None


def _last(node: Node) -> int:
    """Where a node ends; what the parser gives for a list is where the next thing begins."""
    while isinstance(node, CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return int(node.end_mark.index)


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _line_end(text: str, at: int) -> int:
    """Behind the line in which the character before `at` stands; blank lines before it are not it."""
    at = len(text[:at].rstrip())
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1


def _spliced(text: str, start: int, end: int, entries: str, newline: str) -> str:
    before = text[:start]
    return before + (newline if before and not before.endswith("\n") else "") + entries + text[end:]


def _entries(sources: Sequence[Source], column: int, newline: str) -> str:
    """The sources as entries of a list whose hyphens stand in this column."""
    written = io.StringIO()
    yaml = YAML()
    yaml.width = _WIDE
    yaml.default_flow_style = False
    yaml.dump([_keys(source) for source in sources], written)
    return textwrap.indent(written.getvalue(), " " * column).replace("\n", newline)


def _keys(source: Source) -> dict[str, object]:
    """What a person would write: the place, then the name, then what is not as it is anyway."""
    stated = source.model_dump(mode="json", exclude_defaults=True)
    first = [key for key in (*PLACES, "name", "kind", "group") if key in stated]
    return {key: _value(stated[key]) for key in dict.fromkeys((*first, *stated))}


def _value(value: object) -> object:
    """A list in brackets, as short ones are written here."""
    if not isinstance(value, list):
        return value
    listed = CommentedSeq(value)
    listed.fa.set_flow_style()
    return listed

"""YAML text -> plain data in which every scalar is text, and the line of every key and entry.

Text only, because YAML's guesses lose what a person wrote: 1.10 becomes 1.1, a time stamp loses its
zone. What a value means is the settings' business. Read from the parser's events rather than from
loaded objects, so that every repeated key is found, not the first alone, and no alias is expanded.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
)
from ruamel.yaml.reader import ReaderError

DEEPEST = 8  # feeds.yaml itself needs four levels
NOTHING = {"", "~", "null", "Null", "NULL"}  # YAML 1.2, core schema: no value

Path = tuple[str | int, ...]  # keys and indices from the top
Value = str | list["Value"] | dict[str, "Value"] | None


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong in a file, and the line, from 1. Made by config, printed in order."""

    line: int
    text: str


@dataclass(slots=True)
class Tree:
    """A YAML file as plain data. Made by `grow`, read by `briefing.config.file`."""

    data: Value = None
    lines: dict[Path, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    secret: Collection[str] = ()  # keys whose values no problem repeats

    def aside(self, text: str, path: Path) -> str:
        """Put what stands at `path` in brackets, or nothing where it may be a secret."""
        return "" if self.hides(path) else f" ({text})"

    def key(self, key: str, path: Path) -> str:
        """Show a key of the mapping at `path`."""
        return "(not shown)" if self.hides(path) else json.dumps(key, ensure_ascii=False)

    def hides(self, path: Path) -> bool:
        """Whether what stands at `path` may be a secret."""
        return any(part in self.secret for part in path)

    def line(self, path: Path) -> int:
        """Give the line of the key or entry, or of the nearest one around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


class _StopError(Exception):
    """Nothing after this line can be read."""

    def __init__(self, line: int, text: str) -> None:
        super().__init__(text)
        self.problem = Problem(line, text)


def grow(text: str, secret: Collection[str] = ()) -> Tree:
    """Read one YAML document; what cannot be read is a problem, never an exception.

    What stands under the keys of `secret` is not repeated in problems.
    """
    tree = Tree(secret=secret)
    try:
        _document(YAML(typ="safe", pure=True).parse(text), tree)
    except _StopError as stop:
        tree.problems.append(stop.problem)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        tree.problems.append(Problem(mark.line + 1 if mark else 1, _syntax(error)))
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        code = ord(text[error.position])
        tree.problems.append(Problem(line, f"a character that YAML forbids: U+{code:04X}"))
    except (YAMLError, ValueError, RecursionError) as error:
        tree.problems.append(Problem(1, f"no YAML: {type(error).__name__}"))
    else:
        return tree
    tree.data = None  # what was read up to there would only lead to misleading complaints
    return tree


def _document(events: Iterator[Event], tree: Tree) -> None:
    documents = 0
    for event in events:
        if isinstance(event, DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise _StopError(_line(event), 'a second document starts here ("---"); keep one a file')
        elif isinstance(event, NodeEvent):
            tree.data = _value(event, events, (), tree)


def _value(event: Event, events: Iterator[Event], path: Path, tree: Tree) -> Value:
    """Build the value that starts with `event`, and note the lines of all that is in it."""
    if isinstance(event, AliasEvent):
        name = tree.aside(f"*{event.anchor}", path)
        raise _StopError(_line(event), f"an alias{name}; write the value out instead")
    tag = getattr(event, "tag", None)  # collections have one too, the base class has not
    if tag:
        raise _StopError(_line(event), f"a tag{tree.aside(tag, path)}; write the value without it")
    if len(path) >= DEEPEST:
        raise _StopError(_line(event), f"nested deeper than {DEEPEST} levels; no key goes so deep")
    if isinstance(event, MappingStartEvent):
        return _mapping(events, path, tree)
    if isinstance(event, SequenceStartEvent):
        return _sequence(events, path, tree)
    if not isinstance(event, ScalarEvent):
        raise _StopError(_line(event), "a value is missing")
    return None if event.style is None and event.value in NOTHING else str(event.value)


def _sequence(events: Iterator[Event], path: Path, tree: Tree) -> Value:
    entries: list[Value] = []
    for event in events:
        if isinstance(event, CollectionEndEvent):
            break
        here = (*path, len(entries))
        tree.lines[here] = _line(event)
        entries.append(_value(event, events, here, tree))
    return entries


def _mapping(events: Iterator[Event], path: Path, tree: Tree) -> Value:
    entries: dict[str, Value] = {}
    for event in events:
        if isinstance(event, CollectionEndEvent):
            break
        if not isinstance(event, ScalarEvent) or event.tag:
            raise _StopError(_line(event), "a key must be one word, then a colon")
        key, here = str(event.value), (*path, str(event.value))
        if key in entries:
            first = tree.lines[here]
            said = f"key {tree.key(key, path)} stands on line {first} already; keep one"
            tree.problems.append(Problem(_line(event), said))
            # Read past it: its own problems would mislead.
            _value(next(events), events, here, Tree(secret=tree.secret))
            continue
        tree.lines[here] = _line(event)
        value = _value(next(events), events, here, tree)
        if value is None:
            said = f"key {tree.key(key, path)} has no value; write one, or remove the line"
            tree.problems.append(Problem(_line(event), said))
        else:
            entries[key] = value
    return entries


def _line(event: Event) -> int:
    mark = event.start_mark
    return mark.line + 1 if mark else 1


def _syntax(error: MarkedYAMLError) -> str:
    """Put the parser's complaint into one line that says what to do."""
    problem = str(error.problem or error.context or "no YAML")
    if "tag handle" in problem:
        return "a tag (!…); write the value without it, or in quotes"
    if "'\\t'" in problem:
        return "a tab; YAML wants spaces"
    if "cannot start any token" in problem or "mapping values are not allowed" in problem:
        return f'{problem}; put text that holds ": " or starts with a sign into "quotes"'
    if "expected <block end>" in problem:
        return "the indentation does not fit the lines above; line the keys up"
    if "could not find expected ':'" in problem:
        return 'a key without its colon; write "key: value"'
    where = error.context_mark
    since = f" (begun on line {where.line + 1})" if where and error.context else ""
    return f"{problem}{since}"

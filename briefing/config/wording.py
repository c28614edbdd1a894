"""Pydantic's errors -> sentences: the key, what was found, what would be right."""

from __future__ import annotations

import json
import re
from typing import Final, get_args

from pydantic_core import ErrorDetails

from briefing.config import values
from briefing.config.delivery import SECRETS
from briefing.config.part import Part
from briefing.config.settings import Settings
from briefing.masked import masked

SHOWN = 80  # characters of a value that are worth repeating
NOT_SHOWN = "(not shown)"  # where a secret may have been written

# What would be right, by pydantic's name of the error; the braces are filled from its context.
_RIGHT: Final = {
    "int_parsing": "write a whole number",
    "int_type": "write a whole number",
    "int_from_float": "write a whole number",
    "int_parsing_size": "write a smaller whole number",
    "greater_than_equal": "write at least {ge}",
    "less_than_equal": "write at most {le}",
    "string_type": "write one text",
    "string_too_long": "write at most {max_length} characters",
    "string_too_short": "write at least {min_length} character",
    "bool_parsing": "write true or false",
    "bool_type": "write true or false",
    "time_type": "write one text",
    "time_delta_type": "write one text",
    "tuple_type": "write a list: [one, two], or each on its own line after a hyphen",
    "too_short": "write at least {min_length}",
    "dict_type": "write keys and values, such as {example}",
    "model_type": "write keys and values, such as {example}",
    "value_error": "{error}",
}
_EXAMPLES: Final = {
    "sources": "feed: https://example.org/rss.xml",
    "themes": "key: economy",
    "speakers": "aid group: [MSF]",
    "network": "allow: [10.20.0.0/16]",
    "summary": "statements: 4",
    "editions": 'name: evening, at: "18:00"',
    "deliver": "mail: {server: smtp.example.org, …}",
    "mail": "server: smtp.example.org",
    "webhook": "url: https://hooks.example.org/briefing",
    "folder": "path: /srv/share/briefings",
    "atom": "entries: 30",
    "imap": "server: imap.example.org",
    "ping": "url: https://monitor.example.org/ping",
}
_PATTERNS: Final = {
    "key": "write small Latin letters, digits and hyphens, a letter first",
    "language": "write two small letters: en, uk, ru",
    "name": "write small Latin letters, digits and hyphens, a letter first",
    "folder": "write the name of one folder of the mailbox",
    "server": "write a host name alone; the port goes under port:",
    "dkim_selector": "write Latin letters, digits, dots and hyphens",
}
# Where the other kind of place belongs, behind what a key of a source was refused for.
_ELSEWHERE: Final = {
    "feed": 'what is on disk goes under "file:" or "folder:"',
    "pages": 'what is on disk goes under "file:" or "folder:"',
    "watch": 'what is on disk goes under "file:" or "folder:"',
    "file": 'a web address goes under "feed:", "pages:" or "watch:"',
    "folder": 'a web address goes under "feed:", "pages:" or "watch:"',
    "mail": 'a mailbox on a server goes under "imap:"',
}


def known_keys(path: tuple[str | int, ...]) -> list[str]:
    """List the keys that may stand inside the part of feeds.yaml at `path`."""
    part: type[Part] = Settings
    for key in path:
        if isinstance(key, str) and key in part.model_fields:
            part = _part_in(part.model_fields[key].annotation) or part
    return [name for name, field in part.model_fields.items() if not field.exclude]


def _part_in(annotation: object) -> type[Part] | None:
    """The class of a mapping inside "tuple[Source, ...]", "Mail | None" or the class itself."""
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return annotation
    return next((found for inner in get_args(annotation) if (found := _part_in(inner))), None)


def unknown_key(path: tuple[str | int, ...]) -> str:
    """Say that the last key of `path` does not exist, and which was probably meant."""
    key, known = str(path[-1]), known_keys(path[:-1])
    near = values.nearest(key, known)
    meant = f'did you mean "{near}"? ' if near else ""
    return f"unknown key {shown(key)}; {meant}Known keys: {', '.join(known)}"


def sentence(error: ErrorDetails) -> str:
    """Put one of pydantic's errors into one line."""
    path = error["loc"]
    if error["type"] == "extra_forbidden":
        return unknown_key(path)
    if error["type"] == "missing":
        return f'{named(path[:-1])} needs the key "{path[-1]}"'
    if error["type"] == "value_error" and isinstance(error["input"], dict):
        return str(error["ctx"]["error"])
    found = NOT_SHOWN if SECRETS.intersection(path) else shown(error["input"])
    return f"{named(path)}: found {found}; {_right(error)}"


def _right(error: ErrorDetails) -> str:
    context = error.get("ctx", {})
    if error["type"] == "literal_error":
        return values.one_of(str(error["input"]), re.findall(r"'([^']*)'", context["expected"]))
    keys = [str(part) for part in error["loc"] if isinstance(part, str)]
    if error["type"] == "string_pattern_mismatch":
        return _PATTERNS[keys[-1]]
    if error["type"] == "value_error" and keys[0] == "sources" and keys[-1] in _ELSEWHERE:
        return f"{context['error']}; {_ELSEWHERE[keys[-1]]}"
    template = _RIGHT.get(error["type"])
    return template.format(example=_EXAMPLES.get(keys[-1], ""), **context) if template else error["msg"]


def named(path: tuple[str | int, ...]) -> str:
    """Name a place in the file as a person would look for it: sources.kind, without the index."""
    keys = ".".join(str(part) for part in path if isinstance(part, str) and part != "[key]")
    entry = bool(path) and isinstance(path[-1], int)
    return f"an entry of {keys}" if entry else keys or "the file"


def shown(value: object) -> str:
    """Show what was found: text in quotes, escaped and cut; of anything larger, what it is."""
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "keys and values"
    if isinstance(value, list | tuple):
        return "a list" if value else "an empty list"
    text = masked(str(value))
    cut = text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
    return json.dumps(cut, ensure_ascii=False)

"""JSON from strangers: parsed without surprises, its values taken only where they are text."""

from __future__ import annotations

import json
from typing import Any

from briefing.bounds import MAX_OBJECTS
from briefing.model import Document
from briefing.read.decode import decode
from briefing.read.draft import Unreadable


def parsed(document: Document) -> Any:
    """The value of a JSON document; raises Unreadable, naming the line."""
    found = decode(document.content, document.charset)
    if found is None:
        raise Unreadable("not text: this file is binary")
    if found.text.count("{") + found.text.count("[") > MAX_OBJECTS:
        raise Unreadable(f"more than {MAX_OBJECTS:,} objects: not what people read")
    return value(found.text)


def value(text: str) -> Any:
    """The value of a JSON text; raises Unreadable."""
    try:
        return json.loads(text, strict=False)  # a line end inside of a string is one that nobody escaped
    except json.JSONDecodeError as error:
        raise Unreadable(f"not valid JSON: {error.msg}, line {error.lineno}") from None
    except RecursionError:
        raise Unreadable("not valid JSON: nested too deeply") from None
    except ValueError:  # a number of thousands of digits
        raise Unreadable("not valid JSON: a number is too long") from None


def text_of(holder: dict[str, Any], *keys: str) -> str:
    """The first of these keys that holds text; numbers count, for ids and years; "" otherwise."""
    for key in keys:
        found = holder.get(key)
        if isinstance(found, str) and found.strip():
            return found
        if isinstance(found, int) and not isinstance(found, bool):
            return str(found)
    return ""

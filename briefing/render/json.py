"""edition.json: the edition itself, and the way back from it."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter, ValidationError

from briefing.errors import ConfigError
from briefing.model import Edition, Page

MOST_ERRORS = 3  # of a broken file: enough to find the spot, few enough to read


@cache
def _adapter() -> TypeAdapter[Edition]:
    return TypeAdapter(Edition)


def write(edition: Edition, _templates: Path | None = None) -> Page:
    """The edition as UTF-8 JSON, indented by two, with a final newline."""
    return Page("json", "edition.json", _adapter().dump_json(edition, indent=2) + b"\n")


def load(content: bytes) -> Edition:
    """Read an edition.json back; `render(load(page))` gives the bytes it was read from.

    Raises `ConfigError`, with the places that are wrong, where `content` is no edition.
    """
    try:
        edition = _adapter().validate_json(content)
    except ValidationError as error:
        raise ConfigError(f"not an edition.json of this program: {_places(error)}") from None
    missing = sorted(set(_cited(edition)) - {article.id for article in edition.articles})
    if missing:
        raise ConfigError(
            f"not a whole edition.json: it cites articles that it does not list: {', '.join(missing)}"
        )
    try:
        ZoneInfo(edition.timezone)
    except (ValueError, OSError, KeyError):  # all of which zoneinfo raises, by the kind of wrong name
        raise ConfigError(f"edition.json: timezone {edition.timezone!r} is not a known IANA zone") from None
    return edition


def schema() -> dict[str, Any]:
    """The JSON Schema of edition.json, as docs/edition.schema.json holds it."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **_adapter().json_schema(mode="serialization"),
    }


def _cited(edition: Edition) -> Iterator[str]:
    """The id of every article that some line of the edition points to."""
    yield from (point.statement.article for point in edition.key_points)
    yield from (figure.article for figure in edition.figures)
    yield from (echo.article for figure in edition.figures for echo in figure.also)
    yield from (side.article for dispute in edition.disputes for side in dispute.sides)
    yield from (line.article for change in edition.changes.details for line in change.statements)
    yield from (step.statement.article for line in edition.timelines for step in line.steps)
    for section in edition.themes:
        for story in section.stories:
            yield from story.articles
            yield from (statement.article for statement in story.statements)


def _places(error: ValidationError) -> str:
    found = error.errors(include_url=False, include_context=False, include_input=False)
    lines = [f"{'.'.join(map(str, item['loc'])) or 'file'}: {item['msg']}" for item in found[:MOST_ERRORS]]
    return "; ".join(lines) + (f"; and {len(found) - MOST_ERRORS} more" if len(found) > MOST_ERRORS else "")

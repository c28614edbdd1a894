"""Step 4, render: one edition becomes one page for each format that was asked for.

    Edition -> Page (edition.md, edition.html, edition.pdf, edition.json) | one line that says why not
    Edition -> Letter (letter.py)

A format is one file of this room and one line in `FORMATS`. All of them are functions of the
edition and the templates: the same edition gives the same bytes.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from briefing.errors import ConfigError
from briefing.model import Edition, Page
from briefing.render import html, json, md, pdf
from briefing.render.json import load, schema
from briefing.render.letter import letter

__all__ = ["FORMATS", "Rendered", "letter", "load", "render", "schema"]

Writer = Callable[[Edition, Path | None], Page | str]  # a str is the line that says what is missing

FORMATS: Mapping[str, Writer] = {
    "md": md.write,
    "html": html.write,
    "pdf": pdf.write,
    "json": json.write,
}


@dataclass(frozen=True, slots=True)
class Rendered:
    """The pages of one edition, and a line for each that could not be made. Read by send."""

    pages: tuple[Page, ...]
    notes: tuple[str, ...] = ()


def render(edition: Edition, formats: Sequence[str], templates: Path | None = None) -> Rendered:
    """Draw `edition` once per format, in the order asked; repeated formats are drawn once.

    `templates` is a folder whose files replace ours, name by name. Raises `ConfigError` for a
    format that does not exist and `TemplateError` for a template that is wrong; a format that this
    machine cannot make becomes a line of `notes`, and the others are still drawn.
    """
    wanted = tuple(dict.fromkeys(formats))
    for name in wanted:
        if name not in FORMATS:
            raise ConfigError(f"format {name!r} does not exist; there are: {', '.join(FORMATS)}")
    drawn = [FORMATS[name](edition, templates) for name in wanted]
    return Rendered(
        pages=tuple(page for page in drawn if isinstance(page, Page)),
        notes=tuple(note for note in drawn if isinstance(note, str)),
    )

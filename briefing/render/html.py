"""edition.html: one file with its styles inside; it loads nothing and runs nothing."""

from pathlib import Path

from markupsafe import Markup

from briefing.model import Edition, Page
from briefing.render import md
from briefing.render.templates import Flavour, fill, replaces

TEMPLATE = "edition.html.j2"
FRAME = "frame.html.j2"


def write(edition: Edition, templates: Path | None) -> Page:
    """The edition through edition.html.j2."""
    return Page("html", "edition.html", text(edition, templates).encode())


def text(edition: Edition, templates: Path | None) -> str:
    """What edition.html holds, and what the PDF is made from.

    A folder with an edition.md.j2 and no edition.html.j2 wants its Markdown on every page: it is
    set in our frame, with our styles.
    """
    if replaces(templates, md.TEMPLATE) and not replaces(templates, TEMPLATE):
        body = Markup(f'<main class="plain">{md.as_html(md.text(edition, templates))}</main>')  # noqa: S704 - by nh3
        return fill(FRAME, Flavour.HTML, edition, templates, body=body)
    return fill(TEMPLATE, Flavour.HTML, edition, templates)

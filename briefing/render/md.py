"""edition.md: the edition as Markdown, in which nothing that a source wrote is markup."""

from pathlib import Path

from briefing.model import Edition, Page
from briefing.render.escape import LINKS
from briefing.render.templates import Flavour, fill

TEMPLATE = "edition.md.j2"


def write(edition: Edition, templates: Path | None) -> Page:
    """The edition through edition.md.j2."""
    return Page("md", "edition.md", text(edition, templates).encode())


def text(edition: Edition, templates: Path | None) -> str:
    """What edition.md holds; html makes a page from it where only Markdown was customised."""
    return fill(TEMPLATE, Flavour.MARKDOWN, edition, templates).strip("\n") + "\n"


def as_html(source: str) -> str:
    """Markdown to sanitised HTML: text, tables and http(s) links; nothing that loads or runs."""
    import markdown
    import nh3

    raw = markdown.markdown(
        source, extensions=["tables"], extension_configs={"tables": {"use_align_attribute": True}}
    )
    return nh3.clean(
        raw,
        tags=set(TAGS),
        attributes={"a": {"href", "title"}, "td": {"align"}, "th": {"align"}},
        url_schemes=set(LINKS),
    )


TAGS = (
    *(
        "a",
        "blockquote",
        "br",
        "code",
        "em",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
    ),
    *("strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul"),
)

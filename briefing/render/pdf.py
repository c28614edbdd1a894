"""edition.pdf: the HTML edition on paper, tagged (PDF/UA-1) and bookmarked, by WeasyPrint."""

from pathlib import Path
from typing import Any

from briefing.model import Edition, Page
from briefing.render import html

MISSING = (
    "edition.pdf was not written: the Pango library is missing"
    " (on Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0)"
)


def write(edition: Edition, templates: Path | None) -> Page | str:
    """The PDF, or the line that says which library is missing on this machine.

    The bytes depend on the page and on the installed fonts and packages only: the dates in the
    metadata are the edition's own (see frame.html.j2) and no address is ever loaded.
    """
    page = html.text(edition, templates)
    try:
        import weasyprint
    except OSError:  # raised on import where the system lacks Pango
        return MISSING
    document = weasyprint.HTML(string=page, url_fetcher=_fetcher())
    return Page("pdf", "edition.pdf", document.write_pdf(pdf_variant="pdf/ua-1"))


def _fetcher() -> Any:
    """Loads what stands inside the page (data: addresses) and refuses everything else."""
    from weasyprint.urls import URLFetcher

    class InsideOnly(URLFetcher):  # type: ignore[misc]  # weasyprint publishes no types
        """The default would read file:// and the local network."""

        def __init__(self) -> None:
            super().__init__(allowed_protocols={"data"}, allow_redirects=False)

    return InsideOnly()

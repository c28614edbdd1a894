"""The process that sets the PDF: HTML on standard input, PDF on standard output, and nothing else.

It is started as a file, by path, and imports nothing of this program: pdf.py gives it its limits as
arguments (seconds, bytes, pages). What WeasyPrint would fetch it refuses, except what stands inside the page
(data: addresses): its default reads file:// and the local network.
"""

from __future__ import annotations

import contextlib
import sys
from typing import Any

# How it ends when it did not set the page; pdf.py has a line for each.
NO_PANGO, TOO_MUCH, TOO_LONG, BROKEN = 3, 4, 5, 6


def main(seconds: int, memory: int, pages: int) -> int:
    """Set the page that stands on standard input; gives the exit code."""
    _limit(seconds, memory)
    try:
        import weasyprint
    except OSError:  # raised on import where the system lacks Pango
        return NO_PANGO
    try:
        page = weasyprint.HTML(string=sys.stdin.buffer.read().decode("utf-8"), url_fetcher=_fetcher())
        document = page.render(pdf_variant="pdf/ua-1")
        if len(document.pages) > pages:
            return TOO_LONG
        sys.stdout.buffer.write(document.write_pdf(pdf_variant="pdf/ua-1"))
    except MemoryError:
        return TOO_MUCH
    except Exception as error:  # a template is free to write what no page can be made of
        sys.stderr.write(f"\n{type(error).__name__}")
        return BROKEN
    return 0


def _limit(seconds: int, memory: int) -> None:
    """Let the system end this process beyond its limits; where it knows none, only the clock does."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _fetcher() -> Any:
    from weasyprint.urls import URLFetcher

    class InsideOnly(URLFetcher):  # type: ignore[misc]  # weasyprint publishes no types
        """Loads data: addresses alone."""

        def __init__(self) -> None:
            super().__init__(allowed_protocols={"data"}, allow_redirects=False)

    return InsideOnly()


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:4])))

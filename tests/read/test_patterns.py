"""Text on which a pattern that looks back and forth would not come to an end: each call must return."""

from collections.abc import Callable

import pytest

from briefing.fetch.watch import FEED
from briefing.links import feeds_of, links_of
from briefing.masked import masked
from briefing.read.decode import decode
from briefing.read.markup import to_line, to_text
from briefing.read.repair import repaired
from briefing.read.sniff import kind_of
from briefing.read.text import normalise, unwrap

LONG = 200_000
UNITS = (
    " ", "\t", "\n", "x", "1", "«", "\u00ad\n ", "a\u0301\u0323", "a.\n", "<", "<a", "<a b=", "<a b='",
    "</script ", "<!--", "<!---->", "<?", "<?a?>", "<![CDATA[", "<!doctype ", "<!doctype []>", "[]",
    "&#", "&amp", "&", "<rss ", "<feed ", "<link ", "<link uri='at:", "<a href=", "href=", "rss",
    "https://a:", "?key=", "https://a@",
)  # fmt: skip


def watched(text: str) -> object:
    return FEED.match(text.encode()[:10_000])


READERS: tuple[Callable[[str], object], ...] = (
    lambda text: kind_of(text.encode()),
    lambda text: kind_of(b"<!doctype " + text.encode() + b"<"),
    watched,
    lambda text: feeds_of(text.encode(), "https://a.example/"),
    lambda text: links_of(b"<a " + text.encode(), "https://a.example/"),
    lambda text: decode(text.encode() + b"\xff\xfe"),
    repaired,
    normalise,
    unwrap,
    to_line,
    to_text,
    masked,
)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: getattr(reader, "__name__", ""))
def test_every_reader_ends_on_a_long_run_of_anything(reader: Callable[[str], object]) -> None:
    for unit in UNITS:
        try:
            reader((unit * LONG)[:LONG] + "\0!")
        except ValueError as error:
            assert str(error)  # Unreadable: it says why

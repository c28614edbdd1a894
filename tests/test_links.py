"""The links of pages, and the patterns that they fit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.bounds import MAX_LINKS
from briefing.links import feeds_of, fits, links_of

HERE = "https://www.harbour.example/news/"
RSS = 'rel="alternate" type="application/rss+xml"'


def links(markup: str) -> list[str]:
    return [link.removeprefix("https://www.harbour.example") for link in links_of(markup.encode(), HERE)]


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ("<a href=a>x</a><A HREF='/b'>x</a><a href=\"../c\">", ["/news/a", "/b", "/c"]),
        ("<a title='x > y' href=a>", ["/news/a"]),
        ("<a href=a><a href=a#top><a href=A><a href='?p=1'>", ["/news/a", "/news/A", "/news/?p=1"]),
        ("<a href='a?id=1&amp;utm_source=x&fbclid=2'>", ["/news/a?id=1"]),
        ("<a href='a?q=%D0%BC&b=1;c'>", ["/news/a?q=%D0%BC&b=1;c"]),
        ("<a href='HTTPS://WWW.Harbour.Example:443/a'>", ["/a"]),
        ("<a href='#top'><a href=''><a name=x><a href=' \n/a\n'>", ["/a"]),
        ("<a href='javascript:x()'><a href='mailto:a@b'><a href='data:,x'><a href='ftp://x/y'>", []),
        ("<a href='http://user:word@other.example/'><a href='http://[x'><a href='http://x:99999/'>", []),
        ("<!-- <a href=a> --><script>'<a href=b>'</script><style><a href=c></style>", []),
        ("<script>'<a href=b>'", []),
        ("<a href=a href=b><abbr href=c><a\nhref=d>", ["/news/a", "/news/d"]),
        ("<base href=/de/><a href=a>", ["/de/a"]),
        ("<base href='javascript:x'><a href=a>", ["/news/a"]),
        ("<a href='a b'><a href='//other.example'>", ["https://other.example/"]),
    ],
)
def test_links_are_absolute_and_stand_once(markup: str, found: list[str]) -> None:
    assert links(markup) == found


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        (f"<link {RSS} href=/a><link {RSS} href=/b>", ["/a", "/b"]),
        (f"<link {RSS} href=/comments/feed><link {RSS} href=/feed>", ["/feed", "/comments/feed"]),
        (f"<link {RSS} href=/a title='Kommentare'><link {RSS} href=/b>", ["/b", "/a"]),
        ("<link rel=alternate hreflang=uk href=/uk>", []),
        ("<link rel=ALTERNATE type='application/feed+json; charset=utf-8' href=/a.json>", ["/a.json"]),
        ("<a href=/about><a href=/rss>", ["/rss"]),
        ("<a href=/feedback><a href=/atomic/news><a href=/index.xml>", []),
        (f"<a href=/rss><link {RSS} href=/a>", ["/a"]),
        ("<a href=/section.rss><a href=/blog/feed/>", ["/section.rss", "/blog/feed/"]),
    ],
)
def test_the_first_feed_is_the_pages_own_unless_it_is_of_comments(markup: str, found: list[str]) -> None:
    feeds = feeds_of(markup.encode(), HERE)
    assert [feed.removeprefix("https://www.harbour.example") for feed in feeds] == found


@pytest.mark.parametrize(
    ("link", "pattern", "fit"),
    [
        ("https://harbour.example/2026/a", "/2026/*", True),
        ("https://harbour.example/2026/", "/2026/*", True),
        ("https://harbour.example/news/2026/a", "/2026/*", False),
        ("https://other.example/2026/a", "/2026/*", False),
        ("https://other.example/2026/a", "https://other.example/2026/*", True),
        ("https://other.example/2026/a", "*/2026/*", True),
        ("https://harbour.example/a?id=1", "/a?id=*", True),
        ("https://harbour.example/axid=1", "/a?id=*", False),
        ("https://harbour.example/a.html", "/*.html", True),
        ("https://harbour.example/a.html?x", "/*.html", False),
        ("https://harbour.example/ab", "/ab*b", False),
        ("https://harbour.example/a", "/a", True),
        ("https://harbour.example/ab", "/a", False),
    ],
)
def test_a_star_stands_for_anything_and_all_else_for_itself(link: str, pattern: str, fit: bool) -> None:
    assert fits(link, pattern, HERE) is fit


TEXT = st.text("ab*/", max_size=12)


@given(TEXT, TEXT)
def test_patterns_mean_what_the_shell_means_by_a_star(text: str, pattern: str) -> None:
    import fnmatch

    link = f"https://x.example/{text}"
    assert fits(link, f"https://x.example/{pattern}", HERE) is fnmatch.fnmatchcase(
        link, f"https://x.example/{pattern}"
    )


@pytest.mark.parametrize(
    "markup",
    [
        *("<a " * 300_000, "<a href=" * 200_000, "<a x='" * 200_000, '<a "' * 300_000),
        *("<a" + " b=c" * 300_000, "<script>" * 200_000, "<!--" * 300_000, "<a href=/x>" * 200_000),
        "<a href='" + "?utm_a=&" * 200_000 + "'>",
    ],
    ids=range(9),
)
def test_a_hostile_page_takes_no_longer_than_its_length(markup: str) -> None:
    assert len(links_of(markup.encode(), HERE)) <= MAX_LINKS


@given(st.lists(st.sampled_from(["<a", "<base", " href", "=", "'", '"', ">", "//", "[", "http:", "%", "&#"])))
def test_any_markup_has_links_or_none(pieces: list[str]) -> None:
    content = "".join(pieces).encode()
    assert all(link.startswith(("http://", "https://")) for link in links_of(content, HERE))
    feeds_of(content, HERE)

"""Nothing that a source wrote becomes markup, in any format."""

import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import markdown
import nh3
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.model import Edition
from briefing.render import load, render
from briefing.render.escape import markdown_text, web_address

SMALL = load((Path(__file__).parent / "cases" / "small.json").read_bytes())

HOSTILE = [
    "[click](https://evil.example)",
    "![pixel](https://evil.example/p.gif)",
    "[1]: https://evil.example",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<https://evil.example>",
    "https://evil.example and www.evil.example",
    "# Heading",
    "C #",
    "- item",
    "+ item",
    "* item",
    "1. item",
    "12) item",
    "> quote",
    "    code",
    "`code`",
    "~~~",
    "~~struck~~",
    "***",
    "---",
    "===",
    ": definition",
    "**bold** and _emphasis_",
    "a | b | c",
    "| --- |",
    "line\n\n# second",
    "line\n---",
    "&lt;b&gt; &copy; &#42; AT&T; &",
    "{{ edition }} {% include 'x' %} {# c #}",
    "\\",
    "ends in \\",
    "\\[x](y)",
    "Support us!",
    "\x02wzxhzdk:0\x03",
    "a\u2028b\x85c\x0bd",
    "*[HTML]: expanded",
    "[^1]",
    "\ufeff# heading",
]

# Letters in which Markdown's own characters are frequent, so that hypothesis meets their combinations.
MARKUP = st.text(st.sampled_from("ab1 .)(-+*_`#>|<[]!\\&;:/~={}\n\t\"'"), min_size=1, max_size=30)
TEXT = st.one_of(
    st.sampled_from(HOSTILE), MARKUP, st.text(min_size=1, max_size=60), st.tuples(MARKUP, MARKUP).map("".join)
)


class Seen(HTMLParser):
    """The elements of a page, counted, and its visible text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: Counter[str] = Counter()
        self.links: list[str] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements[tag] += 1
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.words += data


def visible(text: str) -> str:
    """Text as a reader sees it: no control characters, white space as one space."""
    return re.sub(r"\s+", " ", re.sub(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]", "", text)).strip()


def through_markdown(source: str) -> Seen:
    return Seen(nh3.clean(markdown.markdown(source, extensions=["tables"]), url_schemes={"http", "https"}))


PLACES = {
    "alone": "{}",
    "in a paragraph": "before {} after",
    "before punctuation": "before {}; {}: {}.",
    "in a heading": "### {}",
    "in a list": "- {}\n- {}",
    "before a link": "{}[1](<https://ours.example/>)",
    "in a link": "[{}](<https://ours.example/>)",
    "in a table": "| a | b |\n|---|---|\n| {} | {} |",
    "emphasised": "*x{}x* **x{}x**",
}


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES.keys())
@given(text=TEXT.filter(lambda text: visible(text) != ""))
@settings(max_examples=200, deadline=None)
def test_text_shows_as_itself_and_adds_no_element(place: str, text: str) -> None:
    ours, theirs = (
        through_markdown(place.replace("{}", "w")),
        through_markdown(place.replace("{}", markdown_text(text))),
    )
    assert theirs.elements == ours.elements
    assert theirs.links == ours.links
    expected = re.sub(r"w", lambda _: visible(text), ours.words)
    assert visible(theirs.words).replace(" ", "") == visible(expected).replace(" ", "")


def stuffed(text: str) -> Edition:
    """The small edition with `text` wherever a source's words stand."""
    article = replace(SMALL.articles[0], title=text, outlet=text)
    [story] = SMALL.themes[0].stories
    said = replace(story.statements[0], text=text, claim=replace(story.statements[0].claim, source=text))
    section = replace(SMALL.themes[0], stories=(replace(story, headline=text, statements=(said,)),))
    return replace(SMALL, articles=(article,), themes=(section, *SMALL.themes[1:]))


@pytest.mark.parametrize("format_", ["md", "html"])
@given(text=TEXT.filter(lambda text: visible(text) != ""))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_an_edition_stuffed_with_it_has_the_elements_of_a_plain_one(format_: str, text: str) -> None:
    def seen(edition: Edition) -> Seen:
        page = render(edition, [format_]).pages[0].content.decode()
        return through_markdown(page) if format_ == "md" else Seen(page.replace("<wbr>", ""))

    plain, hostile = seen(stuffed("plain words")), seen(stuffed(text))
    assert hostile.elements == plain.elements
    assert hostile.links == plain.links
    shown = visible(hostile.words).replace(" ", "")
    assert shown.count(visible(text).replace(" ", "")) >= 4


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/x?y=1&z=2#f", "https://a.example/x?y=1&z=2#f"),
        ("http://a.example/а b", "http://a.example/%D0%B0%20b"),
        ("https://a.example/x)](y)<b>\"'", "https://a.example/x%29%5D%28y%29%3Cb%3E%22%27"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
        ("//a.example/", ""),
        ("https://", ""),
        ("https://[broken", ""),
        ("", ""),
    ],
)
def test_only_web_addresses_become_links(url: str, expected: str) -> None:
    assert web_address(url) == expected


@pytest.mark.parametrize("format_", ["md", "html"])
def test_an_article_whose_address_is_no_web_address_is_named_without_a_link(format_: str) -> None:
    article = replace(SMALL.articles[0], url="javascript:alert(1)", title="A title")
    page = render(replace(SMALL, articles=(article,)), [format_]).pages[0].content.decode()
    assert "A title" in page
    assert "javascript" not in page


@pytest.mark.parametrize("word", ["https://a.example/" + "x" * 300, "ж" * 500])
def test_a_word_longer_than_a_line_is_still_on_the_page(word: str) -> None:
    page = render(stuffed(word), ["html"]).pages[0].content.decode()
    assert word in page.replace("<wbr>", "")
    assert not re.search(r'="[^"]*<wbr>', page)

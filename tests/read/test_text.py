"""Text in normal form."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.read.markup import to_line, to_text
from briefing.read.text import cut, headline, line, normalise, unwrap


@settings(deadline=None)  # the first example loads libraries
@given(st.text())
def test_normalising_twice_is_normalising_once(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@settings(deadline=None)  # the first example loads libraries
@given(st.text())
def test_the_normal_form_holds(text: str) -> None:
    normal = normalise(text)
    assert unicodedata.is_normalized("NFC", normal)
    assert all(
        p and p == p.strip() and "\n" not in p and "  " not in p for p in normal.split("\n\n") if normal
    )
    assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in normal.replace("\n", ""))


@settings(deadline=None)  # the first example loads libraries
@given(st.text())
def test_a_line_is_one_line(text: str) -> None:
    assert "\n" not in line(text)


@pytest.mark.parametrize(
    ("raw", "normal"),
    [
        ("a\r\nb\rc\u2028d", "a\n\nb\n\nc\n\nd"),
        ("a\u00a0 b\tc", "a b c"),
        ("\ufeffa\u200bb\u202ec", "abc"),
        ("exam\u00adple, exam\u00ad\nple", "example, example"),
        ("e\u0301", "é"),
        ("\ud800x\x00", "x"),
        (" \n\n ", ""),
        ("The dam broke.    The mayor came.  He left.", "The dam broke.\n\nThe mayor came. He left."),
        ("Depth     4 m\nWidth     9 m", "Depth 4 m\n\nWidth 9 m"),
        ("   The dam broke.   ", "The dam broke."),
    ],
)
def test_normal_form_of(raw: str, normal: str) -> None:
    assert normalise(raw) == normal


WRAPPED = """Title of the note

The first paragraph of this note was wrapped by a mail program, which
broke it wherever the next word would not have fitted any more on the
line.

The second one is wrapped as well, and it holds a compound, cross-
border, that was broken at its own hyphen, which therefore must stay
there.
"""


def test_hard_wrapped_lines_are_joined() -> None:
    paragraphs = normalise(unwrap(WRAPPED)).split("\n\n")
    assert len(paragraphs) == 3
    assert "which broke it wherever" in paragraphs[1]
    assert "cross-border, that" in paragraphs[2]


@pytest.mark.parametrize(
    "text",
    [
        "One.\nTwo.\nThree.",
        "Water:\n\n40 litres\n12 trucks\n3 wells\n\nEnd.",
        "A headline without a stop\n" + "A paragraph that is far longer than any terminal is wide. " * 5,
    ],
)
def test_lines_that_are_paragraphs_stay_apart(text: str) -> None:
    assert normalise(unwrap(text)) == normalise(text)


@pytest.mark.parametrize(
    ("fragment", "text"),
    [
        ("<p>One</p><p>Two<br>Three</p>", "One\n\nTwo\n\nThree"),
        ("a <b>b</b>\nc", "a b c"),
        ("<ul><li>x<li>y</ul>z", "x\n\ny\n\nz"),
        ("<td>a</td><td>b</td>", "a b"),
        ("<script>alert(1)</script>a<style>b</style>c", "a c"),
        ("<figure><img src=x><figcaption>c</figcaption></figure><p>t</p>", "t"),
        ("fish &amp; chips", "fish & chips"),
        ("5 < 6 and 7 > 2", "5 < 6 and 7 > 2"),
        ("", ""),
    ],
)
def test_markup_becomes_paragraphs(fragment: str, text: str) -> None:
    assert to_text(fragment) == text


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("AT&amp;T", "AT&T"),
        ("a <b>b</b> c", "a b c"),
        ("x<script>alert(1)</script>", "x"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;x", "x"),
        ("5 < 6", "5 < 6"),
    ],
)
def test_titles_lose_their_markup(title: str, plain: str) -> None:
    assert to_line(title) == plain


@settings(deadline=None)  # the first example loads libraries
@given(st.text(min_size=1), st.integers(min_value=1, max_value=50))
def test_a_cut_text_fits_and_begins_the_same(text: str, limit: int) -> None:
    normal = normalise(text)
    assert len(cut(normal, limit)) <= limit
    assert normal.startswith(cut(normal, limit))


@settings(deadline=None)  # the first example loads libraries
@given(st.text())
def test_a_headline_is_short(text: str) -> None:
    assert len(headline(normalise(text))) <= 120

"""Words that give a line of furniture away, and words of reporting that do not."""

from __future__ import annotations

import pytest

from briefing.language import language
from briefing.language.furniture import is_marked, signs

LONG = "The ministry said that the number of subscribers who pay for heat had fallen since the"


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Sign up for our newsletter", True),
        ("By Ilona Tkach", True),
        ("by turning off the pumps", False),
        ("Photo: Ilona Tkach / Meadow Press", True),
        ("Background", False),  # a label, but also a heading
        ('"We ask all our allies to subscribe to the plan,', False),  # goes on in the next paragraph
        ("“We ask you to support our plan,” the minister said.", False),
        (
            f"{LONG} autumn, when we met, "
            + "and that two more towns would follow this winter, " * 3
            + "it said.",
            False,
        ),
        ("Please subscribe. You can cancel your subscription at any time.", True),
    ],
)
def test_a_line_is_marked_by_its_words(text: str, marked: bool) -> None:
    assert is_marked(signs(text, language("en"))) is marked


def test_a_language_without_a_file_marks_nothing() -> None:
    assert signs("Sign up for our newsletter", language("xx")) == {}

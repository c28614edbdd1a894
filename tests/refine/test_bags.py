"""What texts in several languages share: names, however they are spelt, and figures."""

from __future__ import annotations

from typing import Any

import pytest

from briefing.refine.bags import Bag, bag, cosine, facts, total

Case = dict[str, Any]


def test_a_name_is_one_in_every_spelling(spelling: Case) -> None:
    found = [set(facts(text)) for text in spelling["texts"]]
    assert found[0]
    assert all(one == found[0] for one in found)


def test_different_names_stay_different(others: Case) -> None:
    left, right = (set(facts(text)) for text in others["texts"])
    assert not left & right


def test_a_text_is_like_itself_and_unlike_one_of_other_words() -> None:
    dam, envoy = bag("The dam at Vilkhova broke", "en"), bag("An envoy met ministers", "en")
    assert cosine(dam, dam) == pytest.approx(1)
    assert cosine(dam, envoy) == 0
    assert cosine(dam, Bag()) == 0
    assert total([dam, envoy]) == dam + envoy

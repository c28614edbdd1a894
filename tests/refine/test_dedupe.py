"""Copies of one text are one dispatch; independent reports stay independent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.model import Article, Dispatch, Reading
from briefing.refine.dedupe import dedupe

Case = dict[str, Any]
Load = Callable[[Sequence[Case]], list[Article]]
Read = Callable[[Article], Reading]
WORDS = [
    "dam",
    "river",
    "mayor",
    "bridge",
    "water",
    "board",
    "tuesday",
    "night",
    "engineers",
    "town",
    "valley",
    "sluice",
    "the",
    "a",
    "of",
    "and",
    "said",
]


def groups(dispatches: Sequence[Dispatch]) -> set[tuple[str, frozenset[str]]]:
    return {(d.reading.article.title, frozenset(c.title for c in d.copies)) for d in dispatches}


def test_copies_are_found_and_the_right_one_leads(morning: Case, load_reports: Load, read: Read) -> None:
    found = groups(dedupe([read(a) for a in load_reports(morning["articles"])]))
    assert found == {(group[0], frozenset(group[1:])) for group in morning["groups"]}


def test_the_order_of_the_articles_does_not_matter(morning: Case, load_reports: Load, read: Read) -> None:
    readings = [read(a) for a in load_reports(morning["articles"])]
    assert groups(dedupe(readings)) == groups(dedupe(readings[::-1]))


sentences = st.lists(st.sampled_from(WORDS), min_size=3, max_size=12).map(
    lambda w: " ".join(w).capitalize() + "."
)
texts = st.lists(sentences, min_size=1, max_size=3).map(" ".join)


@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_every_article_is_in_exactly_one_dispatch_whatever_the_order(
    data: st.DataObject, write: Callable[..., Article], read: Read
) -> None:
    bodies = data.draw(st.lists(texts, min_size=1, max_size=6))
    articles = [
        write(
            b,
            title=f"Report {i}",
            outlet=data.draw(st.sampled_from(["", "Meadow Press", "Harbour Sheet"])),
            hours=i,
        )
        for i, b in enumerate(bodies)
    ]
    shuffled = data.draw(st.permutations(articles))
    dispatches = dedupe([read(a) for a in shuffled])
    members = [i for d in dispatches for i in (d.reading.article.id, *(c.id for c in d.copies))]
    assert sorted(members) == sorted(a.id for a in articles)
    assert groups(dispatches) == groups(dedupe([read(a) for a in articles]))


@pytest.mark.parametrize("short", ["The bridge is open again.", "Bridge opens."])
def test_a_text_and_its_letter_for_letter_copy_are_one(
    short: str, write: Callable[..., Article], read: Read
) -> None:
    found = dedupe(
        [read(write(short, outlet="Meadow Press")), read(write(short, outlet="Harbour Sheet", hours=2))]
    )
    assert len(found) == 1


def test_nothing_gives_nothing() -> None:
    assert dedupe([]) == []

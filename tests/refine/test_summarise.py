"""A few statements that read well together: word for word, each standing alone, nothing said twice."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.model import Article, Reading, Statement
from briefing.refine import digest
from briefing.refine.methods import METHODS
from briefing.refine.summarise import candidates, choose, repeats, sense

Write = Callable[..., Article]
Read = Callable[[Article], Reading]
DAM = (
    "The dam at Vilkhova broke in three places on Tuesday night, the regional water board said. "
    "However, engineers in Vilkhova closed the sluices above the town before dawn. "
    "He said that the water was falling. "
    "Those figures could not be independently verified. "
    "The mayor of Vilkhova, Roman Hlushko, said on Wednesday that nobody had drowned."
)
FLOOD = (
    "Water from the broken dam flooded the lower streets of Vilkhova late on Tuesday. "
    "The dam at Vilkhova broke in three places late on Tuesday night, said the regional water board. "
    "Two excavators of the water board reached the dam at Vilkhova on Wednesday morning."
)


def groups(read: Read, *articles: Article) -> list[list[Statement]]:
    return [candidates(r, r.sentences) for r in map(read, articles)]


def test_candidates_are_spans_that_stand_alone(write: Write, read: Read) -> None:
    article = write(DAM)
    (found,) = groups(read, article)
    assert all(article.text[s.start : s.end] == s.text for s in found)
    assert [s.text.split()[0] for s in found] == ["The", "engineers", "The"]
    assert ["clipped" in s.flags for s in found] == [False, True, False]


def test_a_surname_alone_is_no_candidate_where_a_reader_cannot_know_it(write: Write, read: Read) -> None:
    reading = read(write(f"{DAM} Hlushko inspected the sluices of Vilkhova on foot."))
    last = "Hlushko inspected the sluices of Vilkhova on foot."
    assert last in [s.text for s in candidates(reading, reading.sentences)]
    assert last in [s.text for s in candidates(reading, reading.sentences, {"hlushko"})]
    assert last not in [s.text for s in candidates(reading, reading.sentences, set())]


def test_what_is_chosen_is_in_reading_order_and_says_nothing_twice(write: Write, read: Read) -> None:
    both = groups(read, write(DAM), write(FLOOD, outlet="Harbour Sheet"))
    flat = [s for g in both for s in g]
    chosen = choose(both, "en", 6)
    assert [s for s in flat if s in chosen] == chosen
    for one, other in combinations(chosen, 2):
        assert not repeats(sense(one.text, "en"), [sense(other.text, "en")])


def test_what_was_said_before_is_not_said_again(write: Write, read: Read) -> None:
    mine = groups(read, write(DAM))
    (first,) = choose(mine, "en", 1)
    assert first not in choose(mine, "en", 5, said=[sense(first.text, "en")])


@pytest.mark.parametrize("name", tuple(METHODS))
def test_every_method_serves_from_here(name: str, write: Write, read: Read) -> None:
    both = groups(read, write(DAM), write(FLOOD, outlet="Harbour Sheet"))
    chosen = choose(both, "en", 2, name)
    assert 1 <= len(chosen) <= 2
    assert len({s.text for s in chosen}) == len(chosen)


def test_a_digest_fills_its_words_and_never_runs_on(write: Write) -> None:
    articles = [write(DAM), write(FLOOD, outlet="Harbour Sheet", hours=2)]
    lengths = [len(s.text.split()) for s in digest(articles, 20, "default")]
    assert sum(lengths) >= 20 or len(lengths) > 3
    assert sum(lengths[:-1]) < 20 + max(lengths)
    assert digest([], 20, "default") == []


def test_a_longer_digest_begins_as_a_shorter_one(write: Write) -> None:
    articles = [write(DAM), write(FLOOD, outlet="Harbour Sheet", hours=2)]
    short, long = digest(articles, 15, "default"), digest(articles, 60, "default")
    assert len(short) < len(long)
    assert long[: len(short)] == short


def test_lines_of_a_story_may_have_less_in_common_than_a_digest_s(write: Write, read: Read) -> None:
    one = "The council of Vilkhova closed the northern bridge to lorries because piers sank."
    other = "The council of Vilkhova closed the northern gate for repairs and painting until autumn."
    both = groups(read, write(one), write(other, outlet="Harbour Sheet"))
    assert len(choose(both, "en", 2)) == 2
    assert len(choose(both, "en", 2, same=0.4)) == 1


def test_a_copy_speaks_once(write: Write) -> None:
    articles = [write(DAM), write(DAM, outlet="Harbour Sheet", hours=2)]
    texts = [s.text for s in digest(articles, 200, "default")]
    assert len(set(texts)) == len(texts)


PIECES = st.sampled_from(
    [
        "However,",
        "Roman Hlushko",
        "said",
        "that",
        "the dam",
        "at Vilkhova",
        "broke",
        "he",
        "14 people",
        ".",
        "“",
        "”",
        "\n\n",
    ]
)


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(st.lists(PIECES, max_size=60).map(" ".join), max_size=4), words=st.integers(1, 120))
def test_whatever_is_digested_every_statement_is_a_span(texts: list[str], words: int, write: Write) -> None:
    articles = {
        a.id: a for a in (write(t, title=f"T{i}", outlet=f"O{i}", hours=i) for i, t in enumerate(texts))
    }
    found = digest(list(articles.values()), words, "default")
    assert all(articles[s.article].text[s.start : s.end] == s.text for s in found)
    for one, other in combinations(found, 2):
        assert not repeats(sense(one.text, "en"), [sense(other.text, "en")])

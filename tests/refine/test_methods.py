"""Every summariser by name: offline, on any sumy document, in any language."""

from __future__ import annotations

import random
import signal
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.config.settings import METHODS as IN_SETTINGS
from briefing.errors import ConfigError
from briefing.refine.methods import METHODS, method
from briefing.refine.methods.document import Tokenizer, document

ENGLISH = [
    [
        "The dam at Vilkhova broke in three places on Tuesday night.",
        "Engineers of the water board closed the sluices above Vilkhova.",
        "The mayor of Vilkhova, Roman Hlushko, said that nobody had drowned.",
        "S-300 and F-16 are words with digits, and 47 is one too.",
    ],
    [
        "Water from the broken dam flooded the lower streets of Vilkhova.",
        "The water board sent two excavators to the dam at Vilkhova.",
        "A choir sang in Riga on the same evening.",
    ],
    ["The dam at Vilkhova broke in three places on Tuesday night."],
]
UKRAINIAN = [
    [
        "Дамбу у Вільховій прорвало у трьох місцях.",
        "Інженери закрили шлюзи вище за дамбу.",
        "Ніхто не загинув, сказав мер.",
    ],
    ["Вода з дамби залила нижні вулиці Вільхової.", "До дамби відправили два екскаватори."],
]


USABLE = tuple(METHODS)


def unique(paragraphs: list[list[str]]) -> list[list[str]]:
    """Each sentence where it stands first: sumy keys its ratings by the text."""
    first = {s: i for i, p in reversed(list(enumerate(paragraphs))) for s in p}
    return [[s for s in dict.fromkeys(p) if first[s] == i] for i, p in enumerate(paragraphs)]


@pytest.mark.parametrize("name", USABLE)
@pytest.mark.parametrize(("code", "paragraphs"), [("en", ENGLISH), ("uk", UKRAINIAN), ("xx", ENGLISH)])
def test_each_method_chooses_sentences_of_the_document_in_its_order(
    name: str, code: str, paragraphs: list[list[str]]
) -> None:
    texts = unique(paragraphs)
    flat = [s for p in texts for s in p]
    chosen = [str(s) for s in method(name, code)(document(texts, code), 3)]
    assert 1 <= len(chosen) <= 3
    assert [s for s in flat if s in chosen] == chosen
    assert chosen == [str(s) for s in method(name, code)(document(texts, code), 3)]


@pytest.mark.parametrize("name", USABLE)
def test_each_method_takes_a_document_of_one_sentence_and_of_none(name: str) -> None:
    assert len(method(name, "en")(document([["The dam at Vilkhova broke on Tuesday."]], "en"), 3)) == 1
    assert len(method(name, "en")(document([], "en"), 3)) == 0


def test_the_default_never_says_one_thing_twice() -> None:
    chosen = [str(s) for s in method("default", "en")(document(ENGLISH, "en"), 8)]
    assert len(set(chosen)) == len(chosen)


def test_an_unknown_method_is_told_with_the_known_ones() -> None:
    with pytest.raises(ConfigError, match=r'"textrnak".*textrank'):
        method("textrnak", "en")


def test_settings_know_every_method_and_no_other() -> None:
    assert set(IN_SETTINGS) == set(METHODS)


sentences = st.lists(
    st.sampled_from(
        [
            "dam",
            "river",
            "mayor",
            "bridge",
            "water",
            "47",
            "F-16",
            "the",
            "of",
            "Vilkhova",
            "Kyiv",
            "envoy",
            "talks",
        ]
    ),
    min_size=1,
    max_size=9,
).map(" ".join)
documents = st.lists(st.lists(sentences, min_size=1, max_size=5), min_size=1, max_size=5)


@settings(max_examples=60, deadline=None)
@given(documents)
def test_the_walk_s_ranks_sum_to_one(paragraphs: list[list[str]]) -> None:
    ranks = method("biased-lexrank", "en").rate(document(paragraphs, "en"))
    assert sum(ranks) == pytest.approx(1.0, abs=1e-6)
    assert all(rank >= 0 for rank in ranks)


@settings(max_examples=60, deadline=None)
@given(documents, st.randoms(use_true_random=False))
def test_shuffled_articles_shuffle_the_walk_s_ranks(
    paragraphs: list[list[str]], chance: random.Random
) -> None:
    desk = method("biased-lexrank", "en")
    order = list(range(len(paragraphs)))
    chance.shuffle(order)
    ranks = iter(desk.rate(document(paragraphs, "en")))
    by_paragraph = [[next(ranks) for _ in p] for p in paragraphs]
    shuffled = desk.rate(document([paragraphs[i] for i in order], "en"))
    assert shuffled == pytest.approx([r for i in order for r in by_paragraph[i]], abs=1e-7)


def test_the_walk_ranks_what_several_articles_say_above_what_one_adds() -> None:
    ranks = method("biased-lexrank", "en").rate(document(ENGLISH[:2], "en"))
    flat = [s for p in ENGLISH[:2] for s in p]
    rated = dict(zip(flat, ranks, strict=True))
    assert rated["The dam at Vilkhova broke in three places on Tuesday night."] in sorted(ranks)[-2:]
    assert rated["A choir sang in Riga on the same evening."] < min(sorted(ranks)[-3:])


@settings(max_examples=60, deadline=None)
@given(documents)
def test_the_default_orders_by_what_each_sentence_still_adds(paragraphs: list[list[str]]) -> None:
    """So many sentences are the first so many of the order, which names each at most once."""
    texts = document(unique(paragraphs), "en")
    order = list(method("default", "en").order(texts))
    assert len(set(order)) == len(order) <= len(texts.sentences)
    for count in (1, len(order) // 2):
        taken = {str(s) for s in method("default", "en")(texts, count)}
        assert taken == {str(texts.sentences[i]) for i in order[:count]}


@settings(max_examples=60, deadline=None)
@given(documents, st.randoms(use_true_random=False))
def test_what_the_default_values_does_not_hang_on_the_order_of_articles(
    paragraphs: list[list[str]], chance: random.Random
) -> None:
    default = method("default", "en")
    order = list(range(len(paragraphs)))
    chance.shuffle(order)
    shuffled = document([paragraphs[i] for i in order], "en")
    assert default.concepts(shuffled) == default.concepts(document(paragraphs, "en"))


def test_the_default_leaves_out_what_one_article_adds() -> None:
    chosen = [str(s) for s in method("default", "en")(document(ENGLISH[:2], "en"), 3)]
    assert len(chosen) == 3
    assert "A choir sang in Riga on the same evening." not in chosen


def test_the_default_counts_words_where_nothing_can_be_chosen() -> None:
    """What the articles say again and again in sentences that hang is news all the same."""
    offered = [["A choir sang in the hall of Riga on Friday.", "A tower of Vilkhova fell on Friday night."]]
    hanging = ["It was the tower of Vilkhova.", "They saw the tower fall.", "The tower of Vilkhova, he said."]
    default = method("default", "en")
    without = next(default.order(document(offered, "en")))
    within = next(
        default.order(document(offered, "en", [[*offered[0], *hanging], [hanging[1]], [hanging[2]]]))
    )
    assert (without, within) == (0, 1)


def test_the_default_likes_a_report_better_than_a_quotation_or_a_wish() -> None:
    report = "The council of Vilkhova closes the northern bridge on Friday."
    quoted = '"The council of Vilkhova closes the northern bridge," on Friday.'
    wish = "The council of Vilkhova could close the northern bridge on Friday."
    for other in (quoted, wish):
        chosen = method("default", "en")(document([[other], [report]], "en"), 1)
        assert [str(s) for s in chosen] == [report]


def test_the_default_takes_a_plain_document_of_sumy() -> None:
    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence

    tokenizer = Tokenizer("en")
    plain = ObjectDocumentModel([Paragraph([Sentence(t, tokenizer) for t in p]) for p in ENGLISH])
    default = method("default", "en")
    assert [str(s) for s in default(plain, 2)] == [str(s) for s in default(document(ENGLISH, "en"), 2)]


def test_the_tokenizer_keeps_digits_and_needs_no_download() -> None:
    tokenizer = Tokenizer("uk")
    assert tokenizer.to_words("S-300 і F-16, 1,5 млн") == ("s-300", "і", "f-16", "1,5", "млн")
    assert tokenizer.to_sentences("Дамбу прорвало. Ніхто не загинув.") == (
        "Дамбу прорвало.",
        "Ніхто не загинув.",
    )


@pytest.mark.parametrize("name", USABLE)
def test_sentences_without_words_break_no_method(name: str) -> None:
    odd = [["…", "The dam at Vilkhova broke on Tuesday.", "of the"], ["—"]]
    chosen = [str(s) for s in method(name, "en")(document(odd, "en"), 2)]
    assert len(set(chosen)) == len(chosen) <= 2


@pytest.mark.parametrize("name", USABLE)
def test_no_two_of_its_sentences_are_equal(name: str) -> None:
    chosen = [str(s) for s in method(name, "en")(document(unique(ENGLISH), "en"), 5)]
    assert all(a != b for a, b in combinations(chosen, 2))


def test_textrank_ends() -> None:
    signal.alarm(3)  # instead of the usual patience
    assert method("textrank", "en")(document(ENGLISH[:2], "en"), 2)

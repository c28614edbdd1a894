"""Every statement of an edition is found again, or the first that is not is named."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.errors import VerifyError
from briefing.model import (
    Article,
    Changes,
    CitedArticle,
    Coverage,
    Dispute,
    Echo,
    Edition,
    Figure,
    Hedge,
    KeyPoint,
    Method,
    Statement,
    StoryReport,
    ThemeSection,
    Window,
)
from briefing.store import open_store, sqlite_url
from briefing.verify import verify

SIX = datetime(2026, 11, 23, 6, tzinfo=UTC)
ARTICLES = {
    "a": Article(
        "a", "north", "Міст закрито", "Міст закрито 🛰️.\n\nПоранено щонайменше 14 людей.", published=SIX
    ),
    "b": Article("b", "south", "Bridge open", "The bridge is open. Nobody was hurt.", published=SIX),
    "c": Article("c", "south", "Harvest ends", "The harvest has ended.", published=SIX),
}


def statement(article: str, text: str) -> Statement:
    start = ARTICLES[article].text.index(text)
    return Statement(text, article, start, start + len(text))


def cite(number: int, article: Article) -> CitedArticle:
    digest = hashlib.sha256(article.text.encode()).hexdigest()
    return CitedArticle(
        article.id,
        number,
        article.title,
        "",
        "",
        article.published,
        False,
        article.language,
        "unknown",
        digest,
    )


CLOSED, OPEN = statement("a", "Міст закрито 🛰️."), statement("b", "The bridge is open.")
TOLL = statement("a", "щонайменше 14 людей")
FIGURE = Figure("s1", "wounded", TOLL.text, 14.0, TOLL.article, TOLL.start, TOLL.end, "")
FULL_STORY = StoryReport("s1", "Bridge", "new", ("a", "b"), 2, (CLOSED, OPEN))
HEADLINE = StoryReport("s2", "Harvest ends", "new", ("c",), 1, ())
EDITION = Edition(
    briefing="morning",
    slot="2026-11-23",
    title="Morning briefing",
    language="en",
    timezone="UTC",
    date=dt.date(2026, 11, 23),
    as_of=SIX,
    window=Window(SIX - dt.timedelta(hours=24), SIX),
    sources=(),
    articles=tuple(cite(number, article) for number, article in enumerate(ARTICLES.values(), 1)),
    key_points=(KeyPoint("battlefield", OPEN),),
    themes=(ThemeSection("battlefield", "Battlefield", (FULL_STORY, HEADLINE)),),
    figures=(FIGURE,),
    disputes=(Dispute("s1", (CLOSED, OPEN)),),
    changes=Changes(),
    coverage=Coverage({}, {}, (), ()),
    method=Method("0", "", "", ""),
)


def refusal(edition: Edition, article: Callable[[str], Article | None] = ARTICLES.get) -> str:
    with pytest.raises(VerifyError) as error:
        verify(edition, article)
    return str(error.value)


def with_story(changed: Statement) -> Edition:
    story = replace(FULL_STORY, statements=(CLOSED, changed))
    return replace(EDITION, themes=(replace(EDITION.themes[0], stories=(story, HEADLINE)),))


def test_key_points_stories_figures_and_both_sides_of_disputes_are_found_and_counted() -> None:
    assert verify(EDITION, ARTICLES.get) == 1 + 2 + 1 + 2


def test_they_are_found_in_a_store(tmp_path: Path) -> None:
    with open_store(sqlite_url(tmp_path / "briefing.db")) as store:
        store.add(ARTICLES.values(), "2026-11-23")
        assert verify(EDITION, store.article) == 6


def test_an_edition_without_statements_has_none() -> None:
    empty = replace(EDITION, articles=(), key_points=(), themes=(), figures=(), disputes=())
    assert verify(empty, ARTICLES.get) == 0


def hedge(article: str, text: str, by: int = 0) -> Hedge:
    start = ARTICLES[article].text.index(text) + by
    return Hedge("reported", text, start, start + len(text))


def echo(article: str, text: str, by: int = 0) -> Echo:
    start = ARTICLES[article].text.index(text) + by
    return Echo(text, article, start, start + len(text))


def test_hedges_and_echoes_that_stand_where_they_say_are_found_and_counted() -> None:
    held = replace(CLOSED, hedges=(hedge("a", "щонайменше"),))
    given = replace(FIGURE, also=(echo("b", "Nobody"),), hedges=(hedge("a", "щонайменше"),))
    assert verify(with_story(held), ARTICLES.get) == verify(EDITION, ARTICLES.get) + 1
    assert verify(replace(EDITION, figures=(given,)), ARTICLES.get) == verify(EDITION, ARTICLES.get) + 2


@pytest.mark.parametrize("by", [1, -1, 1000, -1000])
@pytest.mark.parametrize("where", ["story", "key point", "figure", "dispute"])
def test_a_moved_hedge_is_named(where: str, by: int) -> None:
    held = replace(CLOSED, hedges=(hedge("a", "щонайменше", by),))
    edition = {
        "story": with_story(held),
        "key point": replace(EDITION, key_points=(KeyPoint("x", held),)),
        "figure": replace(EDITION, figures=(replace(FIGURE, hedges=held.hedges),)),
        "dispute": replace(EDITION, disputes=(Dispute("s1", (OPEN, held)),)),
    }[where]
    assert refusal(edition).startswith("hedge of ")


@pytest.mark.parametrize("by", [1, -1, 1000, -1000])
def test_a_moved_echo_is_named(by: int) -> None:
    moved = replace(FIGURE, also=(echo("b", "The bridge"), echo("b", "Nobody", by)))
    assert refusal(replace(EDITION, figures=(moved,))).startswith("figure 1, also given: 'Nobody'")


def test_an_echo_of_an_article_that_the_edition_does_not_cite_is_named() -> None:
    strange = replace(FIGURE, also=(replace(echo("b", "Nobody"), article="z"),))
    assert refusal(replace(EDITION, figures=(strange,))).startswith("figure 1, also given: article 'z'")


@pytest.mark.parametrize(
    ("edition", "place"),
    [
        (
            replace(EDITION, key_points=(KeyPoint("x", replace(OPEN, text="The bridge is shut.")),)),
            "key point 1",
        ),
        (with_story(replace(OPEN, text="The bridge is shut.")), "battlefield, story 'Bridge', statement 2"),
        (replace(EDITION, figures=(FIGURE, replace(FIGURE, text="щонайменше 41 людей"))), "figure 2"),
        (
            replace(EDITION, disputes=(Dispute("s1", (CLOSED, replace(OPEN, text="Shut."))),)),
            "dispute 1, side 2",
        ),
    ],
)
def test_one_changed_letter_is_named_with_its_place(edition: Edition, place: str) -> None:
    assert refusal(edition).startswith(f"{place}: ")


def test_the_message_says_what_was_sought_where_what_stands_there_and_what_to_do() -> None:
    assert refusal(with_story(replace(OPEN, text="The bridge is shut."))) == (
        "battlefield, story 'Bridge', statement 2: 'The bridge is shut.' is not at characters 0 to 19 "
        "of article [2] 'Bridge open': 'The bridge is open.' stands there; "
        "the edition or the store was changed since it was made; "
        "make it again with briefing build --date 2026-11-23"
    )


@pytest.mark.parametrize(
    "wrong",
    [
        replace(OPEN, start=1),
        replace(OPEN, end=18),
        replace(OPEN, start=1, end=20),
        replace(OPEN, start=-36, end=-17),  # Python's slice would find it
        replace(OPEN, text="", start=5, end=5),
        replace(OPEN, text="", start=19, end=0),
        replace(OPEN, text="Nobody was hurt.", start=20, end=99),  # and this
        replace(OPEN, article="a"),
        replace(OPEN, text="The bridge is open\N{FULLWIDTH FULL STOP}"),
    ],
)
def test_a_statement_that_is_not_exactly_where_it_says_is_refused(wrong: Statement) -> None:
    assert "statement 2: " in refusal(with_story(wrong))


def test_a_missing_article_is_named_with_the_statement_that_needs_it() -> None:
    message = refusal(EDITION, lambda key: None if key == "b" else ARTICLES[key])
    assert message.startswith("key point 1: article [2] 'Bridge open' is not in the store")


def test_an_article_that_only_a_headline_cites_must_be_there_too() -> None:
    message = refusal(EDITION, lambda key: None if key == "c" else ARTICLES[key])
    assert message.startswith("a headline: article [3] 'Harvest ends' is not in the store")


def test_a_text_that_changed_elsewhere_is_refused_although_the_statement_stands() -> None:
    changed = replace(ARTICLES["b"], text="The bridge is open. Many were hurt.")
    message = refusal(EDITION, lambda key: changed if key == "b" else ARTICLES[key])
    assert "key point 1: the stored text of article [2] 'Bridge open' is another one" in message
    assert "'The bridge is open. Many were hurt.'" in message


def test_an_article_that_the_edition_does_not_list_is_refused() -> None:
    message = refusal(replace(EDITION, articles=EDITION.articles[:1]))
    assert message.startswith("key point 1: article 'b' is not among the edition's")


def test_a_message_cannot_steer_a_terminal() -> None:
    hostile = replace(OPEN, text="\x1b[2J\r" + "я" * 500)
    message = refusal(with_story(hostile))
    assert message.isprintable()
    assert len(message) < 500


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), st.data())
def test_every_span_of_any_text_is_found_and_no_other_text_is(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    article = Article("t", "north", "Title", text)
    right = Statement(text[start:end], "t", start, end)
    bare = replace(EDITION, themes=(), figures=(), disputes=(), articles=(cite(1, article),))
    assert verify(replace(bare, key_points=(KeyPoint("x", right),)), {"t": article}.get) == 1
    wrong = replace(right, text=data.draw(st.text().filter(lambda other: other != right.text)))
    refusal(replace(bare, key_points=(KeyPoint("x", wrong),)), {"t": article}.get)

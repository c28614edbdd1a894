"""The board: which figures stand on it, what agrees, differs or is updated, and what has moved."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.config import themes_of
from briefing.config.settings import Settings
from briefing.model import Article, Dispatch, Edition, Figure, Harvest, Reading, SourceReport, Statement
from briefing.refine import refine
from briefing.refine.board.counts import Count, counted, extent, names
from briefing.refine.board.marks import marked, numbered, rows
from briefing.schedule import slot

Case = dict[str, Any]
Write = Callable[..., Article]
SIX = datetime(2026, 3, 12, 6, tzinfo=UTC)
USUAL = Settings(base=Path())
STRIKE = (
    "At least {toll} people were killed when a missile hit a block of flats in Novoberezhne, the emergency "
    "service said. "
    "Rescuers in Novoberezhne pulled wounded children and other civilians from the rubble of Shkilna Street. "
    "The mayor of Novoberezhne, Olena Ratushna, said that hospitals were short of blood."
)
AGREES = (
    "Rescue teams searched a shattered block of flats in Novoberezhne through the night. "
    "The missile killed {toll} people in Novoberezhne, according to Governor Taras Hnatiuk. "
    "Neighbours in Novoberezhne brought tea and blankets to families from the flats, volunteers said."
)
CONGRESS = (
    "Beekeepers from eleven countries met in Riga on Tuesday to speak about mites and honey. "
    "The harvest of the year was poor, the association of beekeepers said in Riga."
)


def count(row: Case, what: str) -> Count:
    """A row of a case as a count of its own article."""
    hours = row.get("hours")
    article = Article(
        f"{row['outlet']} {hours} {row['text']} {row.get('where', '')}", "s", "T", "The missile hit.",
        outlet=row["outlet"], published=None if hours is None else SIX - timedelta(hours=hours),
    )  # fmt: skip
    told = {k: row[k] for k in ("low", "high", "modifier", "who", "where", "when", "period") if k in row}
    if "value" in row and "low" not in row:
        told |= {"low": row["value"], "high": row["value"]}
    figure = Figure(
        "story", row.get("what", what), row["text"], row.get("value"), article.id, 0, len(row["text"]),
        row.get("source", ""), **told,
    )  # fmt: skip
    line = Statement(f"The missile hit {row.get('where', '')} and the town.", article.id, 0, 9)
    return counted(
        figure,
        line,
        Dispatch(Reading(article, ())),
        names(row.get("where", "")) or names("Lypne"),
        printed=True,
    )


def shown(found: Sequence[Count]) -> list[Case]:
    """The rows of a board as a case has them."""
    return [
        {"text": f.text}
        | ({"status": f.status} if f.status else {})
        | ({"also": [e.text for e in f.also]} if f.also else {})
        for f in numbered(marked(rows(found)))
    ]


def test_a_count_is_one_row_with_its_mark_and_its_echoes(board: Case) -> None:
    found = [count(row, board.get("what", "killed")) for row in board["rows"]]
    assert shown(found) == board["expected"]


def test_the_order_of_the_articles_changes_no_mark(board: Case) -> None:
    found = [count(row, board.get("what", "killed")) for row in board["rows"]]
    for seed in range(4):
        shuffled = random.Random(seed).sample(found, len(found))
        assert shown(shuffled) == board["expected"]


def test_rows_of_one_count_are_a_group_and_others_are_none() -> None:
    told = {"source": "the governor", "where": "Lypne", "outlet": "Meadow Press"}
    found = [
        count({"text": "300 people", "value": 300, "hours": 9, **told}, "evacuated"),
        count({"text": "700 people", "value": 700, "hours": 2, **told}, "evacuated"),
        count({"text": "two people", "value": 2, "hours": 2, **told}, "killed"),
    ]
    assert [f.group for f in numbered(marked(rows(found)))] == [1, 0, 1] or sorted(
        f.group for f in numbered(marked(rows(found)))
    ) == [0, 1, 1]


@given(st.floats(1, 1e7), st.sampled_from(["", "about"]))
def test_a_number_fits_its_own_range(value: float, modifier: str) -> None:
    figure = Figure("s", "killed", "x", value, "a", 0, 1, "", low=value, high=value, modifier=modifier)
    low, high = extent(figure) or (0, 0)
    assert low <= value <= high


# --- whole editions ---


@pytest.fixture(scope="session")
def build() -> Callable[..., Edition]:
    """`build(articles, now=, earlier=)`: the edition of these articles."""

    def edition(
        articles: Sequence[Article], *, now: datetime = SIX, earlier: Sequence[Edition] = ()
    ) -> Edition:
        report = SourceReport("folder", "unknown", "folder", "ok", len(articles))
        return refine(
            articles,
            harvest=Harvest((report,), tuple(articles), ()),
            slot=slot(USUAL, now),
            settings=USUAL,
            themes=themes_of(USUAL),
            earlier=earlier,
        )

    return edition


Build = Callable[..., Edition]


def night(write: Write, toll: int = 14, hours: float = 1) -> list[Article]:
    """Two reports of one strike, by two outlets."""
    return [
        write(STRIKE.format(toll=toll), title="Missile kills people in Novoberezhne", hours=hours + 1),
        write(
            AGREES.format(toll=toll),
            title="Missile kills people in flats of Novoberezhne",
            outlet="Harbour Sheet",
            hours=hours,
        ),
    ]


def toll(edition: Edition) -> Figure:
    (row,) = [f for f in edition.figures if f.what == "killed"]
    return row


def test_two_outlets_agree_in_one_row(write: Write, build: Build) -> None:
    row = toll(build(night(write)))
    assert (row.value, row.status, len(row.also)) == (14, "agrees", 1)
    assert row.article != row.also[0].article


def test_a_reprint_is_no_echo(write: Write, build: Build) -> None:
    first, _ = night(write)
    copy = write(first.text, title=first.title, outlet="Danube Post", hours=1)
    assert (toll(build([first, copy])).also, toll(build([first, copy])).status) == ((), "")


def test_an_article_about_something_else_changes_no_figure(write: Write, build: Build) -> None:
    told = night(write)
    other = write(CONGRESS, title="Beekeepers meet in Riga", outlet="Daily Ferry", hours=3)
    assert build(told).figures == build([*told, other]).figures


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(3)))
def test_the_order_in_which_articles_come_changes_nothing(
    order: list[int], write: Write, build: Build
) -> None:
    told = [*night(write), write(CONGRESS, title="Beekeepers meet in Riga", outlet="Daily Ferry", hours=3)]
    assert build([told[i] for i in order]).figures == build(told).figures


@pytest.mark.parametrize("gone", [0, 1])
def test_no_row_cites_an_article_that_is_gone(gone: int, write: Write, build: Build) -> None:
    told = night(write)
    left = [a for i, a in enumerate(told) if i != gone]
    row = toll(build(left))
    assert {row.article, *(e.article for e in row.also)} == {left[0].id}


def test_a_row_shows_what_the_last_edition_said(write: Write, build: Build) -> None:
    before = build(night(write, 11, hours=25), now=SIX - timedelta(days=1))
    row = toll(build(night(write, 14), earlier=[before]))
    assert row.before is not None
    assert (row.before.slot, row.before.value, row.status) == (before.slot, 11, "updated")


def test_an_unchanged_row_says_since_when(write: Write, build: Build) -> None:
    first = build(night(write, 14, hours=49), now=SIX - timedelta(days=2))
    second = build(night(write, 14, hours=25), now=SIX - timedelta(days=1), earlier=[first])
    row = toll(build(night(write, 14), earlier=[second, first]))
    assert row.before is not None
    assert (row.before.slot, row.before.value, row.status) == (first.slot, 14, "agrees")


def test_a_toll_that_falls_is_another_event(write: Write, build: Build) -> None:
    before = build(night(write, 14, hours=25), now=SIX - timedelta(days=1))
    assert toll(build(night(write, 3), earlier=[before])).before is None


def test_every_row_is_a_span_of_its_article(write: Write, build: Build) -> None:
    told = {a.id: a for a in night(write)}
    for row in build(list(told.values())).figures:
        spans = [(row.article, row.start, row.end, row.text)]
        spans += [(e.article, e.start, e.end, e.text) for e in row.also]
        assert all(told[key].text[start:end] == text for key, start, end, text in spans)


def test_an_undated_report_updates_nothing(write: Write, build: Build) -> None:
    first, second = night(write, 9)
    later = replace(second, published=None, text=AGREES.format(toll=14))
    assert "updated" not in {f.status for f in build([first, later]).figures}


# --- running totals ---


def reports(write: Write, texts: Sequence[str], hours: float) -> list[Article]:
    """One report a text, by outlets of their own."""
    return [
        write(text, title=f"Report {i} of the night", outlet=f"Outlet {i}", hours=hours)
        for i, text in enumerate(texts)
    ]


def test_totals_stand_apart_one_row_a_count_and_a_voice(totals: Case, write: Write, build: Build) -> None:
    old = reports(write, totals.get("before", ()), hours=25)
    earlier = [build(old, now=SIX - timedelta(days=1))] if old else []
    edition = build(reports(write, totals["reports"], hours=2), earlier=earlier)
    shown = [
        {"what": f.what, "text": f.text, "source": f.source}
        | ({"status": f.status} if f.status else {})
        | ({"before": f.before.value} if f.before else {})
        for f in edition.figures
        if not f.story
    ]
    assert shown == totals["rows"]
    assert not {f.text for f in edition.figures if f.story} & {row["text"] for row in totals["rows"]}


@pytest.mark.parametrize(
    ("line", "toll"),
    [
        (
            "At least 40 civilians were killed, said Taras Hnatiuk, the governor of the region.",
            "40 civilians",
        ),
        ("At least 40 civilians were killed, the minister said.", ""),
        ("Five captured Ukrainian soldiers had been released, said Governor Taras Hnatiuk.", ""),
    ],
)
def test_only_who_is_known_gives_a_row_and_no_capture_of_those_set_free(
    line: str, toll: str, write: Write, build: Build
) -> None:
    text = f"A missile hit a block of flats in Novoberezhne at night. {line} " + STRIKE.partition(". ")[2]
    article = write(text, title="Missile hits a block of flats in Novoberezhne", outlet="Northwire", hours=5)
    found = [f for f in build([article]).figures if f.what in ("killed", "captured")]
    assert [toll in f.text for f in found] == [True] * bool(toll)


def test_a_toll_has_the_place_of_the_sentence_before(write: Write, build: Build) -> None:
    text = (
        "A missile hit a block of flats in Novoberezhne at night. "
        "At least 40 civilians were killed, said Taras Hnatiuk, the governor. "
    ) + STRIKE.partition(". ")[2]
    article = write(text, title="Missile hits a block of flats in Novoberezhne", outlet="Northwire", hours=5)
    (row,) = [f for f in build([article]).figures if f.what == "killed"]
    assert row.where == "Novoberezhne"

"""The last steps on whole mornings: sections, key points, the board, and what changed since yesterday."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from briefing.config import override, themes_of
from briefing.config.settings import Settings, Summary
from briefing.model import Article, Edition, Harvest, Slot, SourceReport, Window
from briefing.refine import refine
from briefing.schedule import slot

Write = Callable[..., Article]
Build = Callable[..., Edition]
SIX = datetime(2026, 3, 12, 6, tzinfo=UTC)
USUAL = Settings(base=Path())
STRIKE = (
    "At least {toll} people were killed when a missile hit a block of flats in Novoberezhne, the emergency "
    "service said. "
    "Rescuers in Novoberezhne pulled wounded children and other civilians from the rubble of Shkilna Street. "
    "The mayor of Novoberezhne, Olena Ratushna, said that hospitals were short of blood."
)
TALKS = (
    "Negotiators in Vienna agreed on a list of prisoners on Wednesday, the Swiss ambassador Elisabeth Räber "
    "said. "
    "The talks in Vienna go on with a session on a ceasefire, Foreign Minister Ivan Bondar said."
)
FRONT = (
    "Artillery shelled the brigade's positions near Verkhnia Lypa, General Oleh Marchuk said on Wednesday. "
    "Drones struck two tanks of the battalion at Verkhnia Lypa, the Ukrainian military said."
)
RIGA = "The choir of Riga sang old songs on Tuesday and the audience in the hall clapped for a long time."


@pytest.fixture(scope="session")
def build() -> Build:
    """`build(articles, now=, earlier=)`: the edition of these articles."""

    def edition(
        articles: Sequence[Article],
        *,
        now: datetime = SIX,
        earlier: Sequence[Edition] = (),
        settings: Settings = USUAL,
    ) -> Edition:
        at: Slot = slot(settings, now)
        inside = [
            a for a in articles if a.published is None or at.window.start < a.published <= at.window.end
        ]
        report = SourceReport("folder", "unknown", "folder", "ok", len(articles))
        return refine(
            inside,
            harvest=Harvest((report,), tuple(articles), ()),
            slot=at,
            settings=settings,
            themes=themes_of(settings),
            earlier=earlier,
        )

    return edition


def morning(write: Write, toll: int = 9, hours: float = 1) -> list[Article]:
    return [
        write(STRIKE.format(toll=toll), title="Missile kills people in Novoberezhne", hours=hours),
        write(TALKS, title="Vienna talks agree on prisoners", outlet="Harbour Sheet", hours=hours + 1),
        write(FRONT, title="Artillery shells Verkhnia Lypa", outlet="Danube Post", hours=hours + 2),
        write(RIGA, title="Choir sings in Riga", outlet="Daily Ferry", hours=hours + 3),
    ]


def headlines(edition: Edition) -> dict[str, list[str]]:
    return {section.key: [s.headline for s in section.stories] for section in edition.themes}


def test_each_story_stands_under_its_theme_and_what_fits_none_is_left_out(write: Write, build: Build) -> None:
    assert headlines(build(morning(write))) == {
        "battlefield": ["Artillery shells Verkhnia Lypa"],
        "humanitarian": ["Missile kills people in Novoberezhne"],
        "diplomacy": ["Vienna talks agree on prisoners"],
    }


def test_key_points_are_lines_of_the_stories_one_a_theme_first(write: Write, build: Build) -> None:
    edition = build(morning(write))
    assert [p.theme for p in edition.key_points] == ["battlefield", "humanitarian", "diplomacy"]
    lines = {s for section in edition.themes for story in section.stories for s in story.statements}
    assert {p.statement for p in edition.key_points} <= lines


def test_one_event_that_is_told_under_two_themes_has_one_key_point(write: Write, build: Build) -> None:
    again = (
        "Foreign ministers condemned the missile that hit flats in Novoberezhne and killed nine people, the "
        "ambassador said. The mayor of Novoberezhne, Olena Ratushna, met the foreign ministers for talks."
    )
    edition = build([*morning(write), write(again, title="Ministers on Novoberezhne missile", outlet="Sun")])
    points = [p.statement.text for p in edition.key_points]
    assert sum("Novoberezhne" in text for text in points) == 1


def test_a_saying_of_every_day_is_no_key_point_where_there_is_news(write: Write, build: Build) -> None:
    habit = (
        "Ambassador Ivan Bondar has repeatedly called for peace talks between the two governments in Vienna. "
    )
    edition = build([write(habit + TALKS, title="Talks in Vienna on prisoners")])
    assert all("repeatedly" not in p.statement.text for p in edition.key_points)


@pytest.mark.parametrize("most", [1, 2, 3])
def test_key_points_statements_and_stories_keep_to_what_is_configured(
    write: Write, build: Build, most: int
) -> None:
    settings = override(
        Settings(base=Path()), summary=Summary(key_points=most, statements=most, stories=most)
    )
    edition = build(morning(write), settings=settings)
    assert len(edition.key_points) <= most
    for section in edition.themes:
        assert all(len(story.statements) <= most for story in section.stories)


def test_the_board_holds_the_figures_of_the_statements_that_are_told(write: Write, build: Build) -> None:
    edition = build(morning(write))
    told = {
        (s.article, s.start, s.end)
        for section in edition.themes
        for story in section.stories
        for s in story.statements
    }
    toll = next(f for f in edition.figures if f.what == "killed")
    assert (toll.value, toll.source) == (9, "the emergency service")
    for figure in edition.figures:
        assert any(a == figure.article and b <= figure.start < figure.end <= c for a, b, c in told)


def test_articles_are_numbered_in_the_order_in_which_a_reader_meets_them(write: Write, build: Build) -> None:
    edition = build(morning(write))
    assert [a.number for a in edition.articles] == list(range(1, len(edition.articles) + 1))
    assert edition.articles[0].id == edition.key_points[0].statement.article


def test_a_first_edition_compares_with_nothing(write: Write, build: Build) -> None:
    edition = build(morning(write))
    assert (edition.changes.since, edition.changes.quiet) == ("", ())
    assert {s.status for section in edition.themes for s in section.stories} == {"new"}


def test_a_story_with_another_figure_has_changed_one_without_continues_one_untold_is_quiet(
    write: Write, build: Build
) -> None:
    before = build(morning(write, toll=9, hours=25), now=SIX - timedelta(days=1))
    today = [a for a in morning(write, toll=14) if "Artillery" not in a.title]
    grain = (
        "Turkey offered observers for grain talks, Foreign Minister Ayşe Demir said in Ankara on Wednesday."
    )
    today.append(write(grain, title="Turkey offers observers for grain talks", outlet="Bosphorus Letter"))
    edition = build(today, earlier=[before])
    status = {s.headline: s.status for section in edition.themes for s in section.stories}
    assert status == {
        "Missile kills people in Novoberezhne": "changed",
        "Vienna talks agree on prisoners": "continuing",
        "Turkey offers observers for grain talks": "new",
    }
    assert edition.changes.since == before.slot
    assert [q.headline for q in edition.changes.quiet] == ["Artillery shells Verkhnia Lypa"]
    assert next(f for f in edition.figures if f.what == "killed").status == "updated"
    ids = {s.status: s.id for section in edition.themes for s in section.stories}
    assert (edition.changes.new, edition.changes.changed) == ((ids["new"],), (ids["changed"],))


def test_speakers_of_the_configuration_reach_the_lines(write: Write, build: Build) -> None:
    settings = override(USUAL, speakers={"city council": ("mayor of Novoberezhne",)})
    for used, kind in ((settings, "city council"), (USUAL, "official")):
        edition = build(morning(write), settings=used)
        lines = [s for theme in edition.themes for story in theme.stories for s in story.statements]
        said = {s.claim.source: s.claim.kind for s in lines}
        assert said["The mayor of Novoberezhne, Olena Ratushna"] == kind


def test_a_doubt_in_the_next_sentence_stands_behind_the_line_with_its_place(
    write: Write, build: Build
) -> None:
    text = f"{FRONT} The claim could not be independently verified."
    article = write(text, title="Drones strike near Verkhnia Lypa")
    edition = build([article])
    lines = [s for theme in edition.themes for story in theme.stories for s in story.statements]
    (held,) = [h for s in lines if s.text.startswith("Drones struck") for h in s.hedges]
    assert (held.kind, held.text) == ("unverified", "could not be independently verified")
    assert article.text[held.start : held.end] == held.text


def test_no_article_gives_an_edition_that_says_so(build: Build) -> None:
    edition = build([])
    assert all(section.stories == () for section in edition.themes)
    assert (edition.key_points, edition.figures, edition.disputes, edition.articles) == ((), (), (), ())
    assert edition.coverage.counts["in_window"] == 0


def test_reprints_are_no_origins_and_unknown_outlets_are_none(write: Write, build: Build) -> None:
    text = STRIKE.format(toll=9)
    title = "Missile kills people in Novoberezhne"
    copies = [
        write(text, title=title, outlet=o, hours=h)
        for h, o in enumerate(("Meadow Press", "Harbour Sheet", ""), 1)
    ]
    (story,) = [s for section in build(copies).themes for s in section.stories]
    assert (story.origins, len(story.articles)) == (1, 1)


def test_what_is_dropped_is_told_with_its_reason(write: Write, build: Build) -> None:
    wall = write(
        "We value your privacy. We and our partners use cookies. Accept all.", title="Your choices", hours=2
    )
    old, tomorrow = write(TALKS, title="Old", hours=30), write(FRONT, title="Tomorrow", hours=-20)
    dropped = {d.title: d.reason for d in build([wall, old, tomorrow, *morning(write)]).coverage.dropped}
    assert set(dropped) == {"Your choices", "Old", "Tomorrow", "Choir sings in Riga"}
    assert dropped["Old"] == "older than the window"
    assert dropped["Tomorrow"].startswith("dated after this edition")
    assert all(dropped.values())


@pytest.mark.parametrize(
    ("language", "text", "reason"),
    [
        ("it", "Il coro ha cantato a Riga fino a mezzanotte, ha detto il direttore.", "language"),
        ("de", "Der Chor sang in Riga bis Mitternacht, sagte Direktor Uwe Kern.", "theme"),
    ],
)
def test_an_article_in_a_language_without_a_file_is_told_as_unread(
    language: str, text: str, reason: str, write: Write, build: Build
) -> None:
    foreign = write(text, title="Riga", hours=2, language=language)
    dropped = {d.title: d.reason for d in build([foreign, *morning(write)]).coverage.dropped}
    assert reason in dropped["Riga"]


def test_a_german_report_stands_under_its_themes_with_its_figures(write: Write, build: Build) -> None:
    text = (
        "Bei einem Drohnenangriff auf Nowobereschne wurden mindestens 14 Menschen getötet. "
        "Zudem wurden 27 Menschen in Nowobereschne verletzt, sagte Bürgermeister Uwe Kern."
    )
    edition = build([write(text, title="Tote in Nowobereschne", hours=2, language="de")])
    told = [s.text for section in edition.themes for story in section.stories for s in story.statements]
    assert told and all(line in text for line in told)
    assert {(f.what, f.value) for f in edition.figures} == {("killed", 14.0), ("wounded", 27.0)}


def test_what_reading_cut_is_noted(write: Write, build: Build) -> None:
    note = "cut at 200,000 of 1,230,000 characters"
    edition = build([write(TALKS, title="Vienna talks", notes=(note,))])
    assert edition.coverage.notes == (f"Meadow Press, “Vienna talks”: {note}",)


def test_the_window_is_open_at_its_start_and_closed_at_its_end() -> None:
    at = slot(Settings(base=Path()), SIX)
    assert at.window == Window(SIX - timedelta(hours=24), SIX)

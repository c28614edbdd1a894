"""Several mornings in a row: threads, what changed, what is not said again, who fell quiet, timelines."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.config import themes_of
from briefing.config.settings import Settings
from briefing.model import Article, Edition, Harvest, Statement, StoryReport
from briefing.refine import refine
from briefing.refine.compare.anchors import anchors, words_of
from briefing.refine.compare.history import BOND
from briefing.refine.compare.matching import NEAREST, Sign, matches, scored
from briefing.refine.compare.published import Published
from briefing.refine.compare.quiet import MOST
from briefing.refine.compare.subject import Printed, subjects
from briefing.refine.compare.weekdays import weekday
from briefing.schedule import slot
from briefing.verify import verify

Write = Callable[..., Article]
Run = Callable[..., list[Edition]]
SIX = datetime(2026, 3, 12, 6, tzinfo=UTC)
USUAL = Settings(base=Path())

SIEGE = (
    "At least {toll} civilians were killed when shells hit the besieged port of Kalynivka, the mayor Olena "
    "Ratushna said. {news} Doctors in Kalynivka work in cellars without power, the mayor Olena Ratushna said."
)
SIEGE_NEWS = (
    "A first convoy of buses left Kalynivka along the coast road, the Red Cross said.",
    "Russian marines landed at the Kalynivka fish market, General Oleh Marchuk said.",
    "The Swiss ambassador Elisabeth Räber asked for a truce of three days in Kalynivka.",
    "A bakery in Kalynivka opened again after a ship brought flour, the harbour master Ihor Sokil said.",
)
TALKS = (
    "Negotiators in Vienna agreed on a list of prisoners, the envoy Paul Amsel said. "
    "The envoys in Vienna meet again at the Hofburg palace, the Foreign Minister Ivan Bondar said."
)
DAM = (
    "Engineers closed the sluices of the Lypa dam after a turbine fell silent, the operator Hydrolypa said. "
    "Villages below the Lypa dam were told to leave, the operator Hydrolypa said."
)
GRAIN = (
    "Turkey offered warships to guard grain freighters, the defence minister Ayşe Demir said in Ankara. "
    "Insurers in London doubled the price of a passage through the straits, the broker Tom Hale said."
)


@pytest.fixture(scope="session")
def run() -> Run:
    """`run(mornings)`: the editions of some mornings in a row, the oldest first, each after those before."""

    def editions(mornings: Sequence[Sequence[Article]], last: datetime = SIX) -> list[Edition]:
        made: list[Edition] = []
        for number, articles in enumerate(mornings):
            now = last - timedelta(days=len(mornings) - 1 - number)
            made.append(one(articles, now, made[::-1]))
        return made

    return editions


def one(articles: Sequence[Article], now: datetime, earlier: Sequence[Edition]) -> Edition:
    at = slot(USUAL, now)
    inside = [a for a in articles if a.published is None or at.window.start < a.published <= at.window.end]
    return refine(
        inside,
        harvest=Harvest((), tuple(articles), ()),
        slot=at,
        settings=USUAL,
        themes=themes_of(USUAL),
        earlier=earlier,
    )


def siege(write: Write, ago: int, toll: int | None = None, news: int | None = None) -> Article:
    """The report of the siege some mornings ago."""
    told = SIEGE.format(
        toll=20 + ago if toll is None else toll, news=SIEGE_NEWS[ago % 4 if news is None else news]
    )
    return write(told, title="Shells hit the besieged port of Kalynivka", hours=24 * ago + 2)


def talks(write: Write, ago: int) -> Article:
    return write(TALKS, title="Vienna talks agree on prisoners", outlet="Harbour Sheet", hours=24 * ago + 3)


def dam(write: Write, ago: int) -> Article:
    return write(DAM, title="Sluices of the Lypa dam closed", outlet="Danube Post", hours=24 * ago + 4)


def grain(write: Write, ago: int) -> Article:
    return write(GRAIN, title="Turkey offers to guard grain ships", outlet="Daily Ferry", hours=24 * ago + 5)


def stories(edition: Edition) -> dict[str, StoryReport]:
    return {s.headline.split()[0]: s for section in edition.themes for s in section.stories}


def lines(edition: Edition) -> list[Statement]:
    return [s for section in edition.themes for story in section.stories for s in story.statements]


def test_a_story_goes_on_in_its_thread_and_another_is_new(write: Write, run: Run) -> None:
    first, second = run([[siege(write, 1), talks(write, 1)], [siege(write, 0), grain(write, 0)]])
    before, now = stories(first)["Shells"], stories(second)["Shells"]
    assert (before.thread, before.since, before.day) == (before.id, "2026-03-11", 1)
    assert (now.thread, now.since, now.day) == (before.id, "2026-03-11", 2)
    assert now.id != before.id
    other = stories(second)["Turkey"]
    assert (other.status, other.thread, other.day) == ("new", other.id, 1)


def test_a_story_that_paused_goes_on_from_its_first_day(write: Write, run: Run) -> None:
    mornings = [[siege(write, 3), dam(write, 3)], [talks(write, 2)], [grain(write, 1)], [siege(write, 0)]]
    first, *_, last = run(mornings)
    now = stories(last)["Shells"]
    assert now.status != "new"
    assert (now.thread, now.since, now.day) == (stories(first)["Shells"].id, first.slot, 4)


def test_what_was_told_longer_ago_than_a_week_is_forgotten(write: Write) -> None:
    old = one([siege(write, 9)], SIX - timedelta(days=9), [])
    between = one([grain(write, 1)], SIX - timedelta(days=1), [])
    assert stories(one([siege(write, 0)], SIX, [between, old]))["Shells"].status == "new"


def test_the_last_edition_counts_however_old_it_is(write: Write) -> None:
    old = one([siege(write, 9)], SIX - timedelta(days=9), [])
    assert stories(one([siege(write, 0)], SIX, [old]))["Shells"].day == 10


def test_a_story_has_changed_where_it_says_something_new_and_the_change_is_told(
    write: Write, run: Run
) -> None:
    _, second = run([[siege(write, 1), dam(write, 1)], [siege(write, 0), dam(write, 0)]])
    now = stories(second)["Shells"]
    assert now.status == "changed"
    (change,) = [c for c in second.changes.details if c.story == now.id]
    assert any("convoy of buses" in s.text for s in change.statements)
    assert set(change.statements) <= set(now.statements)
    assert second.changes.changed == (now.id,)


def test_another_number_of_the_same_count_is_a_change(write: Write, run: Run) -> None:
    _, second = run([[siege(write, 1, toll=20, news=0)], [siege(write, 0, toll=31, news=0)]])
    (change,) = second.changes.details
    assert ["31 civilians" in s.text for s in change.statements] == [True]


def test_a_story_with_nothing_new_goes_on_as_its_headline_and_is_not_hidden(write: Write, run: Run) -> None:
    _, second = run([[siege(write, 1), talks(write, 1)], [siege(write, 0), talks(write, 0)]])
    now = stories(second)["Vienna"]
    assert (now.status, now.statements, now.day) == ("continuing", (), 2)
    assert now.articles
    assert now.id in second.changes.continuing


def test_no_edition_prints_a_line_of_an_earlier_one(write: Write, run: Run) -> None:
    mornings = [[siege(write, ago), talks(write, ago), dam(write, ago)] for ago in (2, 1, 0)]
    editions = run(mornings)
    said = [s.text for edition in editions for s in lines(edition)]
    assert len(said) == len(set(said))
    assert lines(editions[-1]), "the siege has news"
    for edition in editions:
        assert {p.statement for p in edition.key_points} <= set(lines(edition))


@pytest.mark.parametrize(
    ("line", "known"),
    [
        ("The mayor Olena Ratushna said that hospitals in Kalynivka were short of blood.", True),
        ("Hospitals in Kalynivka were short of blood, said the mayor, Olena Ratushna.", True),
        ("At least 31 civilians were killed when shells hit the port of Kalynivka.", False),
        ("At least 20 civilians were killed when shells hit the port of Kalynivka.", True),
        ("A convoy of buses left the port of Kalynivka.", False),
    ],
)
def test_a_line_is_known_unless_it_gives_another_number_or_says_more(line: str, known: bool) -> None:
    before = Published.of(
        [
            ("The mayor Olena Ratushna said that hospitals in Kalynivka were short of blood.", "en"),
            ("At least 20 civilians were killed when shells hit the port of Kalynivka on the coast.", "en"),
        ]
    )
    assert before.has(line, "en") is known


def test_what_mattered_and_is_not_told_any_more_has_gone_quiet(write: Write, run: Run) -> None:
    mornings = [[dam(write, 2), siege(write, 2)], [siege(write, 1)], [grain(write, 0)]]
    *_, last = run(mornings)
    assert [(q.headline.split()[0], q.slot, q.days) for q in last.changes.quiet] == [
        ("Shells", "2026-03-11", 1),
        ("Sluices", "2026-03-10", 2),
    ]
    assert len(last.changes.quiet) <= MOST


def test_a_story_that_ran_for_days_has_a_timeline_of_its_own_lines(write: Write, run: Run) -> None:
    editions = run([[siege(write, ago), dam(write, ago)] for ago in (3, 2, 1, 0)])
    last = editions[-1]
    (timeline,) = last.timelines
    assert timeline.story == stories(last)["Shells"].id
    dates = [step.date for step in timeline.steps]
    assert dates == [dt.date(2026, 3, day) for day in (9, 10, 11, 12)]
    printed = {s.text for edition in editions for s in lines(edition)}
    assert {step.statement.text for step in timeline.steps} <= printed
    assert len({step.statement.text for step in timeline.steps}) == len(dates)
    assert not any("background" in step.statement.flags for step in timeline.steps)


def test_the_articles_of_a_timeline_are_cited_and_found_again(write: Write, run: Run) -> None:
    mornings = [[siege(write, ago), dam(write, ago)] for ago in (2, 1, 0)]
    *_, last = run(mornings)
    known = {a.id: a for morning in mornings for a in morning}
    assert [a.number for a in last.articles] == list(range(1, len(last.articles) + 1))
    assert {s.statement.article for t in last.timelines for s in t.steps} <= {a.id for a in last.articles}
    assert verify(last, known.get) > len(lines(last)) + len(last.key_points)


def test_two_days_make_no_timeline(write: Write, run: Run) -> None:
    *_, last = run([[siege(write, 1)], [siege(write, 0)]])
    assert last.timelines == ()


def test_an_edition_of_before_there_were_terms_is_known_by_its_words(write: Write, run: Run) -> None:
    (before,) = run([[siege(write, 1), talks(write, 1)]], last=SIX - timedelta(days=1))
    sections = tuple(
        replace(t, stories=tuple(replace(s, thread="", since="", terms="") for s in t.stories))
        for t in before.themes
    )
    now = stories(one([siege(write, 0)], SIX, [replace(before, themes=sections)]))["Shells"]
    assert (now.thread, now.since) == (stories(before)["Shells"].id, before.slot)


# --- properties -----------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def mornings(write: Write) -> list[list[Article]]:
    return [[f(write, ago) for f in (siege, talks, dam, grain)] for ago in (2, 1, 0)]


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_the_order_of_articles_and_a_rebuild_change_nothing(
    run: Run, mornings: list[list[Article]], seed: int
) -> None:
    shuffled = [random.Random(seed).sample(m, len(m)) for m in mornings]
    *before, last = run(mornings)
    assert run(shuffled)[-1].themes == last.themes
    again = one(shuffled[-1], SIX, before[::-1])
    assert (again.changes, again.timelines, again.articles) == (last.changes, last.timelines, last.articles)


@settings(max_examples=8, deadline=None)
@given(gone=st.sets(st.tuples(st.integers(0, 2), st.integers(0, 3)), max_size=6))
def test_an_edition_cites_no_article_that_it_does_not_list_and_none_that_is_gone(
    run: Run, mornings: list[list[Article]], gone: set[tuple[int, int]]
) -> None:
    kept = [
        [a for place, a in enumerate(m) if (number, place) not in gone] for number, m in enumerate(mornings)
    ]
    known = {a.id: a for morning in kept for a in morning}
    for edition in run(kept):
        verify(edition, known.get)
        assert set(cited(edition)) <= {a.id for a in edition.articles} <= set(known)


def cited(edition: Edition) -> Iterator[str]:
    yield from (s.article for s in lines(edition))
    yield from (s.article for c in edition.changes.details for s in c.statements)
    yield from (s.statement.article for t in edition.timelines for s in t.steps)


# --- the parts ------------------------------------------------------------------------------------


def sign(words: str, title: str = "") -> Sign:
    return Sign(frozenset(words.split()), (title or words,), "en")


def test_two_stories_continue_one_only_where_it_split() -> None:
    then = {("2026-03-11", "siege"): sign("port shell marine cellar bakery flour")}
    then |= {("2026-03-11", f"other{n}"): sign(f"a{n} b{n} c{n} d{n}") for n in range(20)}
    near, far = sign("port shell marine cellar bakery flour"), sign("port ship crane rust wharf dock quay")
    found = matches(scored({"near": near, "far": far}, then), then)
    assert found == {"near": ("2026-03-11", "siege")}
    alone = scored({"far": far}, then)
    assert (alone["far", ("2026-03-11", "siege")] >= NEAREST) is (matches(alone, then) != {})


def test_of_equally_near_stories_the_newer_one_goes_on() -> None:
    words = "port shell marine"
    then = {("2026-03-11", "new"): sign(words), ("2026-03-10", "old"): sign(words)}
    assert matches(scored({"now": sign(words)}, then), then) == {"now": ("2026-03-11", "new")}


def test_a_story_that_is_near_to_none_continues_what_rare_words_bind_it_to() -> None:
    then = {("2026-03-11", "near"): sign("port shell"), ("2026-03-10", "line"): sign("ferry rope")}
    now = {"siege": sign("port shell"), "ban": sign("coal levy")}
    bound = {("ban", ("2026-03-10", "line")): 6.0, ("siege", ("2026-03-10", "line")): 7.0}
    found = matches(scored(now, then), then, bound)
    assert found == {"siege": ("2026-03-11", "near"), "ban": ("2026-03-10", "line")}


NIGHT = [(f"Reports of day {n} say that Olha Petrenko spoke at length of the war.", "en") for n in range(40)]
NIGHT[0] = ("Olha Petrenko said a levy on coal was near. The levy on coal comes in May.", "en")
NIGHT[1] = ("Marko Hrushko told Radio Lypa of Marko Hrushko.", "en")
EARLIER = [[words_of(f"A ferry sank near pier {n}.", "en")] for n in range(40)]


@pytest.mark.parametrize(
    ("now", "before", "tied"),
    [
        ("Parliament votes on the coal levy.", "The minister asked for a levy on coal.", True),
        ("Olha Petrenko speaks of the war.", "Reports say that Olha Petrenko spoke.", False),
        ("Marko Hrushko: fish is dear.", "Marko Hrushko: snow is late.", False),
        ("A levy is planned.", "The levy fell.", False),
    ],
    ids=["two rare words", "common words of the night", "names of a speaker", "one word"],
)
def test_two_rare_words_bind_a_story_to_a_line_and_a_name_alone_does_not(
    now: str, before: str, tied: bool
) -> None:
    rare = anchors(NIGHT, EARLIER)
    assert (rare.bond([words_of(now, "en")], [words_of(before, "en")]) > BOND) is tied


@pytest.mark.parametrize(
    ("text", "code", "day"),
    [
        ("The envoys met on Wednesday.", "en", 11),
        ("Thursday’s session was short.", "en", 12),
        ("On Monday they met, and on Tuesday they left.", "en", 10),
        ("They met on a sunny day.", "en", None),
        ("Переговори почалися у середу.", "uk", 11),
        ("Die Gespräche begannen am Freitag.", "de", 6),
        ("They met on Wednesday.", "xx", None),
    ],
)
def test_a_weekday_is_of_the_week_that_ends_with_the_article(text: str, code: str, day: Any) -> None:
    expected = day and dt.date(2026, 3, day)
    assert weekday(text, code, dt.date(2026, 3, 12)) == expected


PRINTED = [
    *(Printed(f"other{n}", f"Envoys in town{n} talk of the war", (), "en") for n in range(18)),
    Printed("siege", "Shells hit the besieged port of Kalynivka", (), "en"),
    Printed("coal", "Parliament votes on a coal levy in the war", (), "en"),
]


@pytest.mark.parametrize(
    ("story", "line", "code", "of_it"),
    [
        ("siege", "A convoy of buses left Kalynivka.", "en", True),
        ("siege", "Автобуси виїхали з міста Kalynivka.", "uk", True),
        ("siege", "Millions have fled the war, the agency said.", "en", False),
        ("coal", "The levy on coal comes in May.", "en", True),
        ("coal", "The war is in its third month, and coal is dear.", "en", True),
        ("coal", "Parliament was founded long ago.", "en", False),
        ("coal", "The envoys talk of the war in this town.", "en", False),
    ],
)
def test_a_line_is_of_the_event_that_the_headline_names(
    story: str, line: str, code: str, of_it: bool
) -> None:
    assert subjects(PRINTED)[story].is_of(line, code) is of_it

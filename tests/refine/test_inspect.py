"""Why: every number that is shown is the one that decided, and every sentence has its reason."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.config import themes_of
from briefing.config.settings import Settings, Theme
from briefing.model import Article, Edition, Harvest, Slot, SourceReport
from briefing.refine import answers, explained, having, inspected, nearest, printed, refine, work
from briefing.refine.desk import Desk
from briefing.refine.methods import method
from briefing.refine.methods.document import document
from briefing.refine.workings import Workings
from briefing.schedule import slot
from briefing.why import Explanation
from tests.refine.conftest import SIX

Write = Callable[..., Article]
USUAL = Settings(base=Path())
THEMES = themes_of(USUAL)
STRIKE = (
    "At least {toll} people were killed when a missile hit a block of flats in Novoberezhne, the emergency "
    "service said.\n\n"
    "Rescuers in Novoberezhne pulled wounded children and other people from the rubble of Shkilna Street.\n\n"
    "They worked until dawn and nobody slept.\n\n"
    "The mayor of Novoberezhne, Olena Ratushna, said that hospitals were short of blood."
)
TOLL = (
    "Governor Larysa Mostova put the death toll of Wednesday's missile strike on Novoberezhne at 14.\n\n"
    "Firemen ended their search of Shkilna Street, where it had hit flats, and found no survivors.\n\n"
    "Doctors in Novoberezhne asked for blood of every group, Mayor Olena Ratushna told reporters."
)
TALKS = (
    "Negotiators in Vienna agreed on a list of prisoners on Wednesday, the Swiss ambassador Elisabeth Räber "
    "said.\n\n"
    "The talks in Vienna go on with a session on a ceasefire, Foreign Minister Ivan Bondar said.\n\n"
    "He left the hall at noon."
)
FRONT = (
    "Artillery shelled the brigade's positions near Verkhnia Lypa, General Oleh Marchuk said Wednesday.\n\n"
    "Drones struck two tanks of the battalion at Verkhnia Lypa, the Ukrainian military said.\n\n"
    "Some 40% of the road was mined, and 3,000 shells fell a day."
)
VOCABULARY = (FRONT + " " + TALKS + " " + STRIKE.format(toll=9)).split("\n\n")


@pytest.fixture(scope="session")
def night(write: Write) -> list[Article]:
    """Five reports of three events."""
    return [
        write(STRIKE.format(toll=9), title="Missile kills nine in Novoberezhne block of flats", hours=9),
        write(
            TOLL,
            title="Death toll from Novoberezhne missile rises to 14",
            outlet="Northwire",
            hours=3,
        ),
        write(TALKS, title="Vienna talks agree list of prisoners", outlet="Northwire", hours=4),
        write(TALKS, title="Prisoner list agreed in Vienna talks", outlet="Danube Observer", hours=2),
        write(FRONT, title="Artillery and drones strike near Verkhnia Lypa", outlet="Kyiv Ledger"),
    ]


@pytest.fixture(scope="session")
def at() -> Slot:
    return slot(USUAL, SIX)


@pytest.fixture(scope="session")
def edition(night: Sequence[Article], at: Slot) -> Edition:
    report = SourceReport("folder", "unknown", "folder", "ok", len(night))
    harvest = Harvest((report,), tuple(night), ())
    return refine(night, harvest=harvest, slot=at, settings=USUAL, themes=THEMES)


@pytest.fixture(scope="session")
def made(night: Sequence[Article], at: Slot) -> Workings:
    return work(night, USUAL, THEMES, since=at.window.start.date())


@pytest.fixture(scope="session")
def stories(made: Workings) -> list[Explanation]:
    return explained(made, "en", "default")


# --- one article ----------------------------------------------------------------------------------


def demand_that_sums_are_scores(article: Article, themes: Sequence[Theme]) -> None:
    (seen,) = inspected([article], themes)
    assert seen.sentences
    for judged in seen.sentences:
        assert {w.theme: w.score for w in judged.weighings} == dict(judged.themed.scores)
        for w in judged.weighings:
            assert w.score == pytest.approx(sum(r.value for r in w.listed) + w.taught, abs=6e-5)
        if all(w.odds for w in judged.weighings):  # the model knows all themes
            none = 1 - sum(w.share for w in judged.weighings)
            for w in judged.weighings:
                assert math.exp(sum(r.value for r in w.odds)) == pytest.approx(w.share / none, rel=1e-4)


@settings(deadline=None, max_examples=25)  # the first of them reads the model
@given(st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=8))
def test_what_spoke_for_a_theme_adds_up_to_its_score(write: Write, texts: list[str]) -> None:
    demand_that_sums_are_scores(write("\n\n".join(texts)), THEMES)


@settings(deadline=None, max_examples=25)  # the first of them reads the model
@given(st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=8))
def test_so_do_the_words_of_themes_of_ones_own(write: Write, texts: list[str]) -> None:
    words = (Theme(key="war", title="War", words=("artillery", "drones")), *THEMES[1:])
    demand_that_sums_are_scores(write("\n\n".join(texts)), words)


def test_a_listed_word_is_named_as_the_article_spells_it(write: Write) -> None:
    themes = (Theme(key="energy", title="Energy", words=("power grid", "substation")),)
    (seen,) = inspected([write("Drones hit substations of the power grid near Lypa.")], themes)
    (weighing,) = seen.sentences[0].weighings
    assert ("substations", 1.0) in {(r.words, r.value) for r in weighing.listed}
    assert "power grid" in {r.words for r in weighing.listed}


def test_the_cue_is_where_it_is_said_to_be(write: Write) -> None:
    article = write(STRIKE.format(toll=9))
    (seen,) = inspected([article], THEMES)
    cues = [r for judged in seen.sentences for r in judged.speaker if r.feature == "cue"]
    assert len(cues) == 2
    for cue in cues:
        assert article.text[int(cue.value) :].startswith(cue.words)


def test_the_words_that_tell_the_kind_of_speaker_are_named(write: Write) -> None:
    (seen,) = inspected([write("The Ukrainian military said on Wednesday that Lypa was quiet.")], THEMES)
    (judged,) = seen.sentences
    assert {r.words for r in judged.speaker if r.feature == "kind"} == {"Ukrainian + military"}


def test_a_hedge_is_a_span_of_the_article(write: Write) -> None:
    article = write("Lypa fell on Wednesday, the army claimed. The claim could not be verified.")
    (seen,) = inspected([article], THEMES)
    hedges = [h for judged in seen.sentences for h in judged.hedges]
    assert hedges
    assert all(article.text[h.start : h.end] == h.text for h in hedges)


def test_an_old_time_is_named(write: Write) -> None:
    article = write("Olena Ratushna became mayor of Lypa in 2014 after a close vote.")
    (seen,) = inspected([article], THEMES, Desk(date(2026, 3, 11)))
    assert seen.sentences[0].background == "2014"
    (seen,) = inspected([article], THEMES)
    assert not seen.sentences[0].background


def test_a_line_that_hangs_says_on_what(hangs: dict[str, Any], write: Write) -> None:
    text = "Rain fell in Lypa on Wednesday and the river rose."
    (seen,) = inspected([write(f"{text} {hangs['text']}")], THEMES)
    assert not seen.sentences[0].unfit
    assert hangs["says"] in seen.sentences[-1].unfit


def test_a_number_that_is_no_figure_says_why(refused: dict[str, Any], write: Write) -> None:
    article = write(refused["text"])
    (seen,) = inspected([article], THEMES)
    assert not [f for f in seen.figures if refused["number"] in f.text]
    (found,) = [r for r in seen.refusals if refused["number"] in r.text]
    assert article.text[found.start : found.end] == found.text
    assert refused["says"] in found.reason


def test_a_number_is_a_figure_or_says_why_not(night: Sequence[Article]) -> None:
    for seen in inspected(night, THEMES):
        assert not {f.start for f in seen.figures} & {r.start for r in seen.refusals}


# --- the stories of several -----------------------------------------------------------------------


def test_the_explained_lines_are_those_of_the_edition(edition: Edition, stories: list[Explanation]) -> None:
    told = {
        (section.key, report.id): [(s.article, s.start, s.end) for s in report.statements]
        for section in edition.themes
        for report in section.stories
        if report.statements
    }
    again = {
        (e.theme, e.story): [(c.article, c.start, c.end) for c in e.considered if c.line]
        for e in stories
        if e.printed == "lines"
    }
    assert told
    assert told == again


def test_every_sentence_of_a_story_is_printed_or_says_why_not(
    made: Workings, stories: list[Explanation]
) -> None:
    for story in stories:
        told = next(t.told for t in made.turns if t.told.story.id == story.story)
        inside = {(p.article, s.end) for p in told.story.passages for s in p.sentences}
        assert sorted((c.article, c.end) for c in story.considered) == sorted(inside)
        assert all(bool(c.line) != bool(c.refusal) for c in story.considered)


def test_a_pronoun_is_the_reason_that_a_line_is_not_printed(stories: list[Explanation]) -> None:
    refusals = {c.text: c.refusal for e in stories for c in e.considered}
    assert "“They”" in refusals["They worked until dawn and nobody slept."]


def test_what_others_said_is_named(stories: list[Explanation]) -> None:
    refusals = [c.refusal for e in stories for c in e.considered]
    assert any("says what line" in r for r in refusals)


def test_the_summands_of_the_rank_are_the_weight(made: Workings, stories: list[Explanation]) -> None:
    for turn, story in zip(made.turns, stories, strict=True):
        assert sum(r.value for r in story.rank) == pytest.approx(turn.told.weight, abs=1e-6)


def test_the_title_that_is_chosen_is_the_headline(stories: list[Explanation]) -> None:
    for story in stories:
        assert [t.title for t in story.titles if t.chosen] == [story.headline]


def test_what_holds_a_story_together_adds_up_to_the_likeness_of_its_parts(
    stories: list[Explanation],
) -> None:
    several = [e for e in stories if len(e.members) > 1]
    assert several
    for story in several:
        mean = sum(m.alike for m in story.members) / len(story.members)
        assert sum(r.value for r in story.held) == pytest.approx(mean, abs=1e-6)
        values = [r.value for r in story.held]
        assert values == sorted(values, reverse=True)


def test_a_copy_is_told_with_its_share(stories: list[Explanation]) -> None:
    copies = {c.words: c.value for e in stories for c in e.copies}
    assert copies == {"Danube Observer: Prisoner list agreed in Vienna talks": pytest.approx(1.0)}


@settings(deadline=None, max_examples=25)  # the first of them reads the model
@given(st.lists(st.sampled_from([s for v in VOCABULARY for s in v.split("\n\n")]), min_size=2, max_size=12))
def test_the_method_takes_what_adds_most(texts: list[str]) -> None:
    chooser, offered = method("default", "en"), document([list(dict.fromkeys(texts))], "en")
    order = list(chooser.order(offered))
    for step, place in enumerate(order):
        gains = [round(sum(r.value for r in one), 9) for one in chooser.reasons(offered, order[:step])]
        assert gains[place] == max(gains[later] for later in order[step:])


def test_the_first_line_is_the_most_to_the_point(made: Workings, stories: list[Explanation]) -> None:
    for turn, story in zip(made.turns, stories, strict=True):
        if not turn.told.statements:
            continue
        points = {c.text: sum(r.value for r in c.reasons) for c in story.considered if c.line < 2}
        first, *_ = turn.told.statements
        leading = {s.text for s in turn.told.leading} & set(points)
        assert points[first.text] == max(points[text] for text in leading)


# --- an edition -----------------------------------------------------------------------------------


def test_the_lines_of_an_edition_are_numbered(edition: Edition) -> None:
    lines = printed(edition)
    assert [one.number for one in lines] == list(range(1, len(lines) + 1))
    kinds = {one.kind for one in lines}
    assert {"key point", "figure", "headline", "line"} <= kinds


def test_each_line_of_an_edition_has_an_answer(
    edition: Edition, night: Sequence[Article], stories: list[Explanation]
) -> None:
    seen = {i.article.id: i for i in inspected(night, THEMES)}
    for one in printed(edition):
        (answer,) = answers(edition, [one], "", seen, stories)
        assert one in answer.printed
        assert answer.stories
        if one.article:
            assert answer.sentence
            assert one.text in answer.sentence.themed.sentence.text
            assert not answer.sentence.unfit


def test_words_are_found_as_they_stand_and_else_in_any_order(edition: Edition) -> None:
    lines = printed(edition)
    assert {one.kind for one in having(lines, "  agreed on a LIST of prisoners ")} == {"key point", "line"}
    assert having(lines, "prisoners list agreed Negotiators") == having(
        lines, "list of prisoners on Wednesday"
    )
    assert not having(lines, "zebra")
    assert not having(lines, "…") or having(lines, "…") == lines


def test_the_nearest_lines_share_words(edition: Edition) -> None:
    (first, *_) = nearest(printed(edition), "a list of all the prisoners from Vienna was agreed")
    assert "prisoners" in first.text
    assert not nearest(printed(edition), "qqq")


def test_a_sentence_that_is_not_printed_says_why(
    edition: Edition, night: Sequence[Article], stories: list[Explanation]
) -> None:
    seen = {i.article.id: i for i in inspected(night, THEMES)}
    (answer,) = answers(edition, [], "He left the hall at noon", seen, stories)[:1]
    assert not answer.printed
    assert any("“He”" in note for note in answer.notes)

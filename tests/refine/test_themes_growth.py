"""Themes of a few words learn more from the articles of a night, and never from a small one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from briefing.config import themes_of
from briefing.config.settings import Settings, Theme
from briefing.model import Article, Reading
from briefing.refine.themes import classify, file_night
from briefing.refine.themes.growth import ARTICLES

Write = Callable[..., Article]
Read = Callable[[Article], Reading]
OWN = (
    Theme(key="harvest", title="Harvest", words=("wheat", "barley")),
    Theme(key="trains", title="Trains", words=("railway", "locomotive")),
)
WRITTEN = {
    "harvest": "Farmers cut their wheat and barley near village {}. Combines and silos stood ready.",
    "trains": "The railway sent a locomotive to station {}. Carriages and sleepers were checked.",
}
UNSEEN = "Combines and silos stood ready near the village."


@pytest.fixture
def night(write: Write, read: Read) -> Callable[[int], list[Reading]]:
    """So many articles of each theme, and one in which none of the listed words stands."""

    def made(number: int) -> list[Reading]:
        texts = [text.format(n) for n in range(number) for text in WRITTEN.values()]
        return [read(write(text, title="")) for text in (*texts, UNSEEN)]

    return made


def themes_found(readings: Sequence[Reading], themes: Sequence[Theme]) -> list[str]:
    filed = file_night(readings, themes)
    return [t.theme for t in filed[readings[-1].article.id]]


def test_words_that_stand_with_the_listed_ones_speak_for_the_theme(
    night: Callable[[int], list[Reading]],
) -> None:
    readings = night(6 * ARTICLES)
    assert [t.theme for t in classify(readings[-1], OWN)] == [""]
    scores = file_night(readings, OWN)[readings[-1].article.id][0].scores
    assert scores["harvest"] > scores["trains"]
    assert themes_found(readings, OWN) == ["harvest"]


@pytest.mark.parametrize("number", [0, 1, 4])
def test_a_small_night_is_filed_by_the_words_alone(
    number: int, night: Callable[[int], list[Reading]]
) -> None:
    readings = night(number)
    assert file_night(readings, OWN) == {r.article.id: classify(r, OWN) for r in readings}


def test_the_order_of_the_articles_changes_nothing(night: Callable[[int], list[Reading]]) -> None:
    readings = night(6 * ARTICLES)
    forth, back = file_night(readings, OWN), file_night(readings[::-1], OWN)
    for key, filed in forth.items():
        assert [t.scores for t in filed] == [pytest.approx(t.scores, abs=2e-4) for t in back[key]]


def test_default_themes_do_not_grow(night: Callable[[int], list[Reading]]) -> None:
    readings = night(6 * ARTICLES)
    usual = themes_of(Settings(base=Path()))
    for themes in (usual, (*usual, *OWN), ()):
        assert file_night(readings, themes) == {r.article.id: classify(r, themes) for r in readings}


def test_a_theme_of_which_the_night_has_nothing_stops_the_others(
    night: Callable[[int], list[Reading]],
) -> None:
    """One that has grown would outshout one that has not."""
    readings = night(6 * ARTICLES)
    themes = (*OWN, Theme(key="chess", title="Chess", words=("rook", "gambit")))
    assert file_night(readings, themes) == {r.article.id: classify(r, themes) for r in readings}

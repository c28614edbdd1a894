"""What a story is called, in words of its own articles."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from briefing.config import themes_of
from briefing.config.settings import Settings
from briefing.model import Article, Passage, Reading, Story
from briefing.refine.headlines import LONGEST, headline
from briefing.refine.headlines.filing import theme_of

Write = Callable[..., Article]
Read = Callable[[Article], Reading]
DAM = (
    "The dam at Vilkhova broke in three places on Tuesday night, the regional water board said. "
    "Engineers closed the sluices above the dam at Vilkhova."
)


def named(read: Read, *articles: Article, language: str = "en", first: int = 0) -> str:
    """The headline of one story that all these articles tell, from their sentence `first` on."""
    readings = {a.id: read(a) for a in articles}
    passages = tuple(Passage(i, r.sentences[first:]) for i, r in readings.items())
    return headline(Story("s", "", passages), readings, language)


def test_a_title_in_the_words_of_the_story_serves(write: Write, read: Read) -> None:
    assert named(read, write(DAM, title="Dam breaks at Vilkhova, water board says")) == (
        "Dam breaks at Vilkhova, water board says"
    )


def test_of_two_titles_the_one_that_more_articles_speak_of_serves(write: Write, read: Read) -> None:
    fits = write(DAM, title="Dam at Vilkhova broke in three places")
    other = write(
        DAM + " Cats were seen on a roof.", title="Cats on a roof and other curious scenes", hours=2
    )
    assert named(read, other, fits) == fits.title


def test_a_title_about_something_else_does_not_serve(write: Write, read: Read) -> None:
    found = named(read, write(DAM, title="Ministry bulletin for journalists and partners"))
    assert "dam at Vilkhova" in found
    assert len(found.split()) <= LONGEST + 2


def test_a_round_up_s_title_does_not_name_a_story_from_its_middle(write: Write, read: Read) -> None:
    text = "Grain prices rose in Odesa on Monday, three traders said. " + DAM
    found = named(read, write(text, title="Grain prices rise in Odesa"), first=1)
    assert "Grain" not in found


def test_a_title_in_the_edition_s_language_goes_first(write: Write, read: Read) -> None:
    english = write(
        "The dam at Vilkhova broke, Roman Hlushko said on Tuesday night.", title="The dam at Vilkhova broke"
    )
    ukrainian = write(
        "Дамба у Вільховій зламалася, сказав Роман Глушко у вівторок.",
        title="Дамба у Вільховій зламалася",
        language="uk",
    )
    assert named(read, ukrainian, english, language="en") == english.title
    assert named(read, ukrainian, english, language="uk") == ukrainian.title


def test_an_untitled_text_is_called_by_its_first_words(write: Write, read: Read) -> None:
    assert named(read, write(DAM, title="")).startswith("The dam at Vilkhova broke")


def test_of_the_titles_that_fit_the_plainest_serves(choice: dict[str, Any], write: Write, read: Read) -> None:
    articles = [write(DAM, title=t, hours=h) for h, t in enumerate(choice["titles"], start=1)]
    assert named(read, *articles) == choice["headline"]
    assert named(read, *articles[::-1]) == choice["headline"]


def test_an_acronym_of_the_text_does_not_shout(write: Write, read: Read) -> None:
    shouting = write(DAM, title="Dam at Vilkhova broke in THREE places on Tuesday night", hours=1)
    acronym = write(
        DAM + " UNICEF sent a boat to Vilkhova.", title="UNICEF sent boat to Vilkhova dam", hours=2
    )
    assert named(read, shouting, acronym) == acronym.title


def test_an_opening_ends_where_it_tells_something(opening: dict[str, Any], write: Write, read: Read) -> None:
    assert named(read, write(opening["text"], title="")) == opening["headline"]


def test_a_bare_headline_is_filed_by_its_own_words(bare: dict[str, Any]) -> None:
    themes = themes_of(Settings(base=Path()))
    assert theme_of(bare["headline"], "battlefield", "en", themes) == bare["theme"]
    assert theme_of(bare["headline"], "battlefield", "it", themes) == "battlefield"

"""Which lines are of their story, and which count what another line has counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from briefing.model import Article, Passage, Reading, Story
from briefing.refine.sections.belonging import belonging, common, counted, heart, near, night, spelt_alike
from briefing.refine.summarise import sense

Write = Callable[..., Article]
Read = Callable[[Article], Reading]


def together(read: Read, articles: Sequence[Article], headline: str) -> Story:
    """One story that all of some articles tell."""
    return Story("s", headline, tuple(Passage(a.id, read(a).sentences) for a in articles))


def of_the_story(read: Read, articles: Sequence[Article], headline: str, text: str) -> bool:
    """Whether a line of the first article is of the story that all of them tell."""
    story = together(read, articles, headline)
    usual = common(story, night([read(a) for a in articles]))
    return belonging([text], articles[0], story, usual, {a.id: a.title for a in articles})[0]


def test_a_line_is_of_its_story_by_a_name_a_figure_or_the_headline_s_words(
    line: dict[str, Any], write: Write, read: Read
) -> None:
    report = write(line["elsewhere"], title=line["headline"], outlet="Harbour Sheet", hours=2)
    round_up = write(line["text"], title="The night in short")
    assert of_the_story(read, [round_up, report], line["headline"], line["text"]) is line["belongs"]


def test_a_story_of_one_article_and_the_article_of_the_headline_keep_their_lines(
    write: Write, read: Read
) -> None:
    text = "The choir of Riga sang old songs until midnight."
    alone = write(text, title="Songs at night")
    other = write("The dam at Vilkhova broke on Tuesday.", title="Dam breaks", outlet="Harbour Sheet")
    assert of_the_story(read, [alone], "Another title", text)
    assert of_the_story(read, [alone, other], alone.title, text)
    assert not of_the_story(read, [alone, other], other.title, text)


def test_a_name_that_many_other_articles_give_tells_no_event(write: Write, read: Read) -> None:
    story = [
        write("A bridge in the east of Moravia fell.", title="Bridge falls", outlet="A", hours=1),
        write("A court in the west of Moravia sat.", title="Court sits", outlet="B", hours=2),
    ]
    others = [write(f"Rain in Moravia, day {n}.", title=f"Rain {n}", hours=n) for n in range(3, 9)]
    told = together(read, story, "Court sits")
    titles = {a.id: a.title for a in story}
    known = night([read(a) for a in [*story, *others]])
    alone = night([read(a) for a in story])
    assert belonging([story[0].text], story[0], told, common(told, alone), titles) == [True]
    assert belonging([story[0].text], story[0], told, common(told, known), titles) == [False]


def test_a_line_has_a_word_of_its_story_s_heart(write: Write, read: Read) -> None:
    text = (
        "The dam at Vilkhova broke. Water filled the cellars. Pumps came from Lviv. "
        "The mayor slept in his car. Many roads of the country are closed. A pump stood in the school."
    )
    told = [write(text, title="Dam breaks")]
    others = [write(f"Roads of the country are closed, day {n}.", title=f"Roads {n}") for n in range(3, 9)]
    known = night([read(a) for a in [*told, *others]])
    core = heart(together(read, told, "Dam breaks"), known)
    assert near("A pump stood in the school.", "en", core, known)
    assert not near("Many roads of the country are closed.", "en", core, known)
    assert not near("The mayor slept in his car.", "en", core, known)
    assert near("The mayor slept in his car.", "en", frozenset(), known)


def test_as_many_of_the_same_at_one_place_are_the_same_news() -> None:
    first = counted("Nine people were killed in Novoberezhne on Monday.", "en", frozenset())
    again = counted("A missile that hit Novoberezhne killed nine people.", "en", frozenset())
    more = counted("A missile that hit Novoberezhne killed ten people.", "en", frozenset())
    elsewhere = counted("A missile that hit Verkhnia Lypa killed nine people.", "en", frozenset())
    assert first & again
    assert not first & more
    assert not first & elsewhere


def test_spellings_of_a_name_meet(write: Write, read: Read) -> None:
    known = night(
        [
            read(write("The minister Denys Shmyhal spoke.", title="A")),
            read(write("The minister Denis Shmigal spoke.", title="B", hours=2)),
        ]
    )
    one, other = sense("Shmyhal spoke of pumps.", "en"), sense("Shmigal spoke of pumps.", "en")
    assert one != other
    assert spelt_alike(one, known) == spelt_alike(other, known)

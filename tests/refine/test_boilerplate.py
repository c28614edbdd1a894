"""What an outlet repeats under several articles is no news."""

from __future__ import annotations

from collections.abc import Callable

from briefing.model import Article, Reading, ThemedSentence
from briefing.refine.boilerplate import boilerplate, without_boilerplate

TAIL = "The dam was built in 1961."
FIRST = f"Water rose at Vilkhova. Two men drowned. {TAIL}"
SECOND = f"The mayor resigned. Roman Hlushko had led the town for years. {TAIL}"
THIRD = f"Pumps arrived on Friday. They came from Bar. {TAIL}"


def readings(
    write: Callable[..., Article], read: Callable[[Article], Reading], *texts: str, outlets: str = "AAA"
) -> list[Reading]:
    return [read(write(text, outlet=outlet)) for text, outlet in zip(texts, outlets, strict=True)]


def test_a_repeated_tail_is_boilerplate(
    write: Callable[..., Article], read: Callable[[Article], Reading]
) -> None:
    found = readings(write, read, FIRST, SECOND, THIRD)
    assert boilerplate(found) == {("A", TAIL)}
    filed = {r.article.id: [ThemedSentence(s, "battlefield", {}) for s in r.sentences] for r in found}
    themes = [[t.theme for t in without_boilerplate(filed, found)[r.article.id]] for r in found]
    assert themes == [["battlefield", "battlefield", ""]] * 3


def test_what_an_outlet_prints_twice_or_leads_with_is_news(
    write: Callable[..., Article], read: Callable[[Article], Reading]
) -> None:
    assert not boilerplate(readings(write, read, FIRST, SECOND, THIRD, outlets="ABA"))
    assert not boilerplate(readings(write, read, FIRST, SECOND, f"{TAIL} It broke at noon. Nobody saw it."))

"""Which places a day's texts speak of, and which of yesterday's they do not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from briefing.model import Article, Reading
from briefing.refine.places import missing, places

Write = Callable[..., Article]
Read = Callable[[Article], Reading]


def readings(case: dict[str, Any], write: Write, read: Read) -> list[Reading]:
    language = case.get("language", "en")
    return [read(write(text, title=f"Report {n}", language=language)) for n, text in enumerate(case["texts"])]


def test_the_places_of_a_day(day: dict[str, Any], write: Write, read: Read) -> None:
    assert places(readings(day, write, read)) == day["places"]


def test_the_places_that_nobody_names_any_more(gone: dict[str, Any], write: Write, read: Read) -> None:
    assert missing(gone["before"], readings(gone, write, read)) == gone["gone"]

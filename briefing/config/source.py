"""What a person may write under `sources:` of feeds.yaml, each key with its meaning."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from briefing.config import values
from briefing.config.part import DiskPath, Part, WebAddress, each_once

OutletKind = Literal[
    "agency",
    "independent media",
    "state media",
    "public media",
    "local media",
    "official",
    "humanitarian",
    "analyst",
    "unknown",
]
PLACES = ("feed", "pages", "folder", "file")  # a source is exactly one of them
ONE_PLACE = f"a source needs exactly one of {', '.join(PLACES)}"
ZoneName = Annotated[str, AfterValidator(values.zone)]


class Source(Part):
    """One place that articles come from: a feed, a list of pages, a folder or a file."""

    feed: WebAddress | None = Field(
        None,
        description="address of an RSS, Atom or JSON feed",
        examples=["https://news.un.org/feed/subscribe/en/news/all/rss.xml"],
    )
    pages: tuple[WebAddress, ...] = Field(
        (),
        description="addresses of single article pages",
        examples=[["https://example.org/2026/03/a-report", "https://example.org/2026/03/another"]],
    )
    folder: DiskPath | None = Field(
        None, description="folder that is walked, relative to feeds.yaml", examples=["inbox"]
    )
    file: DiskPath | None = Field(
        None, description="one file, relative to feeds.yaml", examples=["feeds/saved.xml"]
    )
    name: str = Field(
        "", description="shown under coverage; the address where left out", examples=["UN News"]
    )
    kind: OutletKind = Field(
        "unknown",
        description="kind of outlet, shown behind each citation; well-known hosts have theirs",
        examples=["humanitarian"],
    )
    outlet: str = Field(
        "", description="outlet of articles that name none; a feed's is its name", examples=["UN News"]
    )
    publisher: str = Field(
        "",
        description="whose outlet it is: sources of one publisher count as one origin",
        examples=["BBC"],
    )
    published: Annotated[dt.datetime | dt.date | None, BeforeValidator(values.moment_or_day)] = Field(
        None,
        description="time of articles that state none: a date, or a date with time and zone",
        examples=["2026-03-11", "2026-03-11T14:30:00+02:00"],
    )
    timezone: ZoneName = Field(
        "",
        description="zone of times that state none; the briefing's where left out",
        examples=["Europe/Kyiv"],
    )
    language: str = Field(
        "",
        description="language of the articles (two letters); found out where left out",
        pattern=r"^([a-z]{2})?$",
        examples=["uk"],
    )
    group: Annotated[str, AfterValidator(values.folders)] = Field(
        "",
        description="folder it is shown under in lists, in OPML and under coverage; a slash divides levels",
        examples=["Ukraine/Agencies"],
    )
    themes: Annotated[
        tuple[Annotated[str, AfterValidator(values.category)], ...], AfterValidator(each_once)
    ] = Field(
        (),
        description="what it is about, kept for lists and OPML (its categories); "
        "sentences are filed by what they say, not by this",
        examples=[["battlefield"]],
    )
    full_text: bool | None = Field(
        None,
        description="fetch the article pages that a feed links, where it has only their beginnings; "
        "as `full_text` of the briefing where left out",
        examples=[True],
    )

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if sum(bool(getattr(self, place)) for place in PLACES) != 1:
            raise ValueError(ONE_PLACE)
        return self

    @property
    def address(self) -> str:
        """Where it is, as feeds.yaml spells it."""
        return self.feed or self.folder or self.file or ", ".join(self.pages)

    @property
    def label(self) -> str:
        """What the reader sees: the name, or the address where there is none."""
        return self.name or self.address

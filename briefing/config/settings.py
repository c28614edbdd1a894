"""What a person may write into feeds.yaml: `Settings` and its parts, each key with its meaning.

The field descriptions and examples are the manual: docs/configuration.md is made from them.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field

from briefing.config import values
from briefing.config.delivery import Destination
from briefing.config.network import Network
from briefing.config.part import DiskPath, Formats, Length, Part, Speakers, each_once
from briefing.config.source import Source, ZoneName

LANGUAGES = ("en", "uk")  # those with a label file
METHODS = (
    "default",
    "biased-lexrank",
    "lead",
    "lexrank",
    "textrank",
    "lsa",
    "luhn",
    "kl-sum",
    "sum-basic",
    "reduction",
)
# What decides where and in which shape an edition lands, not what it says; `now` is told apart by as_of.
_NOT_CONTENT = {
    *("now", "formats", "output", "templates", "store"),
    *("grace", "fetch_every", "retry_for", "link", "deliver", "network", "keep"),
}


def _language(code: str) -> str:
    if code not in LANGUAGES:
        raise ValueError(values.one_of(code, LANGUAGES))
    return code


def _method(name: str) -> str:
    if name not in METHODS:
        raise ValueError(values.one_of(name, METHODS))
    return name


def _database(address: str) -> str:
    if address and "://" not in address:
        raise ValueError(
            "write a database address: sqlite:///briefing.db, postgresql+psycopg://user@host/name"
        )
    return address


Time = Annotated[dt.time, BeforeValidator(values.time_of_day)]
Days = Annotated[
    tuple[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], ...], AfterValidator(each_once)
]


class Theme(Part):
    """One section of the briefing: sentences are filed under the theme whose words they hold."""

    key: str = Field(
        description="short name, used in edition.json", pattern=r"^[a-z][a-z0-9-]*$", examples=["economy"]
    )
    title: str = Field(description="heading of the section", min_length=1, examples=["Economy and energy"])
    words: tuple[str, ...] = Field(
        (),
        description="words and phrases that speak for the theme; "
        "battlefield, humanitarian and diplomacy bring their own",
        examples=[["sanctions", "power grid", "exports", "санкції"]],
    )


class Summary(Part):
    """How much is said, and who chooses it."""

    method: Annotated[str, AfterValidator(_method)] = Field(
        "default", description=f"who chooses the sentences: {', '.join(METHODS)}", examples=["lexrank"]
    )
    statements: int = Field(
        4, ge=1, le=20, description="most statements of one story under one theme, 1 to 20", examples=[4]
    )
    stories: int = Field(
        6,
        ge=1,
        le=50,
        description="most stories in full under one theme, 1 to 50; more are headlines",
        examples=[6],
    )
    key_points: int = Field(5, ge=1, le=10, description="most lines of key points, 1 to 10", examples=[5])


class Rule(Part):
    """One of several editions a day: its name and hour, on which days, and how far back it looks."""

    name: str = Field(
        description="short name, for `--edition` and the ledger",
        pattern=r"^[a-z][a-z0-9-]*$",
        examples=["evening"],
    )
    at: Time = Field(description='local time of the edition: "18:00"', examples=["18:00"])
    days: Days = Field(
        (), description="days on which it is due; every day if left out", examples=[["mon", "fri"]]
    )
    window: Length | None = Field(
        None, description="how far back it looks; the briefing's window if left out", examples=["12h"]
    )


class Settings(Part):
    """A whole feeds.yaml."""

    title: str = Field(
        "Morning briefing",
        min_length=1,
        description="masthead, and the output folder's name",
        examples=["Ukraine morning briefing"],
    )
    timezone: Annotated[ZoneName, Field(min_length=1)] = Field(
        "UTC", description="IANA zone in which days and times are meant", examples=["Europe/Kyiv"]
    )
    language: Annotated[str, AfterValidator(_language)] = Field(
        "en", description="language of headings and labels: en or uk", examples=["en"]
    )
    at: Time = Field(dt.time(6, 0), description='local time of the edition: "06:00"', examples=["06:00"])
    days: Days = Field(
        (), description="days on which it is due; every day if left out", examples=[["mon", "wed", "fri"]]
    )
    editions: tuple[Rule, ...] = Field((), description="several editions a day, in place of `at` and `days`")
    now: Annotated[dt.datetime | None, BeforeValidator(values.moment)] = Field(
        None, description="fixes the clock; for samples only", examples=["2026-03-12T06:00:00+02:00"]
    )
    window: Length = Field(
        dt.timedelta(hours=24), description="how far back an edition looks: 24h, 90m, 7d", examples=["24h"]
    )
    grace: Length = Field(
        dt.timedelta(hours=6),
        description="how long after its hour an edition is still built, marked late; then it is missed",
        examples=["6h"],
    )
    fetch_every: Length = Field(
        dt.timedelta(hours=1), description="how often `briefing schedule` asks the sources", examples=["30m"]
    )
    full_text: bool = Field(
        False,
        description="fetch the article pages that feeds link, where a feed has only their beginnings",
        examples=[True],
    )
    keep: Length = Field(
        dt.timedelta(days=365),
        description="how long articles stay in the store that no edition used and no source carries any more",
        examples=["365d"],
    )
    network: Network = Field(Network(), description="how sources on the network are asked")
    handling: str = Field("", description="line above the title, such as Internal", examples=["Internal"])
    sources: tuple[Source, ...] = Field((), description="where articles come from; at least one")
    themes: tuple[Theme, ...] = Field(
        (), description="sections; battlefield, humanitarian, diplomacy if left out"
    )
    speakers: Speakers = Field(
        {},
        description="kinds of speakers, each with names, titles or institutions that are of it; "
        "they go before those that are built in",
        examples=[{"aid group": ["Médecins Sans Frontières", "MSF"], "analyst": ["Iryna Kos"]}],
    )
    summary: Summary = Field(Summary(), description="how much is said, and who chooses it")
    formats: Formats = Field(
        ("md", "html", "pdf", "json"), min_length=1, description="what is written", examples=[["pdf", "json"]]
    )
    output: DiskPath = Field(
        "output", description="folder of editions, relative to feeds.yaml", examples=["output"]
    )
    templates: str = Field(
        "", description="folder whose templates replace ours, file by file", examples=["my-templates"]
    )
    store: Annotated[str, AfterValidator(_database)] = Field(
        "",
        description="database address; briefing.db beside feeds.yaml if left out",
        examples=["postgresql+psycopg://desk@db.example.org/briefing"],
    )
    retry_for: Length = Field(
        dt.timedelta(hours=6),
        description="how long after its first try a delivery that failed for the moment is tried again",
        examples=["6h"],
    )
    link: Annotated[str, AfterValidator(values.web_or_nothing)] = Field(
        "",
        description="web address of the output folder, for links in mails, webhooks and the Atom feed",
        examples=["https://briefings.example.org/"],
    )
    deliver: tuple[Destination, ...] = Field((), description="where editions go besides the output folder")
    base: Path = Field(Path(), exclude=True, description="(not a key) the folder that paths are relative to")
    loose: bool = Field(False, exclude=True, description="(not a key) made without a feeds.yaml")

    @property
    def key(self) -> str:
        """The briefing's folder name: the title in small letters, digits and hyphens of any script."""
        return values.slug(self.title)

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which days and times are meant."""
        return ZoneInfo(self.timezone)

    def rules(self) -> tuple[Rule, ...]:
        """When editions are due: `editions`, or the one that `at` and `days` describe, without a name."""
        alone = Rule.model_construct(name="", at=self.at, days=self.days)  # no person may write that name
        return self.editions or (alone,)

    def output_folder(self) -> Path:
        """Where the editions of every briefing lie."""
        return self.base / self.output

    def templates_folder(self) -> Path | None:
        """Where the templates lie that replace ours; None where there are none."""
        return self.base / self.templates if self.templates else None

    def store_url(self) -> str:
        """Give the database address: as configured, or SQLite beside feeds.yaml, or in the output folder."""
        if self.store.startswith("sqlite:///") and self.store != "sqlite:///:memory:":
            return f"sqlite:///{(self.base / self.store.removeprefix('sqlite:///')).as_posix()}"
        folder = self.output_folder() if self.loose else self.base
        return self.store or f"sqlite:///{(folder / 'briefing.db').as_posix()}"

    def fingerprint(self) -> str:
        """Sha256 over what decides the edition's content: the same on any machine, paths as spelled."""
        content = self.model_dump(mode="json", exclude=_NOT_CONTENT)
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()

    def wants_full_text(self, source: Source) -> bool:
        """Whether the pages that a source links are fetched for their text."""
        return self.full_text if source.full_text is None else source.full_text

"""What a person may write under `sources:` of feeds.yaml, each key with its meaning."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal, Self
from urllib.parse import quote

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from briefing.config import values
from briefing.config.part import DiskPath, HostName, Length, Part, Secret, WebAddress, each_once
from briefing.masked import masked

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
PLACES = ("feed", "pages", "watch", "folder", "file", "mail", "imap")  # a source is exactly one of them
ONE_PLACE = f"a source needs exactly one of {', '.join(PLACES)}"
LINKS_ALONE = '"links" says which links of a page are read; it goes beside "watch"'
IMAP_USER = "BRIEFING_IMAP_USER"
IMAP_PORTS = {"tls": 993, "starttls": 143}  # RFC 8314, RFC 9051
ZoneName = Annotated[str, AfterValidator(values.zone)]


class Imap(Part):
    """A mailbox on a server, which is only ever read."""

    server: HostName = Field(description="host name of the IMAP server", examples=["imap.example.org"])
    security: Literal["tls", "starttls"] = Field(
        "tls",
        description="tls from the first byte, or starttls before the login; never without encryption",
        examples=["starttls"],
    )
    port: int | None = Field(
        None, ge=1, le=65535, description="993 for tls, 143 for starttls if left out", examples=[1993]
    )
    ca_file: DiskPath | None = Field(
        None,
        description="certificates to trust instead of the system's, for a server with its own authority",
        examples=["ca.pem"],
    )
    user_from: Secret = Field(
        IMAP_USER,
        min_length=1,
        description="environment variable, or file that only its owner may read, with the login",
        examples=["DESK_IMAP_USER"],
    )
    password_from: Secret = Field(
        "BRIEFING_IMAP_PASSWORD",
        min_length=1,
        description="environment variable, or file that only its owner may read, with the password",
        examples=["/run/credentials/imap-password"],
    )
    folder: str = Field(
        "INBOX",
        pattern=r"^[^\x00-\x1f\x7f]{1,500}$",
        description="the mailbox's folder; levels as the server parts them, often with / or .",
        examples=["Newsletters"],
    )
    since: Length = Field(
        dt.timedelta(days=14),
        description="mails that came within this time are read, the newest first",
        examples=["7d"],
    )

    def to_port(self) -> int:
        """The port as written, or the usual one."""
        return self.port or IMAP_PORTS[self.security]

    @property
    def address(self) -> str:
        """Where it is (RFC 5092); the login is named by where it lies, which tells accounts apart."""
        login = "" if self.user_from == IMAP_USER else f"{quote(self.user_from, safe='')}@"
        host = f"[{self.server}]" if ":" in self.server else self.server
        port = "" if self.port in (None, IMAP_PORTS[self.security]) else f":{self.port}"
        return f"imap://{login}{host}{port}/{quote(self.folder)}"


def _reachable(links: str) -> str:
    """Take a pattern that some link could fit: it is an address, or begins behind the site's name."""
    if links and not links.startswith(("/", "*", "http")):
        raise ValueError("begin with / for this site, or with https:// or *: /news/2026/*")
    return links


class Source(Part):
    """One place that articles come from: an address, a folder, a file or a mailbox."""

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
    watch: WebAddress | None = Field(
        None,
        description="address of a site or a page: the feed that it links is read, or with `links` the pages",
        examples=["https://example.org/news/"],
    )
    links: Annotated[str, AfterValidator(_reachable)] = Field(
        "",
        max_length=500,
        description="which links of the page under `watch` are read as articles: the whole address, or from "
        "the `/` behind this site's name on; `*` stands for anything",
        examples=["/news/2026/*", "https://example.org/*/story-*.html"],
    )
    folder: DiskPath | None = Field(
        None, description="folder that is walked, relative to feeds.yaml", examples=["inbox"]
    )
    file: DiskPath | None = Field(
        None, description="one file, relative to feeds.yaml", examples=["feeds/saved.xml"]
    )
    mail: DiskPath | None = Field(
        None,
        description="saved mail, relative to feeds.yaml: an .eml or mbox file, a Maildir, a folder of them",
        examples=["newsletters.mbox", "Maildir"],
    )
    imap: Imap | None = Field(None, description="a mailbox on an IMAP server, over TLS; it is only read")
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
        if self.links and not self.watch:
            raise ValueError(LINKS_ALONE)
        return self

    @property
    def address(self) -> str:
        """Where it is, as feeds.yaml spells it."""
        mailbox = self.imap.address if self.imap else ""
        alone = self.feed or self.watch or self.folder or self.file or self.mail or mailbox
        return alone or ", ".join(self.pages)

    @property
    def label(self) -> str:
        """What the reader sees: the name, or the address where there is none."""
        return self.name or masked(self.address)

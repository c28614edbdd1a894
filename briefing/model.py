"""Every type, in the order in which the data meets them: this file is the table of contents.

    Source -> Document | Miss -> Article | Miss -> Reading -> Dispatch -> Passage -> Story
           -> Statement, Figure, Dispute -> Edition -> Page -> Letter, Parcel -> Receipt

All of them are frozen; none does anything. `Source`, `Theme` and `Settings` come from
`briefing.config`, because a person writes them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

# --- 1 fetch: the world, as bytes ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Document:
    """Bytes of one file or one answer, and where they came from. Made by fetch, read by read."""

    source: str  # the source's name in feeds.yaml
    address: str  # the URL, or the path as feeds.yaml spells it
    content: bytes
    media_type: str = ""  # as the server said; empty for files
    charset: str = ""


@dataclass(frozen=True, slots=True)
class Miss:
    """Something that was asked for and not had. Made by fetch and read, printed under coverage."""

    source: str
    address: str
    reason: str  # one line, for people


# --- 2 read: articles ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Article:
    """One text of one outlet, as it was read. Made by read, kept by the store, never rewritten.

    `text` is in normal form: NFC, no control characters, one line a paragraph, one blank line
    between paragraphs, single spaces. All offsets in the program are indices into it.
    """

    id: str  # 16 hex digits over outlet, url, title and text
    source: str
    title: str
    text: str
    outlet: str = ""  # empty: unknown; an unknown outlet never adds an origin
    kind: str = "unknown"  # of the outlet, as feeds.yaml says
    url: str = ""  # http(s) or empty
    author: str = ""
    published: datetime | None = None  # aware; None: unknown
    day_only: bool = False  # the source gave a date without a time
    updated: datetime | None = None
    language: str = "en"  # ISO 639-1
    notes: tuple[str, ...] = ()  # what reading left out: "cut at 200,000 of 1,230,000 characters"


@dataclass(frozen=True, slots=True)
class Window:
    """The time that an edition covers: published after `start`, not after `end`."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Slot:
    """Which edition is built. Made by schedule from the configuration and `now`.

    `name` is the local date, followed by the hour where a day has several editions: one edition a
    briefing and slot, and earlier slots have smaller names.
    """

    name: str
    date: dt.date
    as_of: datetime
    window: Window
    next_issue: datetime
    edition: str = ""  # the name of its rule; "" where there is one edition a day
    late: datetime | None = None  # when it was built, where that was long after it was due


@dataclass(frozen=True, slots=True)
class Due:
    """An edition that a rule of feeds.yaml asks for. Made by schedule from rules and dates."""

    date: dt.date
    edition: str  # the name of the rule; "" where there is one edition a day
    slot: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SourceReport:
    """How one source fared. Made by the pipeline from documents, misses and articles."""

    name: str
    kind: str
    address: str
    status: Literal["ok", "unchanged", "empty", "stale", "failed"]
    articles: int
    error: str = ""


@dataclass(frozen=True, slots=True)
class Harvest:
    """All that fetch and read brought home. Made by the pipeline, read by refine."""

    sources: tuple[SourceReport, ...]
    articles: tuple[Article, ...]
    misses: tuple[Miss, ...]


# --- 3 refine: what the articles say ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Drop:
    """An article that was read and not used. Made by refine, printed under coverage."""

    title: str
    outlet: str
    address: str
    reason: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Characters [start, end) of an article's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cut:
    """Characters of an article taken for furniture. Made by clean, shown by `briefing inspect`."""

    article: str
    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Cleaned:
    """An article and the spans of it that are reporting. Made by clean, read by cut."""

    article: Article
    paragraphs: tuple[Span, ...]
    cuts: tuple[Cut, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: `text == article.text[start:end]`. Made by cut."""

    article: str
    start: int
    end: int
    text: str
    paragraph: int  # which paragraph of the cleaned article, from 0
    index: int  # which sentence of the article, from 0


@dataclass(frozen=True, slots=True)
class Reading:
    """An article cut into sentences. Made by cut, read by every later step."""

    article: Article
    sentences: tuple[Sentence, ...]
    cuts: tuple[Cut, ...] = ()


@dataclass(frozen=True, slots=True)
class Dispatch:
    """One text and the articles that carry it: reprints and earlier versions. Made by dedupe.

    `reading` is of the newest version, in its earliest printing; `copies` are the other articles.
    """

    reading: Reading
    copies: tuple[Article, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of consecutive sentences of one article about one event. Made by stories."""

    article: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """Passages about the same event, from any number of articles. Made by stories."""

    id: str
    headline: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class ThemedSentence:
    """A sentence and the theme it is filed under; theme "" is none of them. Made by themes."""

    sentence: Sentence
    theme: str
    scores: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Claim:
    """Who says it, by which words, and what kind of speaker. Made by claims.

    `source` is the speaker as the text names them, "" where it names nobody or only "he".
    """

    source: str = ""
    cue: str = ""
    kind: str = "none named"


@dataclass(frozen=True, slots=True)
class Hedge:
    """The source's own words that hold a line open: `text == article.text[start:end]`. Made by claims.

    It stands in the line itself or in the sentence after it, of the same article.
    """

    kind: Literal["unverified", "claimed", "reported"]
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Statement:
    """One line of the edition: `text == article.text[start:end]`. Made by summarise.

    Flags: "unverified", "claimed", "reported" (the source's own hedges), "clipped" (the span
    starts after the sentence does: templates show an ellipsis), "background" (it tells what was before
    the edition's window, so it opens no story and gives no figure).
    """

    text: str
    article: str
    start: int
    end: int
    claim: Claim = Claim()
    flags: tuple[str, ...] = ()
    hedges: tuple[Hedge, ...] = ()  # the words behind the flags


@dataclass(frozen=True, slots=True)
class Echo:
    """Another text that gives the same count: `text == article.text[start:end]`. Made by the board."""

    text: str
    article: str
    start: int
    end: int
    source: str = ""


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the last edition that gave this count said of it. Made by the board."""

    slot: str
    text: str
    value: float | None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One quantity, as its source puts it. Made by figures, marked by the board.

    `text` is the quantity's span ("at least 14 people"), `start` and `end` its offsets. `value` is None
    where the words give no one number ("dozens", "5 to 10"). Rows of one `group` count the same thing.
    "agrees", "differs" and "updated" are said against the rows before it in its group, and `before`
    gives the movement against an earlier edition.
    """

    story: str
    what: str  # killed, wounded, evacuated ... : a label of the language file
    text: str
    value: float | None
    article: str
    start: int
    end: int
    source: str  # according to whom, "" where nobody is named
    status: Literal["", "agrees", "differs", "updated"] = ""
    low: float | None = None  # the ends of a range, and both equal where the words give one number
    high: float | None = None  # None with a `low`: there is no upper end ("more than 200", "dozens")
    modifier: str = ""  # "at least", "about", as the text says it
    who: str = ""  # who or what is counted, as the text says it: "Ukrainian soldiers"
    where: str = ""  # the place, as its sentence or the one before names it
    when: str = ""  # as of when, in the text's words; "": as of its article's date
    kind: str = "none named"  # of the speaker
    flags: tuple[str, ...] = ()  # the hedges of its statement, as in Statement
    hedges: tuple[Hedge, ...] = ()
    group: int = 0  # from 1; 0: nothing else counts the same
    also: tuple[Echo, ...] = ()  # of other origins than its own
    before: Earlier | None = None


@dataclass(frozen=True, slots=True)
class Dispute:
    """Two statements of one event that cannot both hold. Made by disputes.

    `kind`: what was claimed is denied, each side lays it to the other, or the sides tell the course of a
    fight apart. `event` is the headline of the story.
    """

    story: str
    sides: tuple[Statement, Statement]
    kind: Literal["denial", "blame", "course"] = "denial"
    event: str = ""


@dataclass(frozen=True, slots=True)
class Inspection:
    """One article as the program sees it. Made by inspect, read by the command line.

    Claims and flags are aligned with the sentences.
    """

    article: Article
    cuts: tuple[Cut, ...]
    sentences: tuple[ThemedSentence, ...]
    claims: tuple[Claim, ...]
    flags: tuple[tuple[str, ...], ...]
    figures: tuple[Figure, ...]
    opinion: str = ""  # why it is no report but comment; "" where it is one


# --- the edition: exactly what edition.json holds -----------------------------------------------


@dataclass(frozen=True, slots=True)
class Copy:
    """Another article with the same text."""

    id: str
    outlet: str
    title: str
    url: str
    published: datetime | None
    day_only: bool
    relation: Literal["reprint", "earlier version"]


@dataclass(frozen=True, slots=True)
class CitedArticle:
    """An article as the edition cites it, by number; its text stays in the store."""

    id: str
    number: int
    title: str
    outlet: str
    url: str
    published: datetime | None
    day_only: bool
    language: str
    kind: str
    text_sha256: str
    copies: tuple[Copy, ...] = ()
    updated: datetime | None = None


@dataclass(frozen=True, slots=True)
class KeyPoint:
    """One line of page one, and the theme it leads."""

    theme: str
    statement: Statement


@dataclass(frozen=True, slots=True)
class StoryReport:
    """What an edition says of one story under one theme.

    A story can be reported under several themes, with other statements. `statements` is empty
    where the day was too full: then only the headline is printed, with its citations.
    """

    id: str
    headline: str
    status: Literal["new", "changed", "continuing"]
    articles: tuple[str, ...]  # ids, in the order of their numbers
    origins: int  # independent outlets: reprints and unknown outlets do not count
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class ThemeSection:
    """One theme's stories, the weightiest first."""

    key: str
    title: str
    stories: tuple[StoryReport, ...]


@dataclass(frozen=True, slots=True)
class Quiet:
    """A story of the last edition that nobody wrote about since."""

    headline: str
    slot: str


@dataclass(frozen=True, slots=True)
class Changes:
    """This edition against the one before; story ids. `since` is "" where there was none."""

    since: str = ""
    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    continuing: tuple[str, ...] = ()
    quiet: tuple[Quiet, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was read, used and left out: nothing is silent."""

    counts: Mapping[str, int]  # fetched, repeated (by two sources), in_window, copies, sentences, cut
    languages: Mapping[str, int]
    dropped: tuple[Drop, ...]
    misses: tuple[Miss, ...]
    notes: tuple[str, ...] = ()  # "Northwire, 'Title': cut at 200,000 of 1,230,000 characters"


@dataclass(frozen=True, slots=True)
class Method:
    """How the edition was made, so that it can be made again."""

    version: str
    summary: str
    configuration: str  # sha256
    input: str  # sha256 over the ids of the articles in the window


@dataclass(frozen=True, slots=True)
class Edition:
    """One morning's briefing. Made by refine, read by render; JSON Schema in docs/."""

    briefing: str
    slot: str
    title: str
    language: str
    timezone: str
    date: dt.date
    as_of: datetime
    window: Window
    sources: tuple[SourceReport, ...]
    articles: tuple[CitedArticle, ...]
    key_points: tuple[KeyPoint, ...]
    themes: tuple[ThemeSection, ...]
    figures: tuple[Figure, ...]
    disputes: tuple[Dispute, ...]
    changes: Changes
    coverage: Coverage
    method: Method
    next_issue: datetime | None = None
    handling: str = ""
    late: datetime | None = None  # when it was built, where that was long after it was due
    schema: Literal["briefing-edition/1"] = field(default="briefing-edition/1", kw_only=True)


# --- 4 render, 5 send ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Page:
    """One edition in one format. Made by render, read by send."""

    format: Literal["md", "html", "pdf", "json", "eml"]
    name: str  # edition.md, edition.html, edition.pdf, edition.json, edition.eml
    content: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """One edition as a mail: the same lines as plain text and as HTML. Made by render, read by send."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Parcel:
    """One edition on its way to its readers. Made by the pipeline, read by channels."""

    edition: Edition
    pages: tuple[Page, ...]  # in every format that some channel carries
    letter: Letter  # for a mail with the PDF attached
    slim: Letter  # for a mail without it: it says where the PDF is
    recent: tuple[Edition, ...]  # the editions of this briefing that are kept, the newest first
    home: Path  # the folder that holds one folder for each of them
    link: str  # the web address of `home`, ending in "/"; "" where it has none
    name: str  # the same for every copy and every try of this slot: 32 hex digits
    formats: tuple[str, ...] = ()  # of the pages that feeds.yaml asks for; empty: all


@dataclass(frozen=True, slots=True)
class Receipt:
    """How it went with one address. Made by send, kept in the ledger, printed by the command line.

    `sending` stands from before the first byte until the answer is known: where a run was killed in
    between, nobody can tell whether the edition arrived.
    """

    channel: str
    address: str
    state: Literal["sending", "sent", "later", "refused"] = "sent"
    detail: str = ""  # the other side's own words, or the error


# --- the ledger ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Issue:
    """What became of one edition that was due; one for each briefing, date and rule.

    Made by the store, read by schedule.
    """

    due: Due
    built: datetime | None = None
    late: datetime | None = None  # as the edition says it
    delivered: datetime | None = None  # since then nothing is left to try
    missed: bool = False  # it was not built within its grace
    tries: int = 0  # builds that failed
    error: str = ""  # of the last of them
    next_try: datetime | None = None  # of the build; once it is built, of its deliveries


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of one edition on its way to one address. Made by the store, read by the pipeline."""

    receipt: Receipt  # the last one
    tries: int
    first: datetime  # of the tries
    last: datetime
    next_try: datetime | None = None  # None: it arrived, or nobody tries any more

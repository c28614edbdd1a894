"""Every type, in the order in which the data meets them: this file is the table of contents.

    Source -> Document | Miss -> Article | Miss -> Reading -> Dispatch -> Passage -> Story
           -> Statement, Figure, Dispute -> Edition -> Page -> Letter, Parcel -> Receipt

All of them are frozen; none does anything. `Source`, `Theme` and `Settings` come from
`briefing.config`, because a person writes them; what only explains is in `briefing.why`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from briefing.masked import masked

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
    """Something that was asked for and not had. Made by fetch and read, printed under coverage.

    It is made to be told: secrets in its addresses are hidden from the start.
    """

    source: str
    address: str
    reason: str  # one line, for people

    def __post_init__(self) -> None:
        _mask(self, "address", "reason")


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A document that is as it was when it was last read. Made by fetch, answered from the store."""

    source: str
    address: str


@dataclass(frozen=True, slots=True)
class Visit:
    """How an address on the network fared when it was last asked. Made by fetch, kept by the store."""

    address: str  # as feeds.yaml, a feed or a page spells it
    tried: datetime  # when it was last asked
    answered: datetime | None = None  # when it last gave its document, or said that it had not changed
    etag: str = ""  # validators of that document, as sent
    modified: str = ""
    moved: str = ""  # where it has moved for good: it is asked there; "" where it stands
    not_before: datetime | None = None  # not to be asked again earlier: fresh, or told or chosen to wait
    failures: int = 0  # in a row
    error: str = ""  # why the last try failed


@dataclass(frozen=True, slots=True)
class Link:
    """An article page that a feed names. Made by the pipeline, read by fetch."""

    source: str  # whose entry names it
    url: str


@dataclass(frozen=True, slots=True)
class Fetched:
    """What asking one source, or one link, gave. Made by fetch, read by the pipeline."""

    documents: tuple[Document | Unchanged | Miss, ...]
    visits: tuple[Visit, ...] = ()


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
class Found:
    """An article that a question to the archive found. Made by the store, printed by the command line.

    `article.text[start:end]` is a piece of it around the words.
    """

    article: Article
    start: int
    end: int


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
class Carried:
    """What one document of a source held. Made by the pipeline when it is read, kept by the store.

    The same bytes read in the same way hold the same, so they are not read again.
    """

    source: str
    address: str
    reader: str  # fingerprint of what decides the reading: the program and what feeds.yaml says
    digest: str  # sha256 of the bytes
    articles: tuple[str, ...]  # ids
    misses: tuple[Miss, ...] = ()


@dataclass(frozen=True, slots=True)
class FullText:
    """What the page of an article gave, of which its feed has an excerpt.

    Made by the pipeline, kept by the store.
    """

    article: str  # id of the article as its feed has it
    url: str
    at: datetime  # when its page was last asked for
    outcome: Literal["fuller", "no more", "walled", "unlike", "failed"]
    note: str = ""  # for people: why the excerpt stands; of a fuller one why it stood before
    digest: str = ""  # sha256 of the page's bytes
    fuller: str = ""  # id of the article with the page's text
    tries: int = 1


@dataclass(frozen=True, slots=True)
class PageCount:
    """The articles of one source of which its feed has an excerpt, and how their pages fared.

    Made by the pipeline, printed under coverage. The numbers after `wanted` add up to it.
    """

    wanted: int
    had: int
    walled: int = 0  # a paywall, a login, a consent form, a bot check
    unlike: int = 0  # another page than the article's
    failed: int = 0
    left: int = 0  # not asked yet


@dataclass(frozen=True, slots=True)
class SourceReport:
    """How one source fared. Made by the pipeline from documents, misses and articles."""

    name: str
    kind: str
    address: str
    status: Literal["ok", "unchanged", "empty", "stale", "failed"]
    articles: int
    error: str = ""
    group: str = ""  # as feeds.yaml says
    moved: str = ""  # where it has moved for good, which feeds.yaml does not say yet
    answered: datetime | None = None  # of one that failed: when it last answered before the edition's hour
    newest: datetime | None = None  # of its dated articles
    lately: int = 0  # articles that it published in the 24 hours before the edition's hour
    usual: float | None = None  # of a day, by its habit of four weeks; None: not known for long enough
    silent: bool = False  # so far under its habit that chance does not explain it
    pages: PageCount | None = None  # where the pages of its articles are fetched, and any was wanted

    def __post_init__(self) -> None:
        _mask(self, "address", "error", "moved")


@dataclass(frozen=True, slots=True)
class Attempt:
    """One fetch of a source, as its history remembers it. Made by the pipeline, kept by the store."""

    at: datetime
    status: Literal["ok", "unchanged", "empty", "failed"]
    articles: int  # that it carried
    new: int = 0  # of them, those that nobody had seen
    error: str = ""


@dataclass(frozen=True, slots=True)
class Health:
    """How a source fares, as its history tells. Made by the pipeline, printed by `briefing feeds check`."""

    report: SourceReport
    status: Literal["ok", "unchanged", "empty", "stale", "silent", "failed"]
    well: bool  # nothing that somebody should look after
    answered: datetime | None  # when it last answered
    failures: int = 0  # in a row
    new: int = 0  # articles of the last fetch that nobody had seen
    until: datetime | None = None  # not asked again before
    notes: tuple[str, ...] = ()  # what was wrong with single documents, a line each


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
    `origins` are those of whom one wrote it: most often one, none where every outlet is unknown.
    """

    reading: Reading
    copies: tuple[Article, ...] = ()
    origins: tuple[str, ...] = ()  # set by origins


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


DOUBTS = ("unverified", "claimed", "reported")  # the kinds of hedges, as flags name them


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
    period: Literal["", "total"] = ""  # "total": since the war began, or so far in it


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
    origin: str = ""  # whose text it is: an agency, where it first appeared, else its outlet; "": unknown


@dataclass(frozen=True, slots=True)
class KeyPoint:
    """One line of page one, and the theme it leads."""

    theme: str
    statement: Statement
    origins: int = 0  # of its story, as in StoryReport


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
    origins: int  # whose texts it rests on: reprints, agencies' texts and unknown outlets add none
    statements: tuple[Statement, ...]
    thread: str = ""  # the id that the story had in the first edition that told it
    since: str = ""  # the slot of that edition
    day: int = 1  # calendar day of the story: 1 where this is its first edition
    terms: str = ""  # the stems of its weightiest words, by commas: later editions know it by them


@dataclass(frozen=True, slots=True)
class ThemeSection:
    """One theme's stories, the weightiest first."""

    key: str
    title: str
    stories: tuple[StoryReport, ...]


@dataclass(frozen=True, slots=True)
class Quiet:
    """A story of the last editions that nobody wrote about since. `slot` is the last that told it."""

    headline: str
    slot: str
    days: int = 1  # since then
    thread: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What changed in a story that earlier editions told: lines that none of them said, figures that moved.

    Both stand in the edition, under the story and on the board; each figure has its `before`.
    """

    story: str
    statements: tuple[Statement, ...] = ()
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One day of a timeline: what the first edition that told of that day said."""

    date: dt.date  # of the statement's article
    slot: str
    statement: Statement


@dataclass(frozen=True, slots=True)
class Timeline:
    """A story that has run for days: one line a day, the oldest first."""

    story: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """This edition against the ones before; story ids. `since` is the last, "" where there was none."""

    since: str = ""
    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    continuing: tuple[str, ...] = ()
    quiet: tuple[Quiet, ...] = ()
    details: tuple[Change, ...] = ()  # one for each changed story, in the order of `changed`


@dataclass(frozen=True, slots=True)
class Share:
    """What one outlet gave: its articles in the window, and those of them that the edition cites."""

    outlet: str  # "": unknown
    articles: int
    used: int


@dataclass(frozen=True, slots=True)
class Gap:
    """A theme or place that the edition of `slot` had articles about, and this one has none."""

    kind: Literal["theme", "place"]
    name: str
    before: int  # articles
    slot: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was read, used and left out: nothing is silent."""

    counts: Mapping[str, int]  # fetched, repeated (by two sources), in_window, used, copies, sentences, cut
    languages: Mapping[str, int]
    dropped: tuple[Drop, ...]
    misses: tuple[Miss, ...]
    notes: tuple[str, ...] = ()  # "Northwire, 'Title': cut at 200,000 of 1,230,000 characters"
    outlets: tuple[Share, ...] = ()  # the one with most articles first
    places: Mapping[str, int] = field(default_factory=dict)  # texts that name each; the next edition compares
    gaps: tuple[Gap, ...] = ()
    unread: tuple[str, ...] = ()  # languages of articles that were not read


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
    timelines: tuple[Timeline, ...] = ()
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


def _mask(value: object, *names: str) -> None:
    """Hide the secrets in these fields of what will be printed; for use while it is made."""
    for name in names:
        object.__setattr__(value, name, masked(getattr(value, name)))

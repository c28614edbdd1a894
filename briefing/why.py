"""Why: the types that `briefing inspect` shows, in the order in which the decisions fall.

Made beside the types of `briefing.model` by the steps that decide; nothing that an edition says depends
on them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from briefing.model import Article, Claim, Cut, Figure, Hedge, Passage, ThemedSentence


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that spoke for a decision. Made by the step that decides, read by the command line."""

    feature: str  # what was looked at: "word", "title", "outlets" ...
    value: float = 0.0  # what it added to the score
    words: str = ""  # of the text, or about it


@dataclass(frozen=True, slots=True)
class Weighing:
    """Why a sentence has its score for a theme. Made by themes.

    The values of `listed` and `taught` add up to the score; those of `odds` to the logarithm of how much
    likelier the model thinks the theme than none. `odds` is empty where no model knows the theme.
    """

    theme: str
    score: float
    listed: tuple[Reason, ...]  # words that are listed for the theme, or learnt from the night
    taught: float  # the model's evidence
    share: float  # and how likely it thinks the theme, 0 to 1
    odds: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A number that is no figure: `text == article.text[start:end]`. Made by inspect."""

    text: str
    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Judged:
    """One sentence and why it is taken as it is. Made by inspect."""

    themed: ThemedSentence
    weighings: tuple[Weighing, ...]  # a theme each, the best first
    claim: Claim
    speaker: tuple[Reason, ...]  # the cue and where it stands, the words that tell the kind
    flags: tuple[str, ...]
    hedges: tuple[Hedge, ...]  # the words behind the flags
    background: str  # the words that set it before the edition; "" where it is news
    unfit: str  # why it cannot stand in an edition alone; "" where it can


@dataclass(frozen=True, slots=True)
class Inspection:
    """One article as the program sees it. Made by inspect, read by the command line."""

    article: Article
    cuts: tuple[Cut, ...]
    sentences: tuple[Judged, ...]
    figures: tuple[Figure, ...]
    refusals: tuple[Refusal, ...]
    opinion: str = ""  # why it is no report but comment; "" where it is one


@dataclass(frozen=True, slots=True)
class Member:
    """A passage of a story and why it is there. Made by inspect."""

    passage: Passage
    title: str
    outlet: str
    of: int  # sentences of the part of its article that was compared: more than its own where it was cut off
    alike: float  # mean likeness of that part to the story's others; 0 where it has none


@dataclass(frozen=True, slots=True)
class TitleWeighed:
    """A title that could be its story's headline. Made by inspect."""

    title: str
    outlet: str
    fit: float
    marks: tuple[str, ...]  # of a loud title
    fair: bool  # of no side's own medium, with no toll that a later report raised
    chosen: bool


@dataclass(frozen=True, slots=True)
class Considered:
    """A sentence of a story that was considered for its theme. Made by inspect.

    `line` counts what is printed of the story here, from 1; 0: it is not, and `refusal` says why. The values
    of `reasons` add up to what decided: of the first line and of those that are not printed how much to the
    point they are, of the others what they add to the lines taken before them.
    """

    article: str
    start: int
    end: int
    text: str
    line: int
    reasons: tuple[Reason, ...]
    refusal: str = ""
    taken: int = (
        0  # in which order the method took it, from 1; 0 where that is not known, as of the first line
    )


@dataclass(frozen=True, slots=True)
class Explanation:
    """One story under one theme, and why. Made by inspect, read by the command line."""

    story: str
    headline: str
    theme: str
    main: bool  # most of its sentences are filed here
    place: int  # in its section, from 1
    room: int  # lines that it may have there
    rank: tuple[Reason, ...]  # they add up to what the story weighs
    titles: tuple[TitleWeighed, ...]  # empty: the headline is the opening of a sentence
    members: tuple[Member, ...]
    held: tuple[Reason, ...]  # words, which add up to the mean likeness of the parts, the weightiest first
    copies: tuple[Reason, ...]  # reprints and earlier versions, with the share of words they have in common
    considered: tuple[Considered, ...]  # printed lines first, then the others, the nearest to the point first
    printed: Literal["lines", "headline", ""] = ""  # what of it the edition prints under this theme


@dataclass(frozen=True, slots=True)
class Printed:
    """One thing that an edition prints. Made by inspect."""

    number: int  # from 1, in the order of the page
    kind: Literal["key point", "figure", "line", "headline", "dispute"]
    theme: str
    story: str
    headline: str
    text: str
    article: str = ""  # "" for a headline
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """Why an edition prints something, or not. Made by inspect, read by the command line."""

    text: str
    printed: tuple[Printed, ...]  # where; empty: nowhere
    notes: tuple[str, ...]
    sentence: Judged | None = None
    figure: Figure | None = None
    stories: tuple[Explanation, ...] = ()  # the one it is of, under each theme that tells it

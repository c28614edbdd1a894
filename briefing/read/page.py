"""A saved or fetched web page: trafilatura says what on it is the article, its head says the rest.

trafilatura gives dates as days only; time and zone are taken from where pages state them. What it takes is
read again by words: lines that give themselves away as furniture ("Sign up for ...") go. Where little was
found, a second, more generous reading of the page is the check: if the two share less than half of their
text, the first came from a fallback that took comments or a menu for the article, and the second counts.

Measured on 201 pages (F1 of passages, two halves by hash of the page): trafilatura alone .926 (.926, .925),
without marked lines .936 (.934, .939), with the second reading .943 (.946, .939). Rejected: the generous
reading alone .924, the strict one .927 (it loses a sixth of the magazine pages), without tables .916.

A date that neither the head nor the quick search has is searched for in the words of the page, as 21 of 201
pages need it (without it dates .839 instead of .883), with the calendars of the languages that are read:
all 207 of dateparser cost 1.5 s and 60 MB once a process, and found no other date.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from briefing.bounds import MAX_PAGE, MAX_PAGE_MARKUP
from briefing.language import detect, known, language
from briefing.language.furniture import is_marked, signs
from briefing.model import Document, Miss
from briefing.read.decode import decode
from briefing.read.draft import Draft, Unreadable
from briefing.read.head import Head, head_of
from briefing.read.markup import refuse_crowded
from briefing.read.slim import refuse_dense, refuse_unparted
from briefing.read.text import line, normalise

BULLET = re.compile(r"(?m)^[-*•] (?=\S)")  # trafilatura's own mark of a list item
WORD = re.compile(r"\w+")
DOUBTFUL = (
    3_000  # characters: longer texts were never the wrong part of a page, and a check takes as long again
)
AGREEMENT = 0.5  # share of word runs in common (from .2 to .5 the same three pages differ)
RUN = 4  # words
HEADING_WORDS = 3  # fewer are names of sections
HEADING_SHARE = 0.7  # of its words that the claimed title must hold
XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")  # lxml refuses it in text that is decoded already


@dataclass(frozen=True, slots=True)
class Opened:
    """A page taken apart. Made by `opened`, read by `read_page` and `fuller`."""

    markup: str
    head: Head
    title: str
    whole: str  # what was taken for the article; "" where nothing was
    text: str  # of it, without lines that give themselves away as furniture
    author: str = ""
    day: str = ""
    notes: tuple[str, ...] = ()


def read_page(document: Document) -> list[Draft | Miss]:
    """One draft; a page without an article on it is unreadable."""
    page = opened(document)
    if not page.text:
        raise Unreadable("no article found on the page")
    head = page.head
    return [
        Draft(
            title=page.title,
            text=page.text,
            outlet=line(head.outlet),
            url=head.canonical or document.address,
            author=line(head.author or page.author),
            published=_dates(head, page.day or ("" if head.published else _searched(page.markup))),
            updated=head.modified,
            claimed_language=head.language,
            notes=page.notes,
        )
    ]


def opened(document: Document) -> Opened:
    """What a page is made of. Raises Unreadable for what is no page that people wrote."""
    decoded = decode(document.content, document.charset)
    if decoded is None:
        raise Unreadable("not text: this is binary")
    markup = XML_DECLARATION.sub("", decoded.text)
    if len(markup) > MAX_PAGE:
        raise Unreadable(f"a page of more than {MAX_PAGE:,} characters: not an article")
    refuse_dense(markup, MAX_PAGE_MARKUP)
    refuse_unparted(markup)
    refuse_crowded(markup)
    head, found = head_of(markup), _found(markup)
    whole = _checked(_plain(found), markup)
    title = line(_title((found.title if found else "") or "", head.headings))
    return Opened(
        markup,
        head,
        title,
        whole,
        body(whole, title),
        author=((found.author if found else "") or "").replace("; ", ", "),
        day=str((found.date if found else "") or ""),
        notes=decoded.notes,
    )


def _title(claimed: str, headings: tuple[str, ...]) -> str:
    """The heading on the page that the window title or og:title is made of, else that title.

    Window titles carry the site's name ("Headline - Site | Section"), Open Graph ones are at times
    rewritten for search. A first-rank heading most of whose words stand in the title is the headline.
    Measured on 154 pages: 102 titles right without it, 131 with it (from .5 on the share hardly matters).
    """
    known = set(WORD.findall(claimed.casefold()))
    for whole in headings:
        heading = max(whole.split(" | "), key=len)  # "Politics | Headline": the section goes
        words = WORD.findall(heading.casefold())
        if len(words) >= HEADING_WORDS and sum(word in known for word in words) >= HEADING_SHARE * len(words):
            return heading
    return claimed


def body(whole: str, title: str) -> str:
    """What was taken for the article, without its headline and lines that are no part of it."""
    text = _reporting(whole)
    first, _, rest = text.partition("\n\n")
    return rest if rest and first.casefold() == title.casefold() else text


def _plain(found: Any) -> str:
    return normalise(BULLET.sub("", found.text or "")) if found else ""


def _checked(text: str, markup: str) -> str:
    """The text, or that of a more generous reading where the two have little in common."""
    if not text or len(text) > DOUBTFUL:
        return text
    other = _plain(_extract(markup, generous=True))
    ours, theirs = _runs(text), _runs(other)
    return text if len(ours & theirs) >= AGREEMENT * min(len(ours), len(theirs)) else other


def _runs(text: str) -> set[tuple[str, ...]]:
    words = WORD.findall(text.casefold())
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def _reporting(text: str) -> str:
    """The text without lines whose words give them away; all of it where nothing else would be left."""
    known = language(detect(text)) if text else language("")
    paragraphs = text.split("\n\n")
    kept = [p for i, p in enumerate(paragraphs) if not is_marked(signs(p, known, first=i == 0))]
    return "\n\n".join(kept) or text


def _found(markup: str) -> Any:
    """What trafilatura finds; without title and date where a page is so odd that looking for them raises."""
    try:
        return _extract(markup)
    except Exception:  # an assertion of the library that cleans the page for the date, for one
        return _extract(markup, generous=True)


# Gives trafilatura's Document, or None where it finds no article.
def _extract(markup: str, *, generous: bool = False) -> Any:
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it finds wrong becomes a Miss

    # Its duplicate filter stays off: its cache is shared by the process, so results would depend on history.
    return trafilatura.bare_extraction(
        markup,
        include_comments=False,
        deduplicate=False,
        with_metadata=not generous,
        favor_recall=generous,
        output_format="python",
        date_extraction_params={"original_date": True, "extensive_search": False},
    )


def _searched(markup: str) -> str:
    """The day that the words of a page tell; "" where they tell none."""
    from htmldate import extractors, find_date

    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    extractors.get_external_parser = _calendars
    return find_date(markup, original_date=True, extensive_search=True) or ""


@cache
def _calendars() -> Any:
    """What htmldate makes for itself, in the languages that are read: it offers no option for them."""
    from dateparser import DateDataParser

    return DateDataParser(
        languages=list(known()),
        settings={
            "NORMALIZE": True,
            "PARSERS": ["custom-formats", "absolute-time"],
            "PREFER_DATES_FROM": "past",
            "PREFER_LOCALE_DATE_ORDER": True,
            "RETURN_AS_TIMEZONE_AWARE": False,
            "STRICT_PARSING": True,
        },
    )


def _dates(head: Head, day: str) -> tuple[str, ...]:
    """What the head states goes first; a <time> in the body counts only on the day that trafilatura found."""
    return tuple(filter(None, (*head.published, *(t for t in head.times if day and t.startswith(day)), day)))

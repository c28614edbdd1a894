"""fuller: the whole text of an article of which a feed has only the beginning, or why there is none.

Requirement: what the page of an article gives is never worse than the excerpt of its feed. A wrong page (an
index, a login, a consent form, another article, an error that calls itself a success) replaces nothing.

Theory: two readings of one article share runs of words (as in `page`, and as copies do in dedupe) or its
headline, and an index or a wall has neither in its title. So a page is an article's where
  - its title has the words of the feed's, and its text speaks of the same things; or
  - its text or its description has the runs of the excerpt, and it calls itself an article;
and its text stands in for the excerpt where it is longer. An excerpt that the page does not repeat (a
standfirst, written apart) stays as the first paragraph, so nothing that the feed said is lost. The
article keeps all else as the feed has it: its address, its outlet, its time, its title.

Which texts are excerpts is a guess that only saves requests, for the page decides: one that ends in an
ellipsis, in "Read more" or in "appeared first on", and any that is shorter than reports are.

Measured on the 241 pages of ../shared/data/pages, each with its title and description as if a feed had sent
them: 229 give a fuller text, 3 no more, 9 are refused (a one-word title, a title of the site alone, Chinese
and Japanese, where words are not parted). Of 4,134 pairs of a page and another one's entry none is taken.

Rejected: the share of letters in links (galleries are articles too); asking for both signs (of 221 pages with
a description 117 have both, 218 one of them); the page's own title and time in place of the feed's (citations
would change with the hour at which the page was had).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Hashable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import urlsplit

from briefing.bounds import MAX_CHARACTERS
from briefing.language import detect, language
from briefing.language.data import NEVER
from briefing.model import Article, Document
from briefing.read.article import identity
from briefing.read.draft import Unreadable
from briefing.read.page import Opened, body, opened
from briefing.read.sniff import kind_of
from briefing.read.text import cut
from briefing.read.wall import REASONS, wall_of, without_wall

Outcome = Literal["fuller", "no more", "walled", "unlike"]

EXCERPT = (
    200  # words: medians of 44 real feeds are 0 to 174, or 214 and more; 5 % of whole reports are shorter
)
LONGER = 1.15  # times the words of the excerpt: less is the same text with other furniture
RUN = 4  # words
FEW_RUNS = 4  # below, an excerpt has no runs to speak of
SHARED = 0.5  # of the runs of the excerpt: the rest is cut, or edited since
TITLED = 0.6  # of the words of the feed's title
FEW_WORDS = 2  # of a title, below which it tells nothing
SPEAKS = 0.2  # of the words of title and excerpt that the text must have
STEM = 6  # letters: what inflection leaves
LANGUAGE = 100  # characters from which the language of an excerpt is known
WORD = re.compile(r"\w+")
ELLIPSIS = re.compile(r"(?:\.\.\.|…|\[…\]|\[\.\.\.\]|\(…\)|&hellip;)[\s»›→>\])]*$")
TAIL = 80  # characters in which a call to read on stands
CLOSED = re.compile(r"[.!?][\"'”’»)\]]*$")


@dataclass(frozen=True, slots=True)
class Fuller:
    """What the page of an article gave. `article` is the fuller one; None: the excerpt stands, see `note`."""

    outcome: Outcome
    article: Article | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page that was had, taken apart once for all articles that link it. Made by `leaf`."""

    page: Opened | None
    note: str = ""  # why it is no page that can be read


def is_excerpt(article: Article) -> bool:
    """Whether a feed may have only the beginning of an article."""
    _, is_cut = _trimmed(article.text, article.language)
    return is_cut or len(article.text.split()) < EXCERPT


def leaf(document: Document) -> Leaf:
    """The page in an answer. Total: any bytes give one."""
    try:
        kind = kind_of(document.content, document.charset)
        if kind not in ("page", "text"):
            return Leaf(None, f"its link leads to no web page ({kind})")
        return Leaf(opened(document))
    except Unreadable as error:
        return Leaf(None, str(error))
    except Exception as error:  # one bad page never ends a run
        return Leaf(None, f"its page could not be read ({type(error).__name__})")


def fuller(found: Leaf, article: Article) -> Fuller:
    """The article with the text of its page, or why the excerpt stands."""
    page = found.page
    if page is None:
        return Fuller("unlike", note=found.note)
    wall = wall_of(page, article.language)
    whole, called = without_wall(page.whole, article.language)
    text = cut(body(whole, page.title) if called else page.text, MAX_CHARACTERS)
    why = _unlike(page, text, article)
    if why and wall and not (wall.stated and text):
        return Fuller("unlike" if wall.kind == "gone" else "walled", note=REASONS[wall.kind])
    if why:
        return Fuller("unlike", note=why)
    better = extended(article, text)
    if better is None:
        return Fuller("walled", note=REASONS[wall.kind]) if wall or called else Fuller("no more")
    part = (f"{REASONS[wall.kind or 'paid']}: what it shows before that",) if wall or called else ()
    return Fuller("fuller", replace(better, notes=(*better.notes, *part, *page.notes)))


def extended(article: Article, text: str) -> Article | None:
    """The article with this text of its page, after its excerpt where that stands apart; None: no longer."""
    excerpt, _ = _trimmed(article.text, article.language)
    if len(text.split()) < LONGER * max(1, len(article.text.split())):
        return None
    apart = CLOSED.search(excerpt) and _share(_runs(excerpt), _runs(text)) < SHARED
    whole = cut(f"{excerpt}\n\n{text}" if apart and not _within(excerpt, text) else text, MAX_CHARACTERS)
    return replace(article, id=identity(article.outlet, article.url, article.title, whole), text=whole)


def digest_of(document: Document) -> str:
    """Sha256 of the bytes of an answer."""
    return hashlib.sha256(document.content).hexdigest()


def _unlike(page: Opened, text: str, article: Article) -> str:
    """Why a page is not the article's; "" where it is."""
    if not text:
        return "no article found on its page"
    if _is_root(page.head.canonical) and not _is_root(article.url):
        return "its link leads to the front of a site"
    if len(article.text) >= LANGUAGE and detect(text) != detect(f"{article.title}\n{article.text}"):
        return "its page is in another language"
    known = _stems(f"{article.title} {article.text}")
    speaks = _share(known, _stems(text)) >= SPEAKS
    titled = any(_same_title(article.title, other) for other in _titles(page))
    return "" if (titled and speaks) or _repeats(page, text, article) else "its page is not about the same"


def _titles(page: Opened) -> Iterable[str]:
    return (page.title, *page.head.titles, *page.head.headings)


def _same_title(ours: str, theirs: str) -> bool:
    words = _stems(ours)
    return len(words) >= FEW_WORDS and _share(words, _stems(theirs)) >= TITLED


def _repeats(page: Opened, text: str, article: Article) -> bool:
    """Whether an article has the words of the excerpt, in its text or as its description."""
    runs = _runs(_trimmed(article.text, article.language)[0])
    if len(runs) < FEW_RUNS or not page.head.article:
        return False
    return any(_share(runs, _runs(other)) >= SHARED for other in (text, *page.head.descriptions))


def _trimmed(text: str, code: str) -> tuple[str, bool]:
    """(an excerpt without the call to read on at its end, whether there was one or it is cut off)."""
    words = language(code).walls
    paragraphs, is_cut = text.split("\n\n"), False
    while paragraphs and words and _is_call(paragraphs[-1], words):
        paragraphs.pop()
        is_cut = True
    rest = "\n\n".join(paragraphs)
    calls = [
        m for m in words.get("more", NEVER).finditer(rest, max(0, len(rest) - TAIL)) if _ends(rest, m.end())
    ]
    if calls and len(rest) > len(calls[-1][0]):
        rest, is_cut = rest[: calls[-1].start()].rstrip(), True
    return rest, is_cut or ELLIPSIS.search(rest) is not None


def _is_call(paragraph: str, walls: Mapping[str, re.Pattern[str]]) -> bool:
    """Whether a paragraph is "The post X appeared first on Y", or a bare "Read more"."""
    if walls.get("appeared", NEVER).search(paragraph) and len(paragraph.split()) < EXCERPT // 4:
        return True
    found = walls.get("more", NEVER).match(paragraph)
    return bool(found and _ends(paragraph, found.end()))


def _ends(text: str, at: int) -> bool:
    return not WORD.search(text, at)


def _is_root(url: str) -> bool:
    parts = urlsplit(url) if url else None
    return bool(parts and parts.netloc and parts.path in ("", "/") and not parts.query)


def _within(excerpt: str, text: str) -> bool:
    return " ".join(excerpt.split()) in " ".join(text.split())


def _runs(text: str) -> set[tuple[str, ...]]:
    words = WORD.findall(text.casefold())
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def _stems(text: str) -> set[str]:
    return {word[:STEM] for word in WORD.findall(text.casefold()) if len(word) > 3}


def _share(ours: AbstractSet[Hashable], theirs: AbstractSet[Hashable]) -> float:
    return len(ours & theirs) / len(ours) if ours else 0.0

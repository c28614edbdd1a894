"""wall: what a page shows where its article should be: a paywall, a login, a consent form, a bot check.

Requirement: a wall's words never stand in for an article, and an article is not refused because its site
has a cookie banner, a "Sign in" in its head, or an offer at its foot.

Theory: what tells a wall from furniture is not its words, which every site has somewhere, but that little
or nothing stands beside them. So words count where they are the page's own title, where they stand in what
was taken for the article, or where nothing was; and only while that is shorter than an article is. One sign
needs no words: the publisher's own statement that the text is not free (schema.org `isAccessibleForFree`,
which search engines ask of paywalled pages, and Open Graph's `article:content_tier`); 7 of 241 real pages
state it and 6 of them have their whole text all the same, so it too counts for short texts alone. A sign is
no verdict: whether the text that is there beats the excerpt of the feed is decided in `fuller`.

The words are data: `[walls]` of the language files; the English ones count on every page, as the services
that put up walls speak English everywhere.

Measured on the 241 real articles of ../shared/data/pages: none is called a wall by its words, one (318 words)
by its publisher's own statement, and it keeps its text; one ends in an offer to members, which is a wall.

Rejected: class names such as "paywall" (free articles of the same sites load the same scripts); the
consent vendors' script addresses (articles with a banner load them as well).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from briefing.language import language
from briefing.language.data import NEVER

if TYPE_CHECKING:
    from briefing.read.page import Opened

Kind = Literal["", "paid", "login", "consent", "robot", "gone"]
SHORT = 200  # words: a preview is some paragraphs; 5 % of 3,708 whole reports have less
BARE = 400  # words: a whole page of a form or check has fewer, and so has the longest preview
CALL = 40  # words of a paragraph that asks for something; a longer one tells of it
TITLE = 12  # words: the title of a wall is a call or a notice, not a headline about one
UNSEEN = re.compile(r"(?is)<(script|style|template|svg)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)")
TAG = re.compile(r"<[^<>]*+>")
SEPARATORS = re.compile(r"[\s,;]+")  # "to read on, subscribe": lists hold no commas


@dataclass(frozen=True, slots=True)
class Wall:
    """What stands in the way. `kind` is "" where nothing does; `stated`: the publisher itself says so."""

    kind: Kind = ""
    stated: bool = False

    def __bool__(self) -> bool:
        return bool(self.kind)


REASONS = {  # for people, in a note on the article
    "paid": "its page is behind a paywall",
    "login": "its page asks for a login",
    "consent": "its page asks for consent before it shows anything",
    "robot": "its page asks whether a person is reading",
    "gone": "its page says that it is not there",
}


def wall_of(page: Opened, code: str) -> Wall:
    """The wall that a page is, for an article in the language `code`."""
    found = len(page.whole.split())
    kind = _by_words(page, code, nothing=not page.whole) if found < SHORT else ""
    if page.head.locked and found < BARE:
        return Wall(kind or "paid", stated=True)
    return Wall(kind)


def _by_words(page: Opened, code: str, *, nothing: bool) -> Kind:
    titles = [t for t in (*page.head.titles, *page.head.headings) if len(t.split()) <= TITLE]
    body = page.whole
    seen = TAG.sub(" ", UNSEEN.sub(" ", page.markup))
    bare = len(seen.split()) < BARE
    if _says(" / ".join(titles[:1]), "robot", code) or (bare and _says(seen, "robot", code)):
        return "robot"
    for kind in ("consent", "login"):
        if _says(" / ".join(titles[:1]), kind, code) or _says(seen if nothing else body, kind, code):
            return kind
    if _says(seen, "paid", code):
        return "paid"
    return "gone" if _says(" / ".join(titles), "gone", code) else ""


def without_wall(text: str, code: str) -> tuple[str, bool]:
    """(a text up to the wall in it, whether there was one).

    A call to pay or log in ends a short text where little stands behind it: offers, legal lines, other
    headlines. Elsewhere it is furniture, which is left to the steps that know it.
    """
    paragraphs = text.split("\n\n")
    counts = [len(p.split()) for p in paragraphs]
    for at, paragraph in enumerate(paragraphs):
        if (
            counts[at] <= CALL
            and sum(counts[at:]) < SHORT
            and sum(counts[:at]) < BARE
            and _is_call(paragraph, code)
        ):
            return "\n\n".join(paragraphs[:at]), True
    return text, False


def _is_call(text: str, code: str) -> bool:
    """Whether a paragraph asks its reader to pay, to log in or to consent."""
    return any(_says(text, kind, code) for kind in ("paid", "login", "consent"))


def _says(text: str, kind: str, code: str) -> bool:
    plain = SEPARATORS.sub(" ", text)
    return any(language(one).walls.get(kind, NEVER).search(plain) for one in dict.fromkeys((code, "en")))

"""Plain text: the first short line is the title, the rest is the text."""

from __future__ import annotations

import re

from briefing.model import Document, Miss
from briefing.read.decode import decode, first_of
from briefing.read.draft import Draft, Unreadable
from briefing.read.text import normalise, unwrap

TITLE_LONGEST = 150  # characters; longer first lines are paragraphs
TITLE_WITHIN = 6  # paragraphs: a title further down is a crosshead
FULL_STOP = re.compile(r"(?<![.…])[.;:,][\"'”’»)\]]*$")
# What pages print above the headline. Only what nobody would use as a headline: these verbs open
# news too ("Support for ... wanes"), so they must be addressed to the reader.
SOLICITATION = re.compile(
    r"^(?:support\b.*!$|support (?:us|our|independent)\b|subscribe\b|sign (?:up|in)\b|log in\b"
    r"|donate\b|join us\b|follow us\b|read more\b|become an? (?:member|subscriber|patron)\b|advertisement$"
    r"|share this\b|підтримайте\b|підтримати нас|підпишіться\b|підписуйтесь\b|підписуйтеся\b|реклама$"
    r"|поддержите\b|подпишитесь\b|подписывайтесь\b)",
    re.IGNORECASE,
)


def read_note(document: Document) -> list[Draft | Miss]:
    """One draft. What stands above the title and is no title (an appeal, say) stays in the text."""
    decoded = decode(first_of(document.content), document.charset)
    if decoded is None:
        raise Unreadable("not text: this file is binary")
    title, text = titled(normalise(unwrap(decoded.text)))
    return [Draft(title=title, text=text, notes=decoded.notes)]


def titled(text: str) -> tuple[str, str]:
    """(title, text without it) of a normal text; the title is "" where no line looks like one."""
    paragraphs = text.split("\n\n")
    for index, paragraph in enumerate(paragraphs[:TITLE_WITHIN]):
        if _is_title(paragraph) and len(paragraphs) > 1:
            return paragraph, "\n\n".join(paragraphs[:index] + paragraphs[index + 1 :])
        if len(paragraph) > TITLE_LONGEST:
            break  # the text has begun
    return "", text


def _is_title(paragraph: str) -> bool:
    short = 0 < len(paragraph) <= TITLE_LONGEST
    return short and not FULL_STOP.search(paragraph) and not SOLICITATION.search(paragraph)

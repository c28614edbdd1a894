"""titles: how loudly a title speaks. Read by headlines.

Requirement: a desk reads what happened, not what it should feel: no shouting, no "WATCH", no
question, no adjective of a side where another title exists.

Theory: each mark counts one: a question, an exclamation, a label ("WATCH:", "Opinion"), an opening
that explains and does not report ("Why ..."), words of feeling, more words than a line holds, and
words in capitals that the article itself writes small: UNICEF stands so in the text, REALLY does not.
"""

from __future__ import annotations

import re

from briefing.language import language
from briefing.model import Article

LINE = 16  # words of a title that a reader takes in at once

_CAPITALS = re.compile(r"(?<![\w-])[^\W\d_a-zа-яіїєґё]{2,}(?![\w-])")


def loudness(article: Article) -> int:
    """How many marks of a loud title it bears; 0 for a plain one."""
    return len(marks(article))


def marks(article: Article) -> list[str]:
    """The marks of a loud title, by name."""
    title, lists = article.title, language(article.language).titles
    borne = {
        "asks": "?" in title,
        "exclaims": "!" in title,
        "long": len(title.split()) > LINE,
        "capitals": any(word not in article.text for word in _CAPITALS.findall(title)),
        "label": bool("labels" in lists and lists["labels"].match(title)),
        "explains": bool("explaining" in lists and lists["explaining"].match(title)),
        "loaded": bool("loaded" in lists and lists["loaded"].search(title)),
    }
    return [name for name, is_borne in borne.items() if is_borne]

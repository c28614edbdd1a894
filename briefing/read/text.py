"""Text in normal form, and plain text taken apart into paragraphs.

The normal form (see `model.Article`): NFC, no control or invisible characters, one line a
paragraph, one blank line between paragraphs, single spaces. Every offset in the program is an
index into text of this form, so it is made once, here, and never again.
"""

from __future__ import annotations

import re
import unicodedata

from briefing.bounds import MAX_CHARACTERS, MAX_MARKS_ON_A_LETTER, MAX_RAW

NEWLINES = re.compile("\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
SOFT_HYPHEN = re.compile("\u00ad(?:[ \t]*\n[ \t]*(?=\\w))?")
BLANK = re.compile(r"\n[^\S\n]*\n\s*")
SPACES = re.compile(r"\s+")
# Who saved a text on one line often left a run of blanks where a paragraph ended; typists never leave three.
LOST_BREAK = re.compile(r"(?<=\S)[^\S\n]{3,}(?=\S)")

# Format characters that a reader sees: Arabic number signs and the end of ayah.
VISIBLE_FORMATS = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u08e2")
# Left by pages where a picture or an icon stood, and what no text may hold.
PLACEHOLDERS = frozenset("\ufffc\ufffe\uffff")

# Plain text is taken for wrapped at a column when its lines are as people and mail programs wrap them.
WRAP_WIDEST = 100  # longer lines are paragraphs of their own
WRAP_NARROWEST = 40  # shorter ones are lists, verse, addresses
WRAP_SHARE = 0.75  # share of lines that must look wrapped
WRAP_SLACK = 12  # columns by which ragged lines fall short of the margin
CLOSING = re.compile(r"[.!?…:;][\"'”’»)\]]*$")

HEADLINE_LONGEST = 120  # of a headline made from the first sentence
SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[^\W\d_])")


def normalise(text: str) -> str:
    """Text in normal form; every line that is not blank is a paragraph, and where there is but one line,
    whatever runs of blanks part. Of a text that is longer than MAX_RAW only the beginning. Idempotent.
    """
    lines = NEWLINES.sub("\n", text[:MAX_RAW]).strip()
    if "\n" not in lines:
        lines = LOST_BREAK.sub("\n", lines)
    composed = _thinned(unicodedata.normalize("NFC", _thinned(_visible(SOFT_HYPHEN.sub("", lines)))))
    paragraphs = (SPACES.sub(" ", line).strip() for line in composed.split("\n"))
    return cut("\n\n".join(p for p in paragraphs if p), MAX_RAW)


def line(text: str) -> str:
    """The same for what must stand on one line: titles, names, addresses."""
    return normalise(text).replace("\n\n", " ")


def _visible(text: str) -> str:
    """The text without characters that show nothing; each that occurs is judged once."""
    hidden = {ord(char): None for char in set(text) if not _shows(char)}
    return text.translate(hidden) if hidden else text


def _thinned(text: str) -> str:
    """The text with no more marks on a letter than any script has: sorting them (NFC) is quadratic."""
    if text.isascii():
        return text
    marks = "".join(sorted(char for char in set(text) if unicodedata.combining(char)))
    pattern = f"([{marks}]{{{MAX_MARKS_ON_A_LETTER}}})[{marks}]+"
    return re.sub(pattern, r"\1", text) if marks else text


def _shows(char: str) -> bool:
    if char in "\t\n" or char in VISIBLE_FORMATS:
        return True
    return unicodedata.category(char) not in ("Cc", "Cf", "Cs") and char not in PLACEHOLDERS


def unwrap(text: str) -> str:
    """Plain text with hard-wrapped lines joined, so that one line is one paragraph.

    Wrapped is a text whose blocks are set apart by blank lines and most of whose inner lines are
    of similar, typewriter length and end anywhere but at a sentence. There, two lines are joined
    where the second one's first word would not have fitted on the first: that is what wrapping
    means, and it leaves lists and signatures alone.
    """
    text = SOFT_HYPHEN.sub("", NEWLINES.sub("\n", text[:MAX_RAW]))
    blocks = [[row.strip() for row in block.split("\n")] for block in BLANK.split(text.strip())]
    inner = [row for block in blocks for row in block[:-1]]
    if len(blocks) < 2 or not _looks_wrapped(inner):
        return text
    margin = max(len(row) for row in inner if len(row) <= WRAP_WIDEST)
    return "\n\n".join("\n".join(_joined(block, margin)) for block in blocks)


def _looks_wrapped(inner: list[str]) -> bool:
    """Whether lines that are followed by another line of their block are wrapped ones."""
    if not inner:
        return False
    fitting = [row for row in inner if WRAP_NARROWEST <= len(row) <= WRAP_WIDEST]
    if len(fitting) < WRAP_SHARE * len(inner):
        return False
    margin = max(map(len, fitting))
    similar = sum(len(row) >= margin - 2 * WRAP_SLACK for row in fitting)
    open_ended = sum(not CLOSING.search(row) for row in fitting)
    return similar >= WRAP_SHARE * len(fitting) and open_ended >= WRAP_SHARE * len(fitting)


def _joined(block: list[str], margin: int) -> list[str]:
    joined, last = [block[0]], block[0]
    for row in block[1:]:
        first_word = row.split(" ", 1)[0]
        if margin - WRAP_SLACK < len(last) + 1 + len(first_word):
            joined[-1] += row if re.search(r"\w-$", last) else f" {row}"
        else:
            joined.append(row)
        last = row
    return joined


def cut(text: str, limit: int) -> str:
    """The paragraphs of a normal text that fit into `limit` characters; one giant one is cut at a space."""
    if len(text) <= limit:
        return text
    end = text.rfind("\n\n", 0, limit + 2)
    if end <= 0:
        end = text.rfind(" ", 0, limit + 1)
    return text[: end if end > 0 else limit].rstrip()


def cut_note(whole: int) -> str:
    """What is told of a text of `whole` characters that was cut; beyond MAX_RAW nobody has counted them."""
    known = f"{whole:,}" if whole <= MAX_RAW // 2 else f"more than {MAX_RAW // 2:,}"
    return f"cut at {MAX_CHARACTERS:,} of {known} characters"


def headline(text: str) -> str:
    """A title for a normal text that has none: its first sentence, shortened at a word."""
    first = SENTENCE_END.split(text.split("\n\n", 1)[0], maxsplit=1)[0]
    if len(first) <= HEADLINE_LONGEST:
        return first
    short = cut(first, HEADLINE_LONGEST - 2)
    return (short.rstrip(" ,;:–—-") or short) + " …"

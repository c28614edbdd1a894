"""An mbox file: its newest mails, found from its end.

Theory: RFC 4155 and what programs really write. A mail begins with a postmark, a line "From ", somebody, a
time and a year, and a header stands behind it; both are asked for, because not every writer quotes "From "
in a text. Mails are appended, so the newest stand last: a file of gigabytes is read at its end alone.

Rejected: `mailbox.mbox` of the standard library reads the whole file, line by line however long a line is,
before it gives one mail; and it takes "From" in a text for a postmark.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from briefing.bounds import MAX_MAILS, MAX_MBOX_END

LINE = re.compile(rb"(?m)^From ([^\r\n]{1,300})\r?\n(?=[!-9;-~]{1,100}[ \t]*:|>From )")
MOMENT = re.compile(rb"\d\d:\d\d(?::\d\d)?(?: [+-]\d{4}| [A-Z]{1,5})? (?:19|20)\d\d(?: [+-]\d{4})?\s*$")
QUOTED = re.compile(rb"(?m)^>(>*From )")
HEADER = 65_536  # bytes of a mail in which its own names stand
BLANK = re.compile(rb"\r?\n\r?\n")
MESSAGE_ID = re.compile(rb"(?im)^message-id:\s*<?([!-;=?-~]{1,250})>?[ \t]*\r?$")
MOZILLA = re.compile(rb"(?im)^x-mozilla-status:[ \t]*([0-9a-f]{4})[ \t]*\r?$")
EXPUNGED = 0x0008  # deleted, and not yet cleared out (Thunderbird)


def is_mbox(beginning: bytes) -> bool:
    """Whether a file that begins like this holds mails one after the other."""
    first = LINE.match(beginning)
    return first is not None and _is_postmark(first)


def newest(path: Path) -> tuple[list[bytes], bool]:
    """(the newest mails, the newest first; whether there are older ones). Raises OSError."""
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        file.seek(max(0, size - MAX_MBOX_END))
        end = file.read(MAX_MBOX_END)
    starts = [found.span() for found in LINE.finditer(end) if _is_postmark(found)]
    ends = [start for start, _ in starts[1:]] + [len(end)]
    spans = [(begin, stop) for (_, begin), stop in zip(starts, ends, strict=True)]
    spans = [span for span in spans if not _is_expunged(end[span[0] : min(span[1], span[0] + HEADER)])]
    mails = [QUOTED.sub(rb"\1", end[begin:stop]).rstrip(b"\r\n") for begin, stop in spans[-MAX_MAILS:]]
    return mails[::-1], size > MAX_MBOX_END or len(spans) > MAX_MAILS


def names_of(mails: list[bytes]) -> Iterator[str]:
    """A name for each mail that stays when others come: its Message-ID, or a hash if that is taken."""
    taken: set[str] = set()
    for mail in mails:
        found = MESSAGE_ID.search(_header(mail))
        name = found[1].decode("ascii") if found else ""
        if not name or name in taken:
            name = hashlib.sha256(mail).hexdigest()[:16]
        taken.add(name)
        yield name


def _is_postmark(line: re.Match[bytes]) -> bool:
    return MOMENT.search(line[1]) is not None


def _is_expunged(beginning: bytes) -> bool:
    found = MOZILLA.search(_header(beginning))
    return found is not None and bool(int(found[1], 16) & EXPUNGED)


def _header(mail: bytes) -> bytes:
    return BLANK.split(mail[:HEADER], maxsplit=1)[0]

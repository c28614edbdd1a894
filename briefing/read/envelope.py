"""The header of a mail (RFC 5322): its names and dates as text, however they were written.

Read from the raw fields, field by field: the standard library's parser of structured headers raises on some
that are malformed, and takes minutes over long ones. Encoded words (RFC 2047) are put together before they
are decoded, because many programs cut a letter in two between them; a charset that is wrong is found out.
"""

from __future__ import annotations

import binascii
import email.message
import quopri
import re
from dataclasses import dataclass
from email.utils import getaddresses

from briefing.bounds import MAX_FIELD
from briefing.read.decode import decode
from briefing.read.text import line

ENCODED = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
FOLD = re.compile(r"\r?\n[ \t]*")
SENT_TO_MANY = ("List-Id", "List-Post", "List-Unsubscribe")  # RFC 2919, RFC 2369
BULK = ("bulk", "list")


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who sent what and when, "" or () where a mail does not say. Made by envelope_of, read by mail."""

    subject: str = ""
    sender: str = ""  # names, or addresses where there are none
    to_many: bool = False  # a newsletter, or a mail of a list: its sender is an outlet
    dates: tuple[str, ...] = ()  # as written, and as received
    url: str = ""  # where it lies in an archive for everybody (RFC 5064)


def envelope_of(message: email.message.Message) -> Envelope:
    """What the header says."""
    received = header(message, "Received").rpartition(";")[2].strip()
    return Envelope(
        subject=line(header(message, "Subject")),
        sender=_sender(header(message, "From", encoded=True) or header(message, "Sender", encoded=True)),
        to_many=any(header(message, name) for name in SENT_TO_MANY)
        or header(message, "Precedence").lower() in BULK,
        dates=tuple(date for date in (header(message, "Date"), received) if date),
        url=header(message, "Archived-At").strip("<> "),
    )


def header(message: email.message.Message, name: str, *, encoded: bool = False) -> str:
    """The first field of a name, unfolded; decoded, unless its parts are to be told apart first."""
    fields = (str(value) for key, value in message.raw_items() if key.lower() == name.lower())
    raw = FOLD.sub(" ", next(fields, "")).strip()
    if not raw or len(raw) > MAX_FIELD:
        return ""
    letters = decode(raw.encode("utf-8", "surrogateescape"))  # bytes beyond ASCII, as some write them
    text = letters.text if letters else ""
    return text if encoded else decoded(text)


def decoded(text: str) -> str:
    """A field with its encoded words resolved; what cannot be is left as it is."""
    pieces: list[str] = []
    charset, held, at = "", b"", 0
    for word in ENCODED.finditer(text):
        between, name = text[at : word.start()], word[1].partition("*")[0].lower()
        if held and (between.strip() or name != charset):
            pieces.append(_letters(held, charset))
            held = b""
        pieces.append(between if between.strip() or not at else "")  # space between two of them is none
        charset, at = name, word.end()
        held += _bytes(word[2].lower(), word[3])
    return "".join([*pieces, _letters(held, charset), text[at:]])


def _bytes(encoding: str, text: str) -> bytes:
    raw = text.encode("utf-8", "replace")
    if encoding == "q":
        return quopri.decodestring(raw, header=True)
    try:
        return binascii.a2b_base64(raw + b"=" * (-len(raw) % 4))
    except binascii.Error:
        return b""


def _letters(content: bytes, charset: str) -> str:
    found = decode(content, charset) if content else None
    return found.text if found else ""


def _sender(field: str) -> str:
    """The names before the addresses, or the addresses where there are none."""
    senders = [(line(decoded(name)), address) for name, address in getaddresses([field])]
    return ", ".join(name or line(address) for name, address in senders if name or address) or line(field)

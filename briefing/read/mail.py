"""A mail (RFC 5322, MIME): a newsletter, a letter, or one that was forwarded.

One mail is one article, however many items a newsletter has: where one ends and the next begins is the
sender's layout, which no two share, and refine parts stories by their passages anyway. Mails that are
attached (forwarded as attachments, digests of a list) are articles of their own.

Of the forms of one text (multipart/alternative) a letter's is the plain one, unless it is a stub ("view
this in HTML"); what goes to many was written in HTML, and a machine made its plain form. A mail has no
address on the web unless it names its place in an archive: the link "view online" is made for one reader
and tells the sender who follows it. Calendars and other attachments are not read.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import Message

from briefing.bounds import (
    MAX_CHARACTERS,
    MAX_DELIMITERS,
    MAX_HEADER,
    MAX_MAIL_PARTS,
    MAX_MAIL_TEXT,
    MAX_MAILS_IN_MAILS,
)
from briefing.model import Document, Miss
from briefing.read.decode import decode, known
from briefing.read.draft import Draft, Unreadable
from briefing.read.envelope import Envelope, envelope_of
from briefing.read.letter import COVERING, bare, forwarded, of_html, of_plain, subject_of, words_in

FULLER = 0.5  # of the other form's words: a form with fewer is a stub
DELIMITER = re.compile(rb"(?m)^--(?=\S)")  # RFC 2046, section 5.1.1; "-- " opens a signature
REPORT = "multipart/report"  # RFC 6522
# What Western programs declare, whatever is in it: UTF-8 that can be read as such goes first.
LOOSE = ("cp1252", "latin-1", "iso8859-15")


def read_mail(document: Document) -> list[Draft | Miss]:
    """One draft, or one for each attached mail where the mail itself says little."""
    if document.content.lower().count(b"boundary=") > MAX_MAIL_PARTS:
        raise Unreadable(f"a mail of more than {MAX_MAIL_PARTS} parts")
    if len(DELIMITER.findall(document.content)) > MAX_DELIMITERS:
        raise Unreadable(f"a mail of more than {MAX_DELIMITERS:,} parts")
    head = document.content[:MAX_HEADER]
    if len(head) == MAX_HEADER and b"\n\n" not in head and b"\r\n\r\n" not in head:
        raise Unreadable(f"a mail whose header is larger than {MAX_HEADER // 1_000_000} MB")
    message = email.message_from_bytes(document.content, policy=email.policy.compat32)
    if not message.keys():
        raise Unreadable("not a mail: it has no headers")
    if message.get_content_type() == REPORT:
        raise Unreadable("a mail server's report on another mail")
    found = list(_drafts(message, MAX_MAILS_IN_MAILS))
    if not found:
        kinds = sorted({part.get_content_type() for part in message.walk() if not part.is_multipart()})
        raise Unreadable(f"no text in this mail, only {', '.join(kinds[:5])}")
    return list(found)


def _drafts(message: Message, depth: int) -> Iterator[Draft]:
    """The mail's own draft, and those of the mails in it where it is no more than a covering note."""
    if message.get_content_type() == REPORT:
        return
    envelope = envelope_of(message)
    text = bare(_text(message, to_many=envelope.to_many), to_many=envelope.to_many)
    inner = [draft for one in _attached(message) if depth for draft in _drafts(one, depth - 1)]
    if inner and words_in(text) <= COVERING:
        yield from inner
    elif text or not _has_more(message):
        yield _draft(envelope, text)


def _draft(envelope: Envelope, text: str) -> Draft:
    """The draft of one mail; of a text that was forwarded in it, with the sender and date of that."""
    inner = forwarded(text)
    if inner and words_in(inner.covering) <= COVERING:
        fields = inner.fields
        return Draft(
            title=subject_of(fields["subject"] or envelope.subject),
            text=inner.text,
            author=fields["from"].partition("<")[0].strip("\"'* ") or fields["from"],
            published=tuple(date for date in (fields.get("sent", ""), *envelope.dates) if date),
        )
    return Draft(
        title=subject_of(envelope.subject),
        text=text,
        channel=envelope.sender if envelope.to_many else "",
        author="" if envelope.to_many else envelope.sender,
        url=envelope.url,
        published=envelope.dates,
    )


def _attached(message: Message) -> Iterator[Message]:
    """The mails that are attached to this one, not those attached to them."""
    for part in _parts(message):
        if part.get_content_type() == "message/rfc822" and part.is_multipart():
            yield from (one for one in part.get_payload() if isinstance(one, Message))
        elif part.is_multipart():
            yield from _attached(part)


def _has_more(message: Message) -> bool:
    """Whether there is anything besides a text that is empty."""
    return message.is_multipart() or not message.get_content_type().startswith("text/")


def _text(part: Message, *, to_many: bool) -> str:
    """What a part and those below it show, in normal form; "" for attachments."""
    kind = part.get_content_type()
    if part.get_content_disposition() == "attachment":
        return ""
    if kind == "multipart/alternative":
        return _chosen(part, to_many=to_many)
    if part.get_content_maintype() == "multipart":
        shown: list[str] = []
        for one in _parts(part):
            if sum(map(len, shown)) > MAX_CHARACTERS:  # what follows would be cut
                break
            shown.append(_text(one, to_many=to_many))
        return "\n\n".join(filter(None, shown))
    return _leaf(part, kind) if kind in ("text/plain", "text/html") else ""


def _chosen(part: Message, *, to_many: bool) -> str:
    """Of several forms of one text the one that fits, or the other where that is a stub."""
    forms = {"plain": "", "html": ""}
    for one in _parts(part):
        form = "plain" if one.get_content_type() == "text/plain" else "html"
        forms[form] = _text(one, to_many=to_many) or forms[form]
    first, second = ("html", "plain") if to_many else ("plain", "html")
    stub = words_in(forms[first]) < FULLER * words_in(forms[second])
    return forms[second] if stub else forms[first]


def _leaf(part: Message, kind: str) -> str:
    payload = part.get_payload(decode=True)
    text = decode(payload, _charset(part, payload)) if isinstance(payload, bytes) else None
    if text is None:
        return ""
    if kind == "text/html":
        return of_html(text.text[:MAX_MAIL_TEXT])
    flowed, delsp = (str(part.get_param(name, "")).lower() for name in ("format", "delsp"))
    return of_plain(text.text[:MAX_MAIL_TEXT], flowed=flowed == "flowed", delsp=delsp == "yes")


def _charset(part: Message, payload: bytes) -> str:
    """The charset to try first: the declared one, unless it says little and the bytes say more."""
    try:
        name = known(str(part.get_content_charset() or ""))
    except (LookupError, ValueError, TypeError):  # parameters of RFC 2231 that contradict themselves
        return ""
    if name in LOOSE and not payload.isascii():
        try:
            payload.decode("utf-8")
        except UnicodeDecodeError:
            return "" if part.get_content_charset() in ("us-ascii", "ascii") else name
        return "utf-8"
    return name


def _parts(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []

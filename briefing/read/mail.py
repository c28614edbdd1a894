"""A saved mail (RFC 5322): subject, sender, date, and the text that a person would see."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage

from briefing.model import Document, Miss
from briefing.read.decode import decode
from briefing.read.draft import Draft, Unreadable
from briefing.read.markup import to_text
from briefing.read.text import line, normalise, unwrap

KINDS = ("text/plain", "text/html")  # in the order of preference


def read_mail(document: Document) -> list[Draft | Miss]:
    """One draft; attachments are ignored."""
    message = email.message_from_bytes(document.content, policy=email.policy.default)
    if not message.keys():
        raise Unreadable("not a mail: it has no headers")
    date = _header(message, "Date")
    return [
        Draft(
            title=line(_header(message, "Subject")),
            text=_text(message),
            author=_sender(message),
            published=(date,) if date else (),
        )
    ]


def _header(message: EmailMessage, name: str) -> str:
    """A header as text; the standard library raises on some that are malformed."""
    try:
        return str(message[name] or "").strip()
    except Exception:  # headers that the parser itself trips over count as absent
        return ""


def _sender(message: EmailMessage) -> str:
    """The name before the address, or the address where there is none."""
    try:
        senders = message["From"].addresses
    except Exception:  # as above
        return line(_header(message, "From"))
    return ", ".join(line(s.display_name or s.addr_spec) for s in senders)


def _text(message: EmailMessage) -> str:
    """The first text/plain part that holds anything, else the first text/html part."""
    leaves = (part for part in message.walk() if not part.is_multipart())
    parts = [part for part in leaves if part.get_content_disposition() != "attachment"]
    for kind in KINDS:
        for part in parts:
            if part.get_content_type() == kind and (text := _body(part, kind)):
                return text
    return ""


def _body(part: EmailMessage, kind: str) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    decoded = decode(payload, part.get_content_charset() or "")
    if decoded is None:
        return ""
    return to_text(f"<div>{decoded.text}</div>") if kind == "text/html" else normalise(unwrap(decoded.text))

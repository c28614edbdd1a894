"""One edition as the bytes of one mail: the same for each reader and for each try. Pure.

    multipart/mixed
      |-- multipart/alternative
      |     |-- text/plain
      |     `-- text/html
      `-- application/pdf              not in the slim one

Everything is ASCII on the way, whatever is in it: no server needs to know more than RFC 5321, and no
relay has a reason to recode what is signed. Nothing is drawn by lot: the boundaries are a checksum of the
content, which therefore cannot hold them; the date is the edition's.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Final
from urllib.parse import quote

from briefing.config.delivery import Mail
from briefing.model import Edition, Letter, Parcel
from briefing.send.address import host, mailbox, own
from briefing.send.headers import NOBODY, clean, labelled, mailboxes, unstructured

# Headers stay as headers.py folded them; "7bit" puts text in other letters into quoted-printable or base64,
# whose lines have at most 76 characters (RFC 2045, 6.7 and 6.8).
POLICY: Final = policy.SMTP.clone(refold_source="none", cte_type="7bit", max_line_length=76)
LONGEST_TITLE: Final = 60  # characters in an address to unsubscribe at: each can take twelve there
_CONTROL: Final = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]"
)  # RFC 5322 has no place for them


def message(parcel: Parcel, options: Mail, *, slim: bool = False) -> bytes:
    """The edition with its PDF attached; without it, and with the other letter, where it is to be slim.

    A parcel without a PDF gives the slim one.
    """
    pdf = next((page.content for page in parcel.pages if page.format == "pdf"), None)
    letter = parcel.slim if slim or pdf is None else parcel.letter
    mail = EmailMessage(policy=POLICY)
    for name, value in _headers(parcel, options, letter.subject):
        mail.set_raw(name, value)
    mail.set_content(_body(letter.text))
    mail.add_alternative(_body(letter.html), subtype="html")
    if pdf is not None and not slim:
        name = f"{clean(parcel.edition.briefing)}-{clean(parcel.edition.slot)}.pdf".replace("/", "-")
        mail.add_attachment(pdf, "application", "pdf", filename=name)
    _bound(mail, letter, pdf or b"")
    return mail.as_bytes()


def note(options: Mail, to: str, subject: str, text: str, name: str, *, now: datetime) -> bytes:
    """A short mail in plain text, to one person."""
    mail = EmailMessage(policy=POLICY)
    mail.set_raw("From", mailboxes("From", [own(options.sender)]))
    mail.set_raw("To", mailboxes("To", [own(to)]))
    for header, value in _marks(options, subject, name, now):
        mail.set_raw(header, value)
    mail.set_content(_body(text))
    return mail.as_bytes()


def identifier(options: Mail, name: str) -> str:
    """The Message-ID of what is called `name`, in its angle brackets."""
    return f"<{_ascii(name)}@{_domain(options)}>"


def _headers(parcel: Parcel, options: Mail, subject: str) -> Iterator[tuple[str, str]]:
    """Every header in the order in which it stands; bcc has none."""
    edition = parcel.edition
    yield "From", mailboxes("From", [own(options.sender)])
    if options.to or not options.cc:
        yield "To", mailboxes("To", [mailbox(one) for one in options.to]) or NOBODY
    if options.cc:
        yield "Cc", mailboxes("Cc", [mailbox(one) for one in options.cc])
    if options.reply_to:
        yield "Reply-To", mailboxes("Reply-To", [own(options.reply_to)])
    yield from _marks(options, subject, parcel.name, edition.late or edition.as_of)
    label = f"{_ascii(edition.briefing)}.briefing.{_domain(options)}"
    yield "List-Id", labelled("List-Id", edition.title, label)  # RFC 2919
    yield "List-Unsubscribe", f"<{options.unsubscribe or _unsubscribe(edition, options)}>"  # RFC 2369
    yield "X-Briefing-Slot", _ascii(edition.slot)


def _marks(options: Mail, subject: str, name: str, moment: datetime) -> Iterator[tuple[str, str]]:
    """What every mail has; nobody's holiday notice answers what says that it was made by a program."""
    yield "Subject", unstructured("Subject", subject)
    yield "Date", format_datetime(moment)
    yield "Message-ID", identifier(options, name)
    yield "Auto-Submitted", "auto-generated"  # RFC 3834


def _unsubscribe(edition: Edition, options: Mail) -> str:
    """A mail to whom answers go to, that says which briefing (RFC 6068)."""
    box = own(options.reply_to or options.sender)
    subject = quote(f"Unsubscribe: {clean(edition.title)[:LONGEST_TITLE]}", safe="")
    return f"mailto:{quote(box.local, safe='')}@{host(box.domain)}?subject={subject}"


def _domain(options: Mail) -> str:
    """The sender's domain; one in square brackets is a machine's address, and no name for a list."""
    return host(own(options.sender).domain).strip("[]").replace(":", ".")


def _ascii(key: str) -> str:
    """A key in letters, digits and hyphens; Punycode (RFC 3492) where it has letters of other scripts."""
    plain = key if key.isascii() else "xn--" + _CONTROL.sub("", key).encode("punycode").decode("ascii")
    return re.sub(r"[^A-Za-z0-9-]+", "-", plain).strip("-") or "briefing"


def _body(text: str) -> str:
    """The text without what no mail may hold, its lines ended alike."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _bound(mail: EmailMessage, letter: Letter, pdf: bytes) -> None:
    """Give each multipart its boundary; "=_" stands in no base64 and no quoted-printable (RFC 2045, 6.7)."""
    content = hashlib.sha256(
        b"\0".join((letter.text.encode("utf-8", "replace"), letter.html.encode("utf-8", "replace"), pdf))
    )
    for depth, part in enumerate(p for p in mail.walk() if p.is_multipart()):
        part.set_boundary(f"=_{depth}_{content.hexdigest()[:40]}")

"""Mail: to each recipient one message of its own, over one connection.

    connection, encryption or login fails; the sender is not taken       everyone: later
    4xx; 421; the connection breaks; no answer in time                    this one: later
    5xx                                                                   this one: refused
    2xx to the whole message                                              this one: sent

Where the connection breaks after the last byte and before the answer, nobody knows whether the mail
arrived: it is tried again, and a second copy has the same Message-ID, by which mail programs and servers
can tell. What a person mends at the server or in a password file, the next try finds mended, so that
is "later" too. Nothing leaves without encryption unless the options say `security: none`, and then no login.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import ClassVar, Final

from briefing.config.delivery import Mail
from briefing.errors import ConfigError
from briefing.model import Parcel, Receipt
from briefing.secret import secret
from briefing.send.address import Mailbox, host, once, own
from briefing.send.line import Line
from briefing.send.message import identifier, message, note
from briefing.send.server import Limits, Login, Lost, Server
from briefing.send.signature import signed
from briefing.send.smtp import Session

USUAL: Final = Limits()
NO_UTF8: Final = "its server would have to know SMTPUTF8, and {} does not: nothing was sent"


@dataclass(frozen=True, slots=True)
class Copies:
    """One edition as mail, with and without its PDF, signed where that is asked for."""

    identifier: str
    full: bytes
    slim: bytes

    def fitting(self, most: int) -> bytes:
        """The full one, unless the server takes less; 0 is no limit."""
        return self.slim if 0 < most < len(self.full) else self.full


@dataclass(frozen=True, slots=True)
class Mailer:
    """A mail server and the people who get mail through it."""

    options: Mail
    base: Path
    limits: Limits = USUAL
    name: ClassVar[str] = "mail"
    waits: ClassVar[bool] = False

    def formats(self) -> tuple[str, ...]:
        """The PDF, where one is ever attached."""
        return ("pdf",) if self.options.attach_up_to else ()

    def addresses(self) -> tuple[str, ...]:
        """Everyone under to, cc and bcc, once."""
        return tuple(box.bare for box in once((*self.options.to, *self.options.cc, *self.options.bcc)))

    def deliver(self, parcel: Parcel, addresses: Sequence[str]) -> Iterator[Receipt]:
        """Mail the edition to each address. Raises ConfigError for secrets and keys that cannot be used."""
        copies = _copies(parcel, self.options, self.base)
        yield from self.hand_over(copies, once(addresses))

    def hand_over(self, copies: Copies, boxes: Sequence[Mailbox]) -> Iterator[Receipt]:
        """Two receipts for each address, as every channel does; one where nothing could leave."""
        line = Line(_server(self.options, self.base, self.limits))
        try:
            for box in boxes:
                session = line.session()
                if session is None:
                    yield Receipt("mail", box.bare, "later", line.trouble)
                    continue
                yield Receipt("mail", box.bare, "sending")
                yield self._sent(line, session, copies, box)
        finally:
            line.close()

    def _sent(self, line: Line, session: Session, copies: Copies, box: Mailbox) -> Receipt:
        """Send it to one address; once more and slim where it was too large."""
        if not box.plain and not session.utf8:
            return Receipt("mail", box.bare, "refused", NO_UTF8.format(self.options.server))
        sender, content = own(self.options.sender).wire, copies.fitting(session.size)
        try:
            reply = line.send(session, sender, box.wire, content)
            if reply.too_large and content is not copies.slim:
                again = line.session()
                if again is None:
                    return Receipt("mail", box.bare, "later", line.trouble)
                reply = line.send(again, sender, box.wire, copies.slim)
        except Lost as error:
            return Receipt("mail", box.bare, "later", _lost(error, copies.identifier))
        return Receipt("mail", box.bare, reply.state, reply.words)


def eml(parcel: Parcel, options: Mail, base: Path) -> bytes:
    """The message as it would be sent to a server that names no limit. Raises ConfigError."""
    return _copies(parcel, options, base).full


def alert(
    options: Mail,
    base: Path,
    subject: str,
    text: str,
    name: str,
    *,
    now: datetime,
    limits: Limits = USUAL,
) -> Receipt:
    """Tell the operator something in plain text, and how that went.

    `name` makes the Message-ID, `now` the date. Raises ConfigError where nobody is to be told, or a
    secret cannot be used.
    """
    if options.operator is None:
        raise ConfigError("mail: there is no `operator` to tell; write an address")
    content = note(options, options.operator, subject, text, name, now=now)
    content = _signed(content, options, base)
    copies = Copies(identifier(options, name), content, content)
    *_, last = Mailer(options, base, limits).hand_over(copies, once([options.operator]))
    return last


def _copies(parcel: Parcel, options: Mail, base: Path) -> Copies:
    """Both messages; the slim one twice where the other is larger than the options allow."""
    full, slim = (_signed(message(parcel, options, slim=it), options, base) for it in (False, True))
    return Copies(identifier(options, parcel.name), full if len(full) <= options.attach_up_to else slim, slim)


def _signed(content: bytes, options: Mail, base: Path) -> bytes:
    if not options.dkim_selector:
        return content
    key = secret(options.dkim_key, base)
    return signed(content, host(own(options.sender).domain), options.dkim_selector, key)


def _server(options: Mail, base: Path, limits: Limits) -> Server:
    """The server with its certificates and our login. Raises ConfigError."""
    trusted = base / options.ca_file if options.ca_file else None
    try:
        context = ssl.create_default_context(cafile=trusted)
    except OSError as error:
        raise ConfigError(f"mail: ca_file {trusted} cannot be used ({error.strerror or error})") from None
    login = None if options.security == "none" else _login(options, base)
    return Server(options.server, options.to_port(), options.security, context, login, limits)


def _login(options: Mail, base: Path) -> Login | None:
    user = secret(options.user_from, base)
    password = secret(options.password_from, base) if user else ""
    if user and not password:
        raise ConfigError(
            f"mail: {options.user_from} holds a login and {options.password_from} no password; "
            "set both, or neither"
        )
    return Login(user, password) if user else None


def _lost(error: Lost, identifier: str) -> str:
    if not error.given:
        return str(error)
    return f"the whole mail had left and no answer came ({error}); a second copy would be {identifier} again"

"""One connection with a mail server, from its greeting to QUIT (RFC 5321, with the extensions named below).

`smtplib` speaks; this says how long, how safely, and what a broken connection means. Nothing here
is worth an exception to the rest of the program: what goes wrong is a `Reply`, `Lost` or `Unavailable`.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

from briefing.bounds import MAX_TALK, MAX_WORDS
from briefing.send.server import Login, Lost, Reply, Server, Stage, Unavailable, coded

ANSWER: Final = re.compile(rb"[2-5]\d\d([ -].*)?\r?\n")  # RFC 5321, 4.2; lenient about CR
BAD: Final = 400  # codes from here on say no
CLOSING: Final = 421  # "closing transmission channel": the one code that ends a connection


class _Lines:
    """What a server says, line by line. A line that is cut off is no answer: "25" may have become "250"."""

    def __init__(self, wire: socket.socket) -> None:
        self._file, self._left = wire.makefile("rb"), MAX_TALK

    def readline(self, limit: int) -> bytes:
        """The next line, b"" at the end. Raises OSError for what is no line of SMTP, and for floods."""
        line = self._file.readline(limit)
        self._left -= len(line)
        if line and (self._left < 0 or not ANSWER.fullmatch(line)):
            raise OSError("no SMTP: " + line.decode("utf-8", "replace"))
        return line

    def close(self) -> None:
        """Let go of the wire."""
        self._file.close()


class _Closed(smtplib.SMTPServerDisconnected):
    """The server said that it hangs up: so it has not taken what it was given."""


class Session:
    """A server that has greeted, is encrypted as asked, and knows who we are."""

    def __init__(self, server: Server) -> None:
        """Connect. Raises Unavailable."""
        self._server, self._limits = server, server.limits
        self._late = False
        try:
            self._wire = socket.create_connection((server.host, server.port), server.limits.connect)
        except (OSError, ValueError) as error:  # ValueError: a name that no host can have
            raise Unavailable(self._about(f"no connection ({_reason(error)})")) from None
        self._brake = self._wire.dup()  # stops the connection from another thread, whatever wraps it by then
        self._smtp = self._speak()
        try:
            with self._within(self._limits.message):
                self._open()
        except (Lost, Unavailable) as error:
            self.close()
            raise Unavailable(self._about(str(error))) from None

    @property
    def size(self) -> int:
        """The largest message that the server takes (RFC 1870); 0 where it does not say."""
        stated = self._smtp.esmtp_features.get("size", "")
        return int(stated) if re.fullmatch(r"[0-9]{1,15}", stated) else 0

    @property
    def utf8(self) -> bool:
        """Whether it takes addresses in any letters (RFC 6531)."""
        return self._smtp.has_extn("smtputf8")

    def ready(self) -> bool:
        """Whether the server is still there, and done with what came before."""
        with suppress(Lost), self._within(self._limits.command):
            return self._smtp.rset()[0] == 250
        return False

    def send(self, sender: str, recipient: str, message: bytes) -> Reply:
        """Hand over one message for one recipient. Raises Lost."""
        seconds = self._limits.message + len(message) / self._limits.slowest
        with self._within(seconds):
            for stage, command, answer in self._envelope(sender, recipient, message):
                code, words = self._ask(command, answer)
                if code >= BAD:
                    return Reply(stage, code, words)
            self._wire.settimeout(seconds)  # `sendall` takes it for the whole
            self._smtp.send(re.sub(rb"(?m)^\.", b"..", message) + b".\r\n")
        with self._within(self._limits.answer, given=True):
            self._wire.settimeout(self._limits.answer)
            code, words = self._answer()
            self._wire.settimeout(self._limits.command)
        return Reply("message", code, words)

    def bye(self) -> None:
        """Part as friends, if there is a way."""
        with suppress(Lost), self._within(self._limits.goodbye):
            self._smtp.docmd("QUIT")
        self.close()

    def close(self) -> None:
        """Hang up."""
        with suppress(OSError):
            self._smtp.close()
        self._wire.close()
        self._brake.close()

    # --- the first words ------------------------------------------------------------------------

    def _open(self) -> None:
        """Greeting, encryption, login. Raises Unavailable."""
        self._wire.settimeout(self._limits.command)
        if self._server.security == "tls":
            self._encrypt()
        code, words = self._answer()
        if code >= BAD:
            raise Unavailable(words)
        self._hello()
        if self._server.security == "starttls":
            self._start_tls()
        if self._server.login and self._server.security != "none":
            self._log_in(self._server.login)

    def _speak(self) -> smtplib.SMTP:
        """A new conversation over the wire: what was heard before encryption is forgotten (RFC 3207, 4.2)."""
        smtp = smtplib.SMTP(local_hostname=_own_name(self._wire))
        smtp.sock, smtp.file = self._wire, _Lines(self._wire)
        return smtp

    def _hello(self) -> None:
        try:
            self._smtp.ehlo_or_helo_if_needed()
        except smtplib.SMTPHeloError as error:
            raise Unavailable(self._told(error.smtp_code, error.smtp_error)) from None

    def _start_tls(self) -> None:
        if not self._smtp.has_extn("starttls"):
            raise Unavailable("the server offers no STARTTLS, so nothing was sent; is `security: tls` right?")
        code, words = self._ask("STARTTLS")
        if code >= BAD:
            raise Unavailable(words)
        self._encrypt()
        self._hello()

    def _encrypt(self) -> None:
        """Shake hands. The certificate must hold for the name in the options."""
        try:
            self._wire = self._server.context.wrap_socket(
                self._wire, server_hostname=self._server.host, do_handshake_on_connect=False
            )
            self._smtp = self._speak()
            self._wire.do_handshake()
        except ssl.SSLCertVerificationError as error:
            raise Unavailable(
                f"its certificate does not hold, so nothing was sent: {error.verify_message}"
            ) from None
        except ssl.SSLError as error:
            raise Unavailable(f"no encryption ({_reason(error)})") from None

    def _log_in(self, login: Login) -> None:
        """AUTH with PLAIN or LOGIN (RFC 4954): encryption has gone before, so neither shows anything."""
        offered = self._smtp.esmtp_features.get("auth", "").upper().split()
        if "PLAIN" in offered:
            steps = [(f"AUTH PLAIN {login.plain()}", 2)]
        elif "LOGIN" in offered:
            steps = [("AUTH LOGIN", 3), (coded(login.user), 3), (coded(login.password), 2)]
        else:
            raise Unavailable("the server offers no login that we know (AUTH PLAIN, AUTH LOGIN)")
        for command, answer in steps:
            code, words = self._ask(command, answer)
            if code >= BAD:
                raise Unavailable(f"the login failed: {words}")

    # --- one message ----------------------------------------------------------------------------

    def _envelope(self, sender: str, recipient: str, message: bytes) -> Iterator[tuple[Stage, str, int]]:
        options = f" SIZE={len(message)}" if self._smtp.has_extn("size") else ""
        if not recipient.isascii():
            options += " SMTPUTF8"
            self._smtp.command_encoding = "utf-8"
        yield "sender", f"MAIL FROM:<{sender}>{options}", 2
        yield "recipient", f"RCPT TO:<{recipient}>", 2
        yield "message", "DATA", 3

    def _ask(self, command: str, answer: int = 2) -> tuple[int, str]:
        self._smtp.putcmd(command)
        return self._answer(answer)

    def _answer(self, good: int = 2) -> tuple[int, str]:
        """The server's answer: a code that starts with the digit `good`, or says no (RFC 5321, 4.2.1).

        Raises OSError where it hangs up, by 421 too, or answers something else.
        """
        code, text = self._smtp.getreply()
        words = self._told(code, text)
        if code == CLOSING:
            raise _Closed(words)
        if code < BAD and code // 100 != good:
            raise smtplib.SMTPServerDisconnected(f"out of step: {words}")
        return code, words

    @contextmanager
    def _within(self, seconds: float, *, given: bool = False) -> Iterator[None]:
        """Bound a part of the conversation as a whole. Raises Lost, and then it is over."""
        timer = threading.Timer(seconds, self._stop)
        timer.daemon = True
        timer.start()
        try:
            yield
        except (OSError, ValueError) as error:  # smtplib's own are OSErrors
            self.close()
            words = f"no end after {seconds:.0f} s" if self._late else self._clean(_reason(error))
            raise Lost(words, given=given and not isinstance(error, _Closed)) from None
        finally:
            timer.cancel()

    def _stop(self) -> None:
        self._late = True
        with suppress(OSError):
            self._brake.shutdown(socket.SHUT_RDWR)

    # --- words ----------------------------------------------------------------------------------

    def _told(self, code: int, text: bytes | str) -> str:
        """What the server said, in one printable line without secrets."""
        said = text if isinstance(text, str) else text.decode("utf-8", "replace")
        return self._clean(f"{code} {said}")

    def _clean(self, text: str) -> str:
        for secret in self._server.login.hidden() if self._server.login else ():
            text = text.replace(secret, "***")
        line = " ".join("".join(char if char.isprintable() else " " for char in text).split())
        return line if len(line) <= MAX_WORDS else f"{line[:MAX_WORDS]}…"

    def _about(self, words: str) -> str:
        return f"{self._server.host}:{self._server.port}: {words}"


def _reason(error: Exception) -> str:
    """The operating system's or the library's words, without the number before them."""
    return str(getattr(error, "strerror", None) or error or type(error).__name__)


def _own_name(wire: socket.socket) -> str:
    """Our address, as a client says hello that has no name (RFC 5321, 4.1.3): no look-up, no guess."""
    address = str(wire.getsockname()[0]).partition("%")[0]
    return f"[IPv6:{address}]" if wire.family == socket.AF_INET6 else f"[{address}]"

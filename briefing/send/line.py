"""The line to a mail server for one round: called when there is mail, and again when it broke."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from briefing.send.server import Lost, Reply, Server, Unavailable
from briefing.send.smtp import Session

# Connections in a row that broke before any answer to a message. One can be the fault of one recipient's
# mail; after the second the server is taken for ill, so that a mute one is not waited for once for each.
MOST_LOST: Final = 2


@dataclass(slots=True)
class Line:
    """At most one connection at a time. `trouble` says why there will be none any more in this round."""

    server: Server
    trouble: str = ""
    _session: Session | None = None
    _lost: int = 0

    def session(self) -> Session | None:
        """A connection on which the next message can go out; None where there is `trouble`."""
        if self._session and not self._session.ready():
            self.close()
        if self._session is None and not self.trouble:
            try:
                self._session = Session(self.server)
            except Unavailable as error:
                self.trouble = str(error)
        return self._session

    def send(self, session: Session, sender: str, recipient: str, message: bytes) -> Reply:
        """Hand over one message. Raises Lost."""
        try:
            reply = session.send(sender, recipient, message)
        except Lost as error:
            self._session = None
            self._lost += 1
            if self._lost >= MOST_LOST:
                self.trouble = f"{self._lost} connections broke one after the other, the last: {error}"
            raise
        self._lost = 0
        if reply.stage == "sender" and not reply.too_large:  # which concerns everyone
            self.trouble = reply.words
            self.close()
        return reply

    def close(self) -> None:
        """Hang up, if there is a connection."""
        if self._session:
            self._session.bye()
        self._session = None

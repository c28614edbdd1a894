"""What a person may write under `deliver:`: one class for each channel, with the meaning of every key."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from briefing.config import values
from briefing.config.part import DiskPath, Formats, HostName, Part, Secret, WebAddress

Mailbox = Annotated[str, AfterValidator(values.mailbox)]
Mailboxes = tuple[Annotated[str, AfterValidator(values.recipient)], ...]
# Keys that name where a secret lies. Somebody will write the secret itself there: no message repeats it.
SECRETS = frozenset({"user_from", "password_from", "secret_from", "dkim_key"})
READERS = ("to", "cc", "bcc")
PORTS = {"starttls": 587, "tls": 465, "none": 25}  # RFC 6409, RFC 8314, RFC 5321
CHANNELS = ("mail", "webhook", "folder", "atom", "ping")
NO_READER = f"mail needs a recipient under {', '.join(READERS[:-1])} or {READERS[-1]}"
HALF_SIGNED = "mail needs both of dkim_selector and dkim_key, or neither"
ONE_CHANNEL = f"an entry of deliver needs exactly one of {', '.join(CHANNELS)}"


class Mail(Part):
    """A mail to each recipient: plain text, HTML and the PDF."""

    server: HostName = Field(description="host name of the SMTP server", examples=["smtp.example.org"])
    security: Literal["starttls", "tls", "none"] = Field(
        "starttls",
        description="starttls, tls from the first byte, or none (a server on this machine; no login)",
        examples=["tls"],
    )
    port: int | None = Field(
        None,
        ge=1,
        le=65535,
        description="587 for starttls, 465 for tls, 25 for none if left out",
        examples=[2525],
    )
    ca_file: DiskPath | None = Field(
        None,
        description="certificates to trust instead of the system's, for a server with its own authority",
        examples=["ca.pem"],
    )
    user_from: Secret = Field(
        "BRIEFING_SMTP_USER",
        description="environment variable, or file, with the login; none where the variable is not set",
        examples=["DESK_SMTP_USER"],
    )
    password_from: Secret = Field(
        "BRIEFING_SMTP_PASSWORD",
        description="environment variable, or file that only its owner may read, with the password",
        examples=["/run/credentials/smtp-password"],
    )
    sender: Mailbox = Field(description="who it is from", examples=["Morning desk <desk@example.org>"])
    to: Mailboxes = Field((), description="recipients that everyone sees", examples=[["editor@example.org"]])
    cc: Mailboxes = Field(
        (), description="recipients of a copy, seen by everyone", examples=[["night@example.org"]]
    )
    bcc: Mailboxes = Field((), description="recipients that nobody sees", examples=[["archive@example.org"]])
    reply_to: Mailbox | None = Field(
        None, description="where answers go; the sender if left out", examples=["desk@example.org"]
    )
    unsubscribe: Annotated[str, AfterValidator(values.unsubscribe)] = Field(
        "",
        description="mailto: or https: address to be taken off the list; a mail to reply_to if left out",
        examples=["https://example.org/leave"],
    )
    attach_up_to: Annotated[int, BeforeValidator(values.size)] = Field(
        10_000_000,
        ge=0,
        description="largest mail with the PDF attached; beyond, it says where the PDF is",
        examples=["5 MB"],
    )
    operator: Mailbox | None = Field(
        None,
        description="who is told when no edition could be built, or many sources are silent",
        examples=["operator@example.org"],
    )
    dkim_selector: str = Field(
        "",
        description="DKIM selector; needs dkim_key and the extra `dkim`",
        pattern=r"^[A-Za-z0-9._-]*$",  # labels of a DNS name (RFC 6376, section 3.1)
        examples=["mail2026"],
    )
    dkim_key: Secret = Field(
        "",
        description="environment variable, or file that only its owner may read, with the private key (PEM)",
        examples=["dkim.pem"],
    )

    @model_validator(mode="after")
    def _whole(self) -> Self:
        addresses = [values.bare_address(one) for one in (*self.to, *self.cc, *self.bcc)]
        if not addresses:
            raise ValueError(NO_READER)
        if len(set(addresses)) < len(addresses):
            raise ValueError("mail names a recipient twice under to, cc and bcc; keep one")
        if bool(self.dkim_selector) != bool(self.dkim_key):
            raise ValueError(HALF_SIGNED)
        return self

    def to_port(self) -> int:
        """The port as written, or the usual one."""
        return self.port or PORTS[self.security]


class Webhook(Part):
    """A signed POST of JSON with the key points and the links."""

    url: WebAddress = Field(description="where to", examples=["https://hooks.example.org/briefing"])
    secret_from: Secret = Field(
        description="environment variable, or file that only its owner may read, with the signing secret",
        examples=["BRIEFING_WEBHOOK_SECRET"],
    )


class Folder(Part):
    """A copy of the pages in another folder, such as a shared drive."""

    path: DiskPath = Field(
        description="the folder, relative to feeds.yaml", examples=["/srv/share/briefings"]
    )
    formats: Formats = Field(
        (), description="which pages; all that are written if left out", examples=[["pdf"]]
    )


class Atom(Part):
    """An Atom feed of the editions, editions.atom beside their folders."""

    entries: int = Field(30, ge=1, le=365, description="most editions in it, 1 to 365", examples=[30])


class Ping(Part):
    """A GET once an edition has reached everyone: a monitor that misses it raises the alarm."""

    url: WebAddress = Field(description="what to ask", examples=["https://monitor.example.org/ping/3fa2"])


class Destination(Part):
    """One channel and its options."""

    mail: Mail | None = Field(None, description="mail with the PDF to a list of recipients")
    webhook: Webhook | None = Field(None, description="signed JSON to a web address")
    folder: Folder | None = Field(None, description="a copy of the pages in another folder")
    atom: Atom | None = Field(None, description="an Atom feed of the editions")
    ping: Ping | None = Field(None, description="a web address that is asked when everyone has the edition")

    @model_validator(mode="after")
    def _one_channel(self) -> Self:
        if sum(getattr(self, channel) is not None for channel in CHANNELS) != 1:
            raise ValueError(ONE_CHANNEL)
        return self

    @property
    def channel(self) -> str:
        """Which one it is."""
        return next(name for name in CHANNELS if getattr(self, name) is not None)

    @property
    def options(self) -> Part:
        """What is written under its name."""
        options: Part = getattr(self, self.channel)
        return options

"""A mailbox on a server: its newest mails, each a document; what is at hand is not fetched again.

The folder is opened by EXAMINE and mails are fetched by BODY.PEEK, so that nothing is marked as seen. A mail
is known by the folder's UIDVALIDITY and its UID, which never mean another one (RFC 9051, section 2.3.1.1):
its address, as RFC 5092 spells it. The server searches by the day of arrival in a zone of its own, so that a
day more is asked for.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from briefing.bounds import MAX_MAIL, MAX_MAILS
from briefing.config.source import Imap, Source
from briefing.errors import ConfigError
from briefing.model import Document, Fetched, Miss, Unchanged, Visit
from briefing.secret import secret

if TYPE_CHECKING:
    from imapclient import IMAPClient

    from briefing.fetch.wire import Account, Limits

DAY = timedelta(days=1)
NOTHING: Mapping[str, Visit] = MappingProxyType({})

Found = list[Document | Unchanged | Miss]


def fetch_imap(
    source: Source,
    base: Path,
    *,
    now: datetime,
    visits: Mapping[str, Visit] = NOTHING,
    limits: Limits | None = None,
) -> Fetched:
    """The mails that came within `since`; those that `visits` has a validator of are unchanged.

    `base` is what paths of secrets and certificates are relative to. What came before a connection
    broke is given, with a Miss behind it; the next run goes on from there.
    """
    from briefing.fetch.wire import Limits, NoMailbox, connected

    options = source.imap or Imap(server="localhost")
    found: Found = []
    try:
        with connected(_account(options, base), limits or Limits()) as client:
            for one in _mails(client, source, options, now, visits):
                found.append(one)  # one by one, for a connection that breaks
    except (ConfigError, NoMailbox) as error:
        found.append(Miss(source.label, options.address, str(error).replace(f"{base}/", "")))
    fresh = [one.address for one in found if isinstance(one, Document)]
    return Fetched(tuple(found), tuple(Visit(address, now, now, etag=VALIDATOR) for address in fresh))


VALIDATOR = "uid"  # the address itself says which mail it is


def _account(options: Imap, base: Path) -> Account:
    """Who asks. Raises ConfigError for a secret or certificates that are not there."""
    from briefing.fetch.wire import Account

    user, password = secret(options.user_from, base), secret(options.password_from, base)
    for key, value in (("user_from", user), ("password_from", password)):
        if not value or any(ord(char) < ord(" ") for char in value):
            usual = Imap.model_fields[key].default  # another name may hold what should not be told
            named = usual if getattr(options, key) == usual else f"what {key} names"
            raise ConfigError(f"{named} is not set, or is more than one line")
    try:
        context = ssl.create_default_context(cafile=base / options.ca_file if options.ca_file else None)
    except OSError:
        raise ConfigError(f"ca_file {options.ca_file} holds no certificates") from None
    return Account(options.server, options.to_port(), options.security, context, user, password)


def _mails(
    client: IMAPClient, source: Source, options: Imap, now: datetime, visits: Mapping[str, Visit]
) -> Iterator[Document | Unchanged | Miss]:
    known, uids = _listed(client, options, now)
    addresses = {uid: f"{options.address};UIDVALIDITY={known}/;UID={uid}" for uid in uids[:MAX_MAILS]}
    held = {uid for uid, address in addresses.items() if address in visits and visits[address].etag}
    yield from (Unchanged(source.label, addresses[uid]) for uid in addresses if uid in held)
    wanted = [uid for uid in addresses if uid not in held]
    sizes = client.fetch(wanted, ["RFC822.SIZE"]) if wanted else {}
    for uid in wanted:
        size = sizes.get(uid, {}).get(b"RFC822.SIZE")
        if not isinstance(size, int):
            continue  # deleted meanwhile
        if size > MAX_MAIL:
            yield Miss(source.label, addresses[uid], f"larger than {MAX_MAIL // 1_000_000} MB")
            continue
        content = client.fetch([uid], ["BODY.PEEK[]"]).get(uid, {}).get(b"BODY[]")
        if isinstance(content, bytes):
            yield Document(source.label, addresses[uid], content)
    if len(uids) > MAX_MAILS:
        said = f"its older mails: a mailbox is read up to its newest {MAX_MAILS}"
        yield Miss(source.label, options.address, said)


def _listed(client: IMAPClient, options: Imap, now: datetime) -> tuple[int, Sequence[int]]:
    """(the folder's UIDVALIDITY, the UIDs of what came within `since`, the newest first)."""
    from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

    from briefing.fetch.wire import NoMailbox

    try:
        said: Mapping[bytes, Any] = client.select_folder(options.folder, readonly=True)
    except IMAPClientAbortError:
        raise
    except IMAPClientError:
        raise NoMailbox("it has no such folder, or none that may be read") from None
    known = said.get(b"UIDVALIDITY")
    if not isinstance(known, int):
        raise NoMailbox("it gives its mails no lasting numbers (UIDVALIDITY)")
    since = max(now.astimezone(UTC) - options.since - DAY, datetime.fromtimestamp(0, UTC))
    uids = client.search(["SINCE", since.date(), "UNDELETED", "UNDRAFT"])
    return known, sorted({uid for uid in uids if isinstance(uid, int)}, reverse=True)

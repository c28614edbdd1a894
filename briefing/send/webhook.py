"""A signed POST of JSON, as Standard Webhooks 1.0.0 has it: any of its libraries can check the signature.

    webhook-id          the parcel's name: the same for every try, so that a second copy can be dropped
    webhook-timestamp   when this try was made, in seconds since 1970
    webhook-signature   v1,<base64 of the HMAC-SHA256 of "id.timestamp.body">

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Final, Literal
from urllib.parse import quote

from briefing.config import delivery
from briefing.config.values import is_web
from briefing.errors import ConfigError
from briefing.model import Edition, KeyPoint, Parcel, Receipt
from briefing.secret import secret
from briefing.send.request import Limits, Reply, ask, masked, usable

TYPE: Final = "briefing.edition"  # names the shape of the body: another shape gets another name
PREFIX: Final = "whsec_"  # of a secret in base64; any other secret is taken as it stands
USUAL: Final = Limits(connect=10.0, read=20.0, total=30.0)  # the specification advises 15 to 30 seconds
PASSING: Final = (408, 425, 429)  # request timeout, too early, too many: the same may go through later


@dataclass(frozen=True, slots=True)
class Webhook:
    """One address that is told of each edition.

    `clock` gives the seconds since 1970. It stands here, and not in `now`, because receivers reject a
    timestamp some minutes off as a replay: it must be the true time of the try, also where an edition
    of another day is sent.
    """

    options: delivery.Webhook
    base: Path
    clock: Callable[[], float] = time.time
    limits: Limits = USUAL
    name: ClassVar[str] = "webhook"
    waits: ClassVar[bool] = False

    def formats(self) -> tuple[str, ...]:
        """None: it links what is written."""
        return ()

    def addresses(self) -> tuple[str, ...]:
        """The address, without what may be secret in it."""
        return (masked(self.options.url),)

    def deliver(self, parcel: Parcel, addresses: Sequence[str]) -> Iterator[Receipt]:
        """Post the edition; raises ConfigError for an address or a secret that cannot be used."""
        url, key = usable(self.options.url), signing_key(self.options.secret_from, self.base)
        content = body(parcel)
        for address in addresses:
            yield Receipt(self.name, address, "sending")
            headers = signed(key, parcel.name, int(self.clock()), content)
            reply = ask("POST", url, limits=self.limits, headers=headers, content=content)
            yield Receipt(self.name, address, _state(reply), _detail(reply))


def signing_key(source: str, base: Path) -> bytes:
    """The key in the variable or file `source`. Raises ConfigError, which never holds the secret."""
    text = secret(source, base)
    if not text:
        raise ConfigError(f"webhook: {source} holds no secret; put the one that the receiver knows there")
    if not text.startswith(PREFIX):
        return text.encode("utf-8", "surrogateescape")
    coded = text.removeprefix(PREFIX).rstrip("=")
    try:
        key = base64.b64decode(coded + "=" * (-len(coded) % 4), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not key:
        raise ConfigError(f"webhook: the secret in {source} begins with {PREFIX}, and no base64 follows")
    return key


def signed(key: bytes, name: str, moment: int, content: bytes) -> dict[str, str]:
    """The headers of one try, made at `moment` (seconds since 1970)."""
    digest = hmac.new(key, b"%s.%d.%s" % (name.encode(), moment, content), hashlib.sha256).digest()
    return {
        "content-type": "application/json",
        "webhook-id": name,
        "webhook-timestamp": str(moment),
        "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
    }


def body(parcel: Parcel) -> bytes:
    """What is posted: the same bytes for the same parcel and the same files in its home."""
    edition = parcel.edition
    data = {
        "schema": edition.schema,
        "briefing": edition.briefing,
        "slot": edition.slot,
        "title": edition.title,
        "handling": edition.handling,
        "date": edition.date.isoformat(),
        "as_of": edition.as_of.isoformat(),
        "late": edition.late.isoformat() if edition.late else None,
        "language": edition.language,
        "links": _links(parcel),
        "pages": [
            {"name": p.name, "sha256": hashlib.sha256(p.content).hexdigest(), "bytes": len(p.content)}
            for p in parcel.pages
        ],
        "key_points": _key_points(edition),
        "sources": _sources(edition),
    }
    whole = {"type": TYPE, "timestamp": edition.as_of.isoformat(), "data": data}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _links(parcel: Parcel) -> dict[str, str]:
    """Where each format is; only pages that were written, since others are drawn for a mail alone."""
    slot = parcel.edition.slot
    if not parcel.link:
        return {}
    return {
        page.format: f"{parcel.link}{quote(slot, safe='')}/{quote(page.name)}"
        for page in parcel.pages
        if (parcel.home / slot / page.name).is_file()
    }


def _key_points(edition: Edition) -> list[Mapping[str, object]]:
    cited = {article.id: article for article in edition.articles}

    def line(point: KeyPoint) -> Mapping[str, object]:
        statement, article = point.statement, cited[point.statement.article]
        return {
            "theme": point.theme,
            "text": statement.text,
            "source": statement.claim.source,
            "flags": list(statement.flags),
            "outlet": article.outlet,
            "url": article.url if is_web(article.url) else "",
        }

    return [line(point) for point in edition.key_points]


def _sources(edition: Edition) -> Mapping[str, object]:
    failed = [source for source in edition.sources if source.status == "failed"]
    return {
        "asked": len(edition.sources),
        "answered": len(edition.sources) - len(failed),
        "failed": [{"name": source.name, "error": source.error} for source in failed],
    }


def _state(reply: Reply) -> Literal["sent", "later", "refused"]:
    """Server errors and the network may mend; what the receiver says of the request itself does not."""
    if reply.ok:
        return "sent"
    return "later" if reply.code == 0 or reply.code >= 500 or reply.code in PASSING else "refused"


def _detail(reply: Reply) -> str:
    redirect = 300 <= reply.code <= 399
    return (
        f"{reply.said}; it is not followed: write the new address in feeds.yaml" if redirect else reply.said
    )

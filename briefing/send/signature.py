"""DKIM (RFC 6376): the sender's domain vouches for a mail, so that it is not taken for a forgery."""

from __future__ import annotations

from typing import Any, Final

from briefing.errors import ConfigError

# A second header of these names, added on the way, breaks the signature.
ONCE: Final = (b"subject", b"date", b"to", b"cc", b"reply-to", b"message-id")
HOW: Final = (b"relaxed", b"relaxed")  # headers, body: spaces at the ends of lines may change on the way


def signed(message: bytes, domain: str, selector: str, key: str) -> bytes:
    """The message with its signature before it: the same bytes each time, so without a time of signing.

    `key` is an RSA key as PEM. Raises ConfigError for any other, and where the extra is not installed.
    """
    try:
        import dkim  # type: ignore[import-untyped]  # it publishes no types
    except ImportError:
        raise ConfigError(
            "mail: dkim_selector needs a package that is missing: pip install 'briefing-desk[dkim]'"
        ) from None

    class Timeless(dkim.DKIM):  # type: ignore[misc]  # as above
        """Leaves out `t=`, which is optional and would differ from try to try."""

        def gen_header(self, fields: list[tuple[bytes, bytes]], *rest: Any, **options: Any) -> Any:
            return super().gen_header([field for field in fields if field[0] != b"t"], *rest, **options)

    signer = Timeless(message)
    signer.add_frozen(ONCE)
    try:
        header: bytes = signer.sign(
            selector.encode("ascii"), domain.encode("ascii"), key.encode("ascii"), canonicalize=HOW
        )
    except (dkim.DKIMException, ValueError):
        raise ConfigError(
            "mail: dkim_key holds no RSA private key in PEM; make one: openssl genrsa -out dkim.pem 2048"
        ) from None
    return header + message

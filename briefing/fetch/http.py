"""One request over HTTP, by httpx2, with a bound on everything that a server decides.

No redirect is followed here, nobody is waited for, nothing is remembered: `redirects`, `manners` and
`asking` do that. One client serves a whole run, so that connections are used again.
"""

from __future__ import annotations

import http.cookiejar
import ssl
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus

import httpx2

from briefing import bounds
from briefing.config.network import Network
from briefing.fetch.guard import guarded
from briefing.fetch.reasons import Trouble, of_error, size
from briefing.version import VERSION

ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, text/html;q=0.9, */*;q=0.8"
# A group: of the addresses of one name.
ERRORS = (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError, OSError, ValueError, ExceptionGroup)
HIGHEST_PORT = 65_535
SENT = "http11.send_request_headers.complete"  # as httpcore names the moment


@dataclass(frozen=True, slots=True)
class Limits:
    """What one answer may cost. Seconds, and bytes after decompression."""

    connect: float = bounds.CONNECT_SECONDS
    read: float = bounds.READ_SECONDS  # between two pieces of an answer
    size: int = bounds.MAX_ANSWER


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server sent to one request. Made by Web, read by redirects and asking."""

    status: int
    headers: Mapping[str, str]  # whatever the case of their names
    content: bytes = b""  # of a 200 alone
    target: str = ""  # where a redirect leads, as an absolute address


class Web:
    """Asks servers, one request a call. Close it, or use `async with`."""

    def __init__(self, network: Network, limits: Limits = Limits()) -> None:
        self._limits = limits
        pool = httpx2.Limits(max_connections=None, max_keepalive_connections=network.at_once)
        transport = httpx2.AsyncHTTPTransport(verify=authorities(), trust_env=False, limits=pool)
        self._client = httpx2.AsyncClient(
            transport=guarded(transport, network.allow),
            trust_env=False,  # no proxies, no .netrc: what is fetched depends on feeds.yaml alone
            timeout=httpx2.Timeout(limits.read, connect=limits.connect, pool=None),
            headers={"User-Agent": user_agent(network.contact), "Accept": ACCEPT},
            # What one server sets is nobody else's, nor the next request's: nothing is kept.
            cookies=http.cookiejar.CookieJar(http.cookiejar.DefaultCookiePolicy(allowed_domains=[])),
        )

    async def __aenter__(self) -> Web:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.aclose()

    async def ask(
        self, address: str, headers: Mapping[str, str], sent: Callable[[], None]
    ) -> Reply | Trouble:
        """The reply at an http(s) address, or why there is none. `sent` is called once it is asked."""
        try:
            url = httpx2.URL(address)
            if url.scheme not in ("http", "https") or not url.host:
                return Trouble("not an http:// or https:// address")
            if (url.port or 0) > HIGHEST_PORT:
                return Trouble("not a valid address")
            hearing = {"trace": _listener(sent)}
            async with self._client.stream("GET", url, headers=headers, extensions=hearing) as response:
                return await self._reply(response)
        except ERRORS as error:
            return of_error(error, self._limits.connect, self._limits.read)

    async def _reply(self, response: httpx2.Response) -> Reply | Trouble:
        if response.has_redirect_location:
            target = str(response.url.join(response.headers["Location"]))
            return Reply(response.status_code, response.headers, target=target)
        content = bytearray()
        if response.status_code == HTTPStatus.OK:
            # Counted by what comes out of decompression, never by what Content-Length promises.
            async for piece in response.aiter_bytes():
                content += piece
                if len(content) > self._limits.size:
                    return Trouble(f"larger than {size(self._limits.size)}: cut off")
        return Reply(response.status_code, response.headers, bytes(content))


def user_agent(contact: str = "") -> str:
    """What servers read in their logs: briefing/<version> (+whom to write to)."""
    clean = "".join(sign for sign in contact if sign.isascii() and sign.isprintable() and sign not in "()")
    return f"briefing/{VERSION} (+{clean.strip()})" if clean.strip() else f"briefing/{VERSION}"


def authorities() -> ssl.SSLContext:
    """Whom this machine trusts to sign certificates: its store, or SSL_CERT_FILE and SSL_CERT_DIR."""
    try:
        return httpx2.create_ssl_context()
    except OSError:  # they name what is not there, or is no certificate
        return httpx2.create_ssl_context(trust_env=False)


def _listener(sent: Callable[[], None]) -> Callable[[str, Mapping[str, object]], Awaitable[None]]:
    async def heard(event: str, _: Mapping[str, object]) -> None:
        if event == SENT:
            sent()

    return heard

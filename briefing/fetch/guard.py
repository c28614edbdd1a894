"""Which addresses a connection may be opened to: where DNS, a redirect or a feed leads is not trusted.

Requirement: nothing that a source says (a link, a redirect, a DNS answer) makes this program talk to the
network that it runs in (server-side request forgery, OWASP SSRF; CWE-918).

Theory: the only place where the truth is known is the moment of connecting. A name is looked up once, every
address that it gives is judged, and the connection goes to an address that was judged: no second lookup is
left for DNS rebinding, every hop of a redirect passes here, and every spelling of an address (2130706433,
0x7f.1, 127.1) is judged by what the system's resolver makes of it. TLS still verifies the host's own name.

Judged by the special-purpose registries of IANA (RFC 6890), held here so that every version of Python
judges alike: outside 2000::/3 nothing of IPv6 is the public internet. IPv4 inside IPv6 (mapped, 6to4,
NAT64) is unwrapped and judged as what it carries; where nothing can be read off (local NAT64, Teredo,
IPv4-compatible), it is refused.

`network: allow:` of feeds.yaml lists exceptions: a name covers wherever it leads, an address or a range
covers whatever name leads there. The metadata services of clouds hand out credentials, so no name covers
them: only their address does.

Rejected: checking addresses before the request (a second lookup may differ); a list of forbidden names
(endless); allowing only ports 80 and 443 (feeds of small servers live on 8080 and 8443, and what may be
reached there is already public); names below a listed name (whoever owns a network lists its range).
Not seen here: a public address that only a firewall keeps from the world looks like any other.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain, zip_longest
from typing import Any

import anyio
import anyio.to_thread
import httpcore2
import httpx2

STAGGER = 0.25  # seconds until the next address is tried beside a silent one (RFC 8305, section 8)
MOST_ADDRESSES = 8  # of one name: two families, a few servers each; the rest would only cost time

IPv4 = ipaddress.IPv4Address
IPv6 = ipaddress.IPv6Address
Address = IPv4 | IPv6
Range = ipaddress.IPv4Network | ipaddress.IPv6Network
Resolve = Callable[[str, int], Awaitable[Sequence[str]]]

NOT_PUBLIC: tuple[Range, ...] = tuple(
    ipaddress.ip_network(text)
    for text in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15"),
        *("198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        "168.63.129.16/32",  # public by number; Azure's hosts answer on it from the inside
        *("2001::/23", "2001:db8::/32", "3fff::/20"),  # protocols with Teredo, two for documentation
    )
)
METADATA: tuple[Range, ...] = tuple(
    ipaddress.ip_network(text)
    for text in (
        "169.254.0.0/16",  # .169.254 of most clouds, .170.2 of containers
        *("100.100.100.200/32", "168.63.129.16/32", "192.0.0.192/32"),
        *("fd00:ec2::254/128", "fd20:ce::254/128", "fe80::/10"),
    )
)
UNICAST = ipaddress.IPv6Network("2000::/3")  # all that IANA has given out of IPv6
NAT64 = ipaddress.IPv6Network(
    "64:ff9b::/96"
)  # RFC 6052; the local one, 64:ff9b:1::/48, hides what it carries


class Refused(OSError):
    """A connection that is not opened because of where it leads. Its text is one stable line."""

    def __init__(self) -> None:
        super().__init__(
            "leads to an address of a private or local network: if it is yours, list it under network: allow:"
            " or give --allow"
        )


def guarded(
    transport: httpx2.AsyncHTTPTransport, allow: Sequence[str], resolve: Resolve | None = None
) -> httpx2.AsyncHTTPTransport:
    """Put the guard into a transport, and give it back.

    `allow` holds names, addresses and ranges as `network: allow:` has them; `resolve` looks up a name
    (the system does where it is left out). Requests then fail with Refused. Raises TypeError for a
    transport with a proxy, which would connect in our place, or of a kind that is not known: a guard
    that cannot be put in must never be missing in silence.
    """
    pool = transport._pool  # httpx2 has no public hook; a test fails if this one goes
    inner = getattr(pool, "_network_backend", None)
    plain = type(pool) is httpcore2.AsyncConnectionPool
    if not plain or not isinstance(inner, httpcore2.AsyncNetworkBackend):
        raise TypeError("this transport cannot be guarded")
    pool._network_backend = Guard(inner, Allowed.of(allow), resolve or looked_up)
    return transport


@dataclass(frozen=True, slots=True)
class Allowed:
    """What `network: allow:` lists: names as they stand in a request, and ranges."""

    names: frozenset[str] = frozenset()
    ranges: tuple[Range, ...] = ()

    @classmethod
    def of(cls, texts: Iterable[str]) -> Allowed:
        """Read names, addresses and ranges."""
        names, ranges = set(), []
        for text in texts:
            try:
                ranges.append(ipaddress.ip_network(text))
            except ValueError:
                names.add(_name(httpx2.URL(scheme="http", host=text).raw_host.decode("ascii")))
        return cls(frozenset(names), tuple(ranges))

    def covers(self, host: str, address: Address) -> bool:
        """Whether an address to which a name led is listed, by the one or by the other."""
        spellings = {address, carried(address) or address}
        if any(_within(spelling, self.ranges) for spelling in spellings):
            return True
        return _name(host) in self.names and not any(_within(spelling, METADATA) for spelling in spellings)


def fit(host: str, addresses: Iterable[str], allowed: Allowed = Allowed()) -> list[Address]:
    """Those of a name's addresses that may be connected to, in their order; raises Refused if none may.

    Where some are refused, the others serve: a name that has an IPv6 address of a private network
    beside its public one is a common mistake of operators, and harms nobody here.
    """
    found = dict.fromkeys(ipaddress.ip_address(text.partition("%")[0]) for text in addresses)
    good = [address for address in found if is_public(address) or allowed.covers(host, address)]
    if found and not good:
        raise Refused
    return good


def is_public(address: Address) -> bool:
    """Whether an address is one of the public internet, and what it carries too."""
    inside = carried(address)
    if inside is None or not inside.is_global or inside.is_multicast:
        return False
    return not _within(inside, NOT_PUBLIC) and (isinstance(inside, IPv4) or inside in UNICAST)


def carried(address: Address) -> Address | None:
    """The IPv4 address that an IPv6 address stands for, else the address itself.

    None where it stands for one that cannot be told, or for none that anybody should ask.
    """
    if isinstance(address, IPv4):
        return address
    if address in NAT64:
        return IPv4(int(address) & 0xFFFF_FFFF)
    if address.teredo:
        return None
    return address.ipv4_mapped or address.sixtofour or IPv6(int(address))  # without its zone


class Guard(httpcore2.AsyncNetworkBackend):
    """Opens connections in place of httpcore2's own backend, to judged addresses alone."""

    def __init__(self, inner: httpcore2.AsyncNetworkBackend, allowed: Allowed, resolve: Resolve) -> None:
        self._inner = inner
        self._allowed = allowed
        self._resolve = resolve

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """Look the name up once, and connect to the first judged address that answers."""

        async def connect(address: str) -> httpcore2.AsyncNetworkStream:
            return await self._inner.connect_tcp(address, port, None, local_address, socket_options)

        try:
            with anyio.fail_after(timeout):
                addresses = fit(host, await self._resolve(host, port), self._allowed)
                return await _Race(connect).won([str(each) for each in _in_turn(addresses)])
        except TimeoutError as error:
            raise httpcore2.ConnectTimeout(str(error)) from error
        except (socket.gaierror, UnicodeError) as error:
            raise httpcore2.ConnectError("name not found") from error

    async def connect_unix_socket(self, *_: object, **__: object) -> httpcore2.AsyncNetworkStream:
        """No source lives on a socket of this machine."""
        raise Refused

    async def sleep(self, seconds: float) -> None:
        """Wait, as httpcore2 asks between two tries."""
        await self._inner.sleep(seconds)


@dataclass(slots=True)
class _Race:
    """Happy Eyeballs (RFC 8305): the next address starts when the last failed or has been silent."""

    connect: Callable[[str], Awaitable[httpcore2.AsyncNetworkStream]]
    first: httpcore2.AsyncNetworkStream | None = None
    errors: list[Exception] = field(default_factory=list)

    async def won(self, addresses: Sequence[str]) -> httpcore2.AsyncNetworkStream:
        async with anyio.create_task_group() as group:
            for address in addresses:
                over = anyio.Event()
                group.start_soon(self._run, address, over, group.cancel_scope)
                with anyio.move_on_after(STAGGER):
                    await over.wait()
        if self.first is not None:
            return self.first
        raise self.errors[0] if self.errors else httpcore2.ConnectError("no address")

    async def _run(self, address: str, over: anyio.Event, scope: anyio.CancelScope) -> None:
        try:
            stream = await self.connect(address)
        except Exception as error:  # whatever it is, it is this address's: the others go on
            self.errors.append(error)
        else:
            if self.first is None:
                self.first = stream
                scope.cancel()
            else:
                await stream.aclose()
        finally:
            over.set()


async def looked_up(host: str, port: int) -> list[str]:
    """What the system says of a name, as text; in a thread, because the C library knows no other way.

    A thread that hangs is left behind when the time is up. Raises socket.gaierror.
    """

    def ask() -> list[str]:
        # As bytes: Python's own codec for names refuses some that the C library takes.
        found = socket.getaddrinfo(host.encode("ascii"), port, type=socket.SOCK_STREAM)
        return [str(sockaddr[0]) for *_, sockaddr in found]

    return await anyio.to_thread.run_sync(ask, abandon_on_cancel=True)


def _in_turn(addresses: Sequence[Address]) -> list[Address]:
    """Both families by turns, the one that the system prefers first (RFC 8305, section 4)."""
    same = [address for address in addresses if address.version == addresses[0].version]
    other = [address for address in addresses if address.version != addresses[0].version]
    turns = chain.from_iterable(zip_longest(same, other))
    return [address for address in turns if address is not None][:MOST_ADDRESSES]


def _name(host: str) -> str:
    return host.lower().rstrip(".")


def _within(address: Address, ranges: Iterable[Range]) -> bool:
    return any(address in each for each in ranges)

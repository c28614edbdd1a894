"""No connection goes to a private or local address that is not listed: real sockets, a resolver that lies."""

import asyncio
import ipaddress
import ssl
import tomllib
from collections.abc import Sequence
from pathlib import Path

import httpcore2
import httpx2
import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st

from briefing.fetch.guard import Allowed, Refused, carried, fit, guarded, is_public
from tests.wild import Wild, reply

CASES = tomllib.loads((Path(__file__).parent / "cases/addresses.toml").read_text("utf-8"))


class Names:
    """A resolver whose answers are written here: each lookup of a name takes the next one."""

    def __init__(self, **answers: Sequence[Sequence[str]]) -> None:
        self.left = {name.replace("_", "."): list(each) for name, each in answers.items()}

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        return self.left[host].pop(0)


def get(
    url: str, allow: Sequence[str] = (), names: Names | None = None, verify: ssl.SSLContext | bool = True
) -> httpx2.Response:
    """One GET through a guarded transport, redirects followed."""

    async def asked() -> httpx2.Response:
        transport = guarded(httpx2.AsyncHTTPTransport(verify=verify, trust_env=False), allow, names)
        async with httpx2.AsyncClient(transport=transport, follow_redirects=True, timeout=5) as client:
            return await client.get(url)

    return asyncio.run(asked())


def test_the_private_hook_of_httpx2_is_where_the_guard_sits() -> None:
    """If this fails after an update, nothing is guarded: look for the new place before all else."""
    pool = httpx2.AsyncHTTPTransport()._pool
    assert type(pool) is httpcore2.AsyncConnectionPool
    assert isinstance(pool._network_backend, httpcore2.AsyncNetworkBackend)
    with Wild({"/": reply(b"secret")}) as server, pytest.raises(Refused):
        get(server.url("/"))
    assert not server.requests


@pytest.mark.parametrize("address", CASES["refused"])
def test_what_is_not_public_is_refused(address: str) -> None:
    with pytest.raises(Refused):
        fit("news.example", [address])


@pytest.mark.parametrize("address", CASES["asked"])
def test_what_is_public_is_asked(address: str) -> None:
    assert fit("news.example", [address]) == [ipaddress.ip_address(address)]


@pytest.mark.parametrize("host", CASES["spellings"])
def test_no_spelling_of_this_machine_reaches_it(host: str) -> None:
    with Wild({"/": reply(b"secret")}) as server:
        with pytest.raises((Refused, httpx2.InvalidURL, httpx2.ConnectError)):
            get(f"http://{host}:{server.port}/")
        assert not server.requests


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "0177.1", "127.1", "localhost"])
def test_such_a_spelling_would_reach_it_if_it_were_listed(host: str) -> None:
    with Wild({"/": reply(b"mine")}) as server:
        assert get(f"http://{host}:{server.port}/", allow=["127.0.0.0/8"]).content == b"mine"


def test_a_redirect_to_this_machine_is_refused_at_its_hop() -> None:
    with Wild() as server:
        inside = f"http://2130706433:{server.port}/inside"
        server.pages["127.0.0.2/"] = reply(status="302 Found", location=inside)
        server.pages["/inside"] = reply(b"secret")
        with pytest.raises(Refused):
            get(server.url("/", "127.0.0.2"), allow=["127.0.0.2"])
        assert [request.path for request in server.requests] == ["/"]


def test_a_name_is_looked_up_once_and_asked_where_it_was_judged() -> None:
    """DNS rebinding: the second answer differs, and nobody ever hears it."""
    names = Names(news_example=[["127.0.0.2"], ["127.0.0.1"]])
    with Wild({"/": reply(b"news")}, hosts=("127.0.0.2",)) as server:
        got = get(f"http://news.example:{server.port}/", allow=["127.0.0.2"], names=names)
    assert got.content == b"news"
    assert names.left == {"news.example": [["127.0.0.1"]]}


def test_a_name_that_leads_inside_the_second_time_is_refused_then() -> None:
    names = Names(news_example=[["127.0.0.2"], ["127.0.0.1"]])
    with Wild() as server:
        again = f"http://news.example:{server.port}/again"
        server.pages = {"/": reply(status="302 Found", location=again), "/again": reply(b"secret")}
        with pytest.raises(Refused):
            get(f"http://news.example:{server.port}/", allow=["127.0.0.2"], names=names)
        assert not server.asked("/again")


def test_of_a_name_with_good_and_bad_addresses_the_good_ones_are_asked() -> None:
    names = Names(news_example=[["10.0.0.1", "127.0.0.1", "::1", "127.0.0.2"]])
    with Wild({"/": reply(b"news")}, hosts=("127.0.0.2",)) as server:
        got = get(f"http://news.example:{server.port}/", allow=["127.0.0.2"], names=names)
    assert got.content == b"news"


def test_the_next_address_is_tried_where_one_does_not_answer() -> None:
    names = Names(news_example=[["127.0.0.9", "::1", "127.0.0.1"]])
    with Wild({"/": reply(b"news")}) as server:
        got = get(f"http://news.example:{server.port}/", allow=["127.0.0.0/8", "::1"], names=names)
    assert got.content == b"news"


def test_a_name_without_an_address_is_no_connection() -> None:
    with pytest.raises(httpx2.ConnectError):
        get("http://news.example/", names=Names(news_example=[[]]))
    with pytest.raises(httpx2.ConnectError):
        get("http://nowhere.invalid/")


def test_tls_verifies_the_name_that_was_asked_for_not_the_address() -> None:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("news.example").configure_cert(context)
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    with Wild({"/": reply(b"news")}, tls=context) as server:
        names = Names(news_example=[["127.0.0.1"]], other_example=[["127.0.0.1"]])
        good = get(f"https://news.example:{server.port}/", ["127.0.0.1"], names, trusting)
        assert good.content == b"news"
        with pytest.raises(httpx2.ConnectError):
            get(f"https://other.example:{server.port}/", ["127.0.0.1"], names, trusting)


@pytest.mark.parametrize(
    ("allow", "host", "address"),
    [
        ("intranet.example", "intranet.example", "10.0.0.7"),
        ("intranet.example", "INTRANET.example.", "10.0.0.7"),
        ("новини.example", "xn--b1amarcd.example", "10.0.0.7"),
        ("localhost", "localhost", "::1"),
        ("10.0.0.0/8", "anything.example", "10.200.0.7"),
        ("10.0.0.0/8", "anything.example", "::ffff:10.200.0.7"),
        ("10.0.0.7", "10.0.0.7", "10.0.0.7"),
        ("fd00::/8", "anything.example", "fd12::1"),
        ("169.254.169.254", "meta.example", "169.254.169.254"),
    ],
)
def test_what_is_listed_is_asked(allow: str, host: str, address: str) -> None:
    assert fit(host, [address], Allowed.of([allow]))


@pytest.mark.parametrize(
    ("allow", "host", "address"),
    [
        ("intranet.example", "www.intranet.example", "10.0.0.7"),
        ("intranet.example", "xintranet.example", "10.0.0.7"),
        ("intranet.example", "intranet.example", "169.254.169.254"),
        ("intranet.example", "intranet.example", "::ffff:169.254.169.254"),
        ("intranet.example", "intranet.example", "fd00:ec2::254"),
        ("10.0.0.0/8", "anything.example", "172.16.0.1"),
        ("10.0.0.7", "anything.example", "10.0.0.8"),
        ("127.0.0.1", "localhost", "::1"),
        ("10.0.0.0/8", "anything.example", "64:ff9b:1::10.0.0.1"),
    ],
)
def test_what_is_listed_covers_no_more_than_it_says(allow: str, host: str, address: str) -> None:
    with pytest.raises(Refused):
        fit(host, [address], Allowed.of([allow]))


def test_a_socket_of_this_machine_is_refused() -> None:
    async def asked() -> None:
        transport = guarded(httpx2.AsyncHTTPTransport(uds="/var/run/docker.sock"), ["localhost"])
        async with httpx2.AsyncClient(transport=transport) as client:
            await client.get("http://localhost/")

    with pytest.raises(Refused):
        asyncio.run(asked())


def test_a_transport_that_cannot_be_guarded_is_an_error() -> None:
    with pytest.raises(TypeError, match="cannot be guarded"):
        guarded(httpx2.AsyncHTTPTransport(proxy="http://proxy.example:3128"), [])


def test_its_text_is_one_stable_line() -> None:
    assert "\n" not in str(Refused())
    assert "network: allow:" in str(Refused())


ADDRESSES = st.one_of(
    st.ip_addresses(),
    st.ip_addresses(v=4).map(lambda v4: ipaddress.IPv6Address(0xFFFF << 32 | int(v4))),
    st.ip_addresses(v=4).map(lambda v4: ipaddress.IPv6Address(0x2002 << 112 | int(v4) << 80)),
    st.ip_addresses(v=4).map(lambda v4: ipaddress.IPv6Address(0x0064_FF9B << 96 | int(v4))),
    st.ip_addresses(v=4).map(lambda v4: ipaddress.IPv6Address(int(v4))),
)


@given(ADDRESSES)
def test_nothing_that_python_calls_not_global_is_public(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    """hypothesis draws addresses from the special registries on purpose, not only at random."""
    if is_public(address):
        for each in {address, carried(address)} - {None}:
            assert each is not None
            wraps = isinstance(each, ipaddress.IPv6Address) and carried(each) != each
            assert wraps or each.is_global
            assert not (each.is_multicast or each.is_unspecified or each.is_loopback or each.is_link_local)
            assert wraps or not (each.is_private or each.is_reserved)

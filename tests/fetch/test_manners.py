"""Whose turn it is, for how long, and what happens when the reader is slow or leaves: told by the server."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from briefing.config.network import Network
from briefing.config.source import Source
from briefing.fetch import fetch
from briefing.fetch.hatch import WAITING, Hatch, through
from briefing.fetch.manners import LOST, Manners
from briefing.fetch.reasons import Trouble
from briefing.model import Document, Miss, Visit
from tests.fetch.conftest import NOW, POLITE, ask, reason
from tests.wild import Page, Request, Wild, drip, late, reply

HOSTS = ("127.0.0.1", "127.0.0.2", "127.0.0.3")


def feeds(wild: Wild, many: int, page: Page, hosts: tuple[str, ...] = HOSTS[:1]) -> list[Source]:
    """So many feeds, by turns at these hosts."""
    wild.pages |= {f"/{n}": page for n in range(many)}
    return [Source(feed=wild.url(f"/{n}", hosts[n % len(hosts)])) for n in range(many)]


def asked(sources: list[Source], network: Network) -> dict[int, tuple[object, ...]]:
    return {i: one.documents for i, one in fetch(sources, Path(), now=NOW, network=network)}


class Crowd:
    """A page that counts how many are on it at once."""

    def __init__(self) -> None:
        self.now: dict[str, int] = {}
        self.most: dict[str, int] = {}

    async def __call__(self, request: Request, out: asyncio.StreamWriter) -> None:
        for key in (request.host, "all"):
            self.now[key] = self.now.get(key, 0) + 1
            self.most[key] = max(self.most.get(key, 0), self.now[key])
        await asyncio.sleep(0.02)
        for key in (request.host, "all"):
            self.now[key] -= 1
        await reply(b"<rss/>")(request, out)


@pytest.mark.parametrize(("at_once", "per_host", "most"), [(16, 2, 6), (4, 2, 4), (16, 1, 3)])
def test_a_server_and_the_network_have_their_limits(
    wild: Wild, at_once: int, per_host: int, most: int
) -> None:
    crowd = Crowd()
    sources = feeds(wild, 30, crowd, HOSTS)
    found = asked(sources, POLITE.model_copy(update={"at_once": at_once, "per_host": per_host}))
    assert all(isinstance(one, Document) for documents in found.values() for one in documents)
    assert max(crowd.most[host] for host in HOSTS) == per_host
    assert crowd.most["all"] <= most


def test_requests_to_one_server_start_apart_and_to_others_do_not_wait(wild: Wild) -> None:
    pause = 0.2
    sources = [*feeds(wild, 5, reply(b"x")), Source(feed=wild.url("/0", HOSTS[1]))]
    asked(sources, POLITE.model_copy(update={"pause": timedelta(seconds=pause), "at_once": 2}))
    times = [request.at for request in wild.requests if request.host == HOSTS[0]]
    assert len(times) == 5
    assert min(b - a for a, b in pairwise(times)) > pause / 2  # a busy machine hears late
    (other,) = [request.at for request in wild.requests if request.host == HOSTS[1]]
    assert other < times[-1]  # the last of the list, and not the last to be asked


def test_a_redirect_takes_its_turn_at_the_server_it_leads_to(wild: Wild) -> None:
    wild.pages["/a"] = reply(b"", "302 Found", location="/b")
    wild.pages["/b"] = reply(b"x")
    ask(wild.url("/a"), network=POLITE.model_copy(update={"pause": timedelta(seconds=0.2)}))
    first, second = wild.requests
    assert second.at - first.at > 0.1


def test_waiting_for_a_turn_is_not_the_requests_own_time(wild: Wild) -> None:
    sources = feeds(wild, 6, late(reply(b"x"), 0.4))
    network = POLITE.model_copy(update={"per_host": 1, "request": timedelta(seconds=2)})
    assert all(isinstance(one[0], Document) for one in asked(sources, network).values())


def test_a_run_that_is_over_names_whom_it_did_not_ask(wild: Wild) -> None:
    stuck = Source(feed=wild.url("/stuck"))
    wild.pages["/stuck"] = drip(b"HTTP/1.1 200 OK\r\n\r\n", b"x", 0.05)
    sources = [stuck, *feeds(wild, 3, reply(b"x"))]
    network = POLITE.model_copy(update={"per_host": 1, "run": timedelta(seconds=1)})
    found = dict(fetch(sources, Path(), now=NOW, network=network))
    assert reason(found[0].documents[0]) == "not finished: the run's 1 s were over"
    for index in (1, 2, 3):
        assert reason(found[index].documents[0]) == "not asked: the run's 1 s were over"
        assert not found[index].visits
    assert [request.path for request in wild.requests] == ["/stuck"]


def test_pages_that_were_had_before_the_run_was_over_are_kept(wild: Wild) -> None:
    wild.pages["/1"] = reply(b"x")
    wild.pages["/2"] = late(reply(b"x"), 30)
    source = Source(pages=(wild.url("/1"), wild.url("/2"), wild.url("/3")))
    found = asked([source], POLITE.model_copy(update={"run": timedelta(seconds=1.5)}))
    assert [type(one) for one in found[0]] == [Document, Miss, Miss]


def test_a_slow_reader_slows_the_asking_and_costs_the_run_nothing(wild: Wild) -> None:
    sources = feeds(wild, 40, reply(b"x"), HOSTS)
    network = POLITE.model_copy(update={"at_once": 4, "run": timedelta(seconds=2)})
    answers = fetch(sources, Path(), now=NOW, network=network)
    found = [next(answers)]
    time.sleep(2.5)  # longer than the run may last: it stands still
    assert len(wild.requests) <= 1 + WAITING + network.at_once
    found += answers
    assert all(isinstance(one.documents[0], Document) for _, one in found)


def test_a_reader_who_leaves_ends_the_asking(wild: Wild) -> None:
    sources = feeds(wild, 20, reply(b"x"))
    wild.pages["/never"] = drip(b"HTTP/1.1 200 OK\r\n\r\n", b"x", 0.05)
    answers = fetch([*sources, Source(feed=wild.url("/never"))], Path(), now=NOW, network=POLITE)
    next(answers)
    answers.close()
    assert not [thread for thread in threading.enumerate() if thread.name == "fetch"]


def test_an_error_in_the_loop_is_the_readers() -> None:
    async def work(hatch: Hatch[int]) -> None:
        hatch.hand(1)
        raise KeyError("a mistake of ours")

    results = through(work, 1)
    assert next(results) == 1
    with pytest.raises(KeyError):
        next(results)


def test_nothing_to_ask_is_nothing() -> None:
    assert list(fetch([], Path(), now=NOW)) == []


def test_hundreds_of_feeds_come_each_once(wild: Wild) -> None:
    sources = feeds(wild, 300, reply(b"x"), HOSTS)
    network = POLITE.model_copy(update={"at_once": 60, "per_host": 20})
    answers = list(fetch(sources, Path(), now=NOW, network=network))
    assert sorted(index for index, _ in answers) == list(range(300))
    visits = [visit for _, one in answers for visit in one.visits]
    assert {visit.address for visit in visits} == {source.feed for source in sources}
    assert all(visit == Visit(visit.address, NOW, NOW) for visit in visits)


def test_a_server_that_is_not_there_is_given_up_and_its_neighbour_on_another_port_is_not(wild: Wild) -> None:
    with socket.socket() as taken:  # bound and not listening: every connection is refused
        taken.bind((HOSTS[0], 0))
        dead = [f"http://{HOSTS[0]}:{taken.getsockname()[1]}/{n}" for n in range(9)]
        sources = [*(Source(feed=address) for address in dead), *feeds(wild, 3, reply(b"x"))]
        found = asked(sources, POLITE.model_copy(update={"per_host": 1, "pause": timedelta(seconds=0.01)}))
    assert {reason(found[n][0]) for n in range(9)} == {"connection refused"}
    assert all(isinstance(found[n][0], Document) for n in range(9, 12))


def test_what_is_given_up_costs_no_time() -> None:
    async def room() -> None:
        return

    manners, lost = Manners(POLITE, room), Trouble("no connection within 10 s")
    for _ in range(LOST):
        assert manners.given_up("http://a") is None
        manners.ended("http://a", False, lost)
    assert manners.given_up("http://a") == lost
    assert manners.given_up("http://b") is None
    manners.ended("http://a", True, lost)
    assert manners.given_up("http://a") is None

"""The ping: a monitor is asked, and learns nothing but that it was."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from briefing.config import delivery
from briefing.errors import ConfigError
from briefing.model import Parcel, Receipt
from briefing.send import CHANNELS
from briefing.send.ping import Ping
from briefing.send.request import Limits

PATIENT = Limits(connect=10.0, read=20.0, total=30.0)
NO_SILENCE = Limits(connect=10.0, read=0.3, total=30.0)


def ping(url: str, limits: Limits = PATIENT) -> Ping:
    return Ping(delivery.Ping(url=url), Path(), limits=limits)


def outcome(channel: Ping, parcel: Parcel) -> Receipt:
    before, after = channel.deliver(parcel, channel.addresses())
    assert before == Receipt("ping", channel.addresses()[0], "sending")
    return after


def test_it_is_asked_when_everyone_else_has_the_edition_and_so_stands_last(tmp_path: Path) -> None:
    made = CHANNELS["ping"](delivery.Ping(url="https://monitor.example.org/"), tmp_path)
    assert (made.name, made.formats(), made.waits) == ("ping", (), True)
    assert list(CHANNELS)[-1] == "ping"


def test_the_monitor_gets_a_bare_get(httpserver: HTTPServer, parcel: Parcel) -> None:
    httpserver.expect_request("/ping/3fa2", method="GET", query_string="a=1").respond_with_data("OK")
    told = outcome(ping(httpserver.url_for("/ping/3fa2?a=1")), parcel)
    assert (told.state, told.detail) == ("sent", "HTTP 200 OK")
    ((request, _),) = httpserver.log
    assert request.data == b""
    assert request.headers["User-Agent"].startswith("briefing/")
    assert parcel.edition.briefing not in str(request.headers)


@pytest.mark.parametrize("status", [301, 400, 404, 410, 429, 500, 503])
def test_whatever_is_no_success_is_asked_again(httpserver: HTTPServer, parcel: Parcel, status: int) -> None:
    httpserver.expect_request("/").respond_with_data("", status, {"Location": "/elsewhere"})
    told = outcome(ping(httpserver.url_for("/")), parcel)
    assert told.state == "later"
    assert told.detail.startswith(f"HTTP {status}")
    assert len(httpserver.log) == 1


def test_a_monitor_that_hangs_holds_nothing_up(httpserver: HTTPServer, parcel: Parcel) -> None:
    waiting = threading.Event()

    def silent(_: Request) -> Response:
        waiting.wait(5)
        return Response("late")

    httpserver.expect_request("/").respond_with_handler(silent)
    told = outcome(ping(httpserver.url_for("/"), NO_SILENCE), parcel)
    waiting.set()
    assert (told.state, told.detail) == ("later", "no answer within 0.3 s")


def test_the_key_in_its_address_is_nowhere_to_be_read(httpserver: HTTPServer, parcel: Parcel) -> None:
    httpserver.expect_request("/3fa2-hidden").respond_with_data("no check 3fa2-hidden", status=404)
    channel = ping(httpserver.url_for("/3fa2-hidden"))
    receipts = list(channel.deliver(parcel, channel.addresses()))
    assert "hidden" not in repr(receipts)
    assert channel.addresses()[0].startswith(f"http://{httpserver.host}:{httpserver.port}/…")


def test_an_address_that_cannot_be_asked_is_said_first(parcel: Parcel) -> None:
    with pytest.raises(ConfigError, match="look at its host and port"):
        next(ping("http://h:99999/").deliver(parcel, ["http://h:99999/…"]))

"""The daemon as people start it: a process, real signals, a source on loopback that takes its time."""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from briefing.config import load
from briefing.render import load as load_edition
from briefing.store import open_store

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0  # seconds that anything may take on a slow machine
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title><item>
<title>Bridge gives way near Lysychne</title><link>https://example.org/bridge</link>
<description>Two people were injured when a bridge gave way near Lysychne, officials said on Wednesday.
Rescue workers cleared the road and left the village by noon.</description>
</item></channel></rss>"""


class Wire:
    """A feed that counts who asks, and answers when it is let."""

    def __init__(self, server: HTTPServer) -> None:
        self.asked = 0
        self.free = threading.Event()
        self.free.set()
        self.address = server.url_for("/feed")
        server.expect_request("/feed").respond_with_handler(self._answer)

    def _answer(self, _request: Request) -> Response:
        self.asked += 1
        return Response(self._drip(), mimetype="application/rss+xml")

    def _drip(self) -> Iterator[bytes]:
        head, body = FEED.split("?>", 1)
        yield f"{head}?>".encode()
        while not self.free.wait(0.5):
            yield b"\n"
        yield body.encode()


@pytest.fixture
def wire() -> Iterator[Wire]:
    server = HTTPServer(host="127.0.0.1", threaded=True)
    server.start()
    opened = Wire(server)
    yield opened
    opened.free.set()
    server.stop()


class Desk:
    """A folder with a feeds.yaml whose edition was due this minute, and the daemons on it."""

    def __init__(self, folder: Path, wire: Wire) -> None:
        self.folder = folder
        self.daemons: list[subprocess.Popen[bytes]] = []
        self._wire = wire
        self._hour = f"{dt.datetime.now(dt.UTC):%H:%M}"
        self.write()

    def write(self, **keys: str) -> None:
        told = {
            "title": "Desk",
            "at": f'"{self._hour}"',
            "formats": "[md, json]",
            "network": "{allow: [127.0.0.1, localhost], pause: 0s}",
            "sources": f"[{{feed: '{self._wire.address}'}}]",
        }
        lines = [f"{key}: {value}\n" for key, value in {**told, **keys}.items()]
        (self.folder / "feeds.yaml").write_text("".join(lines), encoding="utf-8")

    def start(self, *options: str) -> subprocess.Popen[bytes]:
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "briefing", "schedule", *options],
                cwd=self.folder,
                env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
                stderr=log,
                start_new_session=True,
            )
        self.daemons.append(process)
        return process

    def status(self) -> tuple[int, Any]:
        done = subprocess.run(
            [sys.executable, "-m", "briefing", "schedule", "--status", "--json"],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=False,
        )
        return done.returncode, json.loads(done.stdout)

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text(encoding="utf-8")

    def editions(self, title: str = "desk") -> list[Path]:
        return sorted((self.folder / "output" / title).glob("*/edition.json"))

    def until(self, true: Callable[[], object]) -> None:
        end = time.monotonic() + PATIENCE
        while not true():
            assert time.monotonic() < end, self.log
            time.sleep(0.05)

    def rows(self) -> list[tuple[str, bool]]:
        """The ledger: each issue's slot, and whether it is built."""
        settings = load(self.folder / "feeds.yaml")
        with open_store(settings.store_url()) as store:
            return [
                (i.due.slot, bool(i.built)) for i in store.ledger.issues(settings.key, dt.date(2000, 1, 1))
            ]


@pytest.fixture
def desk(tmp_path: Path, wire: Wire) -> Iterator[Desk]:
    opened = Desk(tmp_path, wire)
    yield opened
    wire.free.set()
    for daemon in opened.daemons:
        daemon.kill()
        daemon.wait()


def test_an_edition_that_is_due_is_built_and_state_and_status_say_so(desk: Desk) -> None:
    code, before = desk.status()
    assert (code, before["last"], before["daemon"]) == (1, None, None)
    assert not (desk.folder / "output").exists()  # asking leaves no trace
    assert not (desk.folder / "briefing.db").exists()

    daemon = desk.start()
    state = desk.folder / "output" / "desk" / "state.json"
    desk.until(state.exists)
    (page,) = desk.editions()
    told = json.loads(state.read_text(encoding="utf-8"))
    assert told["healthy"]
    assert told["last"]["slot"] == page.parent.name == load_edition(page.read_bytes()).slot
    assert not told["last"]["late"]
    code, now = desk.status()
    assert code == 0
    assert now.pop("daemon").startswith(f"process {daemon.pid} on ")
    assert {**now, "written": ""} == {**told, "written": ""}

    daemon.send_signal(signal.SIGTERM)
    assert daemon.wait(PATIENCE) == 0
    code, after = desk.status()
    assert (code, after["daemon"]) == (0, None)
    assert len(desk.log.splitlines()) < 10


def test_hangup_reads_the_configuration_again_and_a_wrong_one_changes_nothing(desk: Desk) -> None:
    daemon = desk.start()
    desk.until(desk.editions)
    desk.write(title="Night desk", formats="[md, jsn]")
    daemon.send_signal(signal.SIGHUP)
    desk.until(lambda: "feeds.yaml:3: " in desk.log)
    assert "what was configured before stays" in desk.log
    desk.write(title="Night desk", formats="[md, html, json]")
    daemon.send_signal(signal.SIGHUP)
    desk.until(lambda: desk.editions("night-desk"))
    (page,) = desk.editions("night-desk")
    desk.until((page.parent / "edition.html").exists)
    assert daemon.poll() is None


def test_a_build_that_ends_in_time_is_finished_before_the_daemon_stops(desk: Desk, wire: Wire) -> None:
    wire.free.clear()
    daemon = desk.start()
    desk.until(lambda: wire.asked)
    os.killpg(daemon.pid, signal.SIGINT)  # as Ctrl-C does: to the daemon and its child
    desk.until(lambda: "stopping as soon as" in desk.log)
    wire.free.set()
    assert daemon.wait(PATIENCE) == 0
    assert len(desk.editions()) == 1
    assert [built for _, built in desk.rows()] == [True]


def test_a_build_that_hangs_is_ended_within_half_a_minute_and_the_next_start_makes_it(
    desk: Desk, wire: Wire
) -> None:
    wire.free.clear()
    daemon = desk.start()
    desk.until(lambda: wire.asked)
    daemon.send_signal(signal.SIGTERM)
    assert daemon.wait(30) == 0  # what is promised
    assert "ending the work at hand" in desk.log
    assert not list((desk.folder / "output").rglob("*edition*"))
    assert not any(built for _, built in desk.rows())
    wire.free.set()
    desk.start()
    desk.until(desk.editions)


def test_a_second_signal_does_not_wait_for_the_work_at_hand(desk: Desk, wire: Wire) -> None:
    wire.free.clear()
    daemon = desk.start()
    desk.until(lambda: wire.asked)
    daemon.send_signal(signal.SIGTERM)
    desk.until(lambda: "stopping as soon as" in desk.log)
    daemon.send_signal(signal.SIGTERM)
    assert daemon.wait(PATIENCE) == 0
    assert not desk.editions()


def test_two_daemons_and_cron_at_one_time_make_one_edition(desk: Desk, wire: Wire) -> None:
    wire.free.clear()
    for options in ((), (), ("--once",)):
        desk.start(*options)
    desk.until(lambda: "another run is on duty" in desk.log and wire.asked)
    wire.free.set()
    desk.until(desk.editions)
    one, two, cron = desk.daemons
    assert cron.wait(PATIENCE) == 0
    done = desk.start("--once")  # and again, when it is there
    assert done.wait(PATIENCE) == 0
    for daemon in (one, two):
        daemon.send_signal(signal.SIGTERM)
        assert daemon.wait(PATIENCE) == 0
    assert len(desk.editions()) == 1
    assert [built for _, built in desk.rows()] == [True]
    assert wire.asked == 1
    assert desk.log.count(": built ") + desk.log.count("\nbuilt ") == 1
    assert "looks after it too" in desk.log


def test_a_store_that_cannot_be_opened_is_told_and_mended_without_a_start(desk: Desk) -> None:
    (desk.folder / "briefing.db").write_bytes(b"no database at all, but something else entirely" * 100)
    daemon = desk.start()
    desk.until(lambda: "briefing.db" in desk.log and "database" in desk.log)
    assert daemon.poll() is None
    assert desk.status()[0] == 1
    (desk.folder / "briefing.db").unlink()
    daemon.send_signal(signal.SIGHUP)  # sooner than the next minute
    desk.until(desk.editions)


def test_what_is_wrong_at_the_start_ends_it_with_code_2(desk: Desk) -> None:
    desk.write(now="2026-03-12T06:00:00Z")
    assert desk.start().wait(PATIENCE) == 2
    assert "feeds.yaml:6: now: fixes the clock" in desk.log

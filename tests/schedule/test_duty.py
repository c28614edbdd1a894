"""A briefing on duty: the test's own clock, real sources, a real store, real folders."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from briefing.config import Settings, load
from briefing.model import Article, Delivery, Edition, Issue
from briefing.render import load as load_edition
from briefing.schedule.duty import SETTLE, on_duty
from briefing.schedule.plan import plan
from briefing.store import Store, open_store

KYIV = dt.timezone(dt.timedelta(hours=2))  # in March, before the clocks change
REPORT = """Shelling damages a power line near Lysychne

Two people were killed and five injured when shells hit the village of Lysychne, the regional
administration said on Wednesday. The shelling damaged a power line and left the village without light.

Rescue workers said that they had pulled three residents from a collapsed house in Lysychne.
"""


def at(text: str) -> dt.datetime:
    """A moment of March 2026, in Kyiv: "12 06:00"."""
    day, hour = text.split()
    return dt.datetime.fromisoformat(f"2026-03-{day}T{hour}").replace(tzinfo=KYIV)


class Desk:
    """A folder with a feeds.yaml, and whatever was told while it was on duty."""

    def __init__(self, folder: Path, yaml: str) -> None:
        self.folder = folder
        (folder / "feeds.yaml").write_text(yaml, encoding="utf-8")
        self.settings: Settings = load(folder / "feeds.yaml")
        self.told: list[str] = []

    def on_duty(self, now: str) -> int:
        self.told.clear()
        return on_duty(self.settings, at(now), self.told.append)

    def store(self) -> Store:
        return open_store(self.settings.store_url())

    def issues(self) -> tuple[Issue, ...]:
        with self.store() as store:
            return store.ledger.issues(self.settings.key, dt.date(2026, 1, 1))

    def deliveries(self, slot: str) -> tuple[Delivery, ...]:
        with self.store() as store:
            return store.ledger.deliveries(self.settings.key, slot)

    def idle(self, now: str) -> bool:
        with self.store() as store:
            return plan(self.settings, at(now), store.ledger).idle

    def edition(self, slot: str) -> Edition:
        return load_edition(self.page(slot, "json"))

    def page(self, slot: str, suffix: str) -> bytes:
        return (self.folder / "output" / "desk" / slot / f"edition.{suffix}").read_bytes()

    def slots(self) -> list[str]:
        return sorted(
            path.name
            for path in (self.folder / "output" / "desk").iterdir()
            if path.is_dir() and path.name[0] != "."
        )

    def alerts(self) -> list[str]:
        """The subjects of alerts that wait or were sent."""
        box = self.folder / "output" / "desk" / ".alerts"
        return sorted(json.loads(path.read_text(encoding="utf-8"))["subject"] for path in box.glob("*.*"))


PLAIN = """
title: Desk
timezone: Europe/Kyiv
at: "06:00"
fetch_every: 1h
formats: [md, json]
sources:
  - {folder: inbox, name: Inbox, outlet: Inbox, published: 2026-03-11}
"""


def made(folder: Path, more: str = "", base: str = PLAIN) -> Desk:
    (folder / "inbox").mkdir(exist_ok=True)
    (folder / "inbox" / "report.txt").write_text(REPORT, encoding="utf-8")
    return Desk(folder, base + more)


def test_an_edition_is_built_at_its_hour_and_once(tmp_path: Path) -> None:
    desk = made(tmp_path)
    assert desk.on_duty("12 05:50") == 0
    assert desk.issues() == ()
    assert desk.on_duty("12 06:00") == 0
    (issue,) = desk.issues()
    assert (issue.due.slot, issue.due.at, issue.late) == ("2026-03-12", at("12 06:00"), None)
    first = (tmp_path / "output/desk/2026-03-12/edition.md").stat()
    assert desk.edition("2026-03-12").key_points

    assert desk.on_duty("12 06:01") == 0
    assert desk.on_duty("12 09:00") == 0
    assert (tmp_path / "output/desk/2026-03-12/edition.md").stat() == first
    assert desk.on_duty("13 06:00") == 0
    assert desk.slots() == ["2026-03-12", "2026-03-13"]


def test_a_new_briefing_starts_with_the_next_edition(tmp_path: Path) -> None:
    desk = made(tmp_path)
    desk.on_duty("12 10:00")
    desk.on_duty("12 11:00")
    assert desk.issues() == ()
    desk.on_duty("13 06:00")
    assert [issue.due.slot for issue in desk.issues()] == ["2026-03-13"]


def test_a_machine_that_slept_builds_late_says_so_and_covers_what_was_due(tmp_path: Path) -> None:
    desk = made(tmp_path)
    desk.on_duty("11 20:00")
    assert desk.on_duty("12 09:10") == 0
    edition = desk.edition("2026-03-12")
    assert edition.late == at("12 09:10")
    assert (edition.as_of, edition.window.end) == (at("12 06:00"), at("12 06:00"))
    assert b"09:10" in desk.page("2026-03-12", "md")


def test_a_late_edition_built_again_by_hand_is_the_same(tmp_path: Path) -> None:
    from briefing import pipeline

    desk = made(tmp_path)
    desk.on_duty("11 20:00")
    desk.on_duty("12 09:10")
    before = desk.page("2026-03-12", "json"), desk.page("2026-03-12", "md")
    pipeline.run(desk.settings, at("12 06:00"))
    assert (desk.page("2026-03-12", "json"), desk.page("2026-03-12", "md")) == before


def test_beyond_the_grace_an_edition_is_missed_once_and_the_operator_is_told(tmp_path: Path) -> None:
    desk = made(tmp_path, "grace: 2h\n" + MAIL)
    desk.on_duty("11 20:00")
    desk.on_duty("12 09:00")
    assert any("missed 2026-03-12" in line for line in desk.told)
    assert [issue.missed for issue in desk.issues()] == [True]
    desk.on_duty("12 09:05")
    assert not any("missed" in line for line in desk.told)
    assert sum("missed" in subject for subject in desk.alerts()) == 1
    assert desk.on_duty("13 06:00") in (0, 5)
    assert [issue.missed for issue in desk.issues()] == [True, False]


# A mail server that is not there: every mail is to be tried again.
MAIL = """
deliver:
  - mail:
      {server: 127.0.0.1, port: 9, security: none, sender: a@desk.example, to: [b@desk.example],
       operator: c@desk.example}
"""


def test_after_a_week_asleep_the_last_edition_alone_is_built(tmp_path: Path) -> None:
    desk = made(tmp_path)
    desk.on_duty("05 20:00")
    desk.on_duty("12 07:00")
    assert desk.slots() == ["2026-03-12"]
    assert [issue.missed for issue in desk.issues()] == [True] * 6 + [False]


def test_several_editions_a_day_are_slots_of_their_own(tmp_path: Path) -> None:
    rules = """
editions:
  - {name: morning, at: "06:00"}
  - {name: evening, at: "18:00", days: [thu], window: 12h}
"""
    desk = made(tmp_path, rules, PLAIN.replace('at: "06:00"\n', ""))
    for now in ("11 20:00", "12 06:00", "12 18:00", "13 06:00", "13 18:00"):
        desk.on_duty(now)
    assert desk.slots() == ["2026-03-12-0600", "2026-03-12-1800", "2026-03-13-0600"]
    evening = desk.edition("2026-03-12-1800")
    assert evening.window.end - evening.window.start == dt.timedelta(hours=12)
    assert evening.changes.since == "2026-03-12-0600"
    assert evening.next_issue == at("13 06:00")


def test_a_clock_set_back_builds_nothing_again(tmp_path: Path) -> None:
    desk = made(tmp_path)
    desk.on_duty("11 20:00")
    desk.on_duty("12 06:00")
    before = (tmp_path / "output/desk/2026-03-12/edition.md").stat()
    for now in ("11 23:00", "12 05:59", "12 06:00", "12 07:00"):
        assert desk.on_duty(now) == 0
    assert (tmp_path / "output/desk/2026-03-12/edition.md").stat() == before
    assert len(desk.issues()) == 1


FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title><item>
<title>Shelling damages a power line near Lysychne</title><link>https://wire.example/1</link>
<pubDate>Wed, 11 Mar 2026 20:00:00 +0200</pubDate><description>{}</description></item></channel></rss>"""


@pytest.fixture
def wire(httpserver: HTTPServer) -> Iterator[tuple[HTTPServer, list[bool]]]:
    """A feed that can be switched off, and how often it was asked."""
    works = [True]

    def answer(_: Request) -> Response:
        return Response(
            FEED.format(" ".join(REPORT.split()[7:])) if works[0] else "", 200 if works[0] else 503
        )

    httpserver.expect_request("/feed").respond_with_handler(answer)
    yield httpserver, works


def remote(tmp_path: Path, server: HTTPServer, more: str = "") -> Desk:
    base = PLAIN.partition("sources:")[0] + "network: {allow: [127.0.0.1, localhost], pause: 0s}\n"
    base += f"sources:\n  - {{feed: {server.url_for('/feed')}, name: Wire}}\n"
    return made(tmp_path, more, base)


def test_a_build_that_fails_is_tried_again_with_growing_pauses(
    tmp_path: Path, wire: tuple[HTTPServer, list[bool]]
) -> None:
    server, works = wire
    desk = remote(tmp_path, server, MAIL)
    desk.on_duty("12 05:30")
    works[0] = False
    assert desk.on_duty("12 06:00") == 1
    (issue,) = desk.issues()
    assert (issue.built, issue.tries, issue.next_try) == (None, 1, at("12 06:01"))
    assert "503" in issue.error
    assert desk.idle("12 06:00")
    assert desk.on_duty("12 06:01") == 1
    assert desk.issues()[0].next_try == at("12 06:03")
    works[0] = True
    desk.on_duty("12 06:03")
    (issue,) = desk.issues()
    assert issue.built == at("12 06:03")
    assert issue.late is None
    assert sum("no edition of 2026-03-12 yet" in subject for subject in desk.alerts()) == 1


def test_where_nothing_answers_for_long_what_was_fetched_before_must_do(
    tmp_path: Path, wire: tuple[HTTPServer, list[bool]]
) -> None:
    server, works = wire
    desk = remote(tmp_path, server)
    desk.on_duty("12 05:30")
    works[0] = False
    for now in ("12 06:00", "12 06:01", "12 06:03", "12 06:07", "12 06:15"):
        desk.on_duty(now)
    assert desk.issues()[0].tries == SETTLE
    edition = desk.edition("2026-03-12")
    assert [source.status for source in edition.sources] == ["failed"]
    assert "503" in edition.sources[0].error
    assert edition.key_points


def test_sources_are_asked_on_their_beat_and_not_just_before_an_edition(
    tmp_path: Path, wire: tuple[HTTPServer, list[bool]]
) -> None:
    server, _ = wire
    desk = remote(tmp_path, server)
    asked = []
    for now in (
        "12 03:00",
        "12 03:30",
        "12 04:00",
        "12 04:58",
        "12 05:58",
        "12 06:00",
        "12 06:30",
        "12 07:30",
    ):
        before = len(server.log)
        desk.on_duty(now)
        asked.append(len(server.log) - before)
    assert asked == [1, 0, 1, 0, 0, 1, 0, 1]


def test_all_sources_failing_between_editions_is_told_and_stops_nothing(
    tmp_path: Path, wire: tuple[HTTPServer, list[bool]]
) -> None:
    server, works = wire
    desk = remote(tmp_path, server, MAIL)
    works[0] = False
    assert desk.on_duty("12 03:00") == 1
    assert any("every source failed" in line for line in desk.told)
    assert desk.on_duty("12 03:01") == 0
    assert len(desk.alerts()) == 1


FOLDER = "deliver:\n  - folder: {path: share}\n"


def test_a_delivery_that_fails_is_tried_again_by_itself_until_it_arrives(tmp_path: Path) -> None:
    desk = made(tmp_path, FOLDER)
    desk.on_duty("11 20:00")
    assert desk.on_duty("12 06:00") == 5
    (delivery,) = desk.deliveries("2026-03-12")
    assert (delivery.receipt.state, delivery.tries, delivery.next_try) == ("later", 1, at("12 06:01"))
    assert desk.idle("12 06:00")
    assert desk.on_duty("12 06:01") == 5
    assert desk.deliveries("2026-03-12")[0].next_try == at("12 06:03")
    (tmp_path / "share").mkdir()
    assert desk.on_duty("12 06:03") == 0
    assert desk.deliveries("2026-03-12")[0].receipt.state == "sent"
    assert list(tmp_path.glob("share/desk/2026-03-12/edition.md"))
    (issue,) = desk.issues()
    assert issue.delivered == at("12 06:03")
    assert desk.idle("12 06:04")


def test_a_delivery_is_given_up_in_the_end_and_the_operator_is_told(tmp_path: Path) -> None:
    desk = made(tmp_path, "retry_for: 1h\n" + FOLDER + MAIL.replace("deliver:\n", ""))
    desk.on_duty("11 20:00")
    moment, end = at("12 06:00"), at("12 09:00")
    while moment < end:
        on_duty(desk.settings, moment, desk.told.append)
        moment += dt.timedelta(minutes=5)
    states = {d.receipt.channel: (d.receipt.state, d.next_try) for d in desk.deliveries("2026-03-12")}
    assert states == {"folder": ("later", None), "mail": ("later", None)}
    assert desk.issues()[0].delivered is not None
    assert any("did not get the edition of 2026-03-12" in subject for subject in desk.alerts())


def test_an_edition_built_by_hand_after_its_hour_is_delivered_and_not_built_again(tmp_path: Path) -> None:
    from briefing import pipeline

    (tmp_path / "share").mkdir()
    desk = made(tmp_path, FOLDER)
    desk.on_duty("11 20:00")
    pipeline.run(desk.settings, at("12 06:00"))
    before = (tmp_path / "output/desk/2026-03-12/edition.md").stat()
    assert desk.on_duty("12 06:00") == 0
    assert (tmp_path / "output/desk/2026-03-12/edition.md").stat() == before
    assert [d.receipt.state for d in desk.deliveries("2026-03-12")] == ["sent"]


def test_silent_sources_are_told_to_the_operator(tmp_path: Path) -> None:
    base = PLAIN + "  - {file: missing.xml, name: Lost}\n  - {folder: nothing, name: Gone}\n"
    desk = made(tmp_path, MAIL, base)
    desk.on_duty("11 20:00")
    desk.on_duty("12 06:00")
    assert any("2 of 3 sources are silent" in subject for subject in desk.alerts())


def test_a_source_that_gives_far_less_than_it_used_to_is_silent_too(tmp_path: Path) -> None:
    desk = made(tmp_path, MAIL, PLAIN + "  - {file: missing.xml, name: Lost}\n")
    past = [
        Article(
            f"{n:016x}",
            "Inbox",
            f"Old {n}",
            "A ferry ran.",
            published=at("11 05:00") - n * dt.timedelta(hours=1),
        )
        for n in range(24 * 14)
    ]
    with open_store(desk.settings.store_url()) as store:
        store.add(past, "2026-03-01")
    desk.on_duty("11 20:00")
    desk.on_duty("12 06:00")
    assert any("2 of 2 sources are silent" in subject for subject in desk.alerts())
    assert any("Inbox: far fewer articles than usual" in line for line in desk.told)

"""The Atom feed: what a feed reader makes of it."""

from __future__ import annotations

import io
import os
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.config import delivery
from briefing.model import Edition, Letter, Page, Parcel, Receipt
from briefing.render import load
from briefing.send import CHANNELS, send
from briefing.send.atom import Atom, feed

MORNING = Path(__file__).parents[1] / "render" / "cases" / "morning.json"
NS = "{http://www.w3.org/2005/Atom}"
EVERY = ("edition.html", "edition.md", "edition.json", "edition.pdf")


@pytest.fixture
def edition() -> Edition:
    """A whole morning, with key points of several outlets."""
    return load(MORNING.read_bytes())


@pytest.fixture
def parcel(edition: Edition, tmp_path: Path) -> Parcel:
    """The morning and the one before it; the pages of both are written."""
    recent = days(edition, 2)
    pages = [Page("md", name, name.encode()) for name in EVERY]
    for one in recent:
        send(pages, tmp_path / "output" / one.slot)
    letter, link = Letter("subject", "text", "<p>html</p>"), "https://desk.example/morning/"
    return Parcel(edition, tuple(pages), letter, letter, recent, tmp_path / "output", link, "0f" * 16)


def atom(entries: int = 30) -> Atom:
    return Atom(delivery.Atom(entries=entries), Path())


def outcome(channel: Atom, parcel: Parcel) -> Receipt:
    before, after = channel.deliver(parcel, channel.addresses())
    assert before == Receipt("atom", "editions.atom", "sending")
    return after


def read(content: bytes) -> Any:
    """What feedparser makes of it; bytes, because it takes a string for an address."""
    import feedparser

    found = feedparser.parse(io.BytesIO(content))
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    return found


def written(parcel: Parcel) -> bytes:
    assert outcome(atom(), parcel).state == "sent"
    return (parcel.home / "editions.atom").read_bytes()


def days(edition: Edition, count: int) -> tuple[Edition, ...]:
    """The edition on so many days, the newest first."""
    return tuple(
        replace(edition, slot=str(day), date=day, as_of=edition.as_of - timedelta(days=back))
        for back in range(count)
        for day in [edition.date - timedelta(days=back)]
    )


def test_a_feed_reader_sees_each_edition_with_its_pages(parcel: Parcel) -> None:
    found = read(written(parcel))
    assert found.feed.title == "Eastern Desk Morning Briefing"
    assert found.feed.author == "Eastern Desk Morning Briefing"
    assert found.feed.updated == "2024-03-12T06:00:00+02:00"
    assert found.feed.links[0].href == "https://desk.example/morning/editions.atom"
    first, second = found.entries
    assert first.title == "Eastern Desk Morning Briefing, 2024-03-12"
    assert second.title == "Eastern Desk Morning Briefing, 2024-03-11"
    assert first.link == "https://desk.example/morning/2024-03-12/edition.html"
    assert [(link.rel, link.type, link.href.rpartition("/")[2]) for link in first.links] == [
        ("alternate", "text/html", "edition.html"),
        ("alternate", "text/markdown", "edition.md"),
        ("alternate", "application/json", "edition.json"),
        ("enclosure", "application/pdf", "edition.pdf"),
    ]
    leading = parcel.edition.key_points[0].statement.text
    assert leading in first.summary
    assert leading in first.content[0].value
    assert first.content[0].type == "text/html"


def test_without_a_web_address_links_are_relative_to_the_feed(parcel: Parcel) -> None:
    found = read(written(replace(parcel, link="")))
    assert found.entries[0].link == "2024-03-12/edition.html"
    assert not found.feed.get("links")
    for link in found.entries[0].links:
        assert (parcel.home / link.href).is_file()


def test_only_pages_that_are_there_are_linked(parcel: Parcel) -> None:
    (parcel.home / "2024-03-11" / "edition.pdf").unlink()
    (parcel.home / "2024-03-11" / "edition.html").unlink()
    first, second = read(written(parcel)).entries
    assert len(first.links) == 4
    assert [link.href.rpartition("/")[2] for link in second.links] == ["edition.md", "edition.json"]


def test_ids_stay_when_the_feed_is_built_anew_and_differ_between_editions(parcel: Parcel) -> None:
    before = read(written(parcel))
    changed = replace(parcel.edition, title="Another title", as_of=parcel.edition.as_of + timedelta(hours=1))
    after = read(written(replace(parcel, edition=changed, recent=(changed, *parcel.recent[1:]), link="")))
    assert before.feed.id == after.feed.id
    assert [entry.id for entry in before.entries] == [entry.id for entry in after.entries]
    assert before.entries[0].updated != after.entries[0].updated
    assert len({before.feed.id, *(entry.id for entry in before.entries)}) == 3
    assert all(entry.id.startswith("urn:uuid:") for entry in before.entries)


def test_ids_are_these_for_ever(parcel: Parcel) -> None:
    """With others, every reader would see every edition as new."""
    found = read(written(parcel))
    assert found.feed.id == "urn:uuid:91635125-d2e8-5cef-b845-8d393818c2c0"
    assert found.entries[0].id == "urn:uuid:370b0051-4494-5fef-99a3-b24098ea2644"


def test_two_briefings_share_no_id(parcel: Parcel) -> None:
    one, other = (
        read(feed([replace(parcel.edition, briefing=key)], "", {"2024-03-12": EVERY}))
        for key in ("morning", "evening")
    )
    assert {one.feed.id, one.entries[0].id}.isdisjoint({other.feed.id, other.entries[0].id})


def test_the_newest_come_first_and_no_more_than_the_options_say(parcel: Parcel) -> None:
    recent = days(parcel.edition, 40)
    assert outcome(atom(7), replace(parcel, recent=recent)).detail == "entries: 7"
    found = read((parcel.home / "editions.atom").read_bytes())
    assert [entry.title[-10:] for entry in found.entries] == [edition.slot for edition in recent[:7]]


def test_the_edition_is_in_the_feed_once_though_recent_may_not_have_it_yet(parcel: Parcel) -> None:
    whole = written(parcel)
    assert written(replace(parcel, recent=parcel.recent[1:])) == whole
    assert written(replace(parcel, edition=parcel.recent[1])) == whole


def test_an_hour_is_told_where_a_day_has_several_editions(edition: Edition) -> None:
    slots = ("2024-03-12-1800", "2024-03-12-0600")
    found = read(feed([replace(edition, slot=slot) for slot in slots], "", dict.fromkeys(slots, EVERY)))
    assert [entry.title for entry in found.entries] == [
        "Eastern Desk Morning Briefing, 2024-03-12 18:00",
        "Eastern Desk Morning Briefing, 2024-03-12 06:00",
    ]


def test_the_feed_is_as_new_as_its_newest_edition_also_when_the_clocks_go_back(edition: Edition) -> None:
    summer, winter = (
        replace(edition, slot=slot, as_of=datetime.fromisoformat(moment))
        for slot, moment in [("a", "2024-10-27T03:30:00+03:00"), ("b", "2024-10-27T03:10:00+02:00")]
    )
    found = read(feed([winter, summer], "", {"a": EVERY, "b": EVERY}))
    assert found.feed.updated == "2024-10-27T03:10:00+02:00"


def test_a_quiet_night_is_an_entry_too(edition: Edition) -> None:
    quiet = replace(edition, key_points=(), handling="")
    (entry,) = read(feed([quiet], "", {"2024-03-12": ()})).entries
    assert entry.content[0].value == "<p>Eastern Desk Morning Briefing</p>"


def test_a_key_point_that_starts_within_a_sentence_shows_it(edition: Edition) -> None:
    first = edition.key_points[0]
    clipped = replace(first, statement=replace(first.statement, flags=("clipped",)))
    (entry,) = read(feed([replace(edition, key_points=(clipped,))], "", {"2024-03-12": ()})).entries
    assert entry.summary.startswith(f"… {first.statement.text}")
    assert f"… {first.statement.text}" in entry.content[0].value


def test_the_handling_line_goes_along(edition: Edition) -> None:
    (entry,) = read(feed([replace(edition, handling="Internal & more")], "", {"2024-03-12": ()})).entries
    assert entry.content[0].value.startswith("<p>Internal &amp; more</p>")


def test_the_same_editions_give_the_same_bytes(parcel: Parcel) -> None:
    pages = {edition.slot: EVERY for edition in parcel.recent}
    assert feed(parcel.recent, parcel.link, pages) == feed(parcel.recent, parcel.link, pages)
    first = written(parcel)
    assert written(parcel) == first


# --- what a source wrote --------------------------------------------------------------------------


def hostile(edition: Edition, text: str) -> Edition:
    articles = tuple(replace(article, outlet=text, url="javascript:x") for article in edition.articles)
    points = tuple(
        replace(point, statement=replace(point.statement, text=text)) for point in edition.key_points
    )
    return replace(edition, title=text, language=text, articles=articles, key_points=points)


def test_markup_stays_text_in_titles_and_in_key_points(edition: Edition) -> None:
    text = "<script>alert(1)</script>]]>&amp;\"'"
    root = ET.fromstring(feed([hostile(edition, text)], "", {"2024-03-12": EVERY}))
    assert root.findtext(f"{NS}title") == text
    content = root.findtext(f"{NS}entry/{NS}content")
    assert content is not None
    assert "<script" not in content
    assert "&lt;script&gt;alert(1)&lt;/script&gt;]]&gt;&amp;amp;" in content
    assert "javascript:" not in content


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(min_size=1).map(lambda text: f"a{text}b"))
def test_any_text_gives_well_formed_xml_that_says_it(edition: Edition, text: str) -> None:
    content = feed([hostile(edition, text)], "https://desk.example/", {"2024-03-12": EVERY})
    title = ET.fromstring(content).findtext(f"{NS}title")
    assert title is not None
    assert title == " ".join(title.split())
    assert {*text} - {*title} <= {c for c in text if c.isspace() or not c.isprintable()}


@pytest.mark.parametrize(
    "character", ["\x00", "\x08", "\x0b", "\x1b", "\x7f", "\x85", "\ud800", "\ufffe", "\uffff"]
)
def test_characters_that_xml_forbids_or_discourages_are_dropped(edition: Edition, character: str) -> None:
    found = read(feed([hostile(edition, f"Ран{character}ок")], "", {"2024-03-12": EVERY}))
    assert found.feed.title == "Ранок"


# --- the file -------------------------------------------------------------------------------------


def test_nothing_is_written_before_the_receipt_that_says_so_is_taken(parcel: Parcel) -> None:
    channel = atom()
    assert next(channel.deliver(parcel, channel.addresses())).state == "sending"
    assert not (parcel.home / "editions.atom").exists()


def test_a_reader_of_the_old_feed_keeps_it_whole_while_it_is_replaced(parcel: Parcel) -> None:
    old = written(parcel)
    with (parcel.home / "editions.atom").open("rb") as reader:
        assert written(replace(parcel, link="")) != old
        assert reader.read() == old
    assert sorted(path.name for path in parcel.home.iterdir()) == [
        "2024-03-11",
        "2024-03-12",
        "editions.atom",
    ]


@pytest.fixture
def read_only() -> Iterator[Path]:
    """A folder that this process may read and not change, whoever runs the tests."""
    with tempfile.TemporaryDirectory() as name:  # tmp_path lies in a folder that only its owner may enter
        folder = Path(name)
        folder.chmod(0o555)
        owner = os.geteuid()
        if owner == 0:
            os.seteuid(65534)  # nobody: for root nothing is read-only
        try:
            yield folder
        finally:
            os.seteuid(owner)
            folder.chmod(0o755)


def test_a_folder_that_takes_no_file_is_tried_later(parcel: Parcel, read_only: Path) -> None:
    told = outcome(atom(), replace(parcel, home=read_only))
    assert (told.state, told.detail) == ("later", "cannot be written: Permission denied")


def test_it_is_the_first_channel_of_all(tmp_path: Path) -> None:
    channel = CHANNELS["atom"](delivery.Atom(), tmp_path)
    assert (channel.name, channel.formats(), channel.waits) == ("atom", (), False)
    assert next(iter(CHANNELS)) == "atom"

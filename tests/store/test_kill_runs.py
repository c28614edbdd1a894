"""Killed anywhere, `fetch` and `build` lose nothing, and the next run ends with the same edition.

Each round begins with the store of the day before, in which feeds have validators already. Then a run is
killed, once or several times, and the next one is left alone. BRIEFING_KILLS says how often in all.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from briefing.store import open_store, sqlite_url
from tests.mortal import Mortal
from tests.wild import Page, Request, Wild, late, reply

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("BRIEFING_KILLS", "40"))
FEEDS = ("same", "fresh", "large", "bare", "brief")
ITEM = """<item><title>{title}</title><link>https://{feed}.example/{number}</link>
<pubDate>Sun, {day} Nov 2026 {hour:02}:{number:02}:00 GMT</pubDate><description>{text}</description></item>"""
TEXT = (
    "{count} people were wounded when shells hit {place}, the {feed} administration said on day {day}. "
    "The bridge over the river was damaged, and {count} streets lost power. Repair crews are on their way. "
)
SENTENCES = (
    "The ferry at {place} stopped on day {day} after its engine had failed twice in one morning.",
    "The mayor of {place}, Olena Hnatiuk, said that 1,200 people on the left bank had no other way to town.",
    "A second boat, with room for ninety, was on its way from the harbour upstream, expected on day {day}.",
    "The hospital of {place} moved eleven patients by car over the long road through the hills at night.",
    "The regional council will decide on Tuesday whether {place} gets a pontoon bridge from the army.",
)
PLACES = ("Lysychne", "Dubove", "Kamianka", "Zelene", "Stavky", "Yasne", "Brid", "Lozova")


def feed(name: str, days: tuple[int, ...], items: int) -> bytes:
    """A feed of a few reports a day, each with words of its own."""
    body = "".join(
        ITEM.format(
            title=f"Shelling damages a bridge near {PLACES[number % len(PLACES)]}, {name} reports",
            feed=name,
            number=number,
            day=day,
            hour=day % 5,
            text=TEXT.format(count=number + 2, place=PLACES[number % len(PLACES)], feed=name, day=day) * 3,
        )
        for day in days
        for number in range(items)
    )
    return f"<rss version='2.0'><channel><title>{name}</title>{body}</channel></rss>".encode()


def with_validator(body: bytes, etag: str, kind: str = "application/rss+xml") -> Page:
    """A document that answers 304 to whoever has it."""
    whole = reply(body, content_type=kind, etag=etag, last_modified="Sun, 22 Nov 2026 04:00:00 GMT")

    async def page(request: Request, out: asyncio.StreamWriter) -> None:
        unchanged = request.headers.get("if-none-match") == etag
        await (reply(status="304 Not Modified", etag=etag) if unchanged else whole)(request, out)

    return page


def brief(wild: Wild, days: tuple[int, ...]) -> bytes:
    """A feed of excerpts whose pages are fetched."""
    body = "".join(
        f"<item><title>Ferry stops at {place} on day {day}</title><link>{wild.url(f'/{place}-{day}')}</link>"
        f"<pubDate>Sun, {day} Nov 2026 03:{n:02}:00 GMT</pubDate>"
        f"<description>{SENTENCES[0].format(place=place, day=day)} [...]</description></item>"
        for day in days
        for n, place in enumerate(PLACES[:3])
    )
    return f"<rss version='2.0'><channel><title>brief</title>{body}</channel></rss>".encode()


def pages(days: tuple[int, ...]) -> dict[str, Page]:
    """The pages of those excerpts."""
    found = {}
    for place in PLACES[:3]:
        for day in days:
            text = "".join(f"<p>{line.format(place=place, day=day)}</p>" for line in SENTENCES)
            title = f"Ferry stops at {place} on day {day}"
            body = f"<body><article><h1>{title}</h1>{text}</article></body>"
            html = f"<html><head><title>{title}</title></head>{body}</html>"
            found[f"/{place}-{day}"] = with_validator(html.encode(), f'"{place}{day}"', "text/html")
    return found


def played(wild: Wild, days: tuple[int, ...]) -> dict[str, Page]:
    """What the sources say once these days have come."""
    last = str(days[-1])
    return {
        **pages(days),
        "/brief": with_validator(brief(wild, days), f'"b{last}"'),
        "/same": with_validator(feed("same", days[:1], 3), '"same"'),
        "/fresh": late(with_validator(feed("fresh", days, 4), f'"{last}"'), 0.03),
        "/large": with_validator(feed("large", days, 25), f'W/"{last}"'),
        "/bare": late(reply(feed("bare", days, 2), content_type="text/xml"), 0.06),
    }


@pytest.fixture
def wild() -> Iterator[Wild]:
    with Wild() as server:
        server.pages = played(server, (22,))
        yield server


def desk(folder: Path, wild: Wild, now: str) -> Path:
    folder.mkdir(exist_ok=True)
    sources = "".join(
        f"  - {{feed: '{wild.url('/' + name)}', name: {name}, full_text: {str(name == 'brief').lower()}}}\n"
        for name in FEEDS
    )
    network = "network: {allow: [127.0.0.0/8], pause: 0s}\n"
    head = f"title: Desk\nnow: {now}\nformats: [md, json]\nwindow: 3d\n{network}"
    (folder / "feeds.yaml").write_text(f"{head}sources:\n{sources}", encoding="utf-8")
    return folder / "feeds.yaml"


def content(path: Path) -> tuple[set[tuple[str, str]], list[tuple[str, str]]]:
    """The articles that a store holds, by id and source, and what is wrong with it."""
    with open_store(sqlite_url(path)):  # it opens
        pass
    with closing(sqlite3.connect(path)) as base:
        assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        held = set(base.execute("SELECT id, source FROM articles"))
        wrong: list[tuple[str, str]] = []
        carried = {
            address: (source, ids)
            for source, address, ids in base.execute("SELECT source, address, articles FROM carried")
        }
        texts = {one for one, _ in held}
        known = {url for url, fuller in base.execute("SELECT url, fuller FROM pages") if fuller in texts}
        for address, etag, modified in base.execute("SELECT address, etag, modified FROM visits"):
            if (etag or modified) and address not in carried and address not in known:
                wrong.append(("a validator without its document", address))
        for address, (source, ids) in carried.items():
            wrong += [
                ("a document without its article", address)
                for one in json.loads(ids)
                if (one, source) not in held
            ]
        sought = {article for (article,) in base.execute("SELECT article FROM sought")}
        wrong += [("not in the index", article) for article, _ in held if article not in sought]
        base.execute("INSERT INTO words (words) VALUES ('integrity-check')")
    return held, wrong


def editions(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "output").rglob("edition.*")}


@pytest.mark.slow
def test_fetch_and_build_killed_anywhere_lose_nothing(tmp_path: Path, wild: Wild) -> None:
    chance = random.Random(6)
    yesterday = desk(tmp_path / "yesterday", wild, "2026-11-22T05:30:00+00:00")
    runner = Mortal(Path(__file__).with_name("runs.py"), str(yesterday))
    shutil.rmtree(yesterday.parent / "output")
    wild.pages = played(wild, (22, 23))
    plain = tmp_path / "plain"
    longest, wanted = {}, {}
    for what in ("fetch", "build"):
        shutil.rmtree(plain, ignore_errors=True)
        shutil.copytree(yesterday.parent, plain)
        feeds = desk(plain, wild, "2026-11-23T05:30:00+00:00")
        code, took = runner(f"{what} {feeds}")[1:]
        assert code == "0"
        longest[what] = float(took)
        wanted = editions(plain)
    everything, wrong = content(plain / "briefing.db")
    assert wrong == []
    before, _ = content(yesterday.parent / "briefing.db")
    assert len(before) < len(everything)
    assert wild.asked("/same")[-1].headers["if-none-match"] == '"same"'
    assert wild.asked(f"/{PLACES[0]}-23")
    assert set(wanted) == {"edition.md", "edition.json"}

    killed: Counter[str] = Counter()
    round_ = 0
    while killed.total() < KILLS:
        round_ += 1
        folder = tmp_path / f"round{round_}"
        shutil.copytree(yesterday.parent, folder)
        feeds = desk(folder, wild, "2026-11-23T05:30:00+00:00")
        known = before
        for _ in range(chance.randint(1, 3)):
            what = chance.choice(["fetch", "build"])
            killed[what] += runner(f"{what} {feeds}", chance.uniform(0.001, longest[what]))[0] == "killed"
            held, wrong = content(folder / "briefing.db")
            assert (wrong, known - held) == ([], set())
            known = held
        assert runner(f"build {feeds}")[:2] == ["done", "0"]
        assert content(folder / "briefing.db") == (everything, [])
        assert editions(folder) == wanted
        shutil.rmtree(folder)
    runner.close()
    assert min(killed["fetch"], killed["build"]) > KILLS // 5

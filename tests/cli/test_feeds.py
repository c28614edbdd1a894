"""`briefing feeds` as people start it, against a server that plays the sources."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.wild import Wild, reply

Run = Callable[..., CompletedProcess[str]]
ITEM = "<item><title>Ferry {n} leaves</title><link>https://q.example/{n}</link>{when}</item>"
PAGE = """<!doctype html><title>Quay</title><link rel="alternate" type="application/rss+xml" title="Quay, all"
href="/feed"><link rel="alternate" type="text/html" href="/print"><p>Ships come and go."""


def rss(*days: int) -> bytes:
    """A feed with an item of each of these days of March 2026."""
    items = "".join(
        ITEM.format(n=day, when=f"<pubDate>{day:02} Mar 2026 05:00:00 GMT</pubDate>") for day in days
    )
    return f'<rss version="2.0"><channel><title>Quay Gazette</title>{items}</channel></rss>'.encode()


@pytest.fixture
def wild() -> Iterator[Wild]:
    with Wild(
        pages={"/feed": reply(rss(10, 11, 12)), "/": reply(PAGE.encode(), content_type="text/html")}
    ) as server:
        yield server


def sources(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "feeds.yaml"
    head = "timezone: UTC\nnow: 2026-03-12T06:00:00+00:00\n"
    head += "network: {allow: [127.0.0.0/8], pause: 0s}\nsources:\n"
    path.write_text(head + "\n".join(lines or ["  - folder: inbox  # ours"]) + "\n", encoding="utf-8")
    return path


def test_a_feed_is_asked_and_added_under_its_own_name(run: Run, tmp_path: Path, wild: Wild) -> None:
    path = sources(tmp_path)
    before = path.read_text(encoding="utf-8")
    done = run(
        "feeds", "add", wild.url("/feed"), "--kind", "local media", "--group", "Sea/Quays", "--theme", "war"
    )
    assert (done.returncode, done.stdout) == (0, f"Quay Gazette\tSea/Quays\t{wild.url('/feed')}\n")
    assert "3 articles, the newest of 2026-03-12 05:00" in done.stderr
    assert path.read_text(encoding="utf-8").startswith(before)
    listed = run("feeds", "list").stdout.splitlines()
    assert listed[1].split("\t") == [
        "Quay Gazette",
        "local media",
        "Sea/Quays",
        "war",
        "feed",
        wild.url("/feed"),
    ]
    again = run("feeds", "add", wild.url("/feed"))
    assert again.returncode == 2
    assert "already" in again.stderr


def test_what_has_moved_is_added_where_it_is(run: Run, tmp_path: Path, wild: Wild) -> None:
    wild.pages["/old"] = reply(b"", "301 Moved Permanently", location="/feed")
    path = sources(tmp_path)
    done = run("feeds", "add", wild.url("/old"), "--name", "Q")
    assert done.stdout == f"Q\t\t{wild.url('/feed')}\n"
    assert "/old" not in path.read_text(encoding="utf-8")


def test_a_page_is_not_added_and_tells_its_feeds(run: Run, tmp_path: Path, wild: Wild) -> None:
    path = sources(tmp_path)
    before = path.read_bytes()
    done = run("feeds", "add", wild.url("/"))
    assert done.returncode == 1
    assert f"briefing feeds add {wild.url('/feed')}" in done.stderr
    assert "print" not in done.stderr
    gone = run("feeds", "add", wild.url("/gone"))
    assert (gone.returncode, path.read_bytes()) == (1, before)
    assert "HTTP 404 Not Found" in gone.stderr
    assert run("feeds", "add", wild.url("/gone"), "--offline").returncode == 0
    assert run("feeds", "add", "ftp://a.example/x").returncode == 2


def test_a_list_comes_in_once_and_goes_out_again(run: Run, tmp_path: Path) -> None:
    path = sources(tmp_path)
    feedly = Path(__file__).parents[1] / "config" / "opml" / "feedly.opml"
    told = run("feeds", "import", str(feedly), "--dry-run")
    assert (told.returncode, len(told.stdout.splitlines())) == (0, 2)
    assert "quay" not in path.read_text(encoding="utf-8")
    done = run("feeds", "import", str(feedly))
    assert (done.returncode, done.stdout) == (0, told.stdout)
    assert "known already in Harbour desk" in done.stderr
    assert "folder: inbox  # ours" in path.read_text(encoding="utf-8")
    again = run("feeds", "import", str(feedly))
    assert (again.returncode, again.stdout) == (0, "")
    out = run("feeds", "export", "out.opml")
    assert "inbox" in out.stderr
    assert run("feeds", "export").stdout == (tmp_path / "out.opml").read_text(encoding="utf-8")
    other = sources(tmp_path)
    assert run("feeds", "import", "out.opml").stdout == told.stdout
    assert run("feeds", "export", "feeds.yaml").returncode == 2
    assert "sources:" in other.read_text(encoding="utf-8")


def test_a_broken_list_and_a_broken_feeds_yaml_change_nothing(run: Run, tmp_path: Path) -> None:
    path = sources(tmp_path)
    (tmp_path / "bad.opml").write_text("<html></html>")
    done = run("feeds", "import", "bad.opml")
    assert (done.returncode, done.stdout) == (2, "")
    assert "bad.opml: no OPML" in done.stderr
    assert run("feeds", "import", "none.opml").returncode == 2
    path.write_text("sources:\n - folder: x\n   nome: y\n")
    assert run("feeds", "add", "https://a.example/rss", "--offline").returncode == 2
    assert path.read_text() == "sources:\n - folder: x\n   nome: y\n"


def test_a_source_is_removed_by_name(run: Run, tmp_path: Path) -> None:
    path = sources(tmp_path, "  - folder: inbox", "  - feed: https://a.example/rss", "    name: A")
    done = run("feeds", "remove", "a")
    assert (done.returncode, done.stdout) == (0, "A\t\thttps://a.example/rss\n")
    assert "example" not in path.read_text(encoding="utf-8")
    assert run("feeds", "remove", "a").returncode == 2


def test_a_monitor_reads_how_each_source_fares(run: Run, tmp_path: Path, wild: Wild) -> None:
    sources(tmp_path, f"  - feed: {wild.url('/feed')}", "    name: Quay")
    done = run("feeds", "check")
    assert (done.returncode, done.stdout) == (0, "ok\tQuay\t06:00\t\t1\t1 h\t\n")
    assert run("feeds", "check", "--offline", "--quiet").stdout == ""
    wild.pages["/feed"] = reply(b"", "410 Gone")
    done = run("feeds", "check", "--json", "--now", "2026-03-12T12:00:00+00:00")
    assert done.returncode == 1
    (one,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert (one["status"], one["failures"], one["error"]) == ("failed", 1, "HTTP 410 Gone")
    assert (one["answered"], one["well"]) == ("2026-03-12T06:00:00+00:00", False)
    asked = len(wild.requests)
    done = run("feeds", "check", "--offline", "--quiet", "--now", "2026-03-12T12:05:00+00:00")
    assert (done.returncode, len(wild.requests)) == (1, asked)
    assert done.stdout.startswith("failed\tQuay\t06:00\t1\t")
    wild.pages["/feed"] = reply(rss())
    done = run("feeds", "check", "--now", "2026-03-13T06:00:00+00:00")
    assert (done.returncode, done.stdout.split("\t")[0]) == (1, "empty")
    assert "suddenly empty" in done.stdout


@pytest.mark.parametrize("name", ["=1+1", "@desk", "- a\tb"])
def test_in_a_pipe_a_field_is_what_was_written_and_stays_one_field(
    run: Run, tmp_path: Path, name: str
) -> None:
    """For scripts, which compare: what a spreadsheet would make of it is told in docs/operations.md."""
    (tmp_path / "inbox").mkdir()
    sources(tmp_path, f"  - folder: inbox\n    name: {json.dumps(name)}")
    (line,) = run("feeds", "list").stdout.splitlines()
    assert line.split("\t")[0] == " ".join(name.split())
    assert len(line.split("\t")) == 6
    assert run("fetch", "--quiet").stdout.split("\t")[2:3] == [" ".join(name.split())]

"""The six promises of the design, each held on whole editions.

`Any` stands for Built, Desk and Program: conftest.py has them, and test modules cannot import it.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pytest_httpserver import HTTPServer

from briefing.config import themes_of
from briefing.config.settings import Settings
from briefing.errors import NoEdition, VerifyError
from briefing.model import Article, Edition, Figure, Harvest, SourceReport, Statement
from briefing.pipeline import check
from briefing.refine import refine
from briefing.render import render
from briefing.render.md import as_html
from briefing.schedule import slot
from briefing.store import open_store

ROOT = Path(__file__).parent.parent
SIX = datetime(2026, 3, 12, 6, tzinfo=UTC)
NOW = "2026-03-12T06:00:00+00:00"
REPORT = """\
---
title: Shelling damages a hospital in Lypa district
outlet: {outlet}
date: 2026-03-12T01:30:00+00:00
---
Shelling damaged a hospital in Lypa district, killing at least three people, Governor Taras Ovsienko said.

Rescuers evacuated 60 wounded patients from Lypa to a school in Bila Hreblia, the emergency service said.

Foreign ministers of five countries will meet in Vienna on Friday for talks on a ceasefire, Ivan Bondar said.
"""
FEED = """\
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>Meadow Press</title><link>https://meadow.example/</link>
<item><title>Drones strike depot at Stepova</title><link>https://meadow.example/1</link>
<pubDate>Wed, 11 Mar 2026 20:00:00 +0000</pubDate>
<description>Drones struck the rail depot at Stepova on Wednesday and wounded three workers, Governor Taras
Ovsienko said. Ukrainian artillery answered near Stepova, the military said.</description></item>
<item><title>Envoy in Kyiv</title><link>https://meadow.example/2</link>
<pubDate>Wed, 11 Mar 2026 21:00:00 +0000</pubDate>
<description>The American envoy Daniel Whitcomb met the foreign minister in Kyiv for talks on a ceasefire on
Wednesday.</description></item></channel></rss>
"""


def quotes(edition: Edition) -> Iterator[Statement | Figure]:
    """Everything in an edition that claims to be a span of an article."""
    yield from (point.statement for point in edition.key_points)
    yield from edition.figures
    yield from (side for dispute in edition.disputes for side in dispute.sides)
    for section in edition.themes:
        for story in section.stories:
            yield from story.statements


def assert_verbatim(edition: Edition, texts: dict[str, str]) -> None:
    for quote in quotes(edition):
        assert quote.text
        assert texts[quote.article][quote.start : quote.end] == quote.text


def inbox(folder: Path, *more: str, sources: Sequence[str] = ("folder: inbox",)) -> Path:
    """A project folder with a feeds.yaml of its own and one report in its inbox."""
    (folder / "inbox").mkdir(parents=True, exist_ok=True)
    (folder / "inbox" / "report.md").write_text(REPORT.format(outlet="Northwire"), encoding="utf-8")
    listed = "\n".join(f"  - {source}" for source in sources)
    text = "\n".join(
        [
            *("title: Desk", f'now: "{NOW}"', "formats: [md, html, json]"),
            *more,
            "network: {allow: [127.0.0.1, localhost], pause: 0s}",
            f"sources:\n{listed}\n",
        ]
    )
    (folder / "feeds.yaml").write_text(text, encoding="utf-8")
    return folder


# --- 1 verbatim -----------------------------------------------------------------------------------


def test_every_line_of_the_sample_s_edition_is_a_span_of_its_stored_article(thursday: Any) -> None:
    edition = thursday.edition
    assert sum(1 for _ in quotes(edition)) > 40
    assert_verbatim(edition, thursday.texts())


def test_verify_finds_every_line_of_the_sample_s_edition_again(thursday: Any) -> None:
    found = check((thursday.folder / "edition.json").read_bytes(), thursday.store)
    said = [*quotes(thursday.edition)]
    hedges = sum(len(quote.hedges) for quote in said)
    echoes = sum(len(figure.also) for figure in thursday.edition.figures)
    assert found == len(said) + hedges + echoes


def test_one_changed_character_fails_verification_and_exits_1(
    thursday: Any, program: Any, tmp_path: Path
) -> None:
    edition = json.loads((thursday.folder / "edition.json").read_text(encoding="utf-8"))
    line = next(s for t in edition["themes"] for story in t["stories"] for s in story["statements"])
    line["text"] = line["text"][:-2] + "\N{CYRILLIC SMALL LETTER A}" + line["text"][-1]
    changed = tmp_path / "edition.json"
    changed.write_text(json.dumps(edition), encoding="utf-8")
    with pytest.raises(VerifyError):
        check(changed.read_bytes(), thursday.store)
    done = program("verify", changed, "--config", thursday.settings.base / "feeds.yaml", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr


def test_every_line_of_an_edition_of_the_seeds_is_a_span(shared: Path, tmp_path: Path, desk: Any) -> None:
    inbox(tmp_path, sources=['{folder: seeds, published: "2026-03-11"}'])
    shutil.copytree(shared / "seeds", tmp_path / "seeds")
    built = desk(tmp_path).build(formats=("json",))
    assert any(section.stories for section in built.edition.themes)
    assert_verbatim(built.edition, built.texts())
    assert check((built.folder / "edition.json").read_bytes(), built.store) > 0


PIECES = (
    "However,", "Meanwhile,", "Governor Taras Ovsienko", "said", "that", "the army", "at least 14 people",
    "were killed", "in Novoberezhne", "drones struck", "the foreign minister", "denied", "talks", "he",
    "“we hold the town”", '"', "«", ".", ".", "\n\n", "Support us.", "3.5", "…",
    "🛰️", "загинули", "е́", "<b>", "{{ 7*7 }}",
)  # fmt: skip
article_texts = st.lists(st.sampled_from(PIECES), min_size=3, max_size=60).map(" ".join)


@st.composite
def article_sets(draw: st.DrawFn) -> list[Article]:
    """A morning of up to six articles: copies, several languages, undated ones."""
    articles: dict[str, Article] = {}
    for i in range(draw(st.integers(0, 6))):
        hours = draw(st.one_of(st.none(), st.integers(1, 30)))
        articles[f"{i:016x}"] = Article(
            f"{i:016x}",
            "folder",
            draw(st.sampled_from(("", "Talks in Novoberezhne", "<script>alert(1)</script>", "Загинули"))),
            draw(st.one_of(article_texts, st.sampled_from([a.text for a in articles.values()] or [""]))),
            outlet=draw(st.sampled_from(("", "Northwire", "Meadow Press", "Вільна хвиля"))),
            published=None if hours is None else SIX - timedelta(hours=hours),
            language=draw(st.sampled_from(("en", "uk", "ru", "fr"))),
        )
    return list(articles.values())


def refined(articles: Sequence[Article], pool: Sequence[Article] = ()) -> Edition:
    usual = Settings(base=Path())
    report = SourceReport("folder", "unknown", "folder", "ok", len(articles))
    at = slot(usual, SIX)
    return refine(
        pool or [a for a in articles if not a.published or a.published > at.window.start],
        harvest=Harvest((report,), tuple(articles), ()),
        slot=at,
        settings=usual,
        themes=themes_of(usual),
    )


@settings(max_examples=60, deadline=None)
@given(article_sets())
def test_of_any_articles_every_line_is_a_span(articles: list[Article]) -> None:
    assert_verbatim(refined(articles), {a.id: a.text for a in articles})


# --- 2 nothing is silent --------------------------------------------------------------------------


@pytest.fixture
def server() -> Iterator[HTTPServer]:
    with HTTPServer(host="127.0.0.1", port=0) as running:
        yield running


def test_what_failed_was_empty_dropped_or_cut_is_printed_on_every_page(
    tmp_path: Path, desk: Any, server: HTTPServer
) -> None:
    server.expect_request("/feed").respond_with_data("no", status=500)
    inbox(
        tmp_path,
        sources=[
            "folder: inbox",
            f'{{feed: "{server.url_for("/feed")}", name: Failing Feed}}',
            "{file: broken.xml, name: Broken File}",
            "{file: empty.xml, name: Empty File}",
            "{file: gone.txt, name: Missing File}",
        ],
    )
    (tmp_path / "broken.xml").write_text("<rss><channel><item><title>cut &undefined; of", encoding="utf-8")
    (tmp_path / "empty.xml").write_bytes(b"")
    (tmp_path / "inbox" / "old.md").write_text(
        REPORT.format(outlet="Northwire")
        .replace("Shelling", "Earlier shelling")
        .replace("2026-03-12", "2026-03-02"),
        encoding="utf-8",
    )
    (tmp_path / "inbox" / "wall.txt").write_text(
        "We value your privacy. We and our partners use cookies. Accept all.", encoding="utf-8"
    )
    long = "Governor Taras Ovsienko said that drones had struck Stepova again on Wednesday. " * 4000
    (tmp_path / "inbox" / "long.md").write_text(
        REPORT.format(outlet="Long Read") + "\n" + long, encoding="utf-8"
    )
    built = desk(tmp_path).build()
    pages = {name: " ".join(_plain(name, page).split()) for name, page in built.pages().items()}
    assert len(pages) == 3
    misses = {m.source: m.reason for m in built.edition.coverage.misses}
    assert set(misses) == {"Failing Feed", "Broken File", "Empty File", "Missing File"}
    drops = {d.reason for d in built.edition.coverage.dropped}
    assert len(drops) >= 2
    (note,) = built.edition.coverage.notes
    assert "Long Read" in note and "cut" in note
    for name, text in pages.items():
        for source, reason in misses.items():
            assert source in text, (name, source)
            assert reason in text, (name, reason)
        for reason in drops:
            assert reason in text, (name, reason)
        assert "Earlier shelling" in text, name
        assert note.split(": ", 1)[1] in text, name


def _plain(name: str, page: bytes) -> str:
    """What a reader of the page sees, without the marks of its format."""
    text = page.decode("utf-8")
    if name.endswith(".md"):
        return re.sub(r"\\(?=\W)", "", text)
    if not name.endswith(".html"):
        return text
    seen: list[str] = []
    parser = HTMLParser(convert_charrefs=True)
    parser.handle_data = seen.append  # type: ignore[assignment,method-assign]  # the one event that matters here
    parser.feed(text)
    return "".join(seen)


def accounted_for(edition: Edition) -> list[str]:
    """The titles of what the edition cites, calls a copy, or says that it dropped."""
    cited = [title for a in edition.articles for title in (a.title, *(c.title for c in a.copies))]
    return sorted([*cited, *(d.title for d in edition.coverage.dropped)])


def test_every_article_of_the_sample_is_cited_a_copy_or_dropped_with_a_reason(thursday: Any) -> None:
    edition = thursday.edition
    assert len(accounted_for(edition)) == edition.coverage.counts["fetched"]
    assert all(drop.reason for drop in edition.coverage.dropped)


@settings(max_examples=40, deadline=None)
@given(article_sets())
@example([Article(key * 16, "folder", "Note", "However, however.", outlet=key) for key in "ab"])
def test_no_article_of_any_morning_is_silent(articles: list[Article]) -> None:
    assert accounted_for(refined(articles)) == sorted(a.title for a in articles)


def test_strict_exits_3_and_a_lenient_run_0_with_the_same_edition(program: Any, tmp_path: Path) -> None:
    inbox(tmp_path, sources=["folder: inbox", "file: gone.txt"])
    lenient = program("build", "--format", "json", cwd=tmp_path)
    before = (tmp_path / lenient.stdout.strip()).read_bytes()
    strict = program("build", "--format", "json", "--strict", cwd=tmp_path)
    assert (lenient.returncode, strict.returncode) == (0, 3)
    assert (tmp_path / strict.stdout.strip()).read_bytes() == before


def test_where_every_source_failed_there_is_no_edition_and_the_reasons_are_told(
    program: Any, tmp_path: Path
) -> None:
    inbox(tmp_path, sources=["file: gone.txt", "{file: empty.xml, name: Empty File}"])
    (tmp_path / "empty.xml").write_bytes(b"")
    done = program("build", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "no such file" in done.stderr
    assert "Empty File: empty file" in done.stderr
    assert not list(tmp_path.rglob("edition.*"))


def test_a_morning_without_an_article_has_an_edition_that_says_so(tmp_path: Path, desk: Any) -> None:
    inbox(tmp_path)
    built = desk(tmp_path).build("2026-05-12T06:00:00+00:00")
    assert built.edition.coverage.counts["in_window"] == 0
    assert [d.reason for d in built.edition.coverage.dropped] == ["older than the window"]
    assert "Nothing was reported under this theme" in _plain("edition.html", built.pages()["edition.html"])


def test_a_wrong_configuration_exits_2_and_names_the_line(program: Any, tmp_path: Path) -> None:
    inbox(tmp_path, "windw: 24h")
    done = program("build", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "feeds.yaml:4" in done.stderr
    assert "window" in done.stderr


# --- 3 the same bytes -----------------------------------------------------------------------------


def test_another_process_hash_seed_zone_and_folder_give_the_same_bytes(
    thursday: Any, program: Any, copied: Callable[[], Path], tmp_path: Path
) -> None:
    folder = copied()
    done = program(
        "build",
        "--config",
        folder / "feeds.yaml",
        cwd=tmp_path,
        PYTHONHASHSEED="4242",
        TZ="Pacific/Auckland",
        LC_ALL="C",
    )
    assert done.returncode == 0, done.stderr
    again = {path.name: path.read_bytes() for path in map(Path, done.stdout.splitlines())}
    first = thursday.pages()
    assert set(again) == set(first) == {"edition.md", "edition.html", "edition.json", "edition.pdf"}
    assert [name for name in first if again[name] != first[name]] == []


@settings(max_examples=40, deadline=None)
@given(article_sets(), st.randoms(use_true_random=False))
def test_the_order_of_articles_changes_nothing(articles: list[Article], chance: Any) -> None:
    shuffled = list(articles)
    chance.shuffle(shuffled)
    assert refined(shuffled) == refined(articles)


def test_the_order_of_sources_changes_nothing_but_their_table(
    thursday: Any, copied: Callable[[], Path], desk: Any
) -> None:
    sample = desk(copied())
    turned = sample.build(sources=sample.settings.sources[::-1], formats=("json",)).edition
    first = thursday.edition

    def leave_out(edition: Edition) -> Edition:
        coverage = replace(edition.coverage, misses=tuple(sorted(edition.coverage.misses, key=repr)))
        return replace(
            edition, sources=(), coverage=coverage, method=replace(edition.method, configuration="")
        )

    assert sorted(s.name for s in turned.sources) == sorted(s.name for s in first.sources)
    assert leave_out(turned) == leave_out(first)


def test_a_rebuild_of_any_slot_gives_its_own_bytes_whatever_was_built_since(
    tmp_path: Path, desk: Any
) -> None:
    here = desk(inbox(tmp_path))
    second = (
        REPORT.format(outlet="Meadow Press").replace("three people", "five people").replace("03-12", "03-13")
    )
    (tmp_path / "inbox" / "second.md").write_text(second, encoding="utf-8")
    next_day = "2026-03-13T06:00:00+00:00"
    one, two = here.build().pages(), here.build(next_day).pages()
    assert two["edition.json"] != one["edition.json"]
    assert here.build().pages() == one
    assert here.build(next_day).pages() == two


# --- 4 once ---------------------------------------------------------------------------------------


def test_two_builds_of_a_slot_leave_one_edition(tmp_path: Path, desk: Any) -> None:
    here = desk(inbox(tmp_path))
    first, second = here.build(), here.build()
    assert first.folder == second.folder
    assert len(list(tmp_path.rglob("edition.json"))) == 1
    with open_store(first.store) as store:
        assert len(store.earlier("desk", "9999")) == 1


def test_a_second_run_at_the_same_time_exits_4(program: Any, tmp_path: Path) -> None:
    inbox(tmp_path)
    holder = (
        "import sys; from pathlib import Path; from briefing.store import lock\n"
        "with lock(Path(sys.argv[1])):\n    print('held', flush=True); sys.stdin.read()"
    )
    held = subprocess.Popen(
        [sys.executable, "-c", holder, str(tmp_path / "output" / "desk" / ".lock")],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert held.stdout is not None and held.stdout.readline() == "held\n"
        done = program("build", cwd=tmp_path)
    finally:
        held.communicate()
    assert (done.returncode, done.stdout) == (4, "")
    assert f"process {held.pid}" in done.stderr
    assert program("build", "--format", "json", cwd=tmp_path).returncode == 0


@pytest.mark.slow
def test_killed_at_any_moment_a_build_leaves_whole_pages_and_the_next_one_finishes(
    program: Any, tmp_path: Path, desk: Any
) -> None:
    whole = desk(inbox(tmp_path / "reference")).build().pages()
    started = time.monotonic()
    assert program("build", "--quiet", cwd=inbox(tmp_path / "warm")).returncode == 0
    length = time.monotonic() - started
    for part in (0.5, 0.7, 0.8, 0.9, 1.0):  # of a build's length: about when its pages are drawn and written
        folder = inbox(tmp_path / f"killed at {part}")
        run = program.start("build", "--quiet", cwd=folder)
        time.sleep(part * length)
        run.kill()
        run.communicate()
        assert {p.name: p.read_bytes() for p in folder.rglob("edition.*")}.items() <= whole.items()
        assert desk(folder).build().pages() == whole
        assert not list(folder.rglob("*.part"))


# --- 5 offline ------------------------------------------------------------------------------------


def test_offline_the_store_gives_the_bytes_that_the_live_sources_gave(tmp_path: Path, desk: Any) -> None:
    with HTTPServer(host="127.0.0.1", port=0) as server:
        server.expect_request("/feed").respond_with_data(FEED, content_type="application/rss+xml")
        server.expect_request("/down").respond_with_data("no", status=503)
        feeds = [
            f'{{feed: "{server.url_for("/feed")}", name: Live}}',
            f'{{feed: "{server.url_for("/down")}", name: Down}}',
        ]
        here = desk(inbox(tmp_path, sources=["folder: inbox", *feeds]))
        every = ("md", "html", "pdf", "json")
        live = here.build(formats=every).pages()
        asked = len(server.log)
        again = here.build(offline=True, formats=every).pages()
        assert len(server.log) == asked
    assert b"Drones strike depot at Stepova" in live["edition.md"]
    assert b"503" in live["edition.md"]
    assert len(live) == 4
    assert again == live
    assert here.build(offline=True, formats=every).pages() == live


def test_a_source_that_was_never_asked_is_a_miss_offline(tmp_path: Path, desk: Any) -> None:
    here = desk(inbox(tmp_path, sources=['{feed: "http://127.0.0.1:9/feed", name: Never}', "folder: inbox"]))
    (miss,) = here.build(offline=True, formats=("json",)).edition.coverage.misses
    assert miss.source == "Never" and "offline" in miss.reason
    with pytest.raises(NoEdition, match="offline"):
        here.build(offline=True, sources=here.settings.sources[:1])


# --- 6 hostile input ------------------------------------------------------------------------------

HOSTILE = (
    "<script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "[press](javascript:alert(1))",
    "![x](http://tracker.example/x.png)",
    "{{ 7*7 }} {% for x in y %}boom{% endfor %}",
    "# heading\n\n---\n\n| a | b |",
    "<javascript:alert(1)>",
    "`` ` ``` $(reboot)",
    '"><svg onload=alert(1)> "',
    "&lt;script&gt;alert(1)&lt;/script&gt;",
)


class Tags(HTMLParser):
    """The tags and attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep one."""
        self.found.append((tag, dict(attrs)))


def assert_harmless(html: str) -> None:
    tags = Tags()
    tags.feed(html)
    for tag, attributes in tags.found:
        assert tag not in {"script", "iframe", "object", "embed", "form", "base"}
        assert not [name for name in attributes if name.startswith("on")]
        for name in ("href", "src", "action", "xlink:href"):
            address = (attributes.get(name) or "").strip().lower()
            assert re.match(r"$|https?://|#|data:image/|mailto:", address), address
        assert "tracker.example" not in (attributes.get("src") or "")


def told(title: str, words: str = "the depot") -> tuple[Statement, Mapping[str, str]]:
    """A statement with some words in it, and the pages of its article's edition."""
    body = (
        f"Governor Taras Ovsienko said that artillery had shelled {words} and that drones had struck two "
        "tanks at the front near Novoberezhne on Wednesday."
    )
    article = Article(
        "a" * 16, "folder", title, body, outlet=title, author=title, published=SIX - timedelta(hours=1)
    )
    edition = refined([article])
    drawn = render(edition, ("md", "html")).pages
    pages: Mapping[str, str] = {str(p.format): p.content.decode() for p in drawn}
    return next(s for t in edition.themes for story in t.stories for s in story.statements), pages


@pytest.mark.parametrize("hostile", HOSTILE)
def test_whatever_a_feed_writes_is_printed_and_never_obeyed(hostile: str) -> None:
    statement, pages = told(hostile, words=" ".join(hostile.split()))
    for page in (pages["html"], as_html(pages["md"])):
        assert_harmless(page)
        assert statement.text in _plain("page.html", page.encode())


def test_the_sample_s_hostile_titles_come_out_neutral(thursday: Any) -> None:
    pages = thursday.pages()
    markdown = pages["edition.md"].decode()
    assert_harmless(pages["edition.html"].decode())
    assert_harmless(as_html(markdown))
    assert "owned" not in markdown


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80))
def test_any_title_is_harmless(title: str) -> None:
    _, pages = told(title)
    assert_harmless(pages["html"])
    assert_harmless(as_html(pages["md"]))

"""The pages of articles of which a feed has excerpts: had once, told of, and never worse than the excerpt."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from pathlib import Path
from typing import Any

import pytest

from briefing import bounds, pipeline
from briefing.config import Settings, Source
from briefing.config.network import Network
from briefing.model import Article, Edition, Harvest, PageCount
from briefing.render import load as load_edition
from briefing.schedule.due import slot as slot_at
from briefing.store import open_store
from tests.wild import Wild, late, reply

NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)
NETWORK = Network(
    contact="desk@example.org",
    allow=("127.0.0.0/8",),
    pause=timedelta(0),
    request=timedelta(seconds=1),
    run=timedelta(seconds=8),
)
CALL = "Subscribe to continue reading. Already a subscriber? Log in."


def report(place: str) -> list[str]:
    """A report of six paragraphs that no other place shares."""
    return [
        f"Engineers in {place} shut the upper bridge on Sunday after cracks were found in a pillar.",
        f"The mayor of {place}, Olena Hnatiuk, said that 1,200 people had no other road.",
        f"Two ferries began to run from the harbour of {place} at six, each with room for ninety.",
        f"Shops near the bridge in {place} stayed shut, and the hospital moved eleven patients by boat "
        "to the other bank before midnight, its director told reporters who waited at the landing stage.",
        f"The regional council will decide on Tuesday whether {place} gets a pontoon bridge from the army.",
        f"The bridge of {place} was built in 1961 and repaired last in 2009, the council's records say. "
        "An inspection in spring had found no damage, the council said, and the next one was due in March.",
    ]


def page(title: str, paragraphs: Sequence[str], *, head: str = "", charset: str = "utf-8") -> bytes:
    """A web page with a menu, an article and a foot."""
    body = "".join(f"<p>{escape(p)}</p>" for p in paragraphs)
    return (
        f'<!doctype html><html><head><meta charset="{charset}"><title>{escape(title)} - Kyiv Ledger</title>'
        f"{head}"
        f"</head><body><nav><a href='/'>Home</a> <a href='/login'>Sign in</a></nav><main><article>"
        f"<h1>{escape(title)}</h1>{body}</article></main>"
        "<footer>© Kyiv Ledger. We use cookies.</footer></body></html>"
    ).encode(charset)


def title(place: str) -> str:
    return f"Bridge in {place} closed after cracks were found"


def excerpt(place: str) -> str:
    return f"{report(place)[0]} {report(place)[1][:60].strip()} […]"


def feed(wild: Wild, places: Sequence[str], *, link: str = "/news/{}", text: str = "") -> bytes:
    """An RSS feed with an entry a place, the last one the newest."""
    items = "".join(
        f"<item><title>{escape(title(p))}</title><link>{wild.url(link.format(p))}</link>"
        f"<description>{escape(text or excerpt(p))}</description>"
        f"<pubDate>{format_datetime(NOW - timedelta(hours=9) + timedelta(minutes=n))}</pubDate></item>"
        for n, p in enumerate(places)
    )
    return f'<rss version="2.0"><channel><title>Kyiv Ledger</title>{items}</channel></rss>'.encode()


@pytest.fixture
def wild() -> Iterator[Wild]:
    with Wild() as server:
        yield server


def settings(folder: Path, wild: Wild, **changes: object) -> Settings:
    source = Source(feed=wild.url("/feed"), name="Ledger", kind="independent media")
    given = {
        "sources": (source,),
        "full_text": True,
        "network": NETWORK,
        "formats": ("md", "json"),
        **changes,
    }
    return Settings.model_validate({"base": folder, "title": "Desk", "timezone": "UTC", **given})


def pool(made: Settings, now: datetime = NOW) -> dict[str, Article]:
    """What an edition at `now` would be made from, by the place in the title."""
    slot = slot_at(made, now, None)
    with open_store(made.store_url()) as store:
        return {a.title.split()[2]: a for a in pipeline._pool(made, slot, store)}


def counted(found: Harvest | Edition) -> PageCount | None:
    return found.sources[0].pages


def edition(outcome: pipeline.Outcome) -> Edition:
    return load_edition(Path(outcome.receipts[0].address).with_name("edition.json").read_bytes())


def serve(wild: Wild, places: Sequence[str]) -> None:
    wild.pages["/feed"] = reply(feed(wild, places))
    for place in places:
        wild.pages[f"/news/{place}"] = reply(page(title(place), report(place)), etag=f'"{place}"')


def test_a_page_gives_its_article_the_text_and_the_feed_all_else(tmp_path: Path, wild: Wild) -> None:
    serve(wild, ["Ostriv"])
    made = settings(tmp_path, wild)
    found = pipeline.fetch_all(made, NOW)
    article = pool(made)["Ostriv"]
    assert article.text == "\n\n".join(report("Ostriv"))
    assert article.url == wild.url("/news/Ostriv")
    assert (article.outlet, article.title) == ("Ledger", title("Ostriv"))
    assert article.published == NOW - timedelta(hours=9)
    assert counted(found) == PageCount(1, had=1)
    assert [a.id for a in found.articles] == [article.id]


def test_the_excerpt_is_kept_but_does_not_stand_beside_its_text(tmp_path: Path, wild: Wild) -> None:
    serve(wild, ["Ostriv"])
    made = settings(tmp_path, wild)
    without = pipeline.fetch_all(made.model_copy(update={"full_text": False}), NOW).articles[0]
    assert without.text == excerpt("Ostriv")
    pipeline.fetch_all(made, NOW)
    with open_store(made.store_url()) as store:
        assert store.article(without.id) == without
    assert [a.text for a in pool(made).values()] == ["\n\n".join(report("Ostriv"))]


def test_no_page_is_asked_where_nobody_wants_it_or_the_feed_has_all(tmp_path: Path, wild: Wild) -> None:
    serve(wild, ["Ostriv"])
    pipeline.fetch_all(settings(tmp_path, wild, full_text=False), NOW)
    whole = "<p>" + "</p><p>".join(3 * report("Ostriv")) + "</p>"
    wild.pages["/feed"] = reply(feed(wild, ["Ostriv"], text=whole))
    found = pipeline.fetch_all(settings(tmp_path / "other", wild), NOW)
    assert not wild.asked("/news/Ostriv")
    assert len(found.articles[0].text.split()) > 200


BAD = {
    "Gone": reply(b"no such page", "404 Not Found"),
    "Barred": reply(b"go away", "403 Forbidden"),
    "Paid": reply(page(title("Paid"), [report("Paid")[0], CALL])),
    "Consent": reply(
        page("Before you continue", ["We and our partners store data on your device. Accept all cookies."])
    ),
    "Robot": reply(
        b"<html><head><title>Just a moment...</title></head><body><noscript>Enable JavaScript and cookies to "
        b"continue</noscript><p>Checking your browser before you enter.</p></body></html>"
    ),
    "Other": reply(
        page("Harvest festival opens in Lypky", [p.replace("bridge", "field") for p in report("Lypky")])
    ),
    "Index": reply(page("News", [title("Index"), title("Ostriv"), excerpt("Index"), excerpt("Ostriv")])),
    "Soft": reply(page("Page not found", ["The page that you look for has been removed or never was here."])),
    "Picture": reply(b"\x89PNG\r\n\x1a\n" + bytes(2_000), content_type="image/png"),
    "Slow": late(reply(page(title("Slow"), report("Slow"))), 30),
}


def test_no_wrong_page_replaces_an_excerpt_and_each_is_told(tmp_path: Path, wild: Wild) -> None:
    serve(wild, ["Ostriv", *BAD])
    wild.pages |= {f"/news/{place}": bad for place, bad in BAD.items()}
    made = settings(tmp_path, wild)
    outcome = pipeline.run(made, NOW)
    articles = pool(made)
    assert articles.pop("Ostriv").text == "\n\n".join(report("Ostriv"))
    assert {p: a.text for p, a in articles.items()} == {p: excerpt(p) for p in BAD}
    built = edition(outcome)
    assert counted(built) == PageCount(11, had=1, walled=3, unlike=4, failed=3)
    reasons = {miss.address: miss.reason for miss in built.coverage.misses}
    assert "403" in reasons[wild.url("/news/Barred")]
    assert "404" in reasons[wild.url("/news/Gone")]
    assert wild.url("/news/Slow") in reasons
    assert any("paywall: the excerpt of its feed stands" in note for note in built.coverage.notes)
    notes = {place: "; ".join(a.notes) for place, a in articles.items()}
    assert "paywall" in notes["Paid"]
    assert "asks for consent" in notes["Consent"]
    assert "whether a person is reading" in notes["Robot"]
    assert "not about the same" in notes["Other"]
    assert "not about the same" in notes["Index"]


def test_one_page_for_every_link_replaces_nothing(tmp_path: Path, wild: Wild) -> None:
    serve(wild, ["Ostriv", "Lypky", "Buzky"])
    form = page(
        "Kyiv Ledger",
        ["We value your privacy. We and our 812 partners store information on your device."] * 9,
    )
    wild.pages |= {f"/news/{place}": reply(form) for place in ("Ostriv", "Lypky", "Buzky")}
    found = pipeline.fetch_all(settings(tmp_path, wild), NOW)
    assert [(one.wanted, one.had) for one in [counted(found)] if one] == [(3, 0)]
    assert all(article.text.endswith("[…]") for article in found.articles)


def test_a_preview_that_is_longer_than_the_excerpt_is_kept_and_told(tmp_path: Path, wild: Wild) -> None:
    serve(wild, ["Ostriv"])
    shown = report("Ostriv")[:3]
    wild.pages["/news/Ostriv"] = reply(
        page(title("Ostriv"), [*shown, CALL, "Cancel any time. Two weeks are free."])
    )
    made = settings(tmp_path, wild)
    pipeline.fetch_all(made, NOW)
    article = pool(made)["Ostriv"]
    assert article.text == "\n\n".join(shown)
    assert any("paywall" in note for note in article.notes)


def test_what_the_publisher_calls_locked_is_a_wall_where_it_shows_no_more(tmp_path: Path, wild: Wild) -> None:
    serve(wild, ["Ostriv"])
    data = json.dumps({"@type": "NewsArticle", "headline": title("Ostriv"), "isAccessibleForFree": "False"})
    head = f'<script type="application/ld+json">{data}</script>'
    wild.pages["/news/Ostriv"] = reply(page(title("Ostriv"), report("Ostriv")[:1], head=head))
    assert counted(pipeline.fetch_all(settings(tmp_path, wild), NOW)) == PageCount(1, had=0, walled=1)


def test_a_page_in_a_charset_that_it_does_not_declare(tmp_path: Path, wild: Wild) -> None:
    text = [
        "Инженеры закрыли верхний мост в Каменке в воскресенье вечером, когда в опоре нашли трещины.",
        "Мэр города сообщила, что у тысячи двухсот жителей левого берега другой дороги не осталось.",
        "Утром от пристани пошли два парома, каждый берёт девяносто человек, и очередь не уменьшается.",
        "Областной совет решит во вторник, получит ли Каменка понтонный мост от военных инженеров.",
    ] * 2
    headline = "Мост в Каменке закрыли после того, как нашли трещины"
    item = (
        f"<item><title>{headline}</title><link>{wild.url('/news/1')}</link>"
        f"<description>{text[0]} […]</description>"
        f"<pubDate>{format_datetime(NOW - timedelta(hours=2))}</pubDate></item>"
    )
    wild.pages["/feed"] = reply(
        f'<rss version="2.0"><channel><title>Весть</title>{item}</channel></rss>'.encode()
    )
    body = page(headline, text, charset="cp1251").replace(b'<meta charset="cp1251">', b"")
    wild.pages["/news/1"] = reply(body, content_type="text/html; charset=utf-8")
    found = pipeline.fetch_all(settings(tmp_path, wild), NOW)
    assert text[3] in found.articles[0].text
    assert found.articles[0].language == "ru"


def test_a_redirector_is_followed_and_the_citation_keeps_the_feeds_link(tmp_path: Path, wild: Wild) -> None:
    serve(wild, ["Ostriv"])
    wild.pages["/feed"] = reply(feed(wild, ["Ostriv"], link="/go?to={}"))
    wild.pages["/go?to=Ostriv"] = reply(b"", "302 Found", location="/news/Ostriv")
    made = settings(tmp_path, wild)
    pipeline.fetch_all(made, NOW)
    assert pool(made)["Ostriv"].text == "\n\n".join(report("Ostriv"))
    assert pool(made)["Ostriv"].url == wild.url("/go?to=Ostriv")


def test_a_page_is_asked_once_and_the_same_edition_is_built_offline(tmp_path: Path, wild: Wild) -> None:
    serve(wild, ["Ostriv", "Lypky", "Paid", "Other"])
    wild.pages |= {f"/news/{place}": BAD[place] for place in ("Paid", "Other")}
    made = settings(tmp_path, wild)
    first = pipeline.run(made, NOW)
    folder = Path(first.receipts[0].address).parent
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    asked = len([r for r in wild.requests if r.path.startswith("/news/")])
    pipeline.run(made, NOW)
    assert len([r for r in wild.requests if r.path.startswith("/news/")]) == asked == 4
    pipeline.run(made, NOW, offline=True)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_page_that_failed_is_asked_again_and_then_replaces_its_excerpt(tmp_path: Path, wild: Wild) -> None:
    serve(wild, ["Ostriv"])
    wild.pages["/news/Ostriv"] = reply(b"", "500 Internal Server Error")
    made = settings(tmp_path, wild)
    assert counted(pipeline.fetch_all(made, NOW - timedelta(hours=6))) == PageCount(1, had=0, failed=1)
    wild.pages["/news/Ostriv"] = reply(page(title("Ostriv"), report("Ostriv")))
    assert counted(pipeline.fetch_all(made, NOW)) == PageCount(1, had=1)
    assert [a.text for a in pool(made).values()] == ["\n\n".join(report("Ostriv"))]


def test_a_page_that_always_fails_is_given_up(tmp_path: Path, wild: Wild) -> None:
    serve(wild, ["Ostriv"])
    wild.pages["/news/Ostriv"] = reply(b"", "404 Not Found")
    made = settings(tmp_path, wild, window="48h")
    for hours in range(0, 40, 3):
        pipeline.fetch_all(made, NOW - timedelta(hours=8) + timedelta(hours=hours))
    assert 2 <= len(wild.asked("/news/Ostriv")) <= 5


def test_a_text_that_came_later_leaves_an_earlier_edition_as_it_was(tmp_path: Path, wild: Wild) -> None:
    serve(wild, ["Ostriv"])
    wild.pages["/news/Ostriv"] = reply(b"", "500 Internal Server Error")
    made = settings(tmp_path, wild, window="48h")
    early = pipeline.run(made, NOW)
    path = Path(early.receipts[0].address).with_name("edition.json")
    before = path.read_bytes()
    serve(wild, ["Ostriv"])
    pipeline.run(made, NOW + timedelta(days=1))
    assert len(pool(made, NOW + timedelta(days=1))["Ostriv"].text.split()) > 100
    pipeline.run(made, NOW, offline=True)
    assert path.read_bytes() == before
    assert pipeline.check(before, made.store_url()) > 0


def test_a_page_that_a_fetch_had_speaks_in_an_edition_on_demand_of_the_same_day(
    tmp_path: Path, wild: Wild
) -> None:
    serve(wild, ["Ostriv"])
    made = settings(tmp_path, wild)
    noon = NOW.replace(hour=12)
    pipeline.fetch_all(made, noon - timedelta(minutes=5))  # for the edition that is due next: tomorrow's
    pipeline.run(made, noon)
    assert [a.text for a in pool(made, noon).values()] == ["\n\n".join(report("Ostriv"))]


def test_an_entry_that_changed_asks_again_politely(tmp_path: Path, wild: Wild) -> None:
    serve(wild, ["Ostriv"])
    made = settings(tmp_path, wild)
    pipeline.fetch_all(made, NOW - timedelta(hours=2))
    changed = feed(wild, ["Ostriv"], text=f"Updated. {excerpt('Ostriv')}")
    wild.pages["/feed"] = reply(changed)
    found = pipeline.fetch_all(made, NOW)
    assert len(wild.asked("/news/Ostriv")) == 2
    assert counted(found) == PageCount(1, had=1)
    assert len(pool(made)) == 1


def test_a_rehearsal_has_the_pages_and_keeps_nothing(tmp_path: Path, wild: Wild) -> None:
    serve(wild, ["Ostriv", "Lypky"])
    made = settings(tmp_path, wild)
    rehearsed = pipeline.compose(made, NOW)
    assert not (tmp_path / "briefing.db").exists()
    pipeline.run(made, NOW)
    again = pipeline.compose(made, NOW)
    assert counted(rehearsed) == counted(again) == PageCount(2, had=2)
    assert again.articles == rehearsed.articles
    assert len(wild.asked("/news/Ostriv")) == 2  # once for the rehearsal, once for the run, none after it


def test_a_text_that_was_had_speaks_also_where_pages_are_not_fetched_any_more(
    tmp_path: Path, wild: Wild
) -> None:
    serve(wild, ["Ostriv"])
    pipeline.run(settings(tmp_path, wild), NOW)
    without = settings(tmp_path, wild, full_text=False)
    for built in (pipeline.compose(without, NOW), edition(pipeline.run(without, NOW))):
        assert built.coverage.dropped == ()
        assert len(built.articles) == 1
        assert built.sources[0].pages is None


def test_a_kind_that_was_mended_holds_for_what_came_before(tmp_path: Path, wild: Wild) -> None:
    serve(wild, ["Ostriv"])
    for kind in ("agency", "state media"):
        source = Source(feed=wild.url("/feed"), name="Ledger", kind=kind)
        made = settings(tmp_path, wild, sources=(source,), full_text=False)
        assert [a.kind for a in pipeline.run(made, NOW).edition.articles] == [kind]


def test_a_rehearsal_says_what_the_run_says_of_a_feed_that_moves_its_dates(
    tmp_path: Path, wild: Wild
) -> None:
    serve(wild, ["Ostriv", "Lypky"])
    made = settings(tmp_path, wild, full_text=False)
    pipeline.run(made, NOW - timedelta(hours=1))
    later = format_datetime(NOW - timedelta(hours=3)).encode()
    moved = re.sub(rb"(?<=<pubDate>)[^<]+", later, feed(wild, ["Ostriv", "Lypky", "Buzky"]))
    wild.pages["/feed"] = reply(moved)
    rehearsed = pipeline.run(made, NOW, dry_run=True).edition
    assert rehearsed == pipeline.run(made, NOW).edition


def test_of_many_pages_the_newest_are_asked_and_the_rest_is_told(
    tmp_path: Path, wild: Wild, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "MAX_SOURCE_PAGES", 2)
    places = ["Ostriv", "Lypky", "Buzky"]
    serve(wild, places)
    made = settings(tmp_path, wild)
    assert counted(pipeline.fetch_all(made, NOW)) == PageCount(3, had=2, left=1)
    assert not wild.asked("/news/Ostriv")
    assert counted(pipeline.fetch_all(made, NOW + timedelta(minutes=1))) == PageCount(3, had=3)


def test_a_page_that_a_run_had_no_time_for_is_left_and_has_lost_no_try(tmp_path: Path, wild: Wild) -> None:
    serve(wild, ["Ostriv", "Lypky", "Buzky"])
    wild.pages["/robots.txt"] = late(reply(b""), 30)
    brief = NETWORK.model_copy(update={"run": timedelta(seconds=0.5), "request": timedelta(seconds=20)})
    made = settings(tmp_path, wild, network=brief)
    for minutes in range(bounds.MAX_TRIES):
        found = pipeline.fetch_all(made, NOW + timedelta(minutes=minutes))
        assert counted(found) == PageCount(3, had=0, left=3)
    del wild.pages["/robots.txt"]
    found = pipeline.fetch_all(settings(tmp_path, wild), NOW + timedelta(minutes=9))
    assert counted(found) == PageCount(3, had=3)


def test_robots_txt_is_obeyed_and_told(tmp_path: Path, wild: Wild) -> None:
    serve(wild, ["Ostriv", "Lypky"])
    wild.pages["/robots.txt"] = reply(b"User-agent: *\nDisallow: /news/Lypky\n", content_type="text/plain")
    made = settings(tmp_path, wild)
    found = pipeline.fetch_all(made, NOW)
    assert counted(found) == PageCount(2, had=1, failed=1)
    assert not wild.asked("/news/Lypky")
    assert [(miss.address, "robots" in miss.reason) for miss in found.misses] == [
        (wild.url("/news/Lypky"), True)
    ]


def test_a_link_into_ones_own_network_is_not_followed(tmp_path: Path, wild: Wild) -> None:
    serve(wild, ["Ostriv"])
    wild.pages["/feed"] = reply(feed(wild, ["Ostriv"]).replace(b"127.0.0.1", b"127.0.0.2"))
    only = NETWORK.model_copy(update={"allow": ("127.0.0.1",)})
    found = pipeline.fetch_all(settings(tmp_path, wild, network=only), NOW)
    assert counted(found) == PageCount(1, had=0, failed=1)
    assert not wild.asked("/news/Ostriv")


def test_a_run_that_is_killed_among_the_pages_loses_nothing(tmp_path: Path, wild: Wild) -> None:
    places = ["Ostriv", "Lypky", "Buzky"]
    serve(wild, places)
    made = settings(tmp_path, wild)

    def kill(step: str, done: int, _of: int) -> None:
        if step == "2 read pages" and done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pipeline.fetch_all(made, NOW, progress=kill)
    kept = [a for a in pool(made).values() if not a.text.endswith("[…]")]
    assert (len(pool(made)), len(kept)) == (3, 1)
    assert counted(pipeline.fetch_all(made, NOW + timedelta(minutes=1))) == PageCount(3, had=3)
    title_of_kept = kept[0].title.split()[2]
    assert len(wild.asked(f"/news/{title_of_kept}")) == 1


def test_pages_are_asked_for_a_feed_that_did_not_change(tmp_path: Path, wild: Wild) -> None:
    wild.pages["/feed"] = reply(feed(wild, ["Ostriv"]), etag='"one"')
    wild.pages["/news/Ostriv"] = reply(b"", "503 Service Unavailable", retry_after="60")
    made = settings(tmp_path, wild)
    pipeline.fetch_all(made, NOW - timedelta(hours=3))
    serve(wild, ["Ostriv"])
    wild.pages["/feed"] = reply(b"", "304 Not Modified")
    assert counted(pipeline.fetch_all(made, NOW)) == PageCount(1, had=1)
    assert wild.asked("/feed")[-1].headers["if-none-match"] == '"one"'


def test_an_edition_says_in_its_own_language_how_the_pages_fared(tmp_path: Path, wild: Wild) -> None:
    serve(wild, ["Ostriv", "Paid", "Gone"])
    wild.pages |= {f"/news/{place}": BAD[place] for place in ("Paid", "Gone")}
    for language, line in (
        ("en", "full text of 1 of 3 excerpts, 1 behind a paywall or another wall, 1 failed"),
        ("uk", "повний текст 1 з 3 уривків, за платним чи іншим бар’єром 1, не вдалося отримати 1"),
    ):
        made = settings(tmp_path, wild, language=language, formats=("md", "html", "json"))
        folder = Path(pipeline.run(made, NOW).receipts[0].address).parent
        assert line in (folder / "edition.md").read_text("utf-8")
        assert line in (folder / "edition.html").read_text("utf-8").replace("\N{ZERO WIDTH SPACE}", "")


def test_fetch_prints_how_the_pages_fared(tmp_path: Path, wild: Wild, program: Callable[..., Any]) -> None:
    serve(wild, ["Ostriv", "Gone"])
    wild.pages["/news/Gone"] = BAD["Gone"]
    (tmp_path / "feeds.yaml").write_text(
        "title: Desk\ntimezone: UTC\nfull_text: true\nnetwork: {allow: [127.0.0.1], pause: 0s}\n"
        f"sources:\n  - {{feed: '{wild.url('/feed')}', name: Ledger}}\n"
    )
    done = program("fetch", "--now", NOW.isoformat(), cwd=tmp_path)
    assert done.stdout == "ok\t2\tLedger\t\n"
    assert "pages     Ledger: full text of 1 of 2 excerpts, 1 failed" in done.stderr
    assert "/news/Gone): HTTP 404" in done.stderr

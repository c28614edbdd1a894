"""Documents of every kind into articles."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.bounds import MAX_CHARACTERS, MAX_ENTRIES
from briefing.config.source import Source
from briefing.model import Article, Document, Miss
from briefing.read import SUFFIXES, read
from briefing.read.text import normalise

CASES = Path(__file__).parent / "cases"
FEED = Source(feed="https://harbour.example/rss", name="Wire")


def of_file(content: bytes | str, name: str, **settings: str) -> list[Article | Miss]:
    data = content.encode() if isinstance(content, str) else content
    source = Source.model_validate({"file": name, **settings})
    return read(Document("S", name, data), source, "Europe/Kyiv")


def case(name: str, **settings: str) -> list[Article | Miss]:
    return of_file((CASES / name).read_bytes(), name, **settings)


def of_feed(content: bytes | str) -> list[Article | Miss]:
    data = content.encode() if isinstance(content, str) else content
    return read(Document("Wire", "https://harbour.example/rss", data), FEED, "Europe/Kyiv")


def article(found: list[Article | Miss]) -> Article:
    (only,) = found
    assert isinstance(only, Article), only
    return only


def reasons(found: list[Article | Miss]) -> list[str]:
    return [f.reason for f in found if isinstance(f, Miss)]


def test_a_feed_entry_becomes_an_article() -> None:
    first = of_feed((CASES / "rss.xml").read_bytes())[0]
    assert isinstance(first, Article)
    assert (first.title, first.outlet, first.author) == ("Ferry & crew safe", "Wire", "Ada Holm")
    assert first.url == "https://harbour.example/2026/ferry"
    assert first.text == "The ferry is back.\n\nAll 40 people are\n\nsafe and well."
    assert first.published and first.published.isoformat() == "2026-03-11T09:00:00+03:00"


def test_an_entry_names_its_own_outlet_and_letters_beat_a_claimed_language() -> None:
    second = of_feed((CASES / "rss.xml").read_bytes())[1]
    assert isinstance(second, Article)
    assert (second.outlet, second.url, second.language, second.day_only) == ("Other Paper", "", "uk", True)


def test_an_entry_without_a_title_takes_its_first_sentence_and_one_without_anything_is_a_miss() -> None:
    _, _, third, fourth = of_feed((CASES / "rss.xml").read_bytes())
    assert isinstance(third, Article) and third.title == "No title stands here."
    assert third.published is None
    assert isinstance(fourth, Miss) and fourth.reason == "an entry with neither title nor text"


def test_a_json_feed_is_read_wherever_a_feed_may_stand() -> None:
    content = (CASES / "feed.json").read_bytes()
    for found in (of_feed(content), of_file(content, "a.json"), of_file(content, "a.xml")):
        assert reasons(found) == ["item 2 is no JSON object"]
        one, two = (f for f in found if isinstance(f, Article))
        assert (one.text, one.author) == ("Trucks came.\n\nTaps are dry.", "Desk")
        assert one.updated and one.updated.isoformat() == "2026-03-11T10:00:00+02:00"
        assert two.published and two.title == "A note without a title."


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<!DOCTYPE html><html><body>x</body></html>", "a web page came where a feed was expected"),
        (
            b"<!DOCTYPE html><html><head><link rel=alternate type=application/rss+xml href=/new.xml></head>",
            "a web page came where a feed was expected; it links the feed "
            "https://harbour.example/new.xml: write that into feeds.yaml",
        ),
        (b"  \n", "empty file"),
        (b"%PDF-1.7 \x00\x01", "a PDF, which is not read"),
        (b"no feed at all", "not a feed that can be read: syntax error"),
        (b"{", "not valid JSON: Expecting property name enclosed in double quotes, line 1"),
        (b'{"items": 3}', "not a JSON Feed: it has no list of items"),
        (b"<rss><channel>" + b"<a>" * 5_000, "not a feed that can be read: nested too deeply"),
    ],
)
def test_what_is_no_feed_is_a_miss_that_says_why(content: bytes, said: str) -> None:
    assert reasons(of_feed(content)) == [said]


def test_a_feed_without_entries_is_empty_not_missed() -> None:
    assert of_feed("<rss version='2.0'><channel><title>x</title></channel></rss>") == []


def test_a_feed_that_breaks_off_gives_what_it_has_and_says_so() -> None:
    found = of_feed("<rss><channel><item><title>One</title></item><item><title>Two</title>")
    assert [f.title for f in found if isinstance(f, Article)] == ["One", "Two"]
    assert "the feed is broken" in reasons(found)[0]


def test_a_feed_that_never_ends_is_cut_and_says_so() -> None:
    items = "<item><title>x</title></item>" * (MAX_ENTRIES + 3)
    found = of_feed(f"<rss><channel>{items}</channel></rss>")
    assert len(found) == MAX_ENTRIES + 1
    assert reasons(found) == ["3 of 2,003 entries left out: a feed is read up to 2,000"]


def test_a_page_is_read_without_the_lines_that_ask_something_of_its_readers() -> None:
    report = [
        f"The ferry to Lund stopped at {hour} on Monday because the ice was too thick." for hour in range(9)
    ]
    lines = [*report[:4], "Sign up for our newsletter", *report[4:], "Follow us on every channel"]
    body = "".join(f"<p>{text}</p>" for text in lines)
    found = of_file(f"<html><body><article><h1>Ice stops ferry</h1>{body}</article></body></html>", "a.html")
    assert article(found).text == "\n\n".join(report)


def test_an_entry_is_linked_where_people_can_open_it() -> None:
    link = '<link rel="x" uri="at://did:plc:harbour/post/1">https://harbour.example/ferry</link>'
    found = of_feed(f"<rss><channel><item><title>Ferry</title>{link}</item></channel></rss>")
    assert article(found).url == "https://harbour.example/ferry"


def test_a_feed_in_undeclared_cyrillic_is_read() -> None:
    text = "Вода прибуває у містах на півдні, повідомила обласна рада у середу ввечері."
    xml = f"<rss><channel><item><title>{text}</title></item></channel></rss>"
    assert article(of_feed(xml.encode("windows-1251"))).title == text


def test_front_matter_goes_before_configuration() -> None:
    note = article(case("clipping.md", outlet="Folder", language="uk", timezone="UTC"))
    assert (note.title, note.outlet, note.language) == ("Ice on the river", "Valley Paper", "en")
    assert note.text == "The ice broke on Tuesday.\n\nTwo bridges are shut."
    assert note.published and note.published.isoformat() == "2026-03-11T09:15:00+00:00"


@pytest.mark.parametrize("front", ["- a\n- b", "a: [", "just words"])
def test_broken_front_matter_is_noted(front: str) -> None:
    note = article(of_file(f"---\n{front}\n---\n# T\n\nBody text.", "a.md"))
    assert (note.title, note.text, note.notes) == ("T", "Body text.", ("its front matter could not be read",))


def test_a_mail_shows_its_plain_text_only() -> None:
    mail = article(case("mail.eml"))
    assert (mail.title, mail.author, mail.text) == ("Ice – update", "Jo Rell", "Лід скрес.")
    assert mail.published and mail.published.isoformat() == "2026-03-11T09:15:00+02:00"


def test_a_bad_line_of_jsonl_is_named_and_the_others_survive() -> None:
    found = case("articles.jsonl")
    assert [f.title for f in found if isinstance(f, Article)] == ["One", "Four"]
    assert [f.address for f in found if isinstance(f, Miss)] == ["articles.jsonl:2", "articles.jsonl:3"]


def test_a_page_states_its_own_title_outlet_time_and_address() -> None:
    page = article(case("page.html"))
    assert (page.title, page.outlet) == ("Bridge opens after a year", "Valley Paper")
    assert page.url == "https://valley.example/bridge"
    assert page.published and page.published.isoformat() == "2026-03-11T09:15:00+02:00"
    assert page.text.startswith("The bridge over the river") and "rights" not in page.text


@pytest.mark.parametrize(
    ("text", "title", "rest"),
    [
        ("A headline\n\nThe text.", "A headline", "The text."),
        ("Support our paper!\n\nA headline\n\nThe text.", "A headline", "Support our paper!\n\nThe text."),
        ("Subscribe now\nA headline\nThe text.", "A headline", "Subscribe now\n\nThe text."),
        ("Support for the plan wanes\n\nThe text.", "Support for the plan wanes", "The text."),
        ("All is text. Even here.\n\nMore.", "All is text.", "All is text. Even here.\n\nMore."),
        ("Only a line", "Only a line", "Only a line"),
    ],
)
def test_the_title_of_a_note_is_its_first_short_line(text: str, title: str, rest: str) -> None:
    note = article(of_file(text, "a.txt"))
    assert (note.title, note.text) == (title, rest)


def test_configuration_fills_what_a_note_leaves_out() -> None:
    note = article(
        of_file("A headline\n\nText.", "a.txt", outlet="O", published="2026-03-11", kind="analyst")
    )
    assert (note.outlet, note.kind, note.day_only) == ("O", "analyst", True)
    assert note.published and note.published.isoformat() == "2026-03-11T23:59:59+02:00"


def test_a_folders_name_is_no_outlet() -> None:
    source = Source(folder="notes", name="Clippings")
    assert article(read(Document("Clippings", "notes/a.txt", b"T\n\nText."), source, "UTC")).outlet == ""


def test_a_text_that_is_too_long_is_cut_at_a_paragraph_and_says_so() -> None:
    note = article(
        of_file("T\n\n" + "A sentence of a long text. " * 4 + ("\n\n" + "word " * 100) * 500, "a.txt")
    )
    assert len(note.text) <= MAX_CHARACTERS and note.text.endswith("word")
    assert note.notes[0].startswith("cut at 200,000 of 250,")


@pytest.mark.parametrize(
    "data",
    [b"\xef\xbb\xbfT\n\n\xd0\x86.", "T\n\nІ.".encode("utf-16"), b"T\n\n" + "І, ї та є — літери.".encode()],
)
def test_a_note_is_decoded_by_mark_or_as_utf8(data: bytes) -> None:
    assert article(of_file(data, "a.txt")).text.startswith("І")


def test_binary_is_a_miss() -> None:
    assert reasons(of_file(bytes(range(256)) * 10, "a.txt")) == ["not text: this file is binary"]


def test_an_unknown_kind_of_file_is_a_miss() -> None:
    assert reasons(of_file("x", "a.docx"))[0].startswith("unknown kind of file; known: ")


def test_the_same_text_has_the_same_id_and_another_has_another() -> None:
    one, same, other = (article(of_file(f"T\n\n{t}.", "a.txt")).id for t in ("Text", "Text", "Texts"))
    assert one == same != other and len(one) == 16


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "http://", "http://[::1", "https://a b", "data:x"]
)
def test_only_web_addresses_are_addresses(url: str) -> None:
    assert article(of_file(json.dumps({"title": "T", "text": "x", "url": url}), "a.json")).url == ""


@pytest.mark.parametrize(
    "content", ["[" * 100_000, "<div>" * 50_000 + "x", "> " * 3_000 + "x", "[" * 20_000, "<!--" * 20_000]
)
@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
def test_nesting_without_end_does_no_harm(content: str, suffix: str) -> None:
    assert not [r for r in reasons(of_file(content, f"a{suffix}")) if "could not be read" in r]


PREFIXES = st.sampled_from(
    [b"", b"<rss><channel><item><title>", b"---\ntitle: ", b"{", b"<html><p>", b"Subject: ", b"\xff\xfe"]
)


@settings(deadline=None)  # the first example loads libraries
@given(PREFIXES, st.binary(max_size=300), st.sampled_from(sorted(SUFFIXES)))
def test_any_bytes_give_articles_in_normal_form_or_misses(prefix: bytes, data: bytes, suffix: str) -> None:
    for found in of_file(prefix + data, f"a{suffix}"):
        if isinstance(found, Article):
            assert (
                found.title and normalise(found.text) == found.text and normalise(found.title) == found.title
            )
        else:
            assert found.reason and "could not be read" not in found.reason


def test_the_seed_note_is_titled_by_its_headline(shared: Path) -> None:
    note = article(of_file((shared / "seeds" / "kursk-incursion-2.txt").read_bytes(), "a.txt"))
    assert note.title.startswith("Ukraine Aims to")
    assert note.text.startswith("Support The")


@pytest.mark.slow
def test_no_feed_of_the_collection_raises(shared: Path) -> None:
    folder = shared / "data" / "feeds"
    paths = [
        json.loads(row)["path"] for row in (folder / "index.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert paths
    for path in paths:
        assert not [r for r in reasons(of_feed((folder / path).read_bytes())) if "could not be read" in r], (
            path
        )


MANY = " ".join(f'a{i}="x"' for i in range(20_000))
CROWDED = "a tag with more than 1,000 attributes: not a page that people wrote"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", f"<html><body><p {MANY}>text</p></body></html>"),
        ("a.html", f"<html><body><p {MANY.replace('x', '>')}>text</p></body></html>"),
        ("a.html", f"<html><body><p {MANY.replace(' ', '')}>text</p></body></html>"),
        ("a.html", f"<html><body><p {' '.join(f'a{i}' for i in range(20_000))}>text</p></body></html>"),
        ("a.rss", f"<rss><channel><item {MANY}><title>x</title></item></channel></rss>"),
        ("a.eml", f"Subject: x\nContent-Type: text/html\n\n<p {MANY}>text</p>"),
    ],
)
def test_a_tag_of_thousands_of_attributes_is_refused_before_a_parser_sees_it(name: str, content: str) -> None:
    assert reasons(of_file(content, name)) == [CROWDED]


def test_such_a_tag_in_one_entry_leaves_the_others() -> None:
    entry = f"<item><title>One</title><description><![CDATA[<p {MANY}>x</p>]]></description></item>"
    feed = of_feed(f"<rss><channel>{entry}<item><title>Two</title></item></channel></rss>")
    assert [f.title for f in feed if isinstance(f, Article)] == ["One", "Two"]
    items = [{"title": "One", "content_html": f"<p {MANY}>x</p>"}, {"title": "Two"}]
    listed = of_feed(json.dumps({"items": items}))
    assert reasons(listed) == [f"item 1: {CROWDED}"]
    assert [f.title for f in listed if isinstance(f, Article)] == ["Two"]


def test_long_values_and_scripts_are_no_attributes() -> None:
    style = "x:1; " * 5_000
    script = "if (a<b && c == d) { e = f; } " * 50
    page = f"<html><body><article><p style='{style}'>{'The ferry is back. ' * 40}</p></article>"
    assert article(of_file(f"{page}<script>{script}</script></body></html>", "a.html")).text


@pytest.mark.parametrize(
    ("date", "notes"),
    [
        ("11/03/2026", ("its date “11/03/2026” could not be read",)),
        ("x" * 60, (f"its date “{'x' * 40}” could not be read",)),
        (
            "11 March 2026 09:00 IST",
            ("its time “11 March 2026 09:00 IST” has an unknown zone: the day alone is kept",),
        ),
        ("11 March 2026 09:00 MSK", ()),
        ("11 March 2026", ()),
        ("", ()),
    ],
)
def test_a_stated_date_that_was_lost_leaves_a_note(date: str, notes: tuple[str, ...]) -> None:
    record = json.dumps(
        {"title": "Ice on the river", "text": "The ice broke.", "date": date, "language": "en"}
    )
    assert article(of_file(record, "a.json")).notes == notes


def test_a_later_date_in_place_of_a_lost_one_is_told() -> None:
    record = {
        "title": "Ice",
        "text": "It broke.",
        "date": "11/03/2026",
        "updated": "2026-03-12T09:00Z",
        "language": "en",
    }
    found = article(of_file(json.dumps(record), "a.json"))
    assert found.published and found.published.day == 12
    assert found.notes == ("its date “11/03/2026” could not be read",)


def test_a_line_that_holds_no_article_is_named() -> None:
    found = of_file('{"title": "One"}\n{}\n{"text": ""}\n', "a.jsonl")
    assert [f.address for f in found if isinstance(f, Miss)] == ["a.jsonl:2", "a.jsonl:3"]
    listed = of_file('[{"title": "One"}, {}]', "a.json")
    assert [f.address for f in listed if isinstance(f, Miss)] == ["a.json, item 2"]

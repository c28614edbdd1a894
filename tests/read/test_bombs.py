"""Documents that would cost too much: each ends with a Miss that says why, or with articles that are bounded.

What they cost is measured by script/bench; here it shows as a test that does not end.
"""

import resource
from collections.abc import Callable

import pytest

from briefing.bounds import MAX_CHARACTERS, MAX_ENTRIES, MAX_ROWS
from briefing.config.source import Source
from briefing.model import Article, Document, Miss
from briefing.read import read

MEGABYTE = 1_000_000


def feed(inside: str) -> str:
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>t</title>{inside}</channel></rss>"


def item(text: str) -> str:
    return f"<item><title>x</title><description>{text}</description></item>"


def lol() -> str:
    grown = "".join(f"<!ENTITY {chr(98 + i)} '{f'&{chr(97 + i)};' * 10}'>" for i in range(9))
    return f"<?xml version='1.0'?><!DOCTYPE l [<!ENTITY a 'lol'>{grown}]>" + feed(item("&j;"))[21:]


def quadratic() -> str:
    entity = f"<!DOCTYPE l [<!ENTITY a '{'x' * 50_000}'>]>"
    return f"<?xml version='1.0'?>{entity}" + feed(item("&a;" * 50_000))[21:]


BOMBS: dict[str, Callable[[], str]] = {
    "lol.xml": lol,
    "quadratic.xml": quadratic,
    "open.xml": lambda: feed("<a>" * 300_000),
    "nested.xml": lambda: feed(f"<item>{'<a>' * 100_000}{'</a>' * 100_000}</item>"),
    "nested-text.xml": lambda: feed(item(f"<![CDATA[{'<div>' * 200_000}]]>")),
    "many-nested-texts.xml": lambda: feed(item(f"<![CDATA[{'<div>' * 2_000}]]>") * 500),
    "items.xml": lambda: feed("<item><title>x</title></item>" * 300_000),
    "empty-items.xml": lambda: feed("<item/>" * 1_000_000),
    "guids.xml": lambda: feed(f"<item>{'<guid>x</guid>' * 500_000}</item>"),
    "contents.xml": lambda: (
        f"<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>x</title>"
        f"{'<content>x</content>' * 200_000}</entry></feed>"
    ),
    "ampersands.xml": lambda: feed(item("&" * 3 * MEGABYTE)),
    "less-than.xml": lambda: feed(item("<" * 3 * MEGABYTE)),
    "attribute.xml": lambda: feed(f"<item a='{'x' * 5 * MEGABYTE}'><title>x</title></item>"),
    "attributes.xml": lambda: feed(f"<item {' '.join(f'a{i}=1' for i in range(200_000))}/>"),
    "links.xml": lambda: feed("<link a uri='at:" * 300_000),
    "comments.xml": lambda: feed("<!--" * MEGABYTE),
    "doctypes.xml": lambda: "<!DOCTYPE a [" * 500_000,
    "deep.html": lambda: "<html><body>" + "<div>" * 500_000,
    "crowded.html": lambda: "<html><body>" + f"<p {' '.join(f'a{i}' for i in range(900))}>word" * 2_000,
    "long.html": lambda: "<html><body><article><p>" + "word and. " * 900_000,
    "front.md": lambda: "---\n" + "a: &a [x,x]\n" + "b: &b [*a,*a]\n" * 20 + "---\nhi",
    "front-marks.md": lambda: "---\n" * 300_000,
    "brackets.md": lambda: "[" * 200_000,
    "quotes.md": lambda: "> " * 100_000,
    "backticks.md": lambda: "`" * 200_000,
    "deep.json": lambda: "[" * 5 * MEGABYTE,
    "number.json": lambda: '{"title":' + "1" * 5 * MEGABYTE + "}",
    "word.xml": lambda: feed(item("x" * 9 * MEGABYTE)),
    "title.xml": lambda: feed(f"<item><title>{'x y ' * 2 * MEGABYTE}</title></item>"),
    "lines.xml": lambda: feed(item("a\n" * 4 * MEGABYTE)),
    "marks.txt": lambda: "a" + "\u0301\u0323" * 3 * MEGABYTE,
    "spans.html": lambda: "<html><body><article><p>" + "<span>some words</span> " * 19_000,
    "paragraphs.html": lambda: "<html><body><article>" + "<p>some words here to read</p>" * 70_000,
    "brackets-many.md": lambda: ("[" * 900 + "\n\n") * 200,
    "backslashes.md": lambda: "\\" * 200_000,
    "prologue.xml": lambda: "<!doctype " + "[]" * 3_000 + "<",
    "parts.eml": lambda: "Content-Type: multipart/mixed; boundary=b\n\n" + "--b\n\n\n" * 300_000,
    "rows.jsonl": lambda: "{}\n" * MEGABYTE,
    "objects.json": lambda: "[" + "{}," * MEGABYTE + "{}]",
    "deep.jsonl": lambda: ("[" * 5_000 + "\n") * 200,
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_a_miss_or_a_bounded_article(name: str) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = read(Document("S", name, BOMBS[name]().encode()), Source(file=name), "UTC")
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1_000
    assert found
    assert len(found) <= MAX_ENTRIES + 2 or name.endswith(".jsonl")
    assert all(one.reason and "\n" not in one.reason for one in found if isinstance(one, Miss))
    assert all(len(one.text) <= MAX_CHARACTERS for one in found if isinstance(one, Article))
    assert grown < 400  # MB; the bound of one document is 200, and the libraries are loaded here too


def test_of_too_many_entries_the_first_are_read_and_the_others_counted() -> None:
    entries = "".join(f"<item><title>Report {number}</title></item>" for number in range(MAX_ENTRIES + 500))
    *articles, miss = read(Document("S", "a.xml", feed(entries).encode()), Source(file="a.xml"), "UTC")
    assert [one.title for one in articles if isinstance(one, Article)][:: MAX_ENTRIES - 1] == [
        "Report 0",
        f"Report {MAX_ENTRIES - 1}",
    ]
    assert isinstance(miss, Miss)
    assert miss.reason.startswith("500 of 2,500 entries left out")


def test_windows_letters_that_nobody_declared_are_bounded_too() -> None:
    """Each letter is an object of its own where text is looked at letter by letter."""
    sentence = "Ночью дроны ударили по станции в пригороде, ранены трое железнодорожников. "
    content = feed(item(sentence * 110_000)).encode("cp1251")
    (one,) = read(Document("S", "a.xml", content), Source(file="a.xml"), "UTC")
    assert isinstance(one, Article) and one.text.startswith(sentence)
    assert one.notes == ("cut at 200,000 of more than 500,000 characters",)


def test_of_a_file_of_too_many_rows_the_first_are_read_and_the_others_counted() -> None:
    rows = "".join(f'{{"title": "Report {number}"}}\n' for number in range(MAX_ROWS + 10))
    *articles, miss = read(Document("S", "a.jsonl", rows.encode()), Source(file="a.jsonl"), "UTC")
    assert len(articles) == MAX_ROWS
    assert isinstance(miss, Miss) and miss.reason.startswith("10 of 20,010 rows left out")

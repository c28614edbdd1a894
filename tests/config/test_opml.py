"""Lists of feeds as programs write them, broken ones included, and there and back again."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from briefing.bounds import MAX_FOLDERS, MAX_LIST, MAX_NAME
from briefing.config import Source, opml
from briefing.errors import ConfigError

LISTS = Path(__file__).parent / "opml"
EXPECTED = tomllib.loads((LISTS / "expected.toml").read_text(encoding="utf-8"))
ONE = '<opml version="2.0"><body><outline text="{}" xmlUrl="https://a.example/rss"/></body></opml>'

words = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=8)
names = st.lists(words, min_size=1, max_size=3).map(" ".join)
plain = words.map(lambda word: word.replace("/", "").replace(",", "")).filter(bool)
paths = st.lists(plain, max_size=3).map("/".join)
feeds = st.builds(
    Source,
    feed=st.integers(0, 10_000).map(lambda n: f"https://a.example/{n}?x=1&y=<2>"),
    name=st.just("") | names,
    group=paths,
    themes=st.lists(paths.filter(bool), max_size=2, unique=True).map(tuple),
    kind=st.sampled_from(("unknown", "agency", "analyst")),
    outlet=st.just("") | names,
    language=st.sampled_from(("", "uk")),
    timezone=st.sampled_from(("", "Europe/Kyiv")),
    published=st.none() | st.dates() | st.datetimes(timezones=st.just(UTC)),
    full_text=st.none() | st.booleans(),
)


def test_every_sample_is_expected() -> None:
    assert {path.stem for path in LISTS.glob("*.opml")} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_list_of_another_program_comes_in_and_the_rest_is_told_with_its_line(name: str) -> None:
    listed = opml.read((LISTS / f"{name}.opml").read_bytes())
    found = [[s.name, s.group, s.feed, list(s.themes)] for s in listed.sources]
    assert found == EXPECTED[name]["feeds"]
    assert [[p.line, p.text] for p in listed.problems] == EXPECTED[name]["told"]


@given(st.lists(feeds, max_size=6))
def test_what_goes_out_comes_in_again(sources: list[Source]) -> None:
    listed = opml.read(opml.write(sources, "Морні & <Co>"))
    assert listed.problems == ()
    first = {source.group: place for place, source in reversed(list(enumerate(sources)))}
    assert sorted(listed.sources, key=repr) == sorted(sources, key=repr)
    groups = [source for source in listed.sources if "/" not in source.group]
    assume(all("/" not in group for group in first))
    by_folder = sorted((s for s in sources if s.group), key=lambda s: first[s.group])
    assert [s for s in groups if s.group] == by_folder, "folders come in the order in which they were met"
    assert opml.write(listed.sources, "x") == opml.write(
        opml.read(opml.write(listed.sources, "x")).sources, "x"
    )


def test_the_same_feeds_are_the_same_bytes_and_only_a_given_time_is_stated() -> None:
    sources = [Source(feed="https://a.example/rss", name="A"), Source(folder="inbox")]
    written = opml.write(sources, "T")
    assert written == opml.write(sources, "T")
    assert b"dateCreated" not in written
    assert b"inbox" not in written
    dated = opml.write(sources, "T", datetime(2026, 3, 12, 6, tzinfo=UTC))
    root = ElementTree.fromstring(dated)
    assert root.get("version") == "2.0"
    assert root.findtext("head/dateCreated") == "Thu, 12 Mar 2026 06:00:00 +0000"


@pytest.mark.parametrize(
    "content",
    [
        ONE.format("Київ").encode(),
        b"\xef\xbb\xbf" + ONE.format("Київ").encode(),
        ('<?xml version="1.0" encoding="windows-1251"?>' + ONE.format("Київ")).encode("cp1251"),
        ('<?xml version="1.0" encoding="utf-16"?>' + ONE.format("Київ")).encode("utf-16"),
        ('<?xml version="1.0" encoding="no-such"?>' + ONE.format("&#1050;&#x438;їв")).encode(),
        ONE.format("Київ").replace("xmlUrl", "XMLURL").replace("outline", "Outline").encode(),
        ONE.format("Київ").replace('version="2.0"', 'xmlns="http://opml.org/spec2"').encode(),
    ],
)
def test_letters_are_read_as_they_were_meant(content: bytes) -> None:
    (source,) = opml.read(content).sources
    assert source.name == "Київ"


def test_a_name_steers_no_terminal_and_is_no_longer_than_names_are() -> None:
    hostile = "\N{RIGHT-TO-LEFT OVERRIDE}a&#10;b&#27;[2J" + "x" * 5_000
    (source,) = opml.read(ONE.format(hostile).encode()).sources
    assert source.name.startswith("a b")
    assert source.name.isprintable()
    assert len(source.name) <= MAX_NAME


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no OPML"),
        (b"\0" * 100, "no OPML"),
        (b"<html><body>hello</body></html>", "no OPML"),
        (b'<!DOCTYPE opml [<!ENTITY a "aaaa">]>' + ONE.format("&a;").encode(), "declares entities"),
        (
            b'<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + ONE.format("&x;").encode(),
            "declares",
        ),
        (b" " * (MAX_LIST + 1), "larger than"),
    ],
)
def test_what_is_no_list_is_told(content: bytes, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        opml.read(content)


def test_folders_without_end_are_bounded() -> None:
    deep = "<opml><body>" + '<outline text="f">' * 3_000 + '<outline text="x" xmlUrl="https://a.example/1"/>'
    listed = opml.read(deep.encode())
    assert all(source.group.count("/") < MAX_FOLDERS for source in listed.sources)


@given(
    st.binary(max_size=200)
    | st.text(max_size=200).map(lambda text: ONE.format(text).encode("utf-8", "replace"))
)
def test_any_bytes_are_a_list_or_told(content: bytes) -> None:
    try:
        opml.read(content)
    except ConfigError as error:
        assert str(error)

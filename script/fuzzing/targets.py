"""The readers, and how bytes become a document for each."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

CASES = Path(__file__).parents[2] / "tests/read/cases"
ADDRESS = "https://harbour.example/feed"
LANGUAGES = ("", "en", "uk", "ru", "de", "fr")


@dataclass(frozen=True, slots=True)
class Target:
    """One reader: what is instrumented, the words of its formats, what it starts from, how it is called."""

    suffix: str = ""  # of a file that only this reader takes; "" where it is asked over the network
    libraries: tuple[str, ...] = ()  # instrumented beside briefing.read
    words: tuple[str, ...] = ()  # the lists of words.toml
    seeds: tuple[str, ...] = ()  # ends of names under tests/read/cases
    texts: tuple[bytes, ...] = ()  # further seeds, written here
    call: Callable[[bytes], object] | None = field(default=None)  # instead of reading a document


DATES = (
    "\x006 août 2024 09:15".encode(),  # of no stated language: all of them are tried, and loaded first
    b"\x01Tue, 06 Aug 2024 09:15:00 MSK",
    "\x036 серпня 2024, 09:15 за київським часом".encode(),
    b"\x012024-08-06T09:15:00.5+0530",
    b"\x01August 6, 2024 9:15 p.m. ET",
    b"\x042024-W32-2",
    b"\x0106.08.24 09:15 GMT+3",
)
WORDS: Mapping[str, list[str]] = tomllib.loads(
    (Path(__file__).parent / "words.toml").read_text(encoding="utf-8")
)


def _moment(data: bytes) -> None:
    """A date in the language of its first byte."""
    from briefing.read.when import moment

    raw = data[1:].decode("utf-8", "replace")
    found = moment(raw, ZoneInfo("Europe/Kyiv"), LANGUAGES[data[0] % len(LANGUAGES)] if data else "")
    if found is not None:
        if found.at.tzinfo is None:
            raise ValueError(f"a time without a zone: {raw!r}")
        found.at.timestamp()


TARGETS: Mapping[str, Target] = {
    "feed": Target(libraries=("feedparser",), words=("xml",), seeds=(".xml",)),
    "jsonfeed": Target(words=("json",), seeds=(".json",)),
    "page": Target(suffix=".html", libraries=("trafilatura",), words=("html",), seeds=(".html",)),
    "mail": Target(suffix=".eml", libraries=("email",), words=("mail", "html"), seeds=(".eml",)),
    "clipping": Target(suffix=".md", libraries=("markdown",), words=("markdown", "html"), seeds=(".md",)),
    "note": Target(suffix=".txt", words=("markdown",), texts=(b"A headline\n\nThe text. More of it.",)),
    "record": Target(suffix=".json", words=("json",), seeds=(".json",)),
    "records": Target(suffix=".jsonl", words=("json",), seeds=(".jsonl",)),
    "when": Target(
        words=("date",),
        texts=DATES,
        call=_moment,
    ),
}


def caller(name: str) -> Callable[[bytes], object]:
    """What is called with the bytes of one document. Imports the readers: they can be instrumented before."""
    target = TARGETS[name]
    if target.call is not None:
        return target.call
    from briefing.config.source import Source
    from briefing.model import Document
    from fuzzing.promise import hold

    source = Source(file=f"a{target.suffix}") if target.suffix else Source(feed=ADDRESS)
    address = f"a{target.suffix}" if target.suffix else ADDRESS
    return lambda data: hold(Document("Wire", address, data), source)


def words_of(name: str) -> list[str]:
    """The words of a target's formats."""
    return [word for listed in TARGETS[name].words for word in WORDS[listed]]


def seeds(name: str) -> Iterator[bytes]:
    """The documents that a target starts from: the cases of tests/read and a few of its own."""
    target = TARGETS[name]
    yield from target.texts
    for path in sorted(CASES.rglob("*")):
        if path.is_file() and path.name.endswith(target.seeds or ("\0",)):
            yield path.read_bytes()

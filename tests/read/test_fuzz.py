"""What reading promises of any document, over documents that are almost right, and a short fuzzing of each reader.

Broken documents that script/fuzz found, once mended, lie in cases/found, named by the reader that took them.
"""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

ROOT = Path(__file__).parents[2]
FOUND = Path(__file__).parent / "cases/found"
sys.path.insert(0, str(ROOT / "script"))

from fuzzing.targets import TARGETS, caller  # noqa: E402 - the scripts are no package of the program

few = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

TEXT = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "The ferry is back.", "Лід скрес у середу.", "&amp;lt;b&gt;", "]]>", "<![CDATA[x]]>", "&#0;", "&#x110000;",
            "\u202e\u200b", "\x00\x0b", "javascript:alert(1)", "https://h.example/a b", "{{ 7 * 7 }}", "../../etc",
            "Tue, 06 Aug 2024 09:15:00 ET", "9999-12-31T23:59:59+14:00", "0001-01-01T00:00:00-12:00", "24:00", "-1",
        ]
    ),
)  # fmt: skip
NAMES = st.sampled_from(
    [
        "title", "link", "description", "pubDate", "guid", "author", "dc:date", "content:encoded", "source",
        "updated", "published", "content", "summary", "id", "media:group", "category", "item", "entry", "channel",
    ]
)  # fmt: skip
MARKS = st.sampled_from(
    ["", ' type="html"', ' type="xhtml"', ' href="/x"', ' xml:base="//y"', ' rel="self"', " a"]
)


def element(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """An element, now and then without its end."""
    return st.builds(
        lambda name, mark, body, ends: f"<{name}{mark}>{body}{f'</{name}>' if ends else ''}",
        NAMES, MARKS, inner, st.sampled_from([True] * 9 + [False]),
    )  # fmt: skip


MARKUP = st.recursive(TEXT, lambda inner: element(st.lists(inner, max_size=4).map("".join)), max_leaves=25)
FEEDS = st.builds(
    lambda root, body, charset: f"<{root}><channel><item>{body}</item></channel>".encode(charset, "replace"),
    st.sampled_from(['rss version="2.0"', 'feed xmlns="http://www.w3.org/2005/Atom"', "rdf:RDF", "rss"]),
    MARKUP,
    st.sampled_from(["utf-8", "windows-1251", "utf-16", "iso-8859-1", "utf-8-sig"]),
)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), TEXT),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXT, inner, max_size=3)),
    max_leaves=8,
)
KEYS = (
    "id url external_url title content_html content_text summary date_published date_modified authors language "
    "text outlet published updated author date"
)
ITEMS = st.dictionaries(st.sampled_from(KEYS.split()), VALUES, max_size=6)
JSON_FEEDS = st.builds(
    lambda items, rest: json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", **rest, "items": items}
    ).encode(),
    st.lists(st.one_of(ITEMS, VALUES), max_size=4),
    st.dictionaries(st.sampled_from(["title", "language", "authors", "author"]), VALUES),
)
HEADERS = st.lists(
    st.tuples(
        st.sampled_from(["Subject", "From", "Date", "Content-Type", "Content-Transfer-Encoding", "To", "X"]),
        st.one_of(
            TEXT,
            st.sampled_from(
                [
                    "text/html; charset=koi8-r",
                    "multipart/mixed; boundary=b",
                    "base64",
                    "quoted-printable",
                    "=?x?B?!?=",
                ]
            ),
        ),
    ),
    max_size=6,
)
MAILS = st.builds(
    lambda headers, body: (
        "".join(f"{n}: {v}\n" for n, v in headers).encode("utf-8", "replace") + b"\n" + body
    ),
    HEADERS,
    st.one_of(
        st.binary(max_size=200), MARKUP.map(lambda text: f"--b\n\n{text}\n--b--".encode("utf-8", "replace"))
    ),
)
PAGES = MARKUP.map(
    lambda body: f"<html><body><article><h1>T</h1>{body * 3}</article>".encode("utf-8", "replace")
)
CLIPPINGS = st.builds(
    lambda front, body: f"---\n{front}\n---\n# T\n\n{body}".encode("utf-8", "replace"),
    st.dictionaries(st.sampled_from(KEYS.split()), TEXT, max_size=3).map(
        lambda keys: "\n".join(f"{key}: {value}" for key, value in keys.items())
    ),
    MARKUP,
)
RECORDS = st.lists(ITEMS, max_size=3).map(lambda rows: "\n".join(map(json.dumps, rows)).encode())
DOCUMENTS = {
    "feed": FEEDS,
    "jsonfeed": JSON_FEEDS,
    "page": PAGES,
    "mail": MAILS,
    "clipping": CLIPPINGS,
    "note": MARKUP.map(lambda text: text.encode("utf-8", "replace")),
    "record": ITEMS.map(lambda item: json.dumps(item).encode()),
    "records": RECORDS,
    "when": TEXT.map(lambda text: b"\x01" + text.encode("utf-8", "replace")),
}


def test_every_reader_has_documents_of_its_own() -> None:
    assert set(DOCUMENTS) == set(TARGETS)


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_documents_that_are_almost_right_keep_the_promise(name: str) -> None:
    call = caller(name)
    given(DOCUMENTS[name])(few(lambda content: call(content)))()


@pytest.mark.parametrize("path", sorted(FOUND.iterdir()), ids=lambda path: path.name)
def test_what_a_fuzzer_found_is_mended(path: Path) -> None:
    caller(path.name.partition("-")[0])(path.read_bytes())


@pytest.mark.slow
@pytest.mark.parametrize("name", ["feed", "jsonfeed", "mail", "clipping", "when"])
def test_a_short_fuzzing_from_a_fixed_seed_finds_nothing(name: str, tmp_path: Path) -> None:
    if find_spec("atheris") is None:
        pytest.skip("atheris has no wheel for this Python or system")
    done = subprocess.run(
        [sys.executable, "-P", "-m", "fuzzing", "--only", name, "--runs", "2000", "--keep", str(tmp_path)],
        env={"PATH": "", "PYTHONPATH": f"{ROOT / 'script'}:{ROOT}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2,000" in done.stdout

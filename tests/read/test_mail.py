"""Mails into articles: cases are mails with what is expected of them."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.bounds import MAX_MAIL_PARTS
from briefing.config.source import Imap, Source
from briefing.model import Article, Document, Miss
from briefing.read import read
from briefing.read.envelope import decoded

CASES = tomllib.loads((Path(__file__).parent / "cases" / "mails.toml").read_text(encoding="utf-8"))["case"]
SOURCES = (Source(mail="box.mbox"), Source(imap=Imap(server="imap.example.org")))


def of_mail(mail: bytes, source: Source = SOURCES[0]) -> list[Article | Miss]:
    return read(Document("S", "box.mbox#1@harbour.example", mail), source, "Europe/Kyiv")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"])
@pytest.mark.parametrize("source", SOURCES, ids=["mail", "imap"])
def test_a_mail_is_read(case: dict[str, Any], source: Source) -> None:
    found = of_mail(case["mail"].removeprefix("\n").encode(), source)
    if "reason" in case:
        assert [one.reason for one in found if isinstance(one, Miss)] == [case["reason"]]
        return
    articles = [one for one in found if isinstance(one, Article)]
    assert len(articles) == len(found)
    if "several" in case:
        assert [f"{a.title} | {a.outlet} | {a.author} | {a.text}" for a in articles] == case["several"]
        return
    (article,) = articles
    assert article.title == case["headline"]
    assert article.text == case["text"].strip()
    for name in ("outlet", "author", "url"):
        assert name not in case or getattr(article, name) == case[name], name
    assert ("published" in case) == (article.published is not None)
    if article.published:
        assert article.published == type(article.published).fromisoformat(case["published"])


def test_what_feeds_yaml_says_of_the_outlet_goes_before_the_senders_name() -> None:
    source = Source(mail="box.mbox", outlet="Harbour Daily", name="Newsletters")
    mail = b"From: Jo at Harbour <jo@harbour.example>\nList-Id: <x.example>\nSubject: Ferry\n\nIt sails.\n"
    (article,) = of_mail(mail, source)
    assert isinstance(article, Article)
    assert article.outlet == "Harbour Daily"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("plain", "plain"),
        ("=?utf-8?B?0Jw=?= =?utf-8?B?0Lg=?=", "Ми"),
        ("=?utf-8?B?0A==?= =?utf-8?B?nA==?=", "М"),  # a letter cut in two
        ("=?utf-8?Q?Ice=5Fand?= =?iso-8859-1?Q?_sn=F6w?= now", "Ice_and snöw now"),
        ("a =?utf-8*en?q?b?= c", "a b c"),
        ("=?nonsense?q?=D0=9C?=", "М"),
        ("=?utf-8?b?A?= rest", " rest"),
        ("=?utf-8?q?open", "=?utf-8?q?open"),
    ],
)
def test_encoded_words_are_resolved_and_letters_that_were_cut_in_two_put_together(
    raw: str, text: str
) -> None:
    assert decoded(raw) == text


@pytest.mark.parametrize(
    "mail",
    [
        b"Content-Type: message/rfc822\n\n" * 5_000,
        b"".join(
            b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n)
            for n in range(MAX_MAIL_PARTS - 1)
        ),
        b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\nContent-Type: message/rfc822\n\n" * 2_000,
        b"From: " + b"a@b, " * 100_000 + b"\nSubject: x\n\nText.",
        b"A: b\n" * 500_000 + b"\nText.",
        b"Subject: " + b"=?utf-8?q?" * 100_000 + b"\n\nText.",
        b"From: " + b"(" * 9_000 + b"\n\nText.",
        b"Subject: x\nContent-Type: text/plain; charset*0*=\xff''\xfe; charset=utf-8\n\nText.",
        b"Subject: x\nContent-Type: text/html\n\n" + b"<div style='" + b"display:" * 100_000 + b"'>x",
    ],
    ids=[
        "mails-in-mails",
        "parts-in-parts",
        "side-by-side",
        "senders",
        "fields",
        "words",
        "brackets",
        "rfc2231",
        "style",
    ],
)
def test_a_hostile_mail_is_read_or_missed_and_never_hangs(mail: bytes) -> None:
    assert of_mail(mail)


def test_a_mail_of_too_many_parts_is_a_miss() -> None:
    mail = b"Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n" + b"boundary=" * MAX_MAIL_PARTS
    (miss,) = of_mail(mail)
    assert isinstance(miss, Miss)
    assert miss.reason == f"a mail of more than {MAX_MAIL_PARTS} parts"


HEADS = (
    b"From: ",
    b"Subject: =?",
    b"Date: ",
    b"Content-Type: multipart/",
    b"Content-Type: text/html; charset=",
)
PIECES = st.one_of(st.sampled_from([*HEADS, b"\n", b"\n\n", b"--b", b"boundary=b", b"?=", b"From: a\n\n"]))


@given(st.lists(st.one_of(PIECES, st.binary(max_size=12)), max_size=30).map(b"".join))
def test_any_bytes_give_articles_or_misses(mail: bytes) -> None:
    assert all(isinstance(one, Article | Miss) for one in of_mail(mail))

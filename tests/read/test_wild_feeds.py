"""Feeds as they are in the wild, case by case: tests/read/cases/feeds.toml says what each is."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from briefing.config.source import Source
from briefing.model import Article, Document, Miss
from briefing.read import read
from briefing.read.repair import repaired

CASES = tomllib.loads((Path(__file__).parent / "cases/feeds.toml").read_text(encoding="utf-8"))["case"]
ADDRESS = "https://harbour.example/news/rss"
FEED = Source(feed=ADDRESS, name="Wire")


def document(case: dict[str, Any]) -> Document:
    head, names = case.get("head", '<?xml version="1.0"?>'), case.get("names", "")
    if "items" in case:
        text = f'{head}<rss version="2.0" {names}><channel><title>C</title>{case["items"]}</channel></rss>'
    elif "entries" in case:
        text = f'{head}<feed xmlns="http://www.w3.org/2005/Atom" {names}>{case["entries"]}</feed>'
    else:
        text = case["feed"]
    content = text.encode(case.get("charset", "utf-8"))
    return Document("Wire", ADDRESS, content, "application/xml", case.get("sent", ""))


def said(article: Article, name: str) -> str:
    if name == "published":
        return article.published.isoformat() if article.published else ""
    return str(getattr(article, name))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"])
def test_a_feed_gives_what_a_person_would_take_from_it(case: dict[str, Any]) -> None:
    found = read(document(case), FEED, "Europe/Kyiv")
    articles = [one for one in found if isinstance(one, Article)]
    assert len(articles) == len(case["articles"])
    for one, wanted in zip(articles, case["articles"], strict=True):
        assert {name: said(one, name) for name in wanted} == wanted
    assert len([one for one in found if isinstance(one, Miss)]) == case.get("misses", 0), found


@pytest.mark.parametrize("case", [c for c in CASES if "charset" not in c], ids=lambda case: case["title"])
def test_mending_twice_is_mending_once(case: dict[str, Any]) -> None:
    once = repaired(document(case).content.decode("utf-8", "replace"))
    assert repaired(once) == once

"""Feeds and lists of pages: their addresses through a Get."""

from __future__ import annotations

from briefing.config.source import Source
from briefing.fetch.get import Failure, Get
from briefing.model import Document, Miss


def fetch_feed(source: Source, get: Get) -> list[Document | Miss]:
    """The one document of a feed."""
    return [_fetched(source, source.feed or "", get)]


def fetch_pages(source: Source, get: Get) -> list[Document | Miss]:
    """One document a page, one after the other: a list of pages is mostly of one server."""
    return [_fetched(source, address, get) for address in source.pages]


def _fetched(source: Source, address: str, get: Get) -> Document | Miss:
    answer = get(address)
    if isinstance(answer, Failure):
        return Miss(source.label, address, answer.reason)
    return Document(source.label, address, answer.content, answer.media_type, answer.charset)

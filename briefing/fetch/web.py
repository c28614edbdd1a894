"""Feeds and lists of pages: their addresses through a Get."""

from __future__ import annotations

from briefing.config.source import Source
from briefing.fetch.get import Answer, Failure, Get, Same
from briefing.model import Document, Miss, Unchanged


async def fetch_feed(source: Source, get: Get) -> list[Document | Unchanged | Miss]:
    """The one document of a feed."""
    address = source.feed or ""
    return [document(source.label, address, await get(address))]


async def fetch_pages(source: Source, get: Get) -> list[Document | Unchanged | Miss]:
    """One document a page, one after the other: a list of pages is mostly of one server."""
    return [document(source.label, address, await get(address, page=True)) for address in source.pages]


def document(label: str, address: str, answer: Answer | Failure | Same) -> Document | Unchanged | Miss:
    """What a Get gave for an address of a source, as the pipeline takes it."""
    if isinstance(answer, Failure):
        return Miss(label, address, answer.reason)
    if isinstance(answer, Same):
        return Unchanged(label, address)
    return Document(label, address, answer.content, answer.media_type, answer.charset)

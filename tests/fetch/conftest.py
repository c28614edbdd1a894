"""What tests of asking share: a server that may lie, and one source asked as often as wanted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from briefing.config.network import Network
from briefing.config.source import Source
from briefing.fetch import fetch
from briefing.model import Document, Miss, Unchanged, Visit
from tests.wild import Wild

NOW = datetime(2026, 3, 12, 6, tzinfo=UTC)
POLITE = Network(allow=("127.0.0.0/8",), pause=timedelta(0), request=timedelta(seconds=10))


@pytest.fixture
def wild() -> Iterator[Wild]:
    with Wild() as server:
        yield server


def ask(
    address: str,
    visits: Mapping[str, Visit] | None = None,
    *,
    now: datetime = NOW,
    network: Network = POLITE,
    page: bool = False,
) -> tuple[Document | Unchanged | Miss, dict[str, Visit]]:
    """What an address gives as a feed, or as a page, and what is to be remembered then."""
    source = Source(pages=(address,), name="S") if page else Source(feed=address, name="S")
    visits = visits or {}
    ((_, found),) = fetch([source], Path(), now=now, network=network, visits=visits)
    (one,) = found.documents
    return one, {**visits, **{visit.address: visit for visit in found.visits}}


def reason(found: object) -> str:
    assert isinstance(found, Miss), found
    return found.reason

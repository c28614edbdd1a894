"""How a source fares, from its history: one table of cases a question."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from briefing.model import Attempt, Health, Miss, SourceReport, Visit
from briefing.pipeline.health import health

NOW = datetime(2026, 3, 12, 6, tzinfo=UTC)
HOUR = timedelta(hours=1)
REGULAR = dict.fromkeys(range(1, 15), 9)
ADDRESS = "https://a.example/rss"


def fares(
    status: str = "ok",
    *history: str,
    days: dict[int, int] | None = None,
    visit: Visit | None = None,
    newest: datetime | None = None,
    misses: tuple[str, ...] = (),
) -> Health:
    """The health of a source whose attempts ended so, an hour apart, the last one now."""
    attempts = [
        Attempt(NOW - (len(history) - 1 - place) * HOUR, one, 5 if one == "ok" else 0, new=place)  # type: ignore[arg-type]  # as cases write it
        for place, one in enumerate(history)
    ]
    error = "HTTP 503" if status == "failed" else ""
    return health(
        SourceReport("A", "agency", ADDRESS, status, 5, error),  # type: ignore[arg-type]  # as cases write it
        attempts=attempts,
        days=days or {},
        newest=newest,
        visits=[visit] if visit else [],
        misses=[Miss("A", ADDRESS, reason) for reason in misses],
        now=NOW,
    )


@pytest.mark.parametrize(
    ("found", "status", "well"),
    [
        (fares("ok", "ok"), "ok", True),
        (fares("ok", "ok", "unchanged"), "unchanged", True),
        (fares("stale", "ok"), "stale", True),
        (fares("empty", "empty"), "empty", True),  # it never had anything
        (fares("empty", "ok", "empty"), "empty", False),  # suddenly
        (fares("empty", "empty", newest=NOW - 99 * HOUR), "empty", False),
        (fares("failed", "ok", "failed"), "failed", False),
        (fares("ok", "ok", days=REGULAR), "silent", False),
        (fares("stale", "unchanged", days=REGULAR), "silent", False),
        (fares("failed", "failed", days=REGULAR), "failed", False),
        (fares("ok", "ok", days=REGULAR | {0: 8}), "ok", True),
    ],
)
def test_status(found: Health, status: str, well: bool) -> None:
    assert (found.status, found.well) == (status, well)


def test_failures_in_a_row_and_the_last_answer() -> None:
    found = fares("failed", "failed", "ok", "failed", "failed")
    assert (found.failures, found.answered) == (2, NOW - 2 * HOUR)
    asked = Visit(ADDRESS, NOW, NOW - 5 * HOUR, failures=7, not_before=NOW + HOUR)
    found = fares("failed", "failed", "failed", visit=asked)
    assert (found.failures, found.answered, found.until) == (7, NOW - 5 * HOUR, NOW + HOUR)
    assert fares("ok", "failed", "ok", visit=asked).failures == 0
    page = Visit(ADDRESS, NOW, NOW)  # it answers, with something else than a feed
    assert fares("failed", "ok", "failed", visit=page).answered == NOW - HOUR
    assert fares("failed", "failed").answered is None


def test_what_a_clock_that_was_ahead_wrote_tells_nothing() -> None:
    ahead = NOW + 900 * HOUR
    found = health(
        SourceReport("A", "agency", ADDRESS, "failed", 0, "HTTP 503"),
        attempts=[Attempt(NOW - HOUR, "ok", 5), Attempt(NOW, "failed", 0), Attempt(ahead, "ok", 5, new=5)],
        days={},
        newest=None,
        visits=[Visit(ADDRESS, ahead, ahead, not_before=ahead + HOUR)],
        misses=(),
        now=NOW,
    )
    assert (found.answered, found.failures, found.new, found.until) == (NOW - HOUR, 1, 0, None)


def test_what_a_person_should_know_beside_the_status() -> None:
    moved = Visit(ADDRESS, NOW, NOW, moved="https://b.example/rss", not_before=NOW - HOUR)
    found = fares("ok", "ok", "ok", visit=moved, misses=("the feed is broken", "the feed is broken"))
    assert (found.report.moved, found.until, found.notes) == (
        "https://b.example/rss",
        None,
        ("the feed is broken",),
    )
    assert found.new == 1
    assert fares("failed", "failed", misses=("HTTP 503",)).notes == ()

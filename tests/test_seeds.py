"""The two seed documents, with the dates and outlets that a desk gives them: the key figures.

The documents stay in ../shared: here stand numbers, kinds and short names only.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from briefing import pipeline
from briefing.config.settings import Settings
from briefing.model import Edition, Figure
from briefing.render import load

SEEDS = (("kursk-incursion-1.txt", "A", "2024-08-07"), ("kursk-incursion-2.txt", "B", "2024-08-11"))


@pytest.fixture(scope="module")
def edition(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """The edition of 12 August 2024 over a week."""
    folder = tmp_path_factory.mktemp("seeds")
    settings = Settings.model_validate(
        {
            "title": "Seeds",
            "timezone": "Europe/Kyiv",
            "window": "168h",
            "base": folder,
            "sources": [
                {"file": str(shared / "seeds" / name), "name": outlet, "outlet": outlet, "published": day}
                for name, outlet, day in SEEDS
            ],
            "output": "out",
            "formats": ["json"],
        }
    )
    pipeline.run(settings, dt.datetime(2024, 8, 12, 6, tzinfo=settings.zone))
    (written,) = folder.glob("out/*/*/edition.json")
    return load(written.read_bytes())


def row(edition: Edition, what: str, value: float | None, low: float | None = None) -> Figure:
    (found,) = [
        f for f in edition.figures if (f.what, f.value) == (what, value) and low in (None, f.low)
    ]  # fmt: skip
    return found


@pytest.mark.parametrize(
    ("what", "count", "claimant", "outlet"),
    [
        ("killed", (100, None), "Gerasimov", "A"),
        ("wounded", (200, None), "Gerasimov", "A"),
        ("troops", (None, 200), "Defence Ministry", "A"),
        ("troops", (1000, None), "Russian army", "B"),
        ("troops", (None, 2000), "official from Ukraine", "B"),
        ("evacuated", (None, 20000), "", "B"),
        ("evacuated", (None, 2000), "", "B"),
        ("sheltered", (300, None), "Smirnov", "A"),
    ],
)
def test_a_key_figure_stands_with_its_claimant(
    what: str, count: tuple[float | None, float | None], claimant: str, outlet: str, edition: Edition
) -> None:
    figure = row(edition, what, *count)
    assert claimant in figure.source if claimant else not figure.source
    assert {a.id: a.outlet for a in edition.articles}[figure.article] == outlet


def test_the_losses_are_not_verified(edition: Edition) -> None:
    for what, value in (("killed", 100), ("wounded", 200)):
        assert "unverified" in row(edition, what, value).flags


def test_the_troops_are_updated_by_one_side_and_disputed_by_the_other(edition: Edition) -> None:
    troops = [f for f in edition.figures if f.what == "troops"]
    assert [(f.low, f.status) for f in troops] == [(200, ""), (1000, "updated"), (2000, "differs")]
    assert len({f.group for f in troops}) == 1 and troops[0].group

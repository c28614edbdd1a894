"""Editions made by hand, as files: a whole morning, one story, and a night without an article."""

from pathlib import Path

import pytest

from briefing.model import Edition
from briefing.render import load

CASES = Path(__file__).parent / "cases"


@pytest.fixture
def morning() -> Edition:
    return load((CASES / "morning.json").read_bytes())


@pytest.fixture
def small() -> Edition:
    return load((CASES / "small.json").read_bytes())


@pytest.fixture
def bare() -> Edition:
    return load((CASES / "bare.json").read_bytes())

"""Cases as data: `[[claim]]` in cases/claims.toml feeds the argument `claim` of the tests in test_claims.py.

A case with `bug = "..."` shows a fault of the program that is known and not yet mended: once it is
mended, the test says so, and the line goes.
"""

from __future__ import annotations

import hashlib
import signal
import tomllib
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from briefing.model import Article, Reading, Sentence
from briefing.refine.clean import clean
from briefing.refine.cut import cut

CASES = Path(__file__).parent / "cases"
SIX = datetime(2026, 3, 12, 6, tzinfo=UTC)
PATIENCE = 10  # seconds: a step that loops for ever fails its test and not the whole run


@pytest.fixture(autouse=True)
def no_endless_loop() -> Iterator[None]:
    """End a test that never ends."""

    def stop(*_: object) -> None:
        raise TimeoutError(f"still at work after {PATIENCE} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(PATIENCE)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    path = CASES / f"{Path(metafunc.module.__file__ or '').stem.removeprefix('test_')}.toml"
    if not path.exists():
        return
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    for name in set(metafunc.fixturenames) & set(tables):
        # Where several tests read a case, `bug_of` names the one that the fault breaks.
        here = metafunc.function.__name__
        metafunc.parametrize(name, [_parameter(case, here) for case in tables[name]])


def _parameter(case: dict[str, Any], test: str) -> Any:
    bug = case.get("bug") if case.get("bug_of", test) == test else None
    marks = [pytest.mark.xfail(strict=True, reason=bug)] if bug else []
    return pytest.param(case, id=case["title"], marks=marks)


@pytest.fixture(scope="session")
def write() -> Callable[..., Article]:
    """`write(text, title=, outlet=, hours=, language=)`: an article published some hours before six."""

    def article(
        text: str,
        *,
        title: str = "A report",
        outlet: str = "Meadow Press",
        hours: float = 1,
        language: str = "en",
        **more: Any,
    ) -> Article:
        digest = hashlib.sha256(repr((text, title, outlet, hours)).encode()).hexdigest()[:16]
        when = SIX - timedelta(hours=hours)
        fields = {"source": outlet or "folder", "outlet": outlet, "published": when, "language": language}
        return Article(**{"id": digest, "title": title, "text": text, **fields, **more})

    return article


@pytest.fixture(scope="session")
def read() -> Callable[[Article], Reading]:
    """An article as every later step sees it."""
    return lambda article: cut(clean(article))


@pytest.fixture(scope="session")
def sentence() -> Callable[..., Sentence]:
    """`sentence(text, article)`: a text, or the place of it in an article, as a sentence."""

    def one(text: str, article: Article | None = None) -> Sentence:
        start = article.text.index(text) if article else 0
        return Sentence(article.id if article else "a", start, start + len(text), text, 0, 0)

    return one


@pytest.fixture(scope="session")
def load_reports(write: Callable[..., Article]) -> Callable[[Sequence[dict[str, Any]]], list[Article]]:
    """The articles of a case: tables with text and whatever `write` takes."""
    return lambda reports: [
        write(report["text"].strip(), **{k: v for k, v in report.items() if k != "text"})
        for report in reports
    ]

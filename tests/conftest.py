"""What every test may use: the program, the sample and its edition, ../shared, and a network that is shut."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from briefing import pipeline
from briefing.config import load, override
from briefing.config.settings import Settings
from briefing.model import Edition
from briefing.render import load as load_edition
from briefing.store import open_store

ROOT = Path(__file__).parent.parent
LOOPBACK = ("127.", "::1", "localhost")  # what an address begins with
PAGES = ("edition.md", "edition.html", "edition.json", "edition.pdf")

Run = subprocess.CompletedProcess[str]


@pytest.fixture(scope="session")
def shared() -> Path:
    """../shared; skipped where it is absent, but on CI it must be there."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        if os.environ.get("CI"):
            pytest.fail("../shared is missing, and on CI it must be there")
        pytest.skip("needs ../shared, which is not beside this checkout")
    return folder


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only servers on loopback may be asked."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not address[0].startswith(LOOPBACK):
            raise AssertionError(f"a test asked the network: {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@dataclass(frozen=True, slots=True)
class Program:
    """The command line, started as people start it: in a process of its own."""

    def __call__(self, *arguments: str | Path, cwd: Path, **environment: str) -> Run:
        """Run it to its end."""
        process = self.start(*arguments, cwd=cwd, **environment)
        out, err = process.communicate()
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def start(self, *arguments: str | Path, cwd: Path, **environment: str) -> subprocess.Popen[str]:
        """Start it and return at once."""
        return subprocess.Popen(
            [sys.executable, "-m", "briefing", *map(str, arguments)],
            cwd=cwd,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )


@dataclass(frozen=True, slots=True)
class Built:
    """One edition as files, and the store that it was built from."""

    folder: Path
    store: str
    settings: Settings

    @property
    def edition(self) -> Edition:
        """What edition.json holds."""
        return load_edition((self.folder / "edition.json").read_bytes())

    def pages(self) -> dict[str, bytes]:
        """The bytes of every page that was drawn."""
        return {name: path.read_bytes() for name in PAGES if (path := self.folder / name).is_file()}

    def texts(self) -> dict[str, str]:
        """The stored text of every article that the edition cites or calls a copy."""
        with open_store(self.store) as store:
            ids = [i for a in self.edition.articles for i in (a.id, *(c.id for c in a.copies))]
            return {i: article.text for i in ids if (article := store.article(i))}


@pytest.fixture(scope="session")
def program() -> Program:
    """`program("build", "--source", "inbox", cwd=folder)`: what it printed and its exit code."""
    return Program()


@pytest.fixture(scope="session")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """A fresh copy of the sample corpus each time: the folder of its feeds.yaml."""

    def copy() -> Path:
        folder = tmp_path_factory.mktemp("sample") / "examples" / "week"
        shutil.copytree(ROOT / "examples" / "week", folder, ignore=shutil.ignore_patterns("*.db*"))
        return folder

    return copy


@pytest.fixture(scope="session")
def thursday(program: Program, copied: Callable[[], Path]) -> Built:
    """The sample's third morning in all four formats, built by the command line, with nothing before it."""
    folder = copied()
    done = program("build", "--config", folder / "feeds.yaml", cwd=folder, PYTHONHASHSEED="1", TZ="UTC")
    assert done.returncode == 0, done.stderr
    settings = load(folder / "feeds.yaml")
    return Built(Path(done.stdout.splitlines()[0]).parent, settings.store_url(), settings)


@dataclass(frozen=True, slots=True)
class Desk:
    """A folder with a feeds.yaml of one's own, built in this process."""

    settings: Settings

    def build(self, now: str = "", *, offline: bool = False, **changes: object) -> Built:
        """The edition at `now`, or at the settings' own."""
        settings = override(self.settings, **changes) if changes else self.settings
        moment = datetime.fromisoformat(now) if now else settings.now
        assert moment is not None
        outcome = pipeline.run(settings, moment, offline=offline)
        return Built(Path(outcome.receipts[0].address).parent, settings.store_url(), settings)


@pytest.fixture(scope="session")
def desk() -> Callable[[Path], Desk]:
    """`desk(folder).build()`: what the feeds.yaml in a folder gives."""
    return lambda folder: Desk(load(folder / "feeds.yaml"))

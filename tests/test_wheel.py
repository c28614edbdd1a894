"""The wheel holds all that a user needs: built and installed, it briefs the sample from another folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = ("briefing", "templates", "pyproject.toml", "setup.py", "README.md", "LICENSE")
pytestmark = pytest.mark.slow


def ran(*words: str | Path, cwd: Path) -> str:
    """What a program printed; the test fails with its errors where it failed."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL_ENV"))}
    done = subprocess.run([*map(str, words)], cwd=cwd, env=clean, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, built from a copy, because building leaves files behind."""
    folder = tmp_path_factory.mktemp("wheel")
    for name in SOURCES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.exists():
            shutil.copy(source, folder / name)
    ran(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder / "dist", cwd=folder)
    (built,) = (folder / "dist").glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel in it; what the wheel depends on comes from ours, through a .pth."""
    folder = tmp_path_factory.mktemp("venv")
    venv.create(folder, with_pip=False)
    site = Path(sysconfig.get_path("purelib", "venv", vars={"base": str(folder)}))
    (site / "ours.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    ran(
        folder / "bin" / "python",
        "-m",
        "pip",
        "install",
        "--no-deps",
        "--no-index",
        "--quiet",
        wheel,
        cwd=folder,
    )
    return folder / "bin"


def test_the_wheel_holds_what_is_no_python(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    mirrored = {
        str(p.relative_to(ROOT))
        for p in (ROOT / "briefing").rglob("*")
        if p.is_file() and "__pycache__" not in p.parts
    }
    templates = {f"briefing/{p.relative_to(ROOT)}" for p in (ROOT / "templates").rglob("*") if p.is_file()}
    assert not {n for n in mirrored | templates if not n.endswith(".pyc")} - names
    assert not [n for n in names if n.startswith(("tests/", "script/", "examples/")) or n.endswith(".pyc")]


def test_the_installed_program_briefs_the_sample_in_all_formats(
    installed: Path, copied: Callable[[], Path], tmp_path: Path
) -> None:
    where = ran(installed / "python", "-c", "import briefing; print(briefing.__file__)", cwd=tmp_path).strip()
    assert Path(where).is_relative_to(installed.parent)
    config = copied() / "feeds.yaml"
    paths = ran(
        installed / "briefing", "build", "--config", config, "--format", "md,html,pdf,json", cwd=tmp_path
    )
    pages = [Path(line) for line in paths.splitlines()]
    assert {page.name for page in pages} == {"edition.md", "edition.html", "edition.pdf", "edition.json"}
    assert all((tmp_path / page).stat().st_size > 1000 for page in pages)
    edition = next(page for page in pages if page.name == "edition.json")
    assert "found again" in ran(installed / "briefing", "verify", edition, "--config", config, cwd=tmp_path)


def test_the_installed_program_starts_a_folder_of_its_own(installed: Path, tmp_path: Path) -> None:
    ran(installed / "briefing", "init", "desk", cwd=tmp_path)
    assert (tmp_path / "desk" / "feeds.yaml").is_file()

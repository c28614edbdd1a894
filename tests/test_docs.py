"""What the documents say is so: commands, options, links, modules, exit codes, the README's Python."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner

from briefing import errors
from briefing.cli import app
from briefing.config import load
from briefing.read import SUFFIXES

ROOT = Path(__file__).parent.parent
DOCUMENTS = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for folder in (ROOT, ROOT / "docs", ROOT / "examples")
    for path in sorted(folder.glob("*.md"))
}
# Commands of commands ("feeds check") are told together with the one they are of.
GROUPS = {group.name or "": group.typer_instance for group in app.registered_groups if group.typer_instance}
COMMANDS = (*(command.name or "" for command in app.registered_commands), *GROUPS)
LARGEST_PICTURE = 300_000  # bytes

FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
INDENTED = re.compile(r"^    .*$", re.MULTILINE)
INLINE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^()\s]+)\)")
CALL = re.compile(r"(?:^|(?<!from)[\s/])briefing[ ]+([a-z]+)\b([^#\n]*)", re.MULTILINE)
SCRIPT = re.compile(r"\bscript/([a-z]+)\b")
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")


@pytest.fixture(params=sorted(DOCUMENTS))
def document(request: pytest.FixtureRequest) -> str:
    """The name of each document in turn."""
    return str(request.param)


def code(text: str) -> str:
    """All that a document sets as code: blocks and spans."""
    without = FENCED.sub("", text)
    blocks = [block for _, block in FENCED.findall(text)]
    return "\n".join([*blocks, *INDENTED.findall(without), *INLINE.findall(without)])


def calls(text: str) -> Iterator[tuple[str, str]]:
    """Every call of the program in a document: the command, and what follows it on the line."""
    yield from CALL.findall(code(text))


@cache
def told(command: str) -> str:
    """What a command says about itself."""
    under = [one.name or "" for one in GROUPS[command].registered_commands] if command in GROUPS else []
    called = [[command], *([command, name] for name in under)]
    done = [CliRunner().invoke(app, [*words, "--help"], prog_name="briefing") for words in called]
    assert not any(one.exit_code for one in done)
    return "\n".join(one.output for one in done)


def anchors(text: str) -> set[str]:
    """The headings of a document as links spell them."""
    headings = re.findall(r"^#+ (.+)$", FENCED.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_command_and_option_that_a_document_calls_exists(document: str) -> None:
    for command, rest in calls(DOCUMENTS[document]):
        assert command in COMMANDS, f"{document}: briefing {command}"
        for option in OPTION.findall(rest):
            assert option in told(command), f"{document}: briefing {command} {option}"


@pytest.mark.parametrize("where", ["README.md", "docs/guide.md"])
def test_readme_and_guide_call_every_command(where: str) -> None:
    assert {command for command, _ in calls(DOCUMENTS[where])} >= set(COMMANDS)


def test_every_option_is_told_somewhere() -> None:
    everything = "\n".join(DOCUMENTS.values())
    options = {option for command in COMMANDS for option in OPTION.findall(told(command))}
    assert not sorted(option for option in options - {"--help"} if option not in everything)


def test_every_script_that_a_document_names_exists(document: str) -> None:
    for name in SCRIPT.findall(code(DOCUMENTS[document])):
        found = ROOT / "script" / name
        assert found.is_dir() or os.access(found, os.X_OK), f"{document}: script/{name}"


def test_every_relative_link_leads_to_a_file_and_a_heading(document: str) -> None:
    folder = (ROOT / document).parent
    for link in LINK.findall(FENCED.sub("", DOCUMENTS[document])):
        if "://" in link:
            continue
        name, _, anchor = link.partition("#")
        target = folder / name if name else ROOT / document
        assert target.exists(), f"{document}: {link}"
        if anchor:
            assert anchor in anchors(target.read_text(encoding="utf-8")), f"{document}: {link}"


def test_pictures_are_small(document: str) -> None:
    for link in re.findall(r"!\[[^\]]*\]\(([^()\s]+)\)", DOCUMENTS[document]):
        assert ((ROOT / document).parent / link).stat().st_size < LARGEST_PICTURE, link


def test_every_feeds_yaml_that_a_document_shows_is_accepted(document: str, tmp_path: Path) -> None:
    for number, (kind, block) in enumerate(FENCED.findall(DOCUMENTS[document])):
        if kind == "yaml":
            file = tmp_path / f"{number}.yaml"
            file.write_text(block, encoding="utf-8")
            load(file, sources_needed=False)


def test_the_python_of_the_readme_runs_on_the_sample(copied: Callable[[], Path]) -> None:
    (snippet,) = (block for kind, block in FENCED.findall(DOCUMENTS["README.md"]) if kind == "python")
    done = subprocess.run(
        [sys.executable, "-c", snippet],
        cwd=copied().parent.parent,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "energy" in done.stdout


def test_the_guide_names_every_kind_of_file_that_is_read() -> None:
    assert not [suffix for suffix in SUFFIXES if f"`{suffix}`" not in DOCUMENTS["docs/guide.md"]]


def test_operations_tells_every_exit_code_that_an_error_has() -> None:
    table = DOCUMENTS["docs/operations.md"]
    codes = {kind.exit_code for kind in vars(errors).values() if hasattr(kind, "exit_code")}
    assert not [code for code in codes if f"\n| {code} | " not in table]


def test_the_map_names_every_module() -> None:
    text = DOCUMENTS["ARCHITECTURE.md"]
    modules = sorted((ROOT / "briefing").rglob("*.py"))
    own = [m for m in modules if m.name != "__init__.py" and not {"revisions", "methods"} & set(m.parts)]
    commands = {ROOT / "briefing" / "cli" / f"{name}.py" for name in COMMANDS}  # "one file a command"
    assert not [m.stem for m in own if m not in commands and not re.search(rf"`[^`\n]*\b{m.stem}\b", text)]


def test_the_changelog_has_this_version() -> None:
    from briefing import __version__

    assert re.search(
        rf"^## {re.escape(__version__)} - \d{{4}}-\d\d-\d\d$", DOCUMENTS["CHANGELOG.md"], re.MULTILINE
    )

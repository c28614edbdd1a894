"""The house rules of ARCHITECTURE.md, held by reading the source."""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "briefing"
ROOMS = ("fetch", "read", "refine", "render", "send")
OPEN_TO_ROOMS = (
    "briefing.version",
    "briefing.model",
    "briefing.why",
    "briefing.bounds",
    "briefing.masked",
    "briefing.errors",
    "briefing.links",  # fetch follows them, read tells of them
    "briefing.secret",  # fetch and send log in, by one rule
    "briefing.durable",  # knows files, not editions: send and the state file are written the same way
    "briefing.config.settings",
    "briefing.config.source",
    "briefing.config.network",
    "briefing.config.delivery",
    "briefing.config.part",
    "briefing.config.values",
)
KNOW_THE_ROOMS = ("briefing.pipeline", "briefing.library")  # and the modules of the first
NAMELESS = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "base", "misc"}
HEAVY = ("sklearn", "scipy", "numpy", "weasyprint", "trafilatura", "feedparser", "sumy", "nltk", "sqlalchemy")
LARGEST_MODULE, MEDIAN_MODULE, LARGEST_FUNCTION = 300, 110, 50
LARGEST_FILE = 1_000_000


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


def for_types_only(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def imported(node: ast.AST, module: str) -> Iterator[tuple[str, str]]:
    """Every import below a node, lazy ones included: the module and the name taken from it."""
    for child in ast.iter_child_nodes(node):
        if for_types_only(child):
            continue
        if isinstance(child, ast.Import):
            yield from ((alias.name, "") for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            assert not child.level, f"{module}: imports are absolute here"
            yield from ((child.module or "", alias.name) for alias in child.names)
        yield from imported(child, module)


def needs(module: str) -> set[str]:
    """The modules of the package that a module imports."""
    found = set()
    for source, name in imported(tree(module), module):
        full = f"{source}.{name}"
        if full in MODULES:
            found.add(full)
        elif source in MODULES:
            found.add(source)
    return found - {module}


def room_of(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[1] in ROOMS else ""


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_the_model_and_its_own_and_never_another_room(room: str) -> None:
    for module in (m for m in MODULES if room_of(m) == room):
        for other in sorted(needs(module)):
            assert (
                other in (*OPEN_TO_ROOMS, "briefing")
                or other.startswith("briefing.language")
                or room_of(other) == room
            ), f"{module} imports {other}"


def test_only_pipeline_and_library_know_the_rooms() -> None:
    for module in (m for m in MODULES if not room_of(m)):
        rooms = {room_of(other) for other in needs(module)} - {""}
        assert not rooms or module.startswith(KNOW_THE_ROOMS), f"{module} imports {sorted(rooms)}"


def test_there_are_no_import_cycles_not_even_lazy_ones() -> None:
    graph = {module: needs(module) for module in MODULES}
    finished: set[str] = set()

    def walk(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, " -> ".join([*path[path.index(module) :], module])
        if module not in finished:
            for other in sorted(graph[module]):
                walk(other, (*path, module))
            finished.add(module)

    for module in graph:
        walk(module, ())


def test_modules_are_small() -> None:
    sizes = {m: len(p.read_text(encoding="utf-8").splitlines()) for m, p in MODULES.items()}
    allowed = {"briefing.model": 800}  # the table of contents: every type, in one place on purpose
    large = {m: n for m, n in sizes.items() if n > allowed.get(m, LARGEST_MODULE)}
    assert not large
    assert statistics.median(sizes.values()) <= MEDIAN_MODULE


def test_functions_are_small() -> None:
    large = {
        f"{module}.{node.name}": (node.end_lineno or 0) - node.lineno + 1
        for module in MODULES
        for node in ast.walk(tree(module))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > LARGEST_FUNCTION
    }
    assert not large


def test_no_module_is_named_for_nothing() -> None:
    assert not [m for m in MODULES if NAMELESS & {part.strip("_") for part in m.split(".")}]


def test_importing_the_package_is_light() -> None:
    listing = f"import sys, briefing; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", listing], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


@cache
def tracked() -> tuple[Path, ...]:
    """The files of the repository, and those that would be committed next."""
    asked = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("needs a git checkout: only git knows which files are the project's")
    return tuple(path for name in done.stdout.split("\0") if name and (path := ROOT / name).is_file())


def text_of(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace")


# Put together here, so that this file does not find itself.
@pytest.mark.parametrize(
    "pattern",
    [
        rf"https?://{'pypi'}",
        rf"{'--index'}-url",
        rf"{'--extra-index'}-url",
        rf"{'--trusted'}-host",
        rf"(?<![\w.]){'/root'}/",
        rf"(?<![\w.]){'/home'}/",
        rf"(?<![\w.]){'/Users'}/",
    ],
)
def test_no_file_names_a_registry_or_a_path_of_one_machine(pattern: str) -> None:
    found = {str(p.relative_to(ROOT)): m.group() for p in tracked() if (m := re.search(pattern, text_of(p)))}
    assert not found


def test_no_file_is_large() -> None:
    assert not [str(p.relative_to(ROOT)) for p in tracked() if p.stat().st_size > LARGEST_FILE]


IGNORES = re.compile(
    r"#\s*(?:noqa(?::\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*)?|type:\s*ignore(?:\[[\w, -]+\])?"
    r"|pragma:\s*no cover)(.*)$"
)


def test_every_ignored_rule_has_a_reason() -> None:
    bare = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in tracked()
        if path.suffix == ".py" and path != Path(__file__)
        for number, line in enumerate(text_of(path).splitlines(), start=1)
        if (ignore := IGNORES.search(line)) and len(re.findall(r"\w{2,}", ignore.group(1))) < 2
    ]
    assert not bare

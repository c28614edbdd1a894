"""feeds.yaml -> Settings, or one ConfigError that names everything that is wrong, with its line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from briefing.config import checks, wording
from briefing.config.delivery import SECRETS
from briefing.config.settings import Settings
from briefing.config.tree import Problem, Tree, grow
from briefing.errors import ConfigError

LARGEST = 1_000_000  # bytes: some ten thousand sources; more is not a hand-written file
MOST_PROBLEMS = 50  # nobody reads more at once


def load(path: Path, *, sources_needed: bool = True) -> Settings:
    """Read and check a feeds.yaml; its folder becomes the one that paths are relative to.

    Raises ConfigError with one line a problem, in the order of lines: file:line, what was found,
    what would be right. `sources_needed` is false where the command line brings the sources.
    """
    return parsed(text_of(content(path), path), path, sources_needed=sources_needed)


def parsed(text: str, path: Path, *, sources_needed: bool) -> Settings:
    """Check the text of a feeds.yaml that is, or is to be, at `path`. Raises ConfigError as `load` does."""
    tree = grow(text, SECRETS)
    if tree.data is not None or not tree.problems:  # no data but problems: nothing more can be said
        settings, problems = _checked(tree, sources_needed)
        tree.problems.extend(problems)
        if settings is not None and not tree.problems:
            return settings.model_copy(update={"base": path.absolute().parent})
    raise ConfigError(_report(path, tree.problems))


def content(path: Path) -> bytes:
    """Read the bytes of a feeds.yaml. Raises ConfigError."""
    try:
        with path.open("rb") as file:
            found = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise ConfigError(
            f"{path}: no such file; write one with `briefing init`, name another with --config, "
            "or do without: `briefing build --source FOLDER`"
        ) from None
    except IsADirectoryError:
        raise ConfigError(f"{path}: a folder; name the file in it, such as {path / 'feeds.yaml'}") from None
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path}: cannot be read ({getattr(error, 'strerror', None) or error})") from None
    if len(found) > LARGEST:
        raise ConfigError(f"{path}: larger than {LARGEST:,} bytes; split it into several briefings")
    return found


def text_of(content: bytes, path: Path) -> str:
    """Decode what a feeds.yaml holds. Raises ConfigError with the line of the first wrong byte."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        byte = content[error.start]
        raise ConfigError(f"{path}:{line}: byte 0x{byte:02X} is not UTF-8; save the file as UTF-8") from None


def _checked(tree: Tree, sources_needed: bool) -> tuple[Settings | None, list[Problem]]:
    """Give the settings, where they can be made, and everything that is wrong with the data."""
    data = tree.data
    if data is None:
        return None, [Problem(1, "the file is empty; `briefing init` writes one to start from")]
    if not isinstance(data, dict):
        return None, [Problem(1, f"found {wording.shown(data)}; write keys and values: title: …")]
    problems = [Problem(tree.line(place), text) for place, text in checks.across(tree)]
    if sources_needed and not data.get("sources") and ("sources" in data or ("sources",) not in tree.lines):
        problems.append(Problem(tree.line(("sources",)), "no sources; write at least one under sources:"))
    hidden = [name for name, field in Settings.model_fields.items() if field.exclude and name in data]
    problems += [Problem(tree.line((name,)), wording.unknown_key((name,))) for name in hidden]
    try:
        return Settings.model_validate({key: data[key] for key in data if key not in hidden}), problems
    except ValidationError as error:
        return None, problems + list(_of_keys(tree, error))


def _of_keys(tree: Tree, error: ValidationError) -> Iterator[Problem]:
    for one in error.errors():
        whole = one["type"] == "value_error" and isinstance(one["input"], dict)
        if not (whole and one["loc"][0] in ("sources", "deliver")):  # those checks found, with more to say
            yield Problem(tree.line(one["loc"]), wording.sentence(one))


def _report(path: Path, problems: list[Problem]) -> str:
    lines = [f"{path}:{problem.line}: {problem.text}" for problem in sorted(set(problems))]
    more = [f"{path}: and {len(lines) - MOST_PROBLEMS} more"] if len(lines) > MOST_PROBLEMS else []
    return "\n".join(lines[:MOST_PROBLEMS] + more)

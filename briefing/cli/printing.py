"""Lines for people and for scripts; what came from the world cannot steer the terminal."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import typer

from briefing.masked import masked


def plain(text: str) -> str:
    """Replace every control and direction character but line feed and tab, so that text stays text."""
    return "".join(
        char if char in "\n\t" or _harmless(char) else "\N{REPLACEMENT CHARACTER}" for char in text
    )


def _harmless(char: str) -> bool:
    # Cc: escape sequences. Bidirectional controls (UAX 9) can make a line read as another one.
    return unicodedata.category(char) not in {"Cc", "Cs"} and unicodedata.bidirectional(char) not in {
        "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI",
    }  # fmt: skip


def give(line: str) -> None:
    """Print a result on standard output."""
    typer.echo(plain(line))


def tell(line: str) -> None:
    """Print something for people on standard error."""
    typer.echo(plain(line), err=True)


def address(text: str) -> str:
    """Show an address of a source without its login and keys; `briefing feeds` prints none in another way."""
    return masked(text)


def spelled(address: str, cwd: Path) -> str:
    """Spell a path from `cwd` where it lies below it, else in full; other addresses stay."""
    if "://" in address:
        return address
    path = (cwd / address).resolve()
    return str(path.relative_to(cwd.resolve()) if path.is_relative_to(cwd.resolve()) else path)


def examples(*lines: str) -> str:
    """Make the end of a command's help: its examples, a line each, never wrapped."""
    return "\n".join(["\b", "Examples", *(f"  {line}" for line in lines)])

"""feeds.yaml files -> the briefings that a schedule looks after, or one error that says why it cannot."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from briefing.config import Settings, load
from briefing.config.tree import grow
from briefing.errors import ConfigError


def roster(paths: Sequence[Path]) -> list[Settings]:
    """The briefing of each feeds.yaml. Raises ConfigError for the first that cannot be looked after."""
    every = [entry(path) for path in paths]
    apart(paths, every)
    return every


def entry(path: Path) -> Settings:
    """The briefing of one feeds.yaml. Raises ConfigError where it is wrong, or fixes the clock."""
    settings = load(path)
    if settings.now is not None:
        line = grow(path.read_text(encoding="utf-8-sig")).line(("now",))
        raise ConfigError(
            f"{path}:{line}: now: fixes the clock, so no edition would ever be due; remove that line, "
            "or build this one edition with `briefing build`"
        )
    return settings


def apart(paths: Sequence[Path], every: Sequence[Settings]) -> None:
    """Raise ConfigError where two briefings would write into one folder."""
    seen: dict[Path, Path] = {}
    for path, settings in zip(paths, every, strict=True):
        folder = (settings.output_folder() / settings.key).resolve()
        if folder in seen:
            raise ConfigError(
                f"{seen[folder]} and {path} both write to {folder}: "
                "give one of them another `title:` or another `output:`"
            )
        seen[folder] = path

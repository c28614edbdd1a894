"""Settings without a feeds.yaml, and settings with something changed: what the command line needs."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from briefing.config import values, wording
from briefing.config.settings import Settings
from briefing.config.source import Source
from briefing.errors import ConfigError


def adhoc(sources: Sequence[str], cwd: Path, *, web: Literal["feed", "pages"] = "feed") -> Settings:
    """Make settings whose sources are these addresses and paths, relative to `cwd`.

    An http(s) address is a feed (or a page, where `web` says so), a folder a folder, all else a
    file: one that does not exist is told by fetch, as a Miss. Raises ConfigError for an address
    that is neither, and for one named twice.
    """
    return override(Settings(base=cwd.absolute(), loose=True), sources=named(sources, cwd, cwd, web=web))


def named(
    sources: Sequence[str], cwd: Path, base: Path, *, web: Literal["feed", "pages"] = "feed"
) -> tuple[Source, ...]:
    """Make sources of addresses and of paths relative to `cwd`, spelled relative to `base`."""
    for index, address in enumerate(sources):
        if address in sources[:index]:
            raise ConfigError(f"source {wording.shown(address)} is named twice; name it once")
    return tuple(_source(address, cwd, base, web) for address in sources)


def _source(address: str, cwd: Path, base: Path, web: Literal["feed", "pages"]) -> Source:
    if values.is_web(address):
        return Source(feed=address) if web == "feed" else Source(pages=(address,))
    if "://" in address or not address.strip() or "\0" in address:
        raise ConfigError(
            f"source {wording.shown(address)}: name a folder, a file, or an http:// or https:// address"
        )
    same = cwd.absolute() == base.absolute()
    path = address if same or Path(address).is_absolute() else os.path.relpath(cwd / address, base)
    return Source(folder=path) if _is_folder(cwd / address) else Source(file=path)


def _is_folder(path: Path) -> bool:
    """Whether this is a folder; what cannot be asked is none here, and fetch says why."""
    try:
        return path.is_dir()
    except (OSError, RuntimeError, ValueError):
        return False


def override(settings: Settings, **changes: object) -> Settings:
    """Give the settings with some keys changed, checked as in a feeds.yaml; raises ConfigError."""
    kept = {name: getattr(settings, name) for name in Settings.model_fields}
    try:
        return Settings.model_validate({**kept, **changes})
    except ValidationError as error:
        raise ConfigError("\n".join(wording.sentence(one) for one in error.errors())) from None

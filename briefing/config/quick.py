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

MAILBOXES = (".mbox", ".mbx")
POSTMARK = b"From "  # with which an mbox begins (RFC 4155)


def adhoc(sources: Sequence[str], cwd: Path, *, web: Literal["feed", "pages"] = "feed") -> Settings:
    """Make settings whose sources are these addresses and paths, relative to `cwd`.

    An http(s) address is a feed (or a page, where `web` says so), a Maildir or mbox is mail, another
    folder a folder, all else a file: one that does not exist is told by fetch, as a Miss. Raises
    ConfigError for an address that is neither, and for one named twice.
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
    try:
        return _on_disk(path, cwd / address)
    except (OSError, RuntimeError, ValueError):
        return Source(file=path)  # what cannot be asked is told by fetch


def _on_disk(spelled: str, path: Path) -> Source:
    """A source by what lies there: a Maildir by its folders, an mbox by its name or its first line."""
    if path.is_dir():
        maildir = (path / "cur").is_dir() and (path / "new").is_dir()
        return Source(mail=spelled) if maildir else Source(folder=spelled)
    if path.is_file() and (path.suffix.lower() in MAILBOXES or not path.suffix):
        with path.open("rb") as file:
            if path.suffix or file.read(len(POSTMARK)) == POSTMARK:
                return Source(mail=spelled)
    return Source(file=spelled)


def override(settings: Settings, **changes: object) -> Settings:
    """Give the settings with some keys changed, checked as in a feeds.yaml; raises ConfigError."""
    kept = {name: getattr(settings, name) for name in Settings.model_fields}
    try:
        return Settings.model_validate({**kept, **changes})
    except ValidationError as error:
        raise ConfigError("\n".join(wording.sentence(one) for one in error.errors())) from None

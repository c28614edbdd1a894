"""Secrets come from the environment, or from a file that its owner alone may read; never from feeds.yaml."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from briefing.errors import ConfigError

OTHERS = stat.S_IRWXG | stat.S_IRWXO


def secret(name: str, base: Path) -> str:
    """The secret in the environment variable or the file `name` (relative to `base`).

    "" where the variable is not set. Raises ConfigError for a file that is missing or open to others;
    no message ever holds the secret.
    """
    if "/" not in name and not name.endswith(".pem"):
        return os.environ.get(name, "")
    path = base / name
    try:
        with path.open("rb") as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            if mode & OTHERS:
                raise ConfigError(f"{path}: mode {mode:04o} lets others read this secret; chmod 600 {path}")
            return file.read().decode("utf-8").rstrip("\r\n")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise ConfigError(f"{path}: the secret cannot be read ({reason})") from None

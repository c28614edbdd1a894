"""Files that survive a power cut: the disk has them before they take their names.

Two parts of the program write such files and may not know each other: the room `send`, and the schedule.
"""

from __future__ import annotations

import os
from errno import EINVAL, ENOTSUP
from pathlib import Path
from typing import Final

_NO_SYNC: Final = (EINVAL, ENOTSUP)  # what shared drives say that cannot force a folder's names to the disk


def write_through(path: Path, content: bytes, mode: int = 0o666) -> None:
    """Write a new file and wait until the disk has it; it follows no link that waits there.

    `mode` is less the process's umask. Raises OSError.
    """
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Wait until the disk has the names of the files in a folder. Raises OSError."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_SYNC:
            raise
    finally:
        os.close(descriptor)

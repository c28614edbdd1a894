"""The sources of a bench, in a process of their own: python -m timing.server PORTFILE DELAY FOLDER.

Every request is answered after DELAY seconds with the file of its name in FOLDER, whatever the host: all of
127.0.0.0/8 leads here. Ends when its standard input does.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE, Popen

from tests.wild import Wild, late, reply


def main() -> None:
    """Serve until nobody needs it."""
    delay, folder = float(sys.argv[1]), Path(sys.argv[2])
    pages = {
        f"/{path.name}": late(reply(path.read_bytes(), content_type="application/rss+xml"), delay)
        for path in folder.iterdir()
    }
    with Wild(pages, hosts=("0.0.0.0",)) as wild:  # noqa: S104  # one socket for all hosts of loopback
        print(wild.port, flush=True)
        sys.stdin.read()


@contextmanager
def serving(folder: Path, delay: float) -> Iterator[int]:
    """The port of a server of the files in a folder, for as long as the block lasts."""
    command = [sys.executable, "-P", "-m", "timing.server", str(delay), str(folder)]
    with Popen(command, stdin=PIPE, stdout=PIPE, text=True) as process:  # noqa: S603  # this module itself
        try:
            yield int((process.stdout or sys.stdin).readline())
        finally:
            process.communicate()


if __name__ == "__main__":
    main()

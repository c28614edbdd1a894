"""The command line of script/bench: measure, print the table, exit.

Exit codes: 0 within its bounds; 1 a figure is over its bound by a clear margin; 2 usage.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from timing.files import files
from timing.many import many
from timing.model import Figure, table
from timing.stages import stages

PARTS: Mapping[str, Callable[[Path], Iterator[Figure]]] = {"files": files, "stages": stages, "many": many}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what was asked for; the exit code."""
    parser = argparse.ArgumentParser(prog="script/bench", description=(__doc__ or "").partition("\n\n")[2])
    parser.add_argument("dir", type=Path, help="the data folder, such as ../shared/data")
    parser.add_argument("--only", default="", help=f"parts, separated by commas: {', '.join(PARTS)}")
    options = parser.parse_args(arguments)
    chosen = [name for name in options.only.split(",") if name] or list(PARTS)
    if unknown := [name for name in chosen if name not in PARTS]:
        print(f"bench: there is no part {', '.join(unknown)}; known: {', '.join(PARTS)}", file=sys.stderr)
        return 2
    if not options.dir.is_dir():
        print(f"bench: {options.dir} is no folder", file=sys.stderr)
        return 2
    figures = [figure for name in chosen for figure in PARTS[name](options.dir)]
    print(table(figures))
    return int(any(figure.is_over for figure in figures))


if __name__ == "__main__":
    sys.exit(main())

"""The command line of script/quality: it parses, prints and exits.

Exit codes: 0 measured; 1 a figure is under its floor; 2 wrong folder or usage.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from measure.floors import Part, counts, is_under, load, raised, save
from measure.model import Row, Set, Task, UsageError
from measure.run import run
from measure.sets import missing, named
from measure.table import table
from measure.thin import thinned

FLOORS = Path(__file__).parents[2] / "tests/quality/floors.json"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure a folder and print the table; the exit code."""
    options = _parser().parse_args(arguments)
    try:
        return _measure(options)
    except UsageError as error:
        _tell(str(error))
        return 2


def _measure(options: argparse.Namespace) -> int:
    sets = _there(named([n for n in options.only.split(",") if n]), options.dir, few=options.slice)
    part: Part = "slice" if options.slice else "whole"
    file, here = options.floors or FLOORS, counts(options.dir)
    known = load(file)
    is_home = load(FLOORS).counts == here
    if options.raise_floors and known.counts not in ({}, here):
        raise UsageError(f"{file} has the floors of another folder; name another --floors FILE")
    rows = _rows(sets, options)
    floors = known if is_home or options.floors else None
    if options.raise_floors:
        floors = raised(replace(known, counts=here), rows, part, options.lower)
        save(floors, file)
    print(table(rows, floors, part))
    return int(floors is not None and any(is_under(row, floors.of(row, part)) for row in rows))


def _rows(sets: Sequence[Set], options: argparse.Namespace) -> list[Row]:
    with tempfile.TemporaryDirectory() as temporary:
        out = options.out or Path(temporary) / "predictions"
        out.mkdir(parents=True, exist_ok=True)
        folder = thinned(options.dir, sets, Path(temporary)) if options.slice else options.dir
        rivals = not (options.slice or options.only)
        return run(sets, Task(folder, few=options.slice), out, _tell, rivals=rivals)


def _there(sets: Sequence[Set], folder: Path, *, few: bool) -> list[Set]:
    """The sets that a folder has, the others named aloud; UsageError for a folder that is of another kind."""
    if not folder.is_dir():
        raise UsageError(f"{folder} is no folder; name one with evaluation data, such as ../shared/data")
    if not (folder / "score").is_dir():
        raise UsageError(f"{folder} has no folder score/, so it is none of evaluation data")
    found = []
    for chosen in sets:
        if absent := missing(chosen, folder):
            _tell(f"passed over: {chosen.name} ({', '.join(absent)} is not there)")
        elif few and chosen.every is None:
            _tell(f"passed over: {chosen.name} (not in the slice)")
        else:
            found.append(chosen)
    return found


def _tell(line: str) -> None:
    print(f"quality: {line}", file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="script/quality",
        description="Run the program over the evaluation data in DIR and print one table: docs/quality.md.",
        epilog="exit codes: 0 measured; 1 a figure is under its floor; 2 wrong folder or usage",
    )
    parser.add_argument("dir", metavar="DIR", type=Path, help="a folder of evaluation data, with its score/")
    parser.add_argument(
        "--only", default="", metavar="SETS", help="groups or sets, by commas: themes,stories/ecb"
    )
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="keep the predictions here")
    parser.add_argument(
        "--slice", action="store_true", help="a quick, fixed part of the items, with its own floors"
    )
    parser.add_argument(
        "--floors", type=Path, metavar="FILE", help="hold these floors, whatever folder it is"
    )
    parser.add_argument(
        "--raise-floors", action="store_true", help="set floors a little under what was reached"
    )
    parser.add_argument(
        "--lower",
        default="",
        metavar="REASON",
        help="with --raise-floors: lower floors too; the reason is kept",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())

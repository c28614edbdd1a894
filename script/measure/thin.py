"""The quick slice: a folder of the same layout with every n-th item, where the scorers find their gold.

Links and thinned copies in a temporary folder, never in the project. Floors of the slice are its own: its
figures are not those of the whole.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from measure.data import lines
from measure.model import Set


def thinned(folder: Path, sets: Sequence[Set], where: Path) -> Path:
    """The slice of a data folder, made under `where`."""
    slim = where / "data"
    (slim / "score").mkdir(parents=True)
    for scorer in sorted(
        (folder / "score").glob("*.py")
    ):  # copies, because a scorer looks for its gold beside itself
        shutil.copyfile(scorer, slim / "score" / scorer.name)
    for entry in sorted(folder.iterdir()):
        if entry.is_dir() and entry.name != "score":
            (slim / entry.name).mkdir()
            for inner in sorted(entry.iterdir()):
                (slim / entry.name / inner.name).symlink_to(inner.resolve())
    if (seeds := folder.resolve().parent / "seeds").is_dir():
        (where / "seeds").symlink_to(seeds)
    for chosen in sets:
        if chosen.every and chosen.every > 1:
            _thin(slim / chosen.needs[0], chosen.every)
    return slim


def _thin(link: Path, every: int) -> None:
    """A link replaced by a file with each n-th line."""
    kept = [row for number, row in enumerate(lines(link)) if number % every == 0]
    link.unlink()
    link.write_text("".join(kept), encoding="utf-8")

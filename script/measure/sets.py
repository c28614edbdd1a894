"""The list of sets, in the order of the table. A further set is one module with `SETS` and one line here."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from measure import (
    attribution,
    checked,
    copies,
    days,
    digests,
    feeds,
    furniture,
    hedges,
    pages,
    quantities,
    seeds,
    sentences,
    stories,
    themes,
    weeks,
)
from measure.model import Set, UsageError

SETS: tuple[Set, ...] = (
    *themes.SETS,
    *weeks.SETS,
    *digests.SETS,
    *stories.SETS,
    *copies.SETS,
    *pages.SETS,
    *feeds.SETS,
    *sentences.SETS,
    *attribution.SETS,
    *quantities.SETS,
    *hedges.SETS,
    *days.SETS,
    *checked.SETS,
    *seeds.SETS,
    *furniture.SETS,
)


def by_name(name: str) -> Set:
    """The set of a name; KeyError where there is none."""
    return {s.name: s for s in SETS}[name]


def named(only: Sequence[str]) -> list[Set]:
    """The sets asked for, by group ("themes") or name ("themes/bbc"); UsageError names the unknown."""
    known = {s.name for s in SETS} | {group(s) for s in SETS}
    if unknown := [name for name in only if name not in known]:
        raise UsageError(f"--only: there is no set {', '.join(unknown)}; known: {', '.join(sorted(known))}")
    return [s for s in SETS if not only or s.name in only or group(s) in only]


def group(chosen: Set) -> str:
    """The first half of a set's name."""
    return chosen.name.split("/", 1)[0]


def missing(chosen: Set, folder: Path) -> list[str]:
    """The files that a set needs and a folder does not have, the scorer among them."""
    needs = [*chosen.needs, *(f"score/{s}" for s in chosen.scorer[:1])]
    return [name for name in needs if not (folder / name).exists()]

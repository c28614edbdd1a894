"""The command line of script/train: it reads the news and the labels, and writes the model.

Exit codes: 0 written; 2 the news that the labels are about is not there.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from briefing.refine.themes import trained
from briefing.refine.themes.trained import posteriors
from training.fit import NONE, written
from training.labels import NEWS, Label
from training.material import material
from training.weeks import FOLDS, News, fold, without

CODE = "en"


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, say how well other weeks are read, and write; the exit code."""
    options = _parser().parse_args(arguments)
    if not (options.dir / NEWS).exists():
        print(f"train: {options.dir / NEWS} is not there", file=sys.stderr)
        return 2
    known, found, lost = material(options.dir)
    if lost:
        print(f"train: {lost} labels are about sentences that are cut otherwise today", file=sys.stderr)
    print(f"train: {len(found)} labels, {dict(sorted(Counter(one.label for one in found).items()))}")
    if options.check:
        print(f"train: {_other_weeks(known, found)}")
    file = Path(trained.__file__).with_name(f"{CODE}{trained.SUFFIX}")
    file.write_text(written(without(None, found, known)), encoding="utf-8")
    return 0


def _other_weeks(known: News, found: Sequence[Label]) -> str:
    """How well labelled sentences are read by a model of other weeks."""
    from sklearn.metrics import accuracy_score, f1_score

    true: list[str] = []
    said: list[str] = []
    for left_out in range(FOLDS):
        one = without(left_out, found, known)
        asked = [label for label in found if fold(label.week) == left_out]
        read_once = {a.reading.article.id: posteriors(a.reading, one) for a in asked}
        true += [a.label for a in asked]
        said += [_likeliest(read_once[a.reading.article.id][a.index]) for a in asked]
    figures = f1_score(true, said, average="macro"), accuracy_score(true, said)
    return f"other weeks: macro-F1 {figures[0]:.3f}, right {figures[1]:.3f}"


def _likeliest(shares: Mapping[str, float]) -> str:
    """The theme with the largest share; none where it is more likely than each."""
    whole = {**shares, NONE: 1 - sum(shares.values())}
    return max(whole, key=lambda key: whole[key])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="script/train",
        description="Train the model of the default themes on labels.tsv and the news in DIR; write it.",
        epilog="exit codes: 0 written; 2 the news is not there",
    )
    parser.add_argument("dir", metavar="DIR", type=Path, help="evaluation data with ukraine-news/")
    parser.add_argument("--check", action="store_true", help="also say how well other weeks are read")
    return parser


if __name__ == "__main__":
    sys.exit(main())

"""worksheet: what the six mornings say and nobody has judged yet, with its surroundings, for a reader.

    python -m measure.worksheet DIR --out FOLDER    writes one file a morning
    python -m measure.worksheet DIR --take FILE     takes verdicts into the sheet: key, right or wrong, why

The worksheet quotes articles and stays outside the repository; the sheet quotes nothing. Verdicts on what is
no longer shown leave the sheet.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Collection, Sequence
from dataclasses import asdict, fields
from pathlib import Path

from briefing.model import Article
from measure.checked import SHEET, Mornings, Shown, Verdict, mornings, sheet

AROUND = 420  # characters of the article on each side


def main() -> int:
    """Write worksheets or take verdicts; 0 where it could."""
    parser = argparse.ArgumentParser(prog="measure.worksheet", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("dir", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--take", type=Path)
    options = parser.parse_args()
    made = mornings(options.dir)
    known = {v.key: v for v in sheet()} if SHEET.is_file() else {}
    if options.take:
        _keep(_taken([*made.shown()], known, options.take))
    if options.out:
        options.out.mkdir(parents=True, exist_ok=True)
        _write(made, known.keys(), options.out)
    return 0


def _write(made: Mornings, known: Collection[str], out: Path) -> None:
    for slot in dict.fromkeys(e.slot for e in made.editions):
        items = [s for s in made.shown() if s.slot == slot and s.key not in known]
        blocks = [_block(s, made.articles[s.article]) for s in items]
        (out / f"{slot}.txt").write_text("\n".join(blocks), encoding="utf-8")
        print(f"{slot}: {len(items)} to judge", file=sys.stderr)


def _block(item: Shown, article: Article) -> str:
    head = f"{item.key}  {item.item}  {item.said}\n    in {item.article}: {article.title}"
    if not item.end:
        return head + "\n"
    before = article.text[max(0, item.start - AROUND) : item.start]
    behind = article.text[item.end : item.end + AROUND]
    return f"{head}\n    ...{before}>>>{article.text[item.start : item.end]}<<<{behind}...\n".replace(
        "\n\n", "\n"
    )


def _taken(shown: Sequence[Shown], known: dict[str, Verdict], file: Path) -> list[Verdict]:
    """The sheet with the verdicts of a file, as far as they are on what is shown."""
    rows = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    new = {key: (word, why) for key, word, why in rows}
    if wrong := sorted({word for word, _ in new.values()} - {"right", "wrong"}):
        raise SystemExit(f"{file}: the second column is right or wrong, not {', '.join(wrong)}")
    verdicts = []
    for item in shown:
        if item.key in new:
            word, why = new[item.key]
            place = (item.slot, item.item, item.article, item.start, item.end)
            verdicts.append(Verdict(item.key, *place, word == "right", why))
        elif item.key in known:
            verdicts.append(known[item.key])
    return verdicts


def _keep(verdicts: Sequence[Verdict]) -> None:
    with SHEET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow([f.name for f in fields(Verdict)])
        for verdict in verdicts:
            writer.writerow([*(asdict(verdict) | {"right": "right" if verdict.right else "wrong"}).values()])


if __name__ == "__main__":
    sys.exit(main())

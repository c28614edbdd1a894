"""All summarisers on the same articles: `python -m measure.methods DIR [--only NAMES] [--out FOLDER]`.

Writes the tables of docs/methods.md anew, between its two marks, and the plot beside them. Articles
are read once for all methods; digests that lie in FOLDER are not made again. Intervals are the
scorers' own: 95 %, by resampling items, paired.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from briefing.model import Article, Reading
from briefing.refine import leading
from briefing.refine.methods import METHODS
from briefing.refine.summarise import filling
from measure.data import Item, article, items
from measure.digests import CLUSTER, DAY
from measure.learn import crossed, lessons
from measure.scorer import printed, write

PAGE = Path(__file__).parents[2] / "docs/methods.md"
PLOT = PAGE.with_suffix(".svg")
BEGIN, END = "<!-- measured -->\n", "<!-- /measured -->\n"
AGAINST = "lead"  # the baseline that news is hard to beat with
CROSSED = "default, weights of other topics"

_SCORE = re.compile(r"^rouge(1|2) F ([\d.]+)", re.MULTILINE)
_DIFFERENCE = re.compile(
    r"^rouge(1|2) difference ([+-][\d.]+) \(95 % ([+-][\d.]+) to ([+-][\d.]+)\)", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Score:
    """A method on a set: ROUGE-1 and ROUGE-2, and how far each is from the baseline's."""

    method: str
    rouge: tuple[float, float]
    differences: tuple[tuple[float, float, float], ...]  # mean, low, high; empty for the baseline


@dataclass(frozen=True, slots=True)
class Question:
    """A set: its items read through, its budget, its scorer."""

    title: str
    budget: int
    scorer: str
    readings: Callable[[Path], Iterator[tuple[str, list[Reading]]]]


def days(folder: Path) -> Iterator[tuple[str, list[Reading]]]:
    """The articles of each day of the timelines."""
    texts = {a["id"]: a["text"] for a in items(folder / "timelines/articles.jsonl")}
    for day in items(folder / "timelines/daily_tasks.jsonl"):
        yield day["id"], _read([article(key, texts[key]) for key in day["articles"] if key in texts])


def clusters(folder: Path) -> Iterator[tuple[str, list[Reading]]]:
    """The articles of each cluster of Multi-News."""
    for cluster in items(folder / "multi-news/clusters.jsonl"):
        texts = enumerate(cluster["documents"])
        yield cluster["id"], _read([article(f"{cluster['id']}/{n}", text) for n, text in texts])


def _read(articles: Sequence[Article]) -> list[Reading]:
    return leading(articles)


QUESTIONS = (
    Question("timelines, 60 words", DAY, "timelines.py", days),
    Question("Multi-News, 230 words", CLUSTER, "multi_news.py", clusters),
)


def measured(question: Question, names: Sequence[str], folder: Path, out: Path) -> list[Score]:
    """Some methods on one set, the best in ROUGE-2 first."""
    files = {name: out / f"{question.budget}-{name}.jsonl" for name in names}
    absent = [name for name, file in files.items() if not file.exists()]
    read = list(question.readings(folder)) if absent else []
    for name in absent:
        start = time.perf_counter()
        write(files[name], _digests(read, question.budget, name))
        print(f"{question.title}: {name} {time.perf_counter() - start:.0f} s", file=sys.stderr, flush=True)
    if question.scorer == "timelines.py":
        files[CROSSED] = out / "crossed.jsonl"
        if not files[CROSSED].exists():
            write(files[CROSSED], crossed(lessons(folder)))
    scores = [_score(question, folder, name, file, files[AGAINST]) for name, file in files.items()]
    return sorted(scores, key=lambda s: (-s.rouge[1], s.method))


def _digests(read: Sequence[tuple[str, list[Reading]]], budget: int, name: str) -> list[Item]:
    return [
        {"id": key, "sentences": [s.text for s in filling(readings, "en", budget, name)]}
        for key, readings in read
    ]


def _score(question: Question, folder: Path, name: str, predictions: Path, baseline: Path) -> Score:
    against = () if predictions == baseline else ("--against", str(baseline.resolve()))
    said = printed(folder, (question.scorer, *against), predictions)
    rouge = {m.group(1): float(m.group(2)) for m in _SCORE.finditer(said)}
    away = [tuple(float(m.group(i)) for i in (2, 3, 4)) for m in _DIFFERENCE.finditer(said)]
    return Score(name, (rouge["1"], rouge["2"]), tuple((a, b, c) for a, b, c in away))


def table(question: Question, scores: Sequence[Score]) -> str:
    """The scores of one set in Markdown."""
    rows = [
        f"| {question.title} | ROUGE-1 | against lead | ROUGE-2 | against lead |",
        "|---|---|---|---|---|",
    ]
    for score in scores:
        one, two = (_interval(score, n) for n in (0, 1))
        rows.append(f"| {score.method} | {score.rouge[0]:.3f} | {one} | {score.rouge[1]:.3f} | {two} |")
    return "\n".join(rows) + "\n"


def _interval(score: Score, n: int) -> str:
    if not score.differences:
        return "-"
    mean, low, high = score.differences[n]
    return f"{mean:+.3f} ({low:+.3f} to {high:+.3f})"


def plot(results: Sequence[tuple[Question, Sequence[Score]]]) -> str:
    """Differences to the baseline in ROUGE-2 with their intervals, one panel a set, as SVG."""
    panels, top = [], 0
    for question, scores in results:
        panels.append(_panel(question, [s for s in scores if s.differences], top))
        top += 22 * len(scores) + 50
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 {top}" width="640" height="{top}" '
        'font-family="sans-serif" font-size="12" role="img">\n'
        "<title>ROUGE-2 of each method less that of lead, with 95 % intervals</title>\n"
        f'<rect width="640" height="{top}" fill="#fff"/>\n' + "".join(panels) + "</svg>\n"
    )


def _panel(question: Question, scores: Sequence[Score], top: int) -> str:
    def x(value: float) -> float:
        return round(430 + value * 4000, 1)

    bottom = top + 30 + 22 * len(scores)
    lines = [
        f'<text x="10" y="{top + 18}" font-weight="bold">{question.title}: ROUGE-2 less that of lead</text>',
        f'<path d="M{x(0)} {top + 26}V{bottom}" stroke="#999"/>',
    ]
    for value in (-0.04, -0.02, 0.0, 0.02, 0.04):
        label = f"{value:+.2f}" if value else "0"
        lines.append(
            f'<text x="{x(value)}" y="{bottom + 12}" fill="#666" text-anchor="middle">{label}</text>'
        )
    for n, score in enumerate(scores):
        mean, low, high = score.differences[1]
        y, colour = top + 40 + 22 * n, "#1b6ca8" if low > 0 else "#a33" if high < 0 else "#555"
        lines += [
            f'<text x="10" y="{y + 4}">{score.method}</text>',
            f'<path d="M{x(low)} {y}H{x(high)}" stroke="{colour}" stroke-width="2"/>',
            f'<circle cx="{x(mean)}" cy="{y}" r="4" fill="{colour}"/>',
        ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure, and write page and plot."""
    parser = argparse.ArgumentParser(description="Compare all summarisers: docs/methods.md.")
    parser.add_argument("dir", type=Path, help="a folder of evaluation data")
    parser.add_argument("--only", default=",".join(METHODS), help=f"methods, by commas; {AGAINST} among them")
    parser.add_argument("--out", type=Path, help="keep the digests here")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        out = options.out or Path(temporary)
        out.mkdir(parents=True, exist_ok=True)
        names = options.only.split(",")
        results = [(question, measured(question, names, options.dir, out)) for question in QUESTIONS]
    _rewrite(results)


def _rewrite(results: Sequence[tuple[Question, Sequence[Score]]]) -> None:
    """The page between its marks, and the plot."""
    before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
    tables = "\n".join(table(question, scores) for question, scores in results)
    PAGE.write_text(f"{before}{BEGIN}\n{tables}\n{END}{rest.split(END)[1]}", encoding="utf-8")
    PLOT.write_text(plot(results), encoding="utf-8")


if __name__ == "__main__":
    main()

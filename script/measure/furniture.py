"""furniture: whole pages as copy and paste gives them, and which of their lines the program keeps.

The texts are made at run time from the saved pages of pages/ and stand nowhere else. Gold is what those
sets say of a line, and lines of which they say nothing are not counted:

    segments      a line that holds a passage that must be taken is reporting, one that holds a passage
                  that must not be taken is furniture
    readability   a line that stands in the reviewed output is reporting, one that does not is furniture;
                  captions, tables, half-matching lines and lines that the page repeats are left out

The headline counts as neither. Asked is what a note pasted into the inbox goes through: `clean`. The pages
are those in a language that has a file, with lines of both kinds.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from briefing.language import detect, known
from briefing.model import Article, Cleaned
from briefing.refine.clean import clean
from measure.data import Item, items
from measure.model import Found, Metric, Set, Task
from measure.visible import tagged_lines, visible_lines

RUN = 4  # words: as in the scorer of pages/readability
IN, OUT = (
    0.8,
    0.2,
)  # shares of a line's word runs: from the one it stands in an output, up to the other it does not
STAYS = 0.5  # share of a line's characters from which it is kept
LEAST = 2  # lines of each kind
LONG_LINE = 10  # words: the simple rule that the program is compared with keeps longer lines with a full stop
WORD = re.compile(r"\w+")
Judge = Callable[[Task, Item, tuple[str, ...]], dict[int, bool]]
STOP = re.compile(r"[.!?…][\"'”’»)\]]*$")


@dataclass(frozen=True, slots=True)
class Messy:
    """One page as pasted; `gold` says of a line, by its index, whether it is reporting."""

    article: Article
    lines: tuple[str, ...]
    gold: dict[int, bool]


@dataclass(slots=True)
class Tally:
    """Lines of reporting kept, furniture kept, reporting lost."""

    right: int = 0
    wrong: int = 0
    lost: int = 0

    def add(self, gold: bool, kept: bool) -> None:
        """Count one line."""
        self.right += gold and kept
        self.wrong += kept and not gold
        self.lost += gold and not kept

    @property
    def precision(self) -> float:
        """Reporting among the lines kept."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Lines kept among those of reporting."""
        return self.right / max(1, self.right + self.lost)

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.lost)


def pages(task: Task) -> Found:
    """Lines kept and cut, over all pages."""
    texts = messy_texts(task)
    ours, simple, everything = Tally(), Tally(), Tally()
    for text in texts:
        kept = kept_lines(text)
        for index, gold in text.gold.items():
            ours.add(gold, kept[index])
            simple.add(gold, _is_long_sentence(text.lines[index]))
            everything.add(gold, True)
    measured = {"line F1": ours.f1, "precision": ours.precision, "recall": ours.recall}
    beside = {"line F1": max(f"{simple.f1:.3f} long sentences", f"{everything.f1:.3f} all lines")}
    note = f"furniture/pages: {len(texts)} texts, {sum(len(t.gold) for t in texts)} lines"
    return Found((), measured, beside, (note,))


def messy_texts(task: Task) -> list[Messy]:
    """The pages that can be asked about, in the order of their sets."""
    folder = task.folder / "pages"
    found = [_messy(task, row, _by_segments) for row in items(folder / "segments.jsonl")]
    found += [_messy(task, row, _by_output) for row in items(folder / "readability.jsonl")]
    return [text for text in found if text.article.language in known() and _has_both(text.gold)]


def kept_lines(text: Messy) -> list[bool]:
    """For each line whether most of its characters are kept."""
    cleaned = clean(text.article)
    at, kept = 0, []
    for line in text.lines:
        kept.append(_inside(cleaned, at, at + len(line)) >= STAYS * len(line))
        at += len(line) + 2
    return kept


def _messy(task: Task, row: Item, judge: Judge) -> Messy:
    lines = tuple(visible_lines((task.folder / "pages" / row["file"]).read_bytes()))
    gold = judge(task, row, lines)
    gold = {i: is_in for i, is_in in gold.items() if _words(lines[i]) != _words(row.get("title") or "")}
    language = detect(" ".join(lines[i] for i, is_in in sorted(gold.items()) if is_in))
    text = "\n\n".join(lines)
    return Messy(
        Article(row["id"], "evaluation", row.get("title") or "", text, language=language), lines, gold
    )


def _by_segments(_task: Task, row: Item, lines: tuple[str, ...]) -> dict[int, bool]:
    gold: dict[int, bool] = {}
    for index, line in enumerate(lines):
        taken = any(_squeezed(s) in line for s in row["with"])
        left = any(_squeezed(s) in line for s in row["without"])
        if taken != left:
            gold[index] = taken
    return gold


def _by_output(task: Task, row: Item, lines: tuple[str, ...]) -> dict[int, bool]:
    expected = tagged_lines((task.folder / "pages" / row["expected"]).read_bytes())
    words = [word for line, _ in expected for word in _words(line)]
    runs, whole = set(_runs(words)), {" ".join(_words(line)) for line, _ in expected}
    captions = {" ".join(_words(line)) for line, caption in expected if caption}
    seen = Counter(" ".join(_words(line)) for line in lines)
    gold: dict[int, bool] = {}
    for index, line in enumerate(lines):
        said, own = " ".join(_words(line)), list(_runs(_words(line)))
        if not said or said in captions or (said in whole and seen[said] > 1):
            continue
        share = sum(run in runs for run in own) / len(own) if own else float(said in whole)
        if share >= IN or share <= OUT:
            gold[index] = share >= IN
    return gold


def _inside(cleaned: Cleaned, start: int, end: int) -> int:
    return sum(max(0, min(p.end, end) - max(p.start, start)) for p in cleaned.paragraphs)


def _is_long_sentence(line: str) -> bool:
    return len(line.split()) > LONG_LINE and bool(STOP.search(line))


def _has_both(gold: dict[int, bool]) -> bool:
    return min(sum(gold.values()), len(gold) - sum(gold.values())) >= LEAST


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _words(line: str) -> list[str]:
    return WORD.findall(line.casefold())


def _runs(words: list[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1))


SETS = (
    Set(
        "furniture/pages",
        ("pages/segments.jsonl", "pages/readability.jsonl", "pages/trafilatura", "pages/readability"),
        pages,
        (Metric("line F1"), Metric("precision"), Metric("recall")),
        seconds=15,
        every=1,
    ),
)

"""sentences: where one ends."""

from __future__ import annotations

from briefing.language import sentence_spans
from measure.data import items
from measure.model import Found, Metric, Set, Task

CODES = {
    "amharic": "am", "armenian": "hy", "bulgarian": "bg", "burmese": "my", "chinese": "zh", "danish": "da",
    "deutsch": "de", "dutch": "nl", "english": "en", "english_clean": "en", "french": "fr", "greek": "el",
    "hindi": "hi", "italian": "it", "japanese": "ja", "kazakh": "kk", "marathi": "mr", "persian": "fa",
    "polish": "pl", "russian": "ru", "slovak": "sk", "spanish": "es", "urdu": "ur", "arabic": "ar",
    "ukrainian": "uk",
}  # fmt: skip


def english(task: Task) -> Found:
    """Texts of fifteen genres."""
    return _cut(task, "sentences/gum.jsonl", "en")


def ukrainian(task: Task) -> Found:
    """Ukrainian prose and news."""
    return _cut(task, "sentences/uk-iu-dev.jsonl", "uk")


def rules(task: Task) -> Found:
    """Short hard cases of many languages."""
    return _cut(task, "sentences/rules.jsonl", "")


def _cut(task: Task, name: str, code: str) -> Found:
    """One paragraph at a time, as the program does it."""
    rows = []
    for row in items(task.folder / name):
        used = code or CODES.get(row["lang"], "en")
        found = [p[a:b] for p in row["text"].split("\n") for a, b in sentence_spans(p, used)]
        rows.append({"id": row["id"], "sentences": found})
    return Found(rows)


ALL = Metric("F1", r"^all: .*F1 ([\d.]+)")

SETS = (
    Set(
        "sentences/gum",
        ("sentences/gum.jsonl",),
        english,
        (
            ALL,
            Metric("F1, news", r"^news: .*F1 ([\d.]+)"),
            Metric("texts changed", r"changed or lost: (\d+)", slack=0, lower=True, count=True),
        ),
        ("sentences.py", "gum"),
    ),
    Set("sentences/uk", ("sentences/uk-iu-dev.jsonl",), ukrainian, (ALL,), ("sentences.py", "uk")),
    Set(
        "sentences/rules",
        ("sentences/rules.jsonl",),
        rules,
        (
            Metric("exact", r"^all: (\d+) of (\d+)"),
            Metric("exact, English", r"^english: (\d+) of (\d+)"),
        ),
        ("sentences.py", "rules"),
    ),
)

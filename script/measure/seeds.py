"""seeds: the two documents that the project started from: furniture must go, reporting must stay.

The oracle names lines by their number only, so that no text of a publisher stands here.
"""

from __future__ import annotations

from briefing.config import Source
from briefing.model import Article, Document, Reading
from briefing.read import read
from briefing.read.text import normalise
from measure.data import read_through
from measure.model import Found, Metric, Set, Task

FOLDER = "../seeds"  # beside the data folder
TITLES = {"kursk-incursion-1.txt": 1, "kursk-incursion-2.txt": 3}
FURNITURE = {
    "kursk-incursion-1.txt": frozenset[int](),
    "kursk-incursion-2.txt": frozenset(
        (1, 5, *range(53, 81))
    ),  # an appeal, a caption, all from the newsletter on
}
STAYS = 0.5  # share of a line's characters from which a line of reporting is not lost


def documents(task: Task) -> Found:
    """Lines that stayed and should not have, and lines that went and should not have."""
    kept = lost = 0
    for name, title in TITLES.items():
        content = (task.folder / FOLDER / name).read_bytes()
        shares = _shares(_reading(name, content), content.decode("utf-8").split("\n"))
        furniture = FURNITURE[name]
        kept += sum(share > 0 for number, share in shares.items() if number in furniture)
        lost += sum(share < STAYS for number, share in shares.items() if number not in furniture | {title})
    return Found((), {"furniture lines kept": float(kept), "reporting lines lost": float(lost)})


def _reading(name: str, content: bytes) -> Reading:
    found = read(Document("evaluation", name, content), Source(file=name), "UTC")
    return read_through(next(a for a in found if isinstance(a, Article)))


def _shares(reading: Reading, lines: list[str]) -> dict[int, float]:
    """For each line that is not blank, by its number from 1, the share of it that is in the sentences."""
    text, at, shares = reading.article.text, 0, {}
    for number, line in enumerate(map(normalise, lines), start=1):
        if not line:
            continue
        start = text.find(line, at)
        if start < 0:
            shares[number] = 0.0
            continue
        at = start + len(line)
        inside = sum(max(0, min(s.end, at) - max(s.start, start)) for s in reading.sentences)
        shares[number] = inside / len(line)
    return shares


SETS = (
    Set(
        "seeds/kursk",
        tuple(f"{FOLDER}/{name}" for name in TITLES),
        documents,
        (
            Metric("furniture lines kept", slack=0, lower=True, count=True),
            Metric("reporting lines lost", slack=0, lower=True, count=True),
        ),
    ),
)

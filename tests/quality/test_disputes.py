"""What is shown as a dispute is one: real days against verdicts made by reading.

disputes.tsv has a row for each dispute of all days of ../shared/data/ukraine-news that some rules
have shown: where both sides stand, a digest of what was judged, and whether they are of one event, opposed in
fact, of the edition's days and of the speakers that are named. Rules were made on days of even date.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from measure.data import items
from measure.days import edition

from briefing.config import Settings
from briefing.model import Dispute

SHEET = Path(__file__).parent / "disputes.tsv"
DAYS = (
    "2022-05-04",
    "2022-07-16",
    "2022-07-30",
    "2022-08-27",
    "2022-10-06",
    "2022-10-20",
    "2022-11-20",
)
FLOOR = 0.9  # of the shown ones that were judged
FEWEST = 4  # of them: an edition without disputes is not precise but empty


def digest(dispute: Dispute) -> str:
    """Ten hex digits over what is judged: both lines and who is said to speak."""
    said = [part for side in dispute.sides for part in (side.claim.source, side.text)]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:10]


def verdicts() -> dict[str, bool]:
    with SHEET.open(encoding="utf-8", newline="") as file:
        return {r["digest"]: r["verdict"] == "right" for r in csv.DictReader(file, delimiter="\t")}


@pytest.mark.slow
def test_nine_of_ten_disputes_are_disputes(shared: Path) -> None:
    known = verdicts()
    judged = [known[key] for key in shown(shared) if key in known]
    assert sum(judged) >= FEWEST
    assert sum(judged) >= FLOOR * len(judged)


def shown(shared: Path) -> Iterator[str]:
    """The disputes of some days, each day alone."""
    rows = list(items(shared / "data/ukraine-news/articles.jsonl"))
    for day in DAYS:
        built, _ = edition(day, [row for row in rows if row["date"] == day], Settings())
        yield from map(digest, built.disputes)

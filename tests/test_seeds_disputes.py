"""The yardstick's dispute: who admitted what about the rebels, and who says that he did not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

SOURCES = """\
title: Seeds
timezone: Europe/Kyiv
window: 10d
formats: [json]
sources:
  - {{file: "{shared}/seeds/kursk-incursion-1.txt", name: A, outlet: A, published: "2024-08-07"}}
  - {{file: "{shared}/seeds/kursk-incursion-2.txt", name: B, outlet: B, published: "2024-08-11"}}
"""


def test_the_row_over_the_rebels_is_told_by_both_sides(shared: Path, tmp_path: Path, desk: Any) -> None:
    (tmp_path / "feeds.yaml").write_text(SOURCES.format(shared=shared), encoding="utf-8")
    (dispute,) = desk(tmp_path).build("2024-08-12T06:00:00+03:00", formats=("json",)).edition.disputes
    said, denied = dispute.sides
    assert (said.claim.source, said.claim.kind) == ("Ukrainian outlets", "medium")
    assert "had admitted" in said.text
    assert (denied.claim.source, denied.claim.kind) == ("Andriy Yusov", "Ukrainian official")
    assert "no such statement" in denied.text
    assert dispute.kind == "denial"

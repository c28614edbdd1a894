"""Figures are read out of what the scorers print; the lines are in their form, the numbers invented."""

from __future__ import annotations

import pytest
from measure.model import Metric
from measure.scorer import figure
from measure.sets import SETS

ROUGE = """items 9, without a prediction 0 (they count as wrong), unknown ids 0
budget 60 words; mean length given 71.0, cut in 8 of 9
sentences that stand word for word in a source: 19 of 20
rouge1 F 0.2510 (95 % 0.2400 to 0.2600)
rouge2 F 0.0710 (95 % 0.0600 to 0.0800)
rougeLsum F 0.2010 (95 % 0.1900 to 0.2100)
rouge1 difference +0.0210 (95 % -0.0010 to +0.0330)
rouge2 difference +0.0140 (95 % +0.0060 to +0.0220)
"""
PAGES = """items 4, without a prediction 0 (they count as wrong), unknown ids 0
all pages (4): precision 0.9000 recall 0.8000 F1 0.8471 (right 8, wrong 1, missed 2)
  accuracy 0.8800
English (2): precision 1.0000 recall 0.5000 F1 0.6667 (right 2, wrong 0, missed 2)
title: right 3 of 4
author: right 0 of 0
"""
FEEDS = """all: files all right 5 of 8 (0.6250); agreement 30 of 40 (0.7500)
  entries 8 of 8 (1.0000); title 22 of 32 (0.6875)
producer: files all right 1 of 4 (0.2500); agreement 10 of 20 (0.5000)
  entries 4 of 4 (1.0000)
"""
PAIRS = "same story 3 of 9: AUC 0.9300 average precision 0.8200 Pearson -0.0310\n"
SENTENCES = """texts with characters changed or lost: 2
all: precision 0.9000 recall 0.8000 F1 0.8471 (right 8, wrong 1, missed 2)
news: precision 0.5000 recall 0.5000 F1 0.5000 (right 1, wrong 1, missed 1)
"""


@pytest.mark.parametrize(
    ("name", "metric", "printed", "score"),
    [
        ("timelines/days", "ROUGE-1", ROUGE, 0.251),
        ("timelines/days", "ROUGE-Lsum", ROUGE, 0.201),
        ("multi-news/clusters", "word for word", ROUGE, 0.95),
        ("multi-news/clusters", "ROUGE-1 over lead, at least", ROUGE, -0.001),
        ("multi-news/clusters", "ROUGE-2 over lead, at least", ROUGE, 0.006),
        ("pages/segments", "F1, English", PAGES, 0.6667),
        ("pages/segments", "titles", PAGES, 0.75),
        ("pages/segments", "authors", PAGES, None),
        ("pages/segments", "dates", PAGES, None),
        ("feeds/files", "values", FEEDS, 0.75),
        ("feeds/files", "values, by producers", FEEDS, 0.5),
        ("feeds/files", "values, JSON Feed", FEEDS, None),
        ("stories/pairs", "Pearson", PAIRS, -0.031),
        ("sentences/gum", "F1, news", SENTENCES, 0.5),
        ("sentences/gum", "texts changed", SENTENCES, 2.0),
        ("sentences/rules", "exact, English", "danish: 1 of 1\nenglish: 7 of 8\nall: 8 of 9\n", 0.875),
        ("themes/reliefweb", "macro-F1", "macro-F1 over 19 themes 0.3100\n  Health: 0.400\n", 0.31),
        ("themes/plover", "macro-F1", "accuracy 0.8000 macro-F1 0.5500\n", 0.55),
    ],
)
def test_figures_of_the_scorers(name: str, metric: str, printed: str, score: float | None) -> None:
    chosen = next(s for s in SETS if s.name == name)
    found = figure(next(m for m in chosen.metrics if m.name == metric), printed)
    assert found == (score if score is None else pytest.approx(score))


@pytest.mark.parametrize("printed", ["", "F1", "F1 none", "\n\n"])
def test_text_without_the_figure_gives_none(printed: str) -> None:
    assert figure(Metric("F1", r"F1 ([\d.]+)"), printed) is None

"""figures: how many of what, according to whom, as the source puts it.

Theory: `numerals` finds the numbers that count, `kinds` the word that tells what they count; a
number that nothing near explains is no figure. `extraction` adds whom, where, when and who says so.
"""

from __future__ import annotations

from briefing.refine.figures.extraction import figures
from briefing.refine.figures.quantity import Quantity, numbers, quantities

__all__ = ["Quantity", "figures", "numbers", "quantities"]

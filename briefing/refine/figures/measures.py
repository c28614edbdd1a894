"""measures: money given as aid, ground gained, distances advanced.

Theory: a sum or a length alone tells nothing: a turnover, a price, the way to the border. It is a figure
where the words right beside it say what it was given for or what was gained: "$800 million in military
aid", "retook 1,000 square km", "advanced 10 km".

Rejected: any sum in a sentence about aid (the aid of one and the debts of another stand in one sentence).
"""

from __future__ import annotations

import re

from briefing.language import NEVER, Language
from briefing.refine.figures.numerals import Numeral

BEFORE = 40  # characters before a sum or a length in which its purpose can stand
BEHIND = 48  # and behind it
_OWNER = re.compile(r"[’']s\b")
_STOP = re.compile(r"[,;:.!?](?:\s|$)|\s[–—]\s|\s\d|[$€£]")


def measured(text: str, numeral: Numeral, words: Language) -> tuple[str, int]:
    """What a sum or a measure stands for, and how far behind the number the words end that say so."""
    behind = _STOP.split(text[numeral.end : numeral.end + BEHIND], maxsplit=1)[0]
    before = _STOP.split(text[max(0, numeral.start - BEFORE) : numeral.start])[-1]
    for kind in ("aid", "area", "distance"):
        unit = words.numbers.get(f"{kind}_units", NEVER).match(behind.lstrip())
        reach = len(behind) - len(behind.lstrip()) + unit.end() if unit else 0
        if not unit and not (kind == "aid" and _is_money(text, numeral)):
            continue
        told = words.numbers.get(f"{kind}_behind", NEVER).match(behind[reach:].lstrip())
        if told and not _OWNER.match(behind[reach:].lstrip(), told.end()):  # "inside | Russia's front line"
            lead = len(behind[reach:]) - len(behind[reach:].lstrip())
            return kind, reach + (lead + told.end() if kind == "aid" else 0)
        if words.numbers.get(f"{kind}_before", NEVER).search(before):
            return kind, reach
    return "", 0


def _is_money(text: str, numeral: Numeral) -> bool:
    """Whether a number has a currency before it."""
    unit = text[slice(*numeral.unit)] if numeral.unit and numeral.unit[1] <= numeral.number[0] else ""
    return bool(unit) and not unit[-1].isalpha()

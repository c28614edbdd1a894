"""How a language writes numbers: digits, words, scales, ranges, shares, money, and what they are worth.

Theory: one notation serves all ("1.2 million", "12 000", "two thirds", "between 5 and 10", "£39m");
the words of it are a language's data, and so is the sign of its decimals: "1,234" is a thousand in
English and, before a scale, a fraction in Ukrainian.

Rejected: the dateparser and babel number readers (they read a number that is known to be one, and
find none in a text); joining "2, 669" (a slip of some reports, but "in group 2, 669 people" is not).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from briefing.language.data import NEVER, Language, language, match, phrases

DIGITS = r"(?:\d{1,3}(?:[,. \u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?)(?![.,]\d)"
SIGNS = r"(?-i:[A-Z]{0,3}[$€£¥₴₽₹₺₦₪₩])"
MONEY_SCALES = {"k": 1e3, "m": 1e6, "mn": 1e6}  # of money only: elsewhere "200m" is a distance
THOUSAND = 1000
FEWEST_THOUSANDS = "000"  # in a language of decimal points "12.000" can be no fraction of a count


@lru_cache(maxsize=16)
def number_pattern(code: str) -> re.Pattern[str]:
    """A number with what stands around it.

    Groups: former ("from 9 to ..."), modifier, currency, number, scale, share, attached (letters
    that touch the digits, "5kg"), more. Whether it is a quantity is for the caller to judge.
    """
    words = language(code)
    table = {name: words.numbers.get(name, NEVER).pattern for name in _ASKED}
    scale = any_of(words.scale_words)
    return re.compile(
        rf"(?<![\w/])(?<!\w[-–.,:'’])(?P<modifier>(?!{_ranges(words)})(?:(?P<former>{table['former']})|{table['modifiers']}),?\s+)?"
        rf"(?P<currency>{SIGNS}\s?|{table['currencies']}\s)?"
        rf"(?P<number>{_ranges(words)}|(?(former)(?!)|(?:{_bare_range(words)}))|{DIGITS}|(?:{table['fractions']})(?=\s*\(|\s+{table['partitive']})"
        rf"|{table['vague']}|{_spelled(words)})"
        rf"(?P<scale>(?:\s?(?:{scale})(?!\w))+|(?-i:{any_of(MONEY_SCALES)})(?!\w))?"
        rf"(?P<share>\s?%|\s(?:{table['shares']}))?(?P<attached>[^\W\d_]+)?"
        rf"(?P<more>\s+(?:{table['more']}))?(?!\w|[/:]\d)",
        re.IGNORECASE,
    )


_ASKED = (
    "modifiers", "former", "currencies", "fractions", "partitive", "vague", "shares", "more",
)  # fmt: skip


def number_value(found: re.Match[str], code: str) -> float | None:
    """What a match of `number_pattern` is worth; None for "dozens", "a third" and ranges."""
    words = language(code)
    number = found.group("number").lower().replace("’", "'")
    scale = (found.group("scale") or "").lower()
    if re.search(match(phrases(words.ranges.get("to", ""))), number):
        return None
    if not number[0].isdigit():
        spelled = re.match(match(words.number_words), number)
        return _sum(f"{number} {scale}", words) if spelled else None
    if re.search(r"\d\D*[–-]\D*\d", number):
        return None
    total = _digits(
        re.sub(r"[ \u00a0\u202f]", "", number), words.decimal, bool(scale or found.group("share"))
    )
    for word in re.findall(r"[^\W\d_]+", scale):
        total *= words.scale_words.get(word, MONEY_SCALES.get(word, 1.0))
    return total


def any_of(listed: Iterable[str]) -> str:
    """The body of a pattern that finds any of these words, the longest first."""
    return "|".join(re.escape(w) for w in sorted(listed, key=lambda w: (-len(w), w))) or r"(?!)"


def _digits(number: str, decimal: str, fraction: bool) -> float:
    """The worth of digits with points and commas."""
    groups = re.fullmatch(r"\d{1,3}(?:([.,])\d{3})+", number)
    if groups and (
        groups.group(1) != decimal
        or number.count(decimal) > 1
        or (not fraction and (decimal == "," or number.endswith(FEWEST_THOUSANDS)))
    ):
        return float(re.sub(r"[.,]", "", number))
    if len(re.findall(r"[.,]", number)) > 1:  # "1,234.5"
        whole, _, rest = re.sub(r"[.,](?=.*[.,])", "", number).replace(",", ".").partition(".")
        return float(f"{whole}.{rest}")
    return float(number.replace(",", "."))


def _ranges(words: Language) -> str:
    """Between 5 and 10, 5-10, 5 to 10."""
    between, joined = (match(phrases(words.ranges.get(k, ""))).pattern for k in ("between", "and"))
    return rf"(?:{between})\s{DIGITS}\s(?:{joined})\s{DIGITS}|{DIGITS}\s?[–-]\s?{DIGITS}(?![\d-])"


def _bare_range(words: Language) -> str:
    """5 to 10, two or three; not behind "from", which tells what it was before."""
    to = match(phrases(words.ranges.get("to", ""))).pattern
    one = match(words.number_words).pattern
    return rf"{DIGITS}\s{to}\s{DIGITS}|{one}\s{to}\s{one}"


def _spelled(words: Language) -> str:
    """Two hundred and thirty-eight."""
    one = match(words.number_words).pattern
    scale = any_of(words.scale_words)
    joined = match(phrases(words.ranges.get("sum", ""))).pattern
    return rf"{one}(?:[\s-](?:(?:{joined})\s)?(?:{one}|(?:{scale})(?!\w)))*"


def _sum(spelled: str, words: Language) -> float:
    """Two hundred and thirty-eight thousand and five: words add up, scales multiply what precedes."""
    total = part = 0.0
    known = any_of({*words.number_words, *words.scale_words})
    for word in re.findall(rf"(?<!\w)(?:{known})(?!\w)", spelled):
        if word in words.number_words:
            part += words.number_words[word]
        else:
            part = max(part, 1) * words.scale_words[word]
            if part >= THOUSAND:  # "two thousand three hundred": the thousands are complete
                total, part = total + part, 0.0
    return total + part

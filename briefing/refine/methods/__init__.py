"""The summarisers by name: every one is a sumy AbstractSummarizer, ours included.

A method is one file and one line in `METHODS`. sumy's classics stand in `classics`; ours work on
plain sumy documents too. All of them get our tokenizer (`document`), because sumy's own needs a
download and drops every token with a digit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from briefing.errors import ConfigError
from briefing.refine.methods import classics, lead, lexrank

METHODS: Mapping[str, Callable[[str], Any]] = {
    "default": lexrank.summarizer,
    "lead": lead.summarizer,
    "lexrank": classics.lexrank,
    "textrank": classics.textrank,
    "lsa": classics.lsa,
    "luhn": classics.luhn,
    "kl-sum": classics.kl,
    "sum-basic": classics.sum_basic,
    "reduction": classics.reduction,
}


def method(name: str, code: str) -> Any:
    """The summariser of that name for a language; a ConfigError lists the known names."""
    if name not in METHODS:
        raise ConfigError(f'unknown summary method "{name}". Known methods: {", ".join(METHODS)}')
    return METHODS[name](code)

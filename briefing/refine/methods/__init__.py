"""The summarisers by name: every one is a sumy AbstractSummarizer, ours included.

A method is one file and one line in `METHODS`. sumy's classics stand in `classics`; ours work on
plain sumy documents too. All of them get our tokenizer (`document`), because sumy's own needs a
download and drops every token with a digit. sumy is imported when the first of them is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Any

from briefing.errors import ConfigError

# name -> module here, and the function in it that makes the summariser for a language
METHODS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "default": ("coverage", "summarizer"),
        "biased-lexrank": ("lexrank", "summarizer"),
        "lead": ("lead", "summarizer"),
        "lexrank": ("classics", "lexrank"),
        "textrank": ("classics", "textrank"),
        "lsa": ("classics", "lsa"),
        "luhn": ("classics", "luhn"),
        "kl-sum": ("classics", "kl"),
        "sum-basic": ("classics", "sum_basic"),
        "reduction": ("classics", "reduction"),
    }
)


def method(name: str, code: str) -> Any:
    """The summariser of that name for a language; a ConfigError lists the known names."""
    if name not in METHODS:
        raise ConfigError(f'unknown summary method "{name}". Known methods: {", ".join(METHODS)}')
    module, function = METHODS[name]
    return getattr(import_module(f"{__name__}.{module}"), function)(code)

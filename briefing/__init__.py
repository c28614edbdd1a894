"""The morning briefing: articles in; stories, themes and cited, word-for-word summaries out.

    from briefing import load, summarise, classify, group, build

The public names are imported when they are first used, so that `import briefing` stays light.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefing import version

if TYPE_CHECKING:
    from briefing.library import build, classify, group, load, summarise

__version__ = version.VERSION
__all__ = ["__version__", "build", "classify", "group", "load", "summarise"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from briefing import library

        return getattr(library, name)
    raise AttributeError(f"module 'briefing' has no attribute '{name}'. Public names: {', '.join(__all__)}")
